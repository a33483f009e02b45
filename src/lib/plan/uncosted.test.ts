import { expect, test } from 'vitest';
import { ownAction } from '#lib/draft/actions.ts';
import type { CostLine } from '#lib/model/plan.ts';
import type { Action } from '#lib/model/workspace.ts';
import { budgetOf } from './budget.ts';
import { beyond, isUnfunded, uncosted } from './uncosted.ts';

const line = (more: Partial<CostLine> = {}): CostLine => ({
	id: 'c',
	title: '',
	kind: 'recurring',
	year: 2026,
	until: 2028,
	amount: 100.1,
	currency: 'XOF',
	funded: 40,
	source: '',
	order: 1,
	...more
});
const action = (id: string, more: Partial<Action> = {}): Action => ({
	...ownAction({ id, guide: 'small', title: id, plan: [] }),
	...more
});

test('an action without a cost line is known by its class alone; a dropped one costs nothing', () => {
	const plan = [
		action('a', { costLines: [line()] }),
		action('b'),
		action('c', { state: 'dropped' })
	];
	expect(uncosted(plan).map(({ id }) => id)).toEqual(['b']);
});

test('costs outside of the years that are shown are a sum of their own', () => {
	const plan = [action('a', { costLines: [line(), line({ currency: 'EUR', until: 2026 })] })];
	const { total } = budgetOf(plan, () => '', { firstYear: 2026, years: 1 });
	expect(beyond(total.years, total.all)).toEqual(
		new Map([['XOF', { amount: 200.2, funded: 80, gap: 120.2 }]])
	);
	const whole = budgetOf(plan, () => '');
	expect(beyond(whole.total.years, whole.total.all).size).toBe(0);
});

test('nothing is funded where there are costs and no money', () => {
	expect(isUnfunded(action('a'))).toBe(false);
	expect(isUnfunded(action('a', { costLines: [line({ funded: 0 })] }))).toBe(true);
	expect(isUnfunded(action('a', { costLines: [line({ amount: 0, funded: 0 })] }))).toBe(false);
	expect(isUnfunded(action('a', { costLines: [line({ funded: 0 }), line()] }))).toBe(false);
});
