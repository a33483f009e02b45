/** The Voice that prefills chapters, in the language of the screen. Needs the namespace `draft`. */
import type { Voice } from '#lib/draft/words.ts';
import { formatDate, formatNumber, translate } from '#lib/i18n/words.ts';
import type { Lang } from '#lib/model/guide.ts';

export function voiceOf(lang: Lang): Voice {
	const list = new Intl.ListFormat(lang, { style: 'long', type: 'conjunction' });
	return {
		lang,
		words: (key, values) => translate(lang, key, values),
		number: (value) => formatNumber(lang, value, { maximumFractionDigits: 0 }),
		score: (value) =>
			formatNumber(lang, value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
		day: (value) => formatDate(lang, value),
		list: (items) => list.format(items)
	};
}
