/** Money, budget years and titles in words, as the form and the list write them. */
import { budgetYears, money } from '#lib/model/plan.ts';
import type { Action } from '#lib/model/workspace.ts';
import type { Money } from '#lib/plan/budget.ts';
import { readAmount, readBudgetYear } from '#lib/plan/typed.ts';
import { number, type Words } from '#lib/ui/words.ts';

/** An amount as somebody would type it: grouped, with cents only where there are some. */
export const amountText = (value: number): string =>
	number(value, {
		maximumFractionDigits: 2,
		minimumFractionDigits: Number.isInteger(value) ? 0 : 2
	});

/** "1 200 000 XOF"; the currency may be missing. */
export const moneyText = (t: Words, amount: number, currency: string): string =>
	t('plan.money', { amount: amountText(amount), currency: currency || t('plan.noCurrency') });

/** "1 200 000 XOF (800 000 not funded) · 300 EUR" */
export const sumsText = (t: Words, sums: Money): string =>
	[...sums]
		.map(([currency, { amount, gap }]) =>
			gap > 0
				? t('plan.sumGap', {
						sum: moneyText(t, amount, currency),
						gap: amountText(gap)
					})
				: moneyText(t, amount, currency)
		)
		.join(' · ');

const plainYear = (year: number): string => number(year, { useGrouping: false });
/** "2027", or "2027/28" where budget years do not begin in January. */
export const yearText = (year: number, yearStart: number): string =>
	yearStart === 1
		? plainYear(year)
		: `${plainYear(year)}/${number((year + 1) % 100, { minimumIntegerDigits: 2 })}`;

/** Reads an amount for `keep`; gives a sentence where it cannot be stored. */
export function takeAmount(t: Words, text: string, keep: (value: number) => string | void): string {
	const typed = readAmount(text);
	if ('value' in typed) return keep(typed.value ?? 0) ?? '';
	return t(`plan.amount-${typed.wrong}`, { max: amountText(money.max) });
}

/** Reads a budget year for `keep`; null where the field was emptied. */
export function takeYear(
	t: Words,
	text: string,
	keep: (value: number | null) => string | void
): string {
	const typed = readBudgetYear(text);
	if ('value' in typed) return keep(typed.value) ?? '';
	const { min, max } = budgetYears;
	return t(`plan.year-${typed.wrong}`, { min: plainYear(min), max: plainYear(max) });
}

/** Reads a currency for `keep`: three to five letters, or nothing. */
export function takeCurrency(t: Words, text: string, keep: (value: string) => void): string {
	const bare = text.trim().toUpperCase();
	if (bare !== '' && !/^\p{L}{3,5}$/u.test(bare)) return t('plan.currencyWrong');
	keep(bare);
	return '';
}

export const titleOf = (t: Words, action: Pick<Action, 'title'> | undefined): string =>
	action?.title.trim() || t('plan.untitled');
