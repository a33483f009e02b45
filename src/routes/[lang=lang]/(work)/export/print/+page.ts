import { languages, loadWords } from '#lib/i18n/languages.ts';
import { workPage } from '../../work-code.ts';
import type { EntryGenerator, PageLoad } from './$types';

/** A button leads here, no link: the crawler has to be told. */
export const entries: EntryGenerator = () => languages.map(({ code }) => ({ lang: code }));

export const load: PageLoad = async ({ params, depends }) => {
	const [Page] = await Promise.all([
		workPage(depends, () => import('./Page.svelte')),
		loadWords(params.lang, 'export')
	]);
	return { Page };
};
