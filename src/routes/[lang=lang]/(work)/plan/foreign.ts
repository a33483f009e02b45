/** The marks of a text that the guide does not have in the page's language yet. */
import { directionOf } from '#lib/i18n/languages.ts';
import type { Direction, Lang } from '#lib/model/guide.ts';
import { currentLang } from '#lib/ui/words.ts';

/** Its language, for a name that stands in a line of ours; its direction is `<bdi>`'s business. */
export const langOf = (lang: Lang): Lang | undefined => (lang === currentLang() ? undefined : lang);

/** Its language and direction, for a paragraph. */
export const foreign = (lang: Lang): { lang?: Lang; dir?: Direction } =>
	lang === currentLang() ? {} : { lang, dir: directionOf(lang) };
