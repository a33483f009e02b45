import { loadDocumentWords } from '#lib/ui/document-words.ts';
import { workPage } from '../work-code.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, depends }) => {
	const [Page] = await Promise.all([
		workPage(depends, () => import('./Page.svelte')),
		loadDocumentWords(params.lang)
	]);
	return { Page };
};
