/** The budget and its years as an ExportInput has them: named years, sums as lists. */
import type { ExportBudget, ExportSum, ExportYear } from '#lib/export/input.ts';
import { formatNumber } from '#lib/i18n/words.ts';
import type { Lang } from '#lib/model/guide.ts';
import type { Action, Workspace } from '#lib/model/workspace.ts';
import {
	budgetOf,
	budgetYearOf,
	daysOfYear,
	mostYears,
	type BudgetRow,
	type Money
} from '#lib/plan/budget.ts';

/** "2027", or "2027/28" where the budget year does not begin in January. */
export function yearName(lang: Lang, year: number, yearStart: number): string {
	const whole = formatNumber(lang, year, { useGrouping: false });
	if (yearStart === 1) return whole;
	const next = formatNumber(lang, (year + 1) % 100, {
		useGrouping: false,
		minimumIntegerDigits: 2
	});
	return `${whole}/${next}`;
}

const sums = (money: Money): ExportSum[] =>
	[...money].map(([currency, sum]) => ({ currency, ...sum }));

/** `title`: what an action belongs under, empty for nothing. */
export function budgetRows(
	actions: readonly Action[],
	{ plan }: Workspace,
	named: (year: number) => string,
	title: { objective: (action: Action) => string; owner: (action: Action) => string }
): ExportBudget {
	const by = (keyOf: (action: Action) => string) => budgetOf(actions, keyOf, plan);
	const row = ({ key, years, all }: BudgetRow) => ({
		title: key,
		years: years.map(sums),
		all: sums(all)
	});
	const [objectives, owners] = [by(title.objective), by(title.owner)];
	return {
		years: objectives.years.map(named),
		byObjective: objectives.rows.map(row),
		byOwner: owners.rows.map(row),
		total: { years: objectives.total.years.map(sums), all: sums(objectives.total.all) }
	};
}

/** The budget years of the actions' days, without gaps; none where no action has a day. */
export function yearsBetween(
	actions: readonly Action[],
	yearStart: number,
	named: (year: number) => string
): ExportYear[] {
	const days = actions
		.flatMap(({ start, end, state }) => (state === 'dropped' ? [] : [start, end]))
		.filter((day) => day !== '')
		.map((day) => budgetYearOf(day, yearStart));
	if (days.length === 0) return [];
	const first = days.reduce((a, b) => Math.min(a, b));
	const last = Math.min(
		days.reduce((a, b) => Math.max(a, b)),
		first + mostYears - 1
	);
	return Array.from({ length: last - first + 1 }, (_, i) => ({
		name: named(first + i),
		...daysOfYear(first + i, yearStart)
	}));
}
