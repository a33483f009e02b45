/**
 * Days, quarters and periods. Days are texts (`YYYY-MM-DD`) and belong to no time zone (F-19); quarters
 * are those of the national budget year, which may begin in any month.
 */
import { firstDay, isDay, lastDay, monthOf } from '#lib/draft/days.ts';
import type { MonthIndex } from '#lib/draft/days.ts';

/** Both days belong to it. */
export type Period = { from: string; to: string };
/** `year`: the budget year, named by the calendar year in which it begins; `number`: 1 to 4. */
export type Quarter = Period & { year: number; number: 1 | 2 | 3 | 4 };

const dayLength = 86_400_000;
const stamp = (day: string): number => Date.parse(`${day}T00:00:00Z`);

export const addDays = (day: string, days: number): string =>
	new Date(stamp(day) + days * dayLength).toISOString().slice(0, 10);

/** Days from `a` to `b`; negative where `b` is before. */
export const daysBetween = (a: string, b: string): number =>
	Math.round((stamp(b) - stamp(a)) / dayLength);

/** The same day some months later; the 31st becomes the last day of a shorter month. */
export function addMonths(day: string, months: number): string {
	const month = monthOf(day) + months;
	const same = `${firstDay(month).slice(0, 8)}${day.slice(8)}`;
	return isDay(same) ? same : lastDay(month);
}

/** The first month of the quarter of `month`, where years begin in month `yearStart` (1 to 12). */
const quarterStart = (month: MonthIndex, yearStart: number): MonthIndex =>
	month - ((month - (yearStart - 1) + 12) % 3);

function quarterFrom(start: MonthIndex, yearStart: number): Quarter {
	const since = start - (yearStart - 1);
	const number = [1, 2, 3, 4] as const;
	return {
		year: Math.floor(since / 12),
		number: number[Math.floor((((since % 12) + 12) % 12) / 3)] ?? 1,
		from: firstDay(start),
		to: lastDay(start + 2)
	};
}

/** The quarter of the budget year in which a day falls. */
export const quarterOf = (day: string, yearStart: number): Quarter =>
	quarterFrom(quarterStart(monthOf(day), yearStart), yearStart);

/** The quarters from the one of `first` to the last that is over on `today`; at most `most`, the newest. */
export function quartersOver(
	first: string,
	today: string,
	{ yearStart, most }: { yearStart: number; most: number }
): Quarter[] {
	const quarters: Quarter[] = [];
	let start = quarterStart(monthOf(today), yearStart) - 3;
	while (quarters.length < most && lastDay(start + 2) >= first) {
		quarters.unshift(quarterFrom(start, yearStart));
		start -= 3;
	}
	return quarters;
}

export const periodNames = ['quarter', 'half-year', 'year', 'own'] as const;
export type PeriodName = (typeof periodNames)[number];

/** The last quarter, half or whole budget year that is over on `today`. */
export function lastPeriod(
	name: Exclude<PeriodName, 'own'>,
	today: string,
	yearStart: number
): Period {
	const length = { quarter: 3, 'half-year': 6, year: 12 }[name];
	const month = monthOf(today);
	const since = (((month - (yearStart - 1)) % length) + length) % length;
	const next = month - since;
	return { from: firstDay(next - length), to: lastDay(next - 1) };
}

/** The period of the same length just before: whole months before whole months, else as many days. */
export function periodBefore({ from, to }: Period): Period {
	const isWhole = from.endsWith('-01') && to === lastDay(monthOf(to));
	if (!isWhole) {
		return { from: addDays(from, -daysBetween(from, to) - 1), to: addDays(from, -1) };
	}
	const length = monthOf(to) - monthOf(from) + 1;
	return { from: firstDay(monthOf(from) - length), to: lastDay(monthOf(from) - 1) };
}

/** What is wrong with a period that somebody chose: no days, the end first, or not begun yet. */
export function periodProblem(
	{ from, to }: Period,
	today: string
): 'days' | 'order' | 'future' | null {
	if (!isDay(from) || !isDay(to) || from < '1990-01-01') return 'days';
	if (from > to) return 'order';
	return from > today ? 'future' : null;
}

export const within = (day: string, { from, to }: Period): boolean => day >= from && day <= to;
