/** Rules behind the screens that edit a plan: circles, typed amounts, tags, moved days, the register. */
import { describe, expect, it } from 'vitest';
import { ownAction } from '#lib/draft/actions.ts';
import type { Measure, Question } from '#lib/model/guide.ts';
import type { Stakeholder } from '#lib/model/plan.ts';
import type { Action } from '#lib/model/workspace.ts';
import { circleWith, suggestedPrerequisites } from './prerequisites.ts';
import {
	judgedAs,
	strategies,
	duplicates,
	mergeParties,
	partyNamed,
	strategyOf,
	typedOwners
} from './register.ts';
import { shiftDay } from './shift.ts';
import { crosswalkTags, sortTags } from './tags.ts';
import { readAmount, readBudgetYear } from './typed.ts';

const action = (id: string, patch: Partial<Action> = {}): Action => ({
	...ownAction({ id, guide: 'g', title: id, plan: [] }),
	...patch
});
const party = (id: string, patch: Partial<Stakeholder> = {}): Stakeholder => ({
	id,
	name: id,
	person: '',
	role: '',
	power: null,
	interest: null,
	note: '',
	order: 0,
	...patch
});

it('a prerequisite that would close a circle names the circle', () => {
	const plan = [
		action('a'),
		action('b', { requires: ['a'] }),
		action('c', { requires: ['x', 'b'] })
	];
	expect(circleWith(plan, 'a', 'c')).toEqual(['a', 'c', 'b']);
	expect(circleWith(plan, 'a', 'a')).toEqual(['a']);
	expect(circleWith(plan, 'c', 'a')).toBeNull();
});

it('a circle that two devices made together hangs nothing', () => {
	const plan = [action('a', { requires: ['b'] }), action('b', { requires: ['a'] }), action('c')];
	expect(circleWith(plan, 'c', 'a')).toBeNull();
});

it('measures that come first are suggested as prerequisites where they are planned', () => {
	const measure = (id: string, requires: string[]) => ({ id, requires }) as Measure;
	const catalogue = new Map([
		['law', measure('law', [])],
		['team', measure('team', ['law'])]
	]);
	const law = action('1', { measure: 'law' });
	const team = action('2', { measure: 'team' });
	expect(suggestedPrerequisites(team, [law, team], catalogue)).toEqual(['1']);
	expect(suggestedPrerequisites({ ...team, requires: ['1'] }, [law, team], catalogue)).toEqual([]);
	expect(
		suggestedPrerequisites(team, [{ ...law, state: 'dropped' as const }, team], catalogue)
	).toEqual([]);
	// The guide's order turned round by the team: no circle is suggested.
	expect(suggestedPrerequisites(team, [{ ...law, requires: ['2'] }, team], catalogue)).toEqual([]);
});

it.each([
	['1 200 000', 1_200_000],
	['1.200.000,50', 1_200_000.5],
	['1,200,000.50', 1_200_000.5],
	['1.500', 1500],
	['1,500', 1500],
	['12,5', 12.5],
	['٢٥٠٠٠', 25_000],
	['٢٥٬٠٠٠٫٥', 25_000.5],
	['\u200f۱۲۰', 120],
	['', null]
])('the amount %s is read as people mean it', (text, value) => {
	expect(readAmount(text)).toEqual({ value });
});

it.each([
	['-5', 'negative'],
	['−1 200', 'negative'],
	['12345678901234567890', 'large'],
	['-12345678901234567890', 'negative'],
	['twelve', 'number'],
	['50%', 'number'],
	['1,2,3', 'number'],
	['=1+1', 'number'],
	['-', 'number']
])('the amount %s is refused as %s', (text, wrong) => {
	expect(readAmount(text)).toEqual({ wrong });
});

it('budget years from 1990 to 2200 are taken, 1900 and 9999 are not', () => {
	expect(readBudgetYear('2027')).toEqual({ value: 2027 });
	expect(readBudgetYear('٢٠٢٧')).toEqual({ value: 2027 });
	expect(readBudgetYear('')).toEqual({ value: null });
	expect(readBudgetYear('1900')).toEqual({ wrong: 'range' });
	expect(readBudgetYear('9999')).toEqual({ wrong: 'range' });
	expect(readBudgetYear('2027/28')).toEqual({ wrong: 'number' });
});

it('days move by months and stay on the last of a month', () => {
	expect(shiftDay('2027-01-15', 2)).toBe('2027-03-15');
	expect(shiftDay('2027-01-31', 1)).toBe('2027-02-28');
	expect(shiftDay('2027-02-28', 1)).toBe('2027-03-31');
	expect(shiftDay('2027-01-30', 1)).toBe('2027-02-28');
	expect(shiftDay('2027-01-15', -13)).toBe('2025-12-15');
	expect(shiftDay('', 3)).toBe('');
	expect(shiftDay('9999-12-31', 1)).toBe('9999-12-31');
});

it('goals stand in their order, own words in theirs; crosswalks follow from the questions', () => {
	expect(sortTags(['mine', 'sdg:16', 'sdg:9', 'sdg:18'])).toEqual({
		goals: [9, 16],
		own: ['mine', 'sdg:18']
	});
	const question = { crosswalk: { sdg: ['16.6', '1.4'], gca: [] } } as unknown as Question;
	const values = ['1', '6', '16'].map((id) => ({ id, title: id }));
	const [found] = crosswalkTags([question], [{ id: 'sdg', title: 'SDG', values }]);
	expect(found?.values.map(({ id }) => id)).toEqual(['1', '16']);
	expect(crosswalkTags([question], [{ id: 'gca', title: 'GCA', values }])).toEqual([]);
});

it('owners that were typed are put together by name, and known ones are linked', () => {
	const plan = [
		action('1', { owner: 'Ministry of Health' }),
		action('2', { owner: 'ministry of  health ' }),
		action('3', { owner: 'Treasury' }),
		action('4', { owner: 'Treasury', ownerId: 't' }),
		action('5', { owner: ' ' }),
		// Its party was removed: what was written counts again.
		action('6', { owner: 'Ministry of Health', ownerId: 'gone' })
	];
	expect(typedOwners(plan, [party('t', { name: 'TREASURY' })])).toEqual([
		{ name: 'Ministry of Health', actions: ['1', '2', '6'], known: '' },
		{ name: 'Treasury', actions: ['3'], known: 't' }
	]);
	const named = party('p', { name: 'Office', person: 'Director' });
	expect(partyNamed('office, director', [named])?.id).toBe('p');
	expect(partyNamed(' ', [party('q', { name: '' })])).toBeUndefined();
});

it('merging takes over what was empty, loses no note, and moves every mention', () => {
	const kept = party('k', { name: 'Health', power: 4, note: 'one' });
	const gone = party('g', { name: 'health', power: 1, interest: 5, note: 'two', role: 'leads' });
	expect(duplicates([kept, gone, party('x'), party('e', { name: '' })])).toEqual([[kept, gone]]);
	const task = { id: 't', title: 't', owner: 'g', end: '', done: false, order: 1 };
	const merge = mergeParties(
		kept,
		gone,
		[
			action('1', { ownerId: 'g' }),
			action('2', { partnerIds: ['k', 'g'], sponsorId: 'g', tasks: [task] }),
			action('3', { ownerId: 'k' })
		],
		[{ id: 'i', collector: 'g' }]
	);
	expect(merge.kept).toMatchObject({ power: 4, interest: 5, role: 'leads', note: 'one\n\ntwo' });
	expect(merge.actions).toEqual([
		{ id: '1', patch: { ownerId: 'k', owner: 'Health' } },
		{ id: '2', patch: { sponsorId: 'k', partnerIds: ['k'], tasks: [{ ...task, owner: 'k' }] } }
	]);
	expect(merge.indicators).toEqual([{ id: 'i', collector: 'k' }]);
});

it('the grid has four fields, and what is not judged is in none', () => {
	expect(strategyOf({ power: 5, interest: 5 })).toBe('manage-closely');
	expect(strategyOf({ power: 4, interest: 2 })).toBe('keep-satisfied');
	expect(strategyOf({ power: 1, interest: 3 })).toBe('keep-informed');
	expect(strategyOf({ power: 2, interest: 1 })).toBe('monitor');
	expect(strategyOf({ power: null, interest: 5 })).toBeNull();
});

describe('a party that is moved to another field of the drawing', () => {
	const scales = [null, 1, 2, 3, 4, 5] as const;
	it('is judged so that it stands there, and keeps what was said where that is right already', () => {
		for (const power of scales)
			for (const interest of scales)
				for (const strategy of strategies) {
					const now = { power, interest };
					const then = judgedAs(now, strategy);
					expect(strategyOf(then)).toBe(strategy);
					if (strategyOf(now) === strategy) expect(then).toEqual(now);
				}
		expect(judgedAs({ power: 5, interest: null }, 'keep-satisfied')).toEqual({
			power: 5,
			interest: 2
		});
	});
});
