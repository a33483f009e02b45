/** What a table of budget years does not say: costs outside of its years, and actions without costs. */
import type { Action } from '#lib/model/workspace.ts';
import { counts, total, type Money, type Sum } from './budget.ts';

/** Actions that count and have no cost line: their cost is known as a class only. */
export const uncosted = (actions: readonly Action[]): Action[] =>
	actions.filter((action) => counts(action) && action.costLines.length === 0);

/** What `all` has beyond the sum of `years`, by currency; empty where all of it is within them. */
export function beyond(years: readonly Money[], all: Money): Money {
	const round = (value: number): number => Math.round(value * 100) / 100;
	const rest = new Map<string, Sum>();
	for (const [currency, sum] of all) {
		const within = (part: keyof Sum): number =>
			years.reduce((so, year) => so + (year.get(currency)?.[part] ?? 0), 0);
		const left = {
			amount: round(sum.amount - within('amount')),
			funded: round(sum.funded - within('funded')),
			gap: round(sum.gap - within('gap'))
		};
		if (left.amount !== 0) rest.set(currency, left);
	}
	return rest;
}

/** Whether an action has costs and nothing of them is secured. */
export function isUnfunded({ costLines }: Pick<Action, 'costLines'>): boolean {
	const sums = [...total(costLines).values()];
	return sums.some(({ amount }) => amount > 0) && sums.every(({ funded }) => funded === 0);
}
