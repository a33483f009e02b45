/** What people say instead, in one language: a file of the app, so that it is kept with the app's words. */
import type { Lang } from '#lib/model/guide.ts';

const files = import.meta.glob<unknown>('/content/shared/*/thesaurus.json', { import: 'default' });

/** Undefined for a language that has none. */
export const readThesaurus = async (lang: Lang): Promise<unknown> =>
	files[`/content/shared/${lang}/thesaurus.json`]?.();
