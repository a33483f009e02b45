import { languages, loadWords } from '#lib/i18n/languages.ts';
import type { EntryGenerator, PageLoad } from './$types';

// Only work pages lead here, and their links are not in any file: the page has to be named.
export const entries: EntryGenerator = () => languages.map(({ code }) => ({ lang: code }));

export const load: PageLoad = async ({ params }) => {
	await loadWords(params.lang, 'results', 'model');
	return {};
};
