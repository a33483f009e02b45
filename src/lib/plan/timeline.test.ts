import { describe, expect, test } from 'vitest';
import { ownAction } from '#lib/draft/actions.ts';
import { planDefaults, type PlanSettings } from '#lib/model/plan.ts';
import type { Action } from '#lib/model/workspace.ts';
import { halfYearsOf, layOut, spanOf, stepDates } from './timeline.ts';

const action = (id: string, start: string, end: string, more: Partial<Action> = {}): Action => ({
	...ownAction({ id, guide: 'small', title: id, plan: [] }),
	start,
	end,
	...more
});
const july: PlanSettings = { ...planDefaults, yearStart: 7 };
const years = (actions: Action[], settings: PlanSettings): number[] =>
	spanOf(actions, settings, '2026-11-23').years.map(({ year }) => year);

describe('the span', () => {
	const plan = [action('a', '2026-05-01', '2026-08-31'), action('b', '2027-01-01', '2028-07-01')];

	test('is the budget years in which actions lie', () => {
		expect(years(plan, planDefaults)).toEqual([2026, 2027, 2028]);
		expect(years(plan, july)).toEqual([2025, 2026, 2027, 2028]);
		expect(spanOf(plan, july, '2026-11-23').from).toBe(2025 * 12 + 6);
	});

	test('is what the settings say, where they say it', () => {
		expect(years(plan, { ...planDefaults, firstYear: 2027, years: 5 })).toEqual([
			2027, 2028, 2029, 2030, 2031
		]);
		expect(years(plan, { ...planDefaults, firstYear: 2027 })).toEqual([2027, 2028]);
	});

	test('is three years from today where nothing is dated, and never hundreds of them', () => {
		expect(years([action('a', '', '')], july)).toEqual([2026, 2027, 2028]);
		expect(years([action('a', '2026-01-01', '9999-12-31')], planDefaults)).toHaveLength(15);
	});
});

describe('a bar', () => {
	const settings = { ...planDefaults, firstYear: 2027, years: 2 };
	const lay = (...actions: Action[]) =>
		layOut(actions, spanOf(actions, settings, '2026-11-23'), new Map([['b', ['a']]]));

	test('reaches from the first moment of its start to the last of its end', () => {
		const [bar] = lay(action('a', '2027-01-01', '2027-12-31')).bars;
		expect(bar).toMatchObject({ from: 0, to: 12, cutStart: false, cutEnd: false, outside: false });
		expect(lay(action('a', '2027-04-16', '2027-04-30')).bars[0]).toMatchObject({
			from: 3.5,
			to: 4
		});
	});

	test('is cut at the edges of the span, and says so', () => {
		expect(lay(action('a', '2026-12-01', '2030-01-01')).bars[0]).toMatchObject({
			from: 0,
			to: 24,
			cutStart: true,
			cutEnd: true,
			outside: false
		});
		expect(lay(action('a', '2026-12-01', '2026-12-31')).bars[0]?.outside).toBe(true);
	});

	test('is not drawn without both days in their order', () => {
		const { bars, undated } = lay(
			action('a', '2027-01-01', ''),
			action('b', '2027-02-01', '2027-01-01'),
			action('c', '2027-02-30', '2027-03-01')
		);
		expect(bars).toEqual([]);
		expect(undated).toHaveLength(3);
	});

	test('is linked to what it needs, and the link is late where that ends later', () => {
		const link = (end: string, more: Partial<Action> = {}) =>
			lay(action('a', '2027-01-01', end, more), action('b', '2027-06-01', '2027-09-30')).links;
		expect(link('2027-05-31')).toEqual([{ from: 'a', to: 'b', late: false }]);
		expect(link('2027-06-01')).toEqual([{ from: 'a', to: 'b', late: true }]);
		expect(link('2027-06-01', { state: 'done' })[0]?.late).toBe(false);
		expect(link('')).toEqual([]);
	});
});

describe('a step', () => {
	const dates = { start: '2027-01-01', end: '2027-03-31' };

	test('moves both days by months; a last day stays a last day', () => {
		expect(stepDates(dates, 'move', 1)).toEqual({ start: '2027-02-01', end: '2027-04-30' });
		expect(stepDates(dates, 'move', -1)).toEqual({ start: '2026-12-01', end: '2027-02-28' });
		const there = stepDates(dates, 'move', 11)!;
		expect(stepDates(there, 'move', -11)).toEqual(dates);
		expect(stepDates({ start: '2027-01-31', end: '2027-06-15' }, 'move', 1)?.start).toBe(
			'2027-02-28'
		);
	});

	test('stretches at one end, and stops in the month of the other', () => {
		expect(stepDates(dates, 'end', 2)).toEqual({ start: '2027-01-01', end: '2027-05-31' });
		expect(stepDates(dates, 'end', -40)).toEqual({ start: '2027-01-01', end: '2027-01-31' });
		expect(stepDates(dates, 'start', 40)).toEqual({ start: '2027-03-01', end: '2027-03-31' });
	});

	test('that leads nowhere is none', () => {
		expect(stepDates({ start: '', end: '2027-03-31' }, 'move', 1)).toBe(null);
		expect(stepDates(dates, 'move', 12 * 400)).toBe(null);
		expect(stepDates(dates, 'move', -12 * 400)).toBe(null);
		expect(stepDates({ start: '2027-01-01', end: '2027-01-31' }, 'end', -1)).toBe(null);
	});
});

test('a half-year is one of the budget year, in time', () => {
	const plan = [
		action('c', '2027-07-01', '2027-12-31'),
		action('b', '2027-03-01', '2027-12-31'),
		action('a', '2027-01-01', '2027-12-31'),
		action('none', '', '')
	];
	const said = (yearStart: number) =>
		halfYearsOf(plan, yearStart).map(
			({ year, half, actions }) => `${year}/${half} ${actions.map(({ id }) => id).join('')}`
		);
	expect(said(1)).toEqual(['2027/1 ab', '2027/2 c']);
	expect(said(7)).toEqual(['2026/2 ab', '2027/1 c']);
});
