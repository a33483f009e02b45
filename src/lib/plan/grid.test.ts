import { expect, test } from 'vitest';
import { findGaps } from '#lib/assessment/gaps.ts';
import { ownAction } from '#lib/draft/actions.ts';
import type { Action } from '#lib/model/workspace.ts';
import { smallView } from '../../../tests/fixtures/small-assessment.ts';
import { placesOf, quadrantOf, stepOf } from './grid.ts';

const { gaps } = findGaps(smallView({ 'law-a': 0, 'skills-a': 1 }));
const action = (id: string, more: Partial<Action> = {}): Action => ({
	...ownAction({ id, guide: 'small', title: id, plan: [] }),
	...more
});
const placeOf = (about: Partial<Action>, ...others: Action[]) => {
	const one = action('one', about);
	const needs = new Map([['one', others.map(({ id }) => id)]]);
	return placesOf([one, ...others], gaps, needs)(one);
};

test('the impact that is proposed is the share of the highest priority', () => {
	expect(gaps.map(({ priority }) => priority)).toEqual([3.75, 1.1]);
	expect(placeOf({ closes: ['law-a'] }).impact).toBe(5);
	expect(placeOf({ closes: ['skills-a'] }).impact).toBe(2);
	expect(placeOf({ closes: ['skills-a', 'law-a'] }).impact).toBe(5);
});

test('of an action that closes no open gap nothing is known: the middle', () => {
	expect(placeOf({ closes: ['team-a'] })).toMatchObject({
		impact: 3,
		grounds: { priority: null },
		proposed: { impact: true }
	});
	expect(placesOf([], [], new Map())(action('a', { closes: ['law-a'] })).impact).toBe(3);
});

test('the feasibility that is proposed falls with effort, cost and waiting', () => {
	expect(placeOf({ effort: 'small', cost: 'none' }).feasibility).toBe(5);
	expect(placeOf({ effort: 'medium', cost: 'low' }).feasibility).toBe(4);
	expect(placeOf({ effort: 'large', cost: 'high' }).feasibility).toBe(1);
	expect(placeOf({ effort: 'small', cost: 'none' }, action('a')).feasibility).toBe(4);
	expect(placeOf({ effort: 'large', cost: 'high' }, action('a')).feasibility).toBe(1);
	const done = action('a', { state: 'done' });
	expect(placeOf({ effort: 'small', cost: 'none' }, done).feasibility).toBe(5);
});

test('what the team judged stands, one number at a time', () => {
	expect(placeOf({ impact: 1, closes: ['law-a'], cost: 'high' })).toMatchObject({
		impact: 1,
		feasibility: 3,
		proposed: { impact: false, feasibility: true }
	});
});

test('the quadrants part between 2 and 3, and a step stops at the edge', () => {
	const said = (impact: 2 | 3, feasibility: 2 | 3) => quadrantOf({ impact, feasibility });
	expect([said(3, 3), said(3, 2), said(2, 3), said(2, 2)]).toEqual([
		'first',
		'prepare',
		'along',
		'later'
	]);
	expect([stepOf(4, 1), stepOf(5, 1), stepOf(1, -1)]).toEqual([5, null, null]);
});
