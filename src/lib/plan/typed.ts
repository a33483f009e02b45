/** Amounts and budget years as people type them; what is refused says why. */
import { readTyped } from '#lib/model/figure.ts';
import { budgetYears, money } from '#lib/model/plan.ts';

export type TypedAmount = { value: number | null } | { wrong: 'number' | 'negative' | 'large' };

/**
 * Reads an amount of money in major units, with the digits and separators of any of our languages.
 * One mark before exactly three digits stands between thousands: "1.500" is fifteen hundred, since
 * no currency has three decimals in a budget. Empty is null.
 */
export function readAmount(text: string): TypedAmount {
	const bare = text.replace(/[\u200e\u200f\u061c\u2066-\u2069]/g, '').trim();
	if (/[%٪]/.test(bare)) return { wrong: 'number' };
	const isNegative = /^[-−–﹣-]/.test(bare);
	const positive = isNegative ? bare.slice(1) : bare;
	const range = { min: money.min, max: money.max };
	const whole = readTyped(positive, { unit: 'persons', ...range });
	const typed = 'value' in whole ? whole : readTyped(positive, { unit: 'percent', ...range });
	if ('wrong' in typed) {
		return { wrong: typed.wrong !== 'range' ? 'number' : isNegative ? 'negative' : 'large' };
	}
	if (isNegative && typed.value !== null && typed.value !== 0) return { wrong: 'negative' };
	if (isNegative && typed.value === null) return { wrong: 'number' };
	return { value: typed.value === null ? null : Math.round(typed.value * 100) / 100 };
}

export type TypedYear = { value: number | null } | { wrong: 'number' | 'range' };

/** Reads a budget year: the four digits of the calendar year in which it begins. */
export function readBudgetYear(text: string): TypedYear {
	const typed = readTyped(text, { unit: 'year', ...budgetYears });
	if ('value' in typed) return typed;
	return { wrong: typed.wrong === 'range' ? 'range' : 'number' };
}
