/** Money, budget years and measured values in words. Needs the namespaces `follow` and `model`. */
import { formatNumber, translate } from '#lib/i18n/words.ts';
import type { Lang } from '#lib/model/guide.ts';
import type { PlanIndicator } from '#lib/model/plan.ts';
import type { Money } from '#lib/plan/budget.ts';
import { numberIn } from '#lib/plan/numbers.ts';

/** An amount without its currency; cents only where there are any. */
export const amountWords = (lang: Lang, amount: number): string =>
	formatNumber(lang, amount, { maximumFractionDigits: Number.isInteger(amount) ? 0 : 2 });

/** What is missing, in each currency: "340,000 NUM · 12 EUR". `inside`: see `inSentence`. */
export const gapWords = (lang: Lang, money: Money, inside: (words: string) => string): string =>
	[...money]
		.map(([currency, { gap }]) => inside(`${amountWords(lang, gap)} ${currency}`.trim()))
		.join(' · ');

/** "2026", or "2026/27" where budget years do not begin in January. */
export function yearWords(lang: Lang, year: number, yearStart: number): string {
	const digits = (value: number, least = 1): string =>
		formatNumber(lang, value, { useGrouping: false, minimumIntegerDigits: least });
	if (yearStart === 1) return digits(year);
	return translate(lang, 'follow.years', { from: digits(year), to: digits((year + 1) % 100, 2) });
}

/** A measured value as the language writes it; words stay as they are. */
export function valueWords(lang: Lang, value: string, unit: PlanIndicator['unit']): string {
	const number = numberIn(value);
	if (number === null) return value;
	const digits = formatNumber(lang, number, { maximumFractionDigits: 2 });
	return unit === 'percent' ? formatNumber(lang, number / 100, { style: 'percent' }) : digits;
}

/** What stands after an indicator's name; nothing for what its values say themselves. */
export const unitWords = (lang: Lang, unit: PlanIndicator['unit']): string =>
	['count', 'percent', 'yes-no', 'score', 'currency'].includes(unit)
		? ''
		: translate(lang, `model.unit-${unit}`);

/** Of the way; never more exact than the readings are. */
export const shareWords = (lang: Lang, share: number): string =>
	formatNumber(lang, share, { style: 'percent', maximumFractionDigits: 0 });
