/**
 * The budget: what the cost lines of a plan come to, by year, objective and owner. Currencies are never
 * added up: each has its own sums, in the order in which they first appear.
 */
import type { CostLine } from '#lib/model/plan.ts';
import type { Action } from '#lib/model/workspace.ts';

/** Major units of one currency. `gap` is what is not secured. */
export type Sum = { amount: number; funded: number; gap: number };
export type Money = ReadonlyMap<string, Sum>;
export type YearOfLine = { line: CostLine; year: number };

/** Cents in whole numbers, so that a thousand lines still add up to the cent. */
const cents = (value: number): number => Math.round(value * 100);
const plus = (a: Sum | undefined, { amount, funded }: { amount: number; funded: number }): Sum => {
	const whole = cents(a?.amount ?? 0) + cents(amount);
	const secured = cents(a?.funded ?? 0) + cents(funded);
	return { amount: whole / 100, funded: secured / 100, gap: (whole - secured) / 100 };
};

/** Years in which a line costs: one, or each from `year` to `until`. */
export const yearsOf = (line: CostLine): number[] =>
	Array.from({ length: line.until - line.year + 1 }, (_, i) => line.year + i);

/** The first and last budget year of all lines, or null where there are none. */
export function span(actions: readonly Action[]): { from: number; to: number } | null {
	const lines = actions.flatMap(({ costLines }) => costLines);
	if (lines.length === 0) return null;
	return {
		from: lines.reduce((least, { year }) => Math.min(least, year), Infinity),
		to: lines.reduce((most, { until }) => Math.max(most, until), -Infinity)
	};
}

/** Sums by currency of all years of the lines; or of one year. */
export function total(lines: readonly CostLine[], year?: number): Money {
	const sums = new Map<string, Sum>();
	for (const line of lines) {
		const times =
			year === undefined ? yearsOf(line).length : Number(line.year <= year && year <= line.until);
		if (times === 0) continue;
		const { amount, funded } = line;
		sums.set(
			line.currency,
			plus(sums.get(line.currency), { amount: amount * times, funded: funded * times })
		);
	}
	return sums;
}

/** Whether an action counts: what is dropped costs nothing. */
export const counts = (action: Pick<Action, 'state'>): boolean => action.state !== 'dropped';

export type BudgetRow = { key: string; actions: Action[]; years: Money[]; all: Money };
export type Budget = { years: number[]; rows: BudgetRow[]; total: { years: Money[]; all: Money } };

/** Most years that are shown side by side: an end in 2200 is a slip of the hand. */
export const mostYears = 15;

/**
 * The budget with a row for each `keyOf` (an objective's id, an owner's key), in the order of their
 * first action; actions without cost lines are in their row too. `years` are consecutive.
 */
export function budgetOf(
	actions: readonly Action[],
	keyOf: (action: Action) => string,
	wanted?: { firstYear: number | null; years: number }
): Budget {
	const counted = actions.filter(counts);
	const found = span(counted);
	const from = wanted?.firstYear ?? found?.from;
	const length = wanted?.years || (found && from !== undefined ? found.to - from + 1 : 0);
	const years =
		from === undefined
			? []
			: Array.from({ length: Math.max(0, Math.min(length, mostYears)) }, (_, i) => from + i);
	const groups = new Map<string, Action[]>();
	for (const action of counted) {
		const key = keyOf(action);
		groups.set(key, [...(groups.get(key) ?? []), action]);
	}
	const sums = (of: readonly Action[]): Pick<BudgetRow, 'years' | 'all'> => {
		const lines = of.flatMap(({ costLines }) => costLines);
		return { years: years.map((year) => total(lines, year)), all: total(lines) };
	};
	return {
		years,
		rows: [...groups].map(([key, own]) => ({ key, actions: own, ...sums(own) })),
		total: sums(counted)
	};
}

/** The budget year in which a day falls, where years begin in month `yearStart` (1 to 12). */
export const budgetYearOf = (day: string, yearStart: number): number => {
	const [year, month] = day.split('-').map(Number) as [number, number];
	return month >= yearStart ? year : year - 1;
};

/** First and last day of a budget year. */
export function daysOfYear(year: number, yearStart: number): { from: string; to: string } {
	const two = (n: number): string => String(n).padStart(2, '0');
	const from = `${year}-${two(yearStart)}-01`;
	const next = Date.UTC(year + 1, yearStart - 1, 1);
	return { from, to: new Date(next - 86_400_000).toISOString().slice(0, 10) };
}
