/** The screens of a new edition and their words: loaded where something moved, which is rare. */
import { loadWords } from '#lib/i18n/languages.ts';
import type { Lang } from '#lib/model/guide.ts';

export async function editionParts(lang: Lang) {
	const [fresh, kept] = await Promise.all([
		import('./NewEdition.svelte'),
		import('./Kept.svelte'),
		loadWords(lang, 'edition')
	]);
	return { NewEdition: fresh.default, Kept: kept.default };
}
