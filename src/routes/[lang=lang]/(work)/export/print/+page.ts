import { languages, loadWords } from '#lib/i18n/languages.ts';
import type { EntryGenerator, PageLoad } from './$types';

/** A button leads here, no link: the crawler has to be told. */
export const entries: EntryGenerator = () => languages.map(({ code }) => ({ lang: code }));

export const load: PageLoad = async ({ params }) => {
	await loadWords(params.lang, 'export');
	return {};
};
