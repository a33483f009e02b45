import { error } from '@sveltejs/kit';
import { packReader, readSection } from '#lib/guide/packs.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, parent, fetch }) => {
	const index = await (await parent()).whole();
	const read = packReader(fetch);
	const wanted = index.parts.filter((part) => !params.part || part.id === params.part);
	if (wanted.length === 0) error(404, { message: 'no such part' });
	const parts = await Promise.all(
		wanted.map(async (part) => ({
			...part,
			sections: await Promise.all(part.sections.map((s) => readSection(read, index, s.id)))
		}))
	);
	return { parts, whole: !params.part };
};
