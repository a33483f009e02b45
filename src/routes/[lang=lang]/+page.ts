import { packReader, readManifest } from '#lib/guide/packs.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, fetch }) => {
	const manifest = await readManifest(packReader(fetch));
	return { guides: manifest.guides.filter((g) => g.lang === params.lang) };
};
