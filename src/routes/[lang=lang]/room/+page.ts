import { languages, loadWords } from '#lib/i18n/languages.ts';
import type { EntryGenerator, PageLoad } from './$types';

// Nothing in the app leads here: people come by a code on a projector.
export const entries: EntryGenerator = () => languages.map(({ code }) => ({ lang: code }));

export const load: PageLoad = async ({ params }) => {
	await loadWords(params.lang, 'common', 'problems', 'room');
	return { lang: params.lang };
};
