import { error } from '@sveltejs/kit';
import { packReader, readSection } from '#lib/guide/packs.ts';
import { asProblem } from '#lib/model/problem.ts';
import { deliveredSection } from '../delivered.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, parent, fetch }) => {
	const delivered = deliveredSection(params.section);
	if (delivered) return { section: delivered };
	const { whole } = await parent();
	try {
		return { section: await readSection(packReader(fetch), await whole(), params.section) };
	} catch (thrown) {
		const { code } = asProblem(thrown);
		error(code === 'pack-broken' ? 404 : 503, { message: code, code });
	}
};
