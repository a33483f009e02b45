import { describe, expect, test } from 'vitest';
import type { PlanIndicator, Task } from '#lib/model/plan.ts';
import { noDetails } from '#lib/model/workspace.ts';
import type { Action, ActionState, Snapshot } from '#lib/model/workspace.ts';
import * as calendar from './calendar.ts';
import { attention, countedOf } from './due.ts';
import { followed, lineOf, nextReading, readingProblem, standingOf } from './readings.ts';
import { progressOf } from './report.ts';
import { baselineOf, changedSince, doneWithoutRise, risenWith } from './risen.ts';
import { begunIn, countsOn, firstMove, reachedIn, stateOn, statesOverTime } from './states.ts';

const clock = { today: '2026-11-23', since: '2025-01-01' };
const action = (id: string, about: Partial<Action> = {}): Action => ({
	id,
	guide: 'g',
	measure: '',
	closes: [],
	title: id,
	owner: '',
	start: '',
	end: '',
	cost: 'low',
	effort: 'small',
	indicator: '',
	unit: 'count',
	target: '',
	state: 'planned',
	note: '',
	...noDetails,
	order: 1,
	...about
});
const moved = (...moves: [string, ActionState][]): Partial<Action> => ({
	state: moves.at(-1)?.[1] ?? 'proposed',
	moves: moves.map(([day, state]) => ({ at: `${day}T09:00:00.000Z`, state }))
});
const task = (about: Partial<Task>): Task => ({
	id: 't',
	title: 'Write',
	owner: '',
	end: '',
	done: false,
	order: 1,
	...about
});
const indicator = (about: Partial<PlanIndicator> = {}): PlanIndicator => ({
	id: 'a',
	of: 'action',
	parent: 'a',
	title: 'Hours',
	unit: 'hours',
	baseline: '216',
	baselineDay: '2026-01-01',
	baselineFrom: '',
	target: '24',
	targetDay: '2027-01-01',
	source: '',
	collector: '',
	every: 3,
	readings: [],
	order: 1,
	...about
});
const reading = (day: string, value: string) => ({ day, value, note: '' });

describe('a quarter of the budget year', () => {
	test.each([
		['2026-07-01', 7, 2026, 1, '2026-07-01', '2026-09-30'],
		['2026-06-30', 7, 2025, 4, '2026-04-01', '2026-06-30'],
		['2026-02-28', 1, 2026, 1, '2026-01-01', '2026-03-31'],
		['2026-01-15', 3, 2025, 4, '2025-12-01', '2026-02-28'],
		['2024-02-29', 12, 2023, 1, '2023-12-01', '2024-02-29']
	])('of %s where years begin in month %i', (day, start, year, number, from, to) =>
		expect(calendar.quarterOf(day, start)).toEqual({ year, number, from, to })
	);

	test('is over when its last day is over, and only the newest are shown', () => {
		const quarters = (today: string, most = 8) =>
			calendar.quartersOver('2025-08-10', today, { yearStart: 7, most }).map(({ to }) => to);
		expect(quarters('2026-06-30')).toEqual(['2025-09-30', '2025-12-31', '2026-03-31']);
		expect(quarters('2026-07-01').at(-1)).toBe('2026-06-30');
		expect(quarters('2026-07-01', 2)).toEqual(['2026-03-31', '2026-06-30']);
		expect(quarters('2025-08-11')).toEqual([]);
	});
});

describe('a period', () => {
	test('is the last one that is over, on the budget year', () => {
		const last = (name: 'quarter' | 'half-year' | 'year') =>
			calendar.lastPeriod(name, '2026-11-23', 7);
		expect(last('quarter')).toEqual({ from: '2026-07-01', to: '2026-09-30' });
		expect(last('half-year')).toEqual({ from: '2026-01-01', to: '2026-06-30' });
		expect(last('year')).toEqual({ from: '2025-07-01', to: '2026-06-30' });
		expect(calendar.lastPeriod('year', '2026-01-01', 1)).toEqual({
			from: '2025-01-01',
			to: '2025-12-31'
		});
	});

	test('has one of the same length before it', () => {
		expect(calendar.periodBefore({ from: '2026-04-01', to: '2026-06-30' })).toEqual({
			from: '2026-01-01',
			to: '2026-03-31'
		});
		expect(calendar.periodBefore({ from: '2026-03-11', to: '2026-03-20' })).toEqual({
			from: '2026-03-01',
			to: '2026-03-10'
		});
	});

	test('that cannot be is said to be wrong', () => {
		const wrong = (from: string, to: string) => calendar.periodProblem({ from, to }, clock.today);
		expect(wrong('2026-02-30', '2026-03-01')).toBe('days');
		expect(wrong('1900-01-01', '2026-03-01')).toBe('days');
		expect(wrong('2026-05-01', '2026-03-01')).toBe('order');
		expect(wrong('9999-01-01', '9999-12-31')).toBe('future');
		expect(wrong('2026-01-01', '2026-12-31')).toBe(null);
	});

	test('months are added without running over the end of a shorter one', () => {
		expect(calendar.addMonths('2026-01-31', 1)).toBe('2026-02-28');
		expect(calendar.addMonths('2026-11-30', 3)).toBe('2027-02-28');
		expect(calendar.daysBetween('2026-03-28', '2026-03-30')).toBe(2);
	});
});

describe('the state of an action on a day', () => {
	const one = action('a', moved(['2026-01-10', 'planned'], ['2026-03-31', 'running']));

	test('is what its moves say, and a proposal before the first of them', () => {
		expect(stateOn(one, '2026-01-09', clock)).toBe('proposed');
		expect(stateOn(one, '2026-03-30', clock)).toBe('planned');
		expect(stateOn(one, '2026-03-31', clock)).toBe('running');
		expect(stateOn(action('b', { state: 'running' }), '2020-01-01', clock)).toBe('running');
	});

	test('F-18: a clock that was wrong changes neither today nor the days before', () => {
		const future = action('a', moved(['2026-01-10', 'planned'], ['2031-01-01', 'running']));
		expect(stateOn(future, clock.today, clock)).toBe('running');
		expect(stateOn(future, '2026-11-22', clock)).toBe('planned');
		const past = action('a', moved(['1970-01-01', 'planned'], ['2026-02-01', 'running']));
		expect(stateOn(past, '2024-12-31', clock)).toBe('proposed');
		expect(stateOn(past, '2025-01-01', clock)).toBe('planned');
		expect(firstMove([past], clock)).toBe('2025-01-01');
		// The moves of two devices whose clocks differ may end with another state than the action's.
		const crossed = { ...one, state: 'done' as const };
		expect(stateOn(crossed, clock.today, clock)).toBe('done');
	});

	test('F-19: a move counts for its day in UTC wherever the report is made', () => {
		const late = action('a', {
			state: 'done',
			moves: [{ at: '2026-06-30T23:59:59.000Z', state: 'done' }]
		});
		expect(stateOn(late, '2026-06-30', clock)).toBe('done');
	});

	test('is counted at the end of each quarter, and today', () => {
		const quarters = calendar.quartersOver('2026-01-01', clock.today, { yearStart: 7, most: 8 });
		const rows = statesOverTime([one, action('b')], quarters, clock);
		expect(rows.map(({ counts }) => [counts.planned, counts.running])).toEqual([
			[1, 1],
			[1, 1],
			[1, 1],
			[1, 1]
		]);
		expect(rows.at(-1)?.quarter).toBe(null);
		expect(countsOn([one], '2026-01-01', clock).proposed).toBe(1);
	});

	test('reached within a period counts where it lasted', () => {
		const back = action(
			'a',
			moved(['2026-01-10', 'running'], ['2026-02-01', 'done'], ['2026-03-01', 'running'])
		);
		const period = { from: '2026-01-01', to: '2026-03-31' };
		expect(reachedIn(back, 'done', period, clock)).toBe('');
		expect(reachedIn(back, 'done', { from: '2026-01-01', to: '2026-02-15' }, clock)).toBe(
			'2026-02-01'
		);
		expect(begunIn(back, period, clock)).toBe('2026-01-10');
	});
});

test('what is due is late, or within ninety days, or blocked; what is done is none of it', () => {
	const plan = [
		action('late', { state: 'running', end: '2026-10-31', blocker: 'No contract' }),
		action('today', { state: 'running', end: '2026-11-23' }),
		action('never begun', { start: '2026-11-01', end: '2027-10-31' }),
		action('far', { start: '2027-03-01', end: '2027-10-31' }),
		action('edge', { state: 'running', end: '2027-02-21' }),
		action('beyond', { state: 'running', end: '2027-02-22' }),
		action('tasks', {
			state: 'running',
			end: '2027-12-31',
			tasks: [
				task({ end: '2026-11-01' }),
				task({ id: 'u', end: '2026-11-02', done: true }),
				task({ id: 'v', end: '2027-12-31' })
			]
		}),
		action('done', { state: 'done', end: '2026-01-01', blocker: 'x' }),
		action('slip', { state: 'running', end: '9999-99-99' })
	];
	const { late, soon, blocked } = attention(plan, clock.today);
	expect(late.map(({ action: { id }, kind, days }) => [id, kind, days])).toEqual([
		['late', 'ends', -23],
		['never begun', 'begins', -22],
		['tasks', 'task', -22]
	]);
	expect(soon.map(({ action: { id }, days }) => [id, days])).toEqual([
		['today', 0],
		['edge', 90]
	]);
	expect(blocked.map(({ id }) => id)).toEqual(['late']);
	expect(countedOf(late)).toEqual({ actions: 2, tasks: 1 });
});

describe('an indicator', () => {
	const half = indicator({ readings: [reading('2026-07-02', '120')] });

	test('is behind where much more of the time than of the way is gone', () => {
		expect(standingOf(half, '2026-07-02')).toBe('on-way');
		expect(standingOf(half, '2026-12-01')).toBe('behind');
		expect(standingOf({ ...half, readings: [] }, '2026-12-01')).toBe('unknown');
		expect(standingOf(indicator({ readings: [reading('2026-07-02', '20')] }), '2026-12-01')).toBe(
			'reached'
		);
		const words = { unit: 'yes-no' as const, baseline: 'no', target: 'Yes' };
		expect(
			standingOf(indicator({ ...words, readings: [reading('2026-07-02', 'yes')] }), clock.today)
		).toBe('reached');
		expect(standingOf(half, '2026-06-01')).toBe('unknown');
	});

	test('is to be read again some months after the last time, while its action runs', () => {
		expect(nextReading(half, { state: 'running' })).toBe('2026-10-02');
		expect(nextReading(half, { state: 'planned' })).toBe('');
		expect(nextReading({ ...half, every: 0 }, { state: 'running' })).toBe('');
		const end = indicator({ readings: [reading('2027-01-01', '60')] });
		expect(nextReading(end, { state: 'running' })).toBe('');
		const rows = followed([half], [action('a', { state: 'running' })], [], clock.today);
		expect(rows).toMatchObject([{ isOverdue: true, next: '2026-10-02', standing: 'behind' }]);
		expect(followed([half], [action('a', { state: 'dropped' })], [], clock.today)).toEqual([]);
		expect(followed([half], [], [], clock.today)).toEqual([]);
	});

	test.each([
		['٥٢', '2026-11-01', null],
		['52', '2026-11-24', 'future'],
		['52', '2026-02-30', 'day'],
		['52', '1900-01-01', 'day'],
		['', '2026-11-01', 'empty'],
		['soon', '2026-11-01', 'number'],
		['-3', '2026-11-01', 'negative']
	])('a reading of "%s" on %s: %s', (value, day, problem) =>
		expect(readingProblem({ value, day }, half, clock.today)).toBe(problem)
	);

	test('takes words where it is aimed at words', () => {
		const words = indicator({ unit: 'yes-no', target: 'yes' });
		expect(readingProblem({ value: 'draft', day: '2026-11-01' }, words, clock.today)).toBe(null);
	});

	test('is drawn from its baseline, less being lower', () => {
		const { points, target } = lineOf(half, 100, 20);
		expect(points).toEqual([
			{ x: 0, y: 0 },
			{ x: 100, y: 10 }
		]);
		expect(target).toBe(20);
		expect(lineOf(indicator(), 100, 20).points).toEqual([]);
	});
});

test('a report says what a period brought, and what the one before did', () => {
	const line = { id: 'c', title: '', kind: 'one-off' as const, year: 2026, until: 2026 };
	const money = { ...line, amount: 100, currency: 'NUM', funded: 40, source: '', order: 1 };
	const risk = {
		id: 'r',
		text: 'Leaves',
		likelihood: 5,
		impact: 4,
		response: '',
		order: 1
	} as const;
	const actions = [
		action('done', { ...moved(['2026-02-01', 'running'], ['2026-05-20', 'done']), risks: [risk] }),
		action('begun', {
			...moved(['2026-01-05', 'planned'], ['2026-04-02', 'running']),
			risks: [risk]
		}),
		action('late', {
			...moved(['2026-01-05', 'planned'], ['2026-02-02', 'running']),
			end: '2026-06-01',
			tasks: [task({})],
			costLines: [money],
			start: '2026-02-01'
		}),
		action('held', { ...moved(['2026-01-05', 'planned']), blocker: 'No contract', unblock: 'One' })
	];
	const period = { from: '2026-04-01', to: '2026-06-30' };
	const readings = [reading('2026-03-01', '200'), reading('2026-06-30', '24')];
	const report = progressOf(
		{ actions, indicators: [indicator({ id: 'begun', parent: 'begun', readings })], approvals: [] },
		period,
		clock
	);
	const ids = (list: readonly { action: Action }[]) => list.map((one) => one.action.id);
	expect(report.before).toEqual({ from: '2026-01-01', to: '2026-03-31' });
	expect(report.done).toMatchObject([{ action: { id: 'done' }, day: '2026-05-20' }]);
	expect(ids(report.started)).toEqual(['begun']);
	expect(report.late).toMatchObject([{ action: { id: 'late' }, kind: 'not-done', why: 'Write' }]);
	expect(report.tally.now).toMatchObject({ done: 1, started: 1, late: 1, readings: 1, reached: 1 });
	expect(report.tally.before).toMatchObject({ done: 0, started: 2, late: 0, readings: 0 });
	expect(report.counts.atStart).toMatchObject({ planned: 2, running: 2, done: 0 });
	expect(report.counts.atEnd).toMatchObject({ planned: 1, running: 2, done: 1 });
	expect(report.measured).toMatchObject([{ before: '200', now: '24', share: 1, isNew: true }]);
	expect(ids(report.risks)).toEqual(['begun']);
	expect(report.decisions.map(({ kind }) => kind)).toEqual(['unblock', 'fund', 'reschedule']);
});

test('the second assessment names the actions behind what rose', () => {
	const level = (n: 0 | 1 | 2 | 3 | 4) => ({ kind: 'level' as const, level: n });
	const change = (question: string, kind: 'risen' | 'same') => ({
		question,
		topic: 't',
		change: kind,
		before: level(1),
		after: level(2),
		evidence: 'same' as const
	});
	const comparison = { topics: [], questions: [change('q', 'risen'), change('p', 'same')] };
	const actions = [
		action('a', { closes: ['q'], state: 'done' }),
		action('b', { closes: ['q'], state: 'running' }),
		action('c', { closes: ['p'], state: 'done' })
	];
	expect(risenWith(comparison, actions)).toMatchObject([
		{ change: { question: 'q' }, done: [{ id: 'a' }], running: [{ id: 'b' }] }
	]);
	expect(doneWithoutRise(comparison, actions).map(({ id }) => id)).toEqual(['c']);
	const kept = (id: string, guide: string, at: string) => ({ id, guide, at }) as Snapshot;
	const snapshots = [
		kept('x', 'g', '2026-02-01'),
		kept('y', 'g', '2026-01-01'),
		kept('z', 'h', '2026-09-01')
	];
	expect(baselineOf(snapshots, 'g')?.id).toBe('x');
	const said = (key: `${string}/${string}`, at: string) => ({
		key,
		contributor: 'c',
		answer: null,
		confidence: null,
		note: '',
		evidence: [],
		at
	});
	expect([
		...changedSince(
			[said('g/q', '2026-03-01'), said('g/p', '2025-01-01'), said('h/p', '2026-03-01')],
			'g',
			'2026-02-01'
		)
	]).toEqual(['q']);
});
