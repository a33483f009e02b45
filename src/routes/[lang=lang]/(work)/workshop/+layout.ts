import { loadWords } from '#lib/i18n/languages.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params }) => {
	await loadWords(params.lang, 'workshop', 'plan');
	return {};
};
