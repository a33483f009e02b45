import { loadWords } from '#lib/i18n/languages.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params }) => {
	await Promise.all([loadWords(params.lang, 'plan', 'answers'), loadWords(params.lang, 'views')]);
	return {};
};
