import { loadDocumentWords } from '#lib/ui/document-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params }) => {
	await loadDocumentWords(params.lang);
	return {};
};
