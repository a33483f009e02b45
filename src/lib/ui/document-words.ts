/**
 * The words of a document: what `exportInput` says in its language, whichever page makes it. Draft words
 * too: prefilled chapters of another language are said anew in the document's.
 */
import { loadWords } from '#lib/i18n/languages.ts';
import type { Lang } from '#lib/model/guide.ts';

/** Throws Problem `pack-unreachable`. */
export const loadDocumentWords = (lang: Lang): Promise<void> =>
	loadWords(lang, 'common', 'export', 'facts', 'results', 'model', 'draft');
