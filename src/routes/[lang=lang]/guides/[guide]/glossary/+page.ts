import { packReader, readTerms } from '#lib/guide/packs.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
	const { whole } = await parent();
	return { terms: await readTerms(packReader(fetch), await whole()) };
};
