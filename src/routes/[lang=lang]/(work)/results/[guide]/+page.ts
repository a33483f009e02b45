import { packReader, readManifest } from '#lib/guide/packs.ts';
import { loadWords } from '#lib/i18n/languages.ts';
import { workPage } from '../../work-code.ts';
import type { EntryGenerator, PageLoad } from './$types';

// Links lead to the results of the guide that is open, so a crawl would find the first guide's alone.
export const entries: EntryGenerator = async () => {
	const { guides } = await readManifest(packReader(fetch));
	return guides.map(({ id, lang }) => ({ guide: id, lang }));
};

export const load: PageLoad = async ({ params, depends }) => {
	const [Page] = await Promise.all([
		workPage(depends, () => import('./Page.svelte')),
		loadWords(params.lang, 'results')
	]);
	return { Page };
};
