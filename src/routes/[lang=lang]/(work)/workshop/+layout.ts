import { loadWords } from '#lib/i18n/languages.ts';
import { workPage } from '../work-code.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params, depends }) => {
	const [Frame] = await Promise.all([
		workPage(depends, () => import('./Frame.svelte')),
		loadWords(params.lang, 'workshop', 'plan')
	]);
	return { Frame };
};
