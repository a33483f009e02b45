/** The language and direction of a text that is not in the page's language; nothing where it is. */
import { directionOf } from '#lib/i18n/languages.ts';
import type { Direction, Lang } from '#lib/model/guide.ts';
import { currentLang } from '#lib/ui/words.ts';

export const foreign = (lang: Lang): { lang?: Lang; dir?: Direction } =>
	lang === currentLang() ? {} : { lang, dir: directionOf(lang) };
