import { expect, test } from 'vitest';
import { ownAction } from '#lib/draft/actions.ts';
import { moveAction, sortActions } from '#lib/draft/plan.ts';
import type { Action } from '#lib/model/workspace.ts';
import { smallAssessment } from '../../../../../tests/fixtures/small-assessment.ts';
import { arrange, stepTo } from './arrange.ts';

const action = (id: string, order: number, more: Partial<Action> = {}): Action => ({
	...ownAction({ id, guide: 'small', title: id, plan: [] }),
	order,
	...more
});
const ids = (actions: readonly Action[]): string => actions.map(({ id }) => id).join(' ');

test('by cost the cheapest comes first, and equals stand as in the plan', () => {
	const plan = [
		action('d', 4, { cost: 'high' }),
		action('c', 3, { cost: 'none' }),
		action('b', 2, { cost: 'medium' }),
		action('a', 1, { cost: 'none' })
	];
	expect(ids(arrange(plan, 'cost', smallAssessment))).toBe('a c b d');
});

test('by topic the guide’s order counts, and what closes no gap comes last', () => {
	const plan = [
		action('own', 1),
		action('skill', 2, { closes: ['skills-a'] }),
		action('law', 3, { closes: ['law-b'] }),
		action('both', 4, { closes: ['skills-a', 'law-a'] })
	];
	expect(ids(arrange(plan, 'topic', smallAssessment))).toBe('law both skill own');
});

test('every other order is the rules’ own', () => {
	const plan = [action('a', 2, { start: '2027-01-01' }), action('b', 1)];
	expect(ids(arrange(plan, 'order', smallAssessment))).toBe('b a');
	expect(ids(arrange(plan, 'start', smallAssessment))).toBe('a b');
});

test('a step passes the neighbour that is seen, and those hidden between them', () => {
	const plan = ['a', 'b', 'c', 'd', 'e'].map((id, i) => action(id, i + 1));
	const shown = plan.filter(({ id }) => id !== 'c');
	const after = (id: string, by: -1 | 1): string => {
		const moved = new Map(
			moveAction(plan, id, stepTo(plan, shown, id, by)).map((one) => [one.id, one.order])
		);
		return ids(sortActions(plan.map((a) => ({ ...a, order: moved.get(a.id) ?? a.order }))));
	};
	expect(after('d', -1)).toBe('a d b c e');
	expect(after('b', 1)).toBe('a c d b e');
	expect(after('a', 1)).toBe('b a c d e');
	expect(after('e', -1)).toBe('a b c e d');
});

test('the first has no step up, the last none down, and a stranger none at all', () => {
	const plan = [action('a', 1), action('b', 2)];
	expect(stepTo(plan, plan, 'a', -1)).toBe(-1);
	expect(stepTo(plan, plan, 'b', 1)).toBe(-1);
	expect(stepTo(plan, plan, 'z', 1)).toBe(-1);
});
