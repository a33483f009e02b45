import { expect, test } from 'vitest';
import { catalogueOf } from '#lib/assessment/view.ts';
import { ownAction } from '#lib/draft/actions.ts';
import type { Action } from '#lib/model/workspace.ts';
import { smallAssessment } from '../../../tests/fixtures/small-assessment.ts';
import { circlesOf, needsOf } from './needs.ts';

const catalogue = catalogueOf(smallAssessment);
const action = (id: string, more: Partial<Action> = {}): Action => ({
	...ownAction({ id, guide: 'small', title: id, plan: [] }),
	...more
});
const circle = (...ids: string[]): Action[] =>
	ids.map((id, i) => action(id, { requires: [ids[(i + 1) % ids.length]!] }));

test('an action needs what somebody named and what its measure needs, each once', () => {
	const needs = needsOf(
		[
			action('law', { measure: 'law-a-1' }),
			action('money'),
			action('team', { measure: 'team-a-1', requires: ['money', 'law', 'team', 'gone'] })
		],
		catalogue
	);
	expect(needs.get('team')!.toSorted()).toEqual(['law', 'money']);
	expect(needs.get('law')).toEqual([]);
});

test('a measure that is not planned hands on to what lies behind it, and only then', () => {
	const law = action('law', { measure: 'law-a-1' });
	const far = action('far', { measure: 'team-a-3' });
	expect(needsOf([law, far], catalogue).get('far')).toEqual(['law']);
	const near = action('near', { measure: 'team-a-2' });
	const needs = needsOf([law, near, far], catalogue);
	expect(needs.get('far')).toEqual(['near']);
	expect(needs.get('near')).toEqual(['law']);
});

test('what is dropped neither needs nor is needed', () => {
	const needs = needsOf(
		[action('a', { state: 'dropped', requires: ['b'] }), action('b', { requires: ['a'] })],
		catalogue
	);
	expect([...needs]).toEqual([['b', []]]);
});

test('a circle is found once, as the way round from its first action', () => {
	const plan = [action('x', { requires: ['b'] }), ...circle('a', 'b', 'c'), ...circle('d', 'e')];
	expect(circlesOf(needsOf(plan, catalogue))).toEqual([
		['a', 'b', 'c'],
		['d', 'e']
	]);
	expect(circlesOf(needsOf([action('a'), action('b', { requires: ['a'] })], catalogue))).toEqual(
		[]
	);
});

test('of tangled circles the shortest way round is told', () => {
	const plan = [
		action('a', { requires: ['b'] }),
		action('b', { requires: ['c', 'a'] }),
		action('c', { requires: ['a'] })
	];
	expect(circlesOf(needsOf(plan, catalogue))).toEqual([['a', 'b']]);
});

test('a circle of 10,000 is found in a moment, without running out of stack (F-21)', () => {
	const ids = Array.from({ length: 10_000 }, (_, i) => `a${i}`);
	const before = performance.now();
	expect(circlesOf(needsOf(circle(...ids), catalogue))[0]).toHaveLength(10_000);
	expect(performance.now() - before).toBeLessThan(1500);
});
