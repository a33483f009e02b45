import { loadWords } from '#lib/i18n/languages.ts';
import { packReader, readManifest } from '#lib/guide/packs.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, fetch }) => {
	const [manifest] = await Promise.all([
		readManifest(packReader(fetch)),
		loadWords(params.lang, 'workspaces')
	]);
	return { guides: manifest.guides.filter((guide) => guide.lang === params.lang) };
};
