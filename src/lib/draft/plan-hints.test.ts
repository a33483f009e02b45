import { describe, expect, it } from 'vitest';
import { findGaps } from '#lib/assessment/gaps.ts';
import { catalogueOf } from '#lib/assessment/view.ts';
import { actionStates, type Action } from '#lib/model/workspace.ts';
import { planDefaults, type CostLine, type PlanIndicator } from '#lib/model/plan.ts';
import { smallAssessment, smallView } from '../../../tests/fixtures/small-assessment.ts';
import { ownAction } from './actions.ts';
import { planHints } from './plan-hints.ts';

const catalogue = catalogueOf(smallAssessment);
/** An action without fault. */
const action = (id: string, more: Partial<Action> = {}): Action => ({
	...ownAction({ id, guide: 'small', title: id, plan: [] }),
	owner: 'Justice',
	start: '2026-01-01',
	end: '2026-06-30',
	target: '5',
	...more
});
const hints = (...actions: Action[]) => planHints(actions, catalogue, []);
const codes = (more: Partial<Action>): string[] => hints(action('a', more)).map((h) => h.code);

describe('an action', () => {
	it('without fault gives no hint', () => {
		expect(codes({})).toEqual([]);
	});

	it('needs an owner, dates, and a target for its indicator', () => {
		expect(codes({ owner: '  ' })).toEqual(['no-owner']);
		expect(codes({ start: '' })).toEqual(['no-dates']);
		expect(codes({ end: '2026-02-30' })).toEqual(['no-dates']);
		expect(codes({ target: '' })).toEqual(['no-target']);
		expect(codes({ owner: '', start: '', end: '', target: '' })).toEqual([
			'no-owner',
			'no-dates',
			'no-target'
		]);
	});

	it('may end on the day on which it starts, and not before', () => {
		expect(codes({ end: '2026-01-01' })).toEqual([]);
		expect(codes({ end: '2025-12-31' })).toEqual(['end-before-start']);
	});

	it('that is done or dropped is left in peace', () => {
		for (const state of actionStates) {
			const isOpen = state !== 'done' && state !== 'dropped';
			expect(codes({ owner: '', state }), state).toEqual(isOpen ? ['no-owner'] : []);
		}
	});
});

describe('a prerequisite', () => {
	const first = action('first', { measure: 'law-a-1' });
	const later = (more: Partial<Action>, of: Action = first) =>
		hints(of, action('second', { measure: 'law-a-2', ...more }));

	it('that ends after its dependant starts is named', () => {
		expect(later({ start: '2026-03-01', end: '2026-12-31' })).toEqual([
			{ code: 'prerequisite-later', action: 'second', prerequisite: 'first' }
		]);
		expect(later({ start: '2026-06-30', end: '2026-12-31' })).toHaveLength(1);
		expect(later({ start: '2026-07-01', end: '2026-12-31' })).toEqual([]);
	});

	it('of a prerequisite counts as well', () => {
		const [hint] = hints(first, action('far', { measure: 'team-a-3' }));
		expect(hint).toMatchObject({ code: 'prerequisite-later', prerequisite: 'first' });
	});

	it('that is done is no obstacle', () => {
		expect(later({}, { ...first, state: 'done' })).toEqual([]);
	});

	it('without an end is judged by its start', () => {
		const open = { ...first, end: '', start: '2026-05-01' };
		const found = later({ start: '2026-03-01', end: '2026-12-31' }, open);
		expect(found.map((h) => h.code)).toEqual(['no-dates', 'prerequisite-later']);
	});
});

describe('a gap', () => {
	const { gaps } = findGaps(smallView({ 'law-a': 1, 'law-b': 1 }));
	const open = (...actions: Action[]) =>
		planHints(actions, catalogue, gaps).flatMap((h) =>
			h.code === 'gap-without-action' ? [h.question] : []
		);

	it('that no action closes is named, the first ones first', () => {
		expect(open()).toEqual(['law-a', 'law-b']);
		expect(open(action('a', { closes: ['law-a'] }))).toEqual(['law-b']);
	});

	it('is not closed by a dropped action', () => {
		expect(open(action('a', { closes: ['law-a'], state: 'dropped' }))).toContain('law-a');
		expect(open(action('a', { closes: ['law-a'], state: 'done' }))).not.toContain('law-a');
	});
});

describe('a half-year', () => {
	const many = (count: number, start: string, end: string): Action[] =>
		Array.from({ length: count }, (_, i) => action(`${start}-${i}`, { start, end }));

	it('carries twelve actions and no thirteenth', () => {
		expect(hints(...many(12, '2026-01-01', '2026-06-30'))).toEqual([]);
		expect(hints(...many(13, '2026-01-01', '2026-06-30'))).toEqual([
			{ code: 'too-many', year: 2026, half: 1, actions: 13 }
		]);
	});

	it('is named each time, with the number that runs in it', () => {
		const plan = [...many(10, '2026-03-01', '2027-02-01'), ...many(4, '2026-08-01', '2026-09-01')];
		expect(hints(...plan)).toEqual([{ code: 'too-many', year: 2026, half: 2, actions: 14 }]);
		expect(hints(...many(13, '2026-03-01', '2027-02-01'))).toHaveLength(3);
	});

	it('counts nothing that is done, undated or upside down', () => {
		const plan = many(13, '2026-01-01', '2026-06-30');
		const without = (more: Partial<Action>) =>
			hints({ ...plan[0]!, ...more }, ...plan.slice(1)).filter((h) => h.code === 'too-many');
		expect(without({ state: 'done' })).toEqual([]);
		expect(without({ end: '' })).toEqual([]);
		expect(without({ end: '2025-01-01' })).toEqual([]);
	});

	it('in the year 9999 does not give a thousand hints', () => {
		expect(hints(...many(13, '2026-01-01', '9999-12-31')).length).toBeLessThanOrEqual(20);
	});
});

describe('what the plan says besides its actions', () => {
	const about = (
		more: Partial<Action>,
		settings: Partial<typeof planDefaults> = {},
		indicators?: PlanIndicator[]
	) =>
		planHints([action('a', more)], catalogue, [], {
			settings: { ...planDefaults, ...settings },
			register: new Map([
				[
					's',
					{
						id: 's',
						name: 'Court',
						person: '',
						role: '',
						power: null,
						interest: null,
						note: '',
						order: 1
					}
				]
			]),
			...(indicators ? { indicators } : {})
		}).map(({ code }) => code);
	const line = (more: Partial<CostLine>): CostLine => ({
		id: 'c',
		title: '',
		kind: 'one-off',
		year: 2026,
		until: more.year ?? 2026,
		amount: 5,
		currency: 'XOF',
		funded: 5,
		source: '',
		order: 1,
		...more
	});
	const indicator = (id: string, of: 'action' | 'objective', baseline: string): PlanIndicator => ({
		id,
		of,
		parent: of === 'action' ? id : 'o',
		title: '',
		unit: 'count',
		baseline,
		baselineDay: '',
		baselineFrom: '',
		target: '',
		targetDay: '',
		source: '',
		collector: '',
		every: 0,
		readings: [],
		order: 1
	});

	it('names an owner by the register', () => {
		expect(about({ owner: '', ownerId: 's' })).toEqual([]);
		expect(about({ owner: '', ownerId: 'gone' })).toEqual(['no-owner']);
	});

	it('has a first year before which nothing starts', () => {
		expect(about({}, { firstYear: 2026 })).toEqual([]);
		expect(about({}, { firstYear: 2026, yearStart: 2 })).toEqual(['starts-too-early']);
		expect(about({ start: '2025-12-31' }, { firstYear: 2026 })).toEqual(['starts-too-early']);
	});

	it('pays for an action in the budget years in which it runs', () => {
		expect(about({ costLines: [line({})] })).toEqual([]);
		expect(about({ costLines: [line({ year: 2027 })] })).toEqual(['costs-outside']);
		expect(about({ costLines: [line({ year: 2025 })] })).toEqual(['costs-outside']);
		// January to June 2026 is in the budget year that begins in July 2025.
		expect(about({ costLines: [line({ year: 2025 })] }, { yearStart: 7 })).toEqual([]);
		expect(about({ costLines: [line({ kind: 'recurring', until: 2028 })] })).toEqual([
			'costs-outside'
		]);
	});

	it('has money for what costs', () => {
		expect(about({ costLines: [line({ funded: 0 })] })).toEqual(['nothing-funded']);
		expect(about({ costLines: [line({ funded: 0 }), line({ funded: 1 })] })).toEqual([]);
	});

	it('measures an indicator before it begins', () => {
		const measured = { indicator: 'Number of laws' };
		expect(about(measured, {}, [])).toEqual(['no-baseline']);
		expect(about(measured, {}, [indicator('a', 'action', '0')])).toEqual([]);
		expect(about({}, {}, [])).toEqual([]);
		expect(about({}, {}, [indicator('i', 'objective', ' ')])).toEqual(['objective-no-baseline']);
	});

	it('says how much the team can carry', () => {
		const two = [action('a'), action('b')];
		const of = (capacity: number | null) =>
			planHints(two, catalogue, [], { settings: { ...planDefaults, capacity } });
		expect(of(1)).toEqual([{ code: 'too-many', year: 2026, half: 1, actions: 2 }]);
		expect([of(2), of(null)]).toEqual([[], []]);
	});
});

it('a target is measurable with a number in any digits, or as a yes', () => {
	expect(codes({ target: 'more laws' })).toEqual(['target-not-measurable']);
	expect(codes({ target: '٤٠ من المستشفيات' })).toEqual([]);
	expect(codes({ target: 'adopted', unit: 'yes-no' })).toEqual([]);
});

describe('a prerequisite that somebody named', () => {
	const first = action('first', { end: '2026-03-31' });

	it('and that ends after the start is told', () => {
		const second = action('second', { start: '2026-03-01', requires: ['first'] });
		expect(hints(first, second)).toEqual([
			{ code: 'prerequisite-later', action: 'second', prerequisite: 'first' }
		]);
		expect(hints(first, { ...second, start: '2026-04-01' })).toEqual([]);
	});

	it('counts through one that has no dates', () => {
		const between = action('between', { start: '', end: '', requires: ['first'] });
		const third = action('third', { start: '2026-03-01', requires: ['between'] });
		expect(hints(first, between, third).map(({ code }) => code)).toEqual([
			'no-dates',
			'prerequisite-later'
		]);
	});

	it('in a circle is named once, and the hints come to an end', () => {
		const one = action('one', { requires: ['two'] });
		const two = action('two', { requires: ['one', 'two'], start: '', end: '' });
		const found = hints(one, two).filter(({ code }) => code === 'circle');
		expect(found).toEqual([{ code: 'circle', action: 'one', circle: ['one', 'two'] }]);
	});

	it('in a circle with what is done is named at the first that is open', () => {
		const done = action('done', { requires: ['open'], state: 'done' });
		const open = action('open', { requires: ['done'] });
		expect(hints(done, open)).toEqual([
			{ code: 'circle', action: 'open', circle: ['open', 'done'] }
		]);
	});
});

it('a plan of 10,000 actions is read in a moment (F-21)', () => {
	const measures = [...catalogue.keys()];
	const plan = Array.from({ length: 10_000 }, (_, i) =>
		action(`a${i}`, { measure: i < 300 ? measures[i % measures.length]! : '' })
	);
	const before = performance.now();
	expect(hints(...plan).length).toBeGreaterThan(0);
	expect(performance.now() - before).toBeLessThan(1000);
});
