import { languages, loadWords } from '#lib/i18n/languages.ts';
import { packReader, readManifest } from '#lib/guide/packs.ts';
import type { EntryGenerator, PageLoad } from './$types';

export const entries: EntryGenerator = () => languages.map(({ code }) => ({ lang: code }));

export const load: PageLoad = async ({ params, fetch }) => {
	const [manifest] = await Promise.all([
		readManifest(packReader(fetch)),
		loadWords(params.lang, 'people')
	]);
	return { guides: manifest.guides.filter((guide) => guide.lang === params.lang) };
};
