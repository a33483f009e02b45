import { loadWords } from '#lib/i18n/languages.ts';
import { workPage } from '../work-code.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, depends }) => {
	const [Page] = await Promise.all([
		workPage(depends, () => import('./Page.svelte')),
		loadWords(params.lang, 'follow', 'results')
	]);
	return { Page };
};
