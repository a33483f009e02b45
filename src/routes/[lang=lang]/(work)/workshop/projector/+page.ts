import { languages, loadWords } from '#lib/i18n/languages.ts';
import type { EntryGenerator, PageLoad } from './$types';

// The window is opened by a button: the crawl does not find it.
export const entries: EntryGenerator = () => languages.map(({ code }) => ({ lang: code }));

export const load: PageLoad = async ({ params }) => {
	await loadWords(params.lang, 'workshop');
	return {};
};
