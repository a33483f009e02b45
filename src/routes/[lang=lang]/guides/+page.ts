import { loadWords } from '#lib/i18n/languages.ts';
import { packReader, readManifest } from '#lib/guide/packs.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, fetch }) => {
	await loadWords(params.lang, 'home', 'reading');
	const manifest = await readManifest(packReader(fetch));
	return { guides: manifest.guides.filter((g) => g.lang === params.lang) };
};
