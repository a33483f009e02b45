import { loadWords } from '#lib/i18n/languages.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params }) => {
	await loadWords(params.lang, 'export', 'facts', 'results', 'sheets');
	return {};
};
