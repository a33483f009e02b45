import { describe, expect, test } from 'vitest';
import type { CostLine, Objective, PlanIndicator, Stakeholder } from '#lib/model/plan.ts';
import { noDetails } from '#lib/model/workspace.ts';
import type { Action } from '#lib/model/workspace.ts';
import { budgetOf, budgetYearOf, daysOfYear, total } from './budget.ts';
import { logFrame, riskClass, riskWeight } from './log-frame.ts';
import { advanceOf, numberIn } from './numbers.ts';
import { namedIn, ownerKey, ownerName, registerOf } from './parties.ts';

const line = (about: Partial<CostLine>): CostLine => ({
	id: 'c',
	title: '',
	kind: 'one-off',
	year: 2027,
	until: about.year ?? 2027,
	amount: 100,
	currency: 'XOF',
	funded: 0,
	source: '',
	order: 1,
	...about
});
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
const sum = (amount: number, funded: number) => ({ amount, funded, gap: amount - funded });

describe('money', () => {
	test('of a recurring line is counted in each of its years', () => {
		const lines = [line({ kind: 'recurring', until: 2029, funded: 40 })];
		expect(total(lines)).toEqual(new Map([['XOF', sum(300, 120)]]));
		expect(total(lines, 2029)).toEqual(new Map([['XOF', sum(100, 40)]]));
		expect(total(lines, 2030).size).toBe(0);
	});

	test('in two currencies is never added up', () => {
		const mixed = total([line({}), line({ currency: 'EUR', amount: 7 }), line({ amount: 1 })]);
		expect([...mixed.keys()]).toEqual(['XOF', 'EUR']);
		expect(mixed.get('XOF')).toEqual(sum(101, 0));
	});

	test('adds up to the cent', () => {
		const lines = Array.from({ length: 10 }, () => line({ amount: 0.1, funded: 0.1 }));
		expect(total(lines).get('XOF')).toEqual(sum(1, 1));
	});

	test('stands in a row for each key, and what is dropped costs nothing', () => {
		const budget = budgetOf(
			[
				action('a', { objective: 'o', costLines: [line({ year: 2026, until: 2026 })] }),
				action('b', { costLines: [line({ year: 2028, until: 2028, amount: 5 })] }),
				action('c', { state: 'dropped', costLines: [line({ year: 2040, until: 2040 })] })
			],
			({ objective }) => objective
		);
		expect(budget.years).toEqual([2026, 2027, 2028]);
		expect(budget.rows.map(({ key }) => key)).toEqual(['o', '']);
		expect(budget.rows[1]?.years.map((year) => year.get('XOF')?.amount ?? 0)).toEqual([0, 0, 5]);
		expect(budget.total.all.get('XOF')).toEqual(sum(105, 0));
	});

	test('of a slip of the hand does not make 200 columns, and the sums still hold', () => {
		const far = action('a', { costLines: [line({ kind: 'recurring', until: 2200 })] });
		const budget = budgetOf([far], () => '');
		expect(budget.years).toHaveLength(15);
		expect(budget.total.all.get('XOF')?.amount).toBe(17_400);
	});
});

test('a budget year that begins in July has the days of two calendar years', () => {
	expect(budgetYearOf('2027-06-30', 7)).toBe(2026);
	expect(budgetYearOf('2027-07-01', 7)).toBe(2027);
	expect(budgetYearOf('2027-01-01', 1)).toBe(2027);
	expect(daysOfYear(2027, 7)).toEqual({ from: '2027-07-01', to: '2028-06-30' });
	expect(daysOfYear(2027, 3)).toEqual({ from: '2027-03-01', to: '2028-02-29' });
});

test('the log-frame has each action once, those without an objective at the end', () => {
	const objective: Objective = { id: 'o', guide: 'g', title: 'Ready', note: '', order: 1 };
	const indicator = { id: 'i', of: 'objective', parent: 'o' } as PlanIndicator;
	const own = { id: 'b', of: 'action', parent: 'b' } as PlanIndicator;
	const rows = logFrame(
		[objective],
		[
			action('a', { objective: 'gone' }),
			action('b', { objective: 'o' }),
			action('c', { objective: 'o', state: 'dropped' })
		],
		[own, indicator]
	);
	expect(rows).toMatchObject([
		{
			objective: { id: 'o' },
			indicators: [{ id: 'i' }],
			actions: [{ action: { id: 'b' }, indicators: [{ id: 'b' }] }]
		},
		{ objective: null, indicators: [], actions: [{ action: { id: 'a' } }] }
	]);
	expect(riskClass(riskWeight({ likelihood: 5, impact: 3 }))).toBe('high');
	expect(riskClass(riskWeight({ likelihood: 1, impact: 5 }))).toBe('low');
});

describe('a text as a number', () => {
	test.each([
		['12', 12],
		['45 %', 45],
		['٤٥٪', 45],
		['1.234.567', 1_234_567],
		['0,5', 0.5],
		['-3', -3],
		['2 of 40', null],
		['', null],
		['by 2030', null]
	])('%s', (text, number) => expect(numberIn(text)).toBe(number));

	test('tells how far an indicator has come, also where less is better', () => {
		const about = { baseline: '40', target: '10', baselineDay: '2026-01-01' } as PlanIndicator;
		const readings = [
			{ day: '2027-01-01', value: '25', note: '' },
			{ day: '2027-06-01', value: 'not measured', note: '' }
		];
		expect(advanceOf({ ...about, readings })).toEqual({ now: 25, share: 0.5, day: '2027-01-01' });
		expect(advanceOf({ ...about, readings: [] })).toMatchObject({ now: 40, share: 0 });
		expect(advanceOf({ ...about, target: '', readings }).share).toBe(null);
	});
});

test('an owner is named by the register, else as somebody wrote it', () => {
	const mde: Stakeholder = {
		id: 'mde',
		name: 'Ministry',
		person: 'Director',
		role: '',
		power: null,
		interest: null,
		note: '',
		order: 1
	};
	const register = registerOf([mde]);
	expect(ownerName({ owner: 'old name', ownerId: 'mde' }, register)).toBe('Ministry, Director');
	expect(ownerName({ owner: ' The regulator ', ownerId: 'gone' }, register)).toBe('The regulator');
	expect(ownerKey({ owner: 'THE regulator', ownerId: '' }, register)).toBe('the regulator');
	const task = { id: 't', title: '', owner: 'mde', end: '', done: false, order: 1 };
	expect(
		namedIn('mde', [action('a', { tasks: [task] }), action('b')], [{ id: 'i', collector: 'mde' }])
	).toEqual({ actions: ['a'], indicators: ['i'] });
});
