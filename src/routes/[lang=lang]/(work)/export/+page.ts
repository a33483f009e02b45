import { loadWords } from '#lib/i18n/languages.ts';
import { loadDocumentWords } from '#lib/ui/document-words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params }) => {
	await Promise.all([loadDocumentWords(params.lang), loadWords(params.lang, 'sheets')]);
	return {};
};
