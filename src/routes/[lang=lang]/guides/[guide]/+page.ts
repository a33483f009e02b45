import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
	const { whole } = await parent();
	return { index: await whole() };
};
