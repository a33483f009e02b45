import { describe, expect, it } from 'vitest';
import { catalogueOf } from '#lib/assessment/view.ts';
import { noDetails } from '#lib/model/workspace.ts';
import type { Action } from '#lib/model/workspace.ts';
import { measure, smallAssessment } from '../../../tests/fixtures/small-assessment.ts';
import { actionFromMeasure, nextOrder, ownAction, takenMeasures, type Taken } from './actions.ts';

const catalogue = catalogueOf(smallAssessment);

function take(id: string, plan: Action[] = [], more: Partial<Taken> = {}): Action {
	return actionFromMeasure({
		measure: catalogue.get(id)!,
		closes: [id.slice(0, -2)],
		guide: 'small',
		id: `action-${id}`,
		today: '2026-03-17',
		owner: 'Cabinet',
		plan,
		catalogue,
		...more
	});
}

describe('a measure that is taken', () => {
	it('brings what it knows and is only proposed', () => {
		expect(take('law-a-1')).toEqual({
			id: 'action-law-a-1',
			guide: 'small',
			measure: 'law-a-1',
			closes: ['law-a'],
			title: 'Carry out law-a-1',
			owner: 'Cabinet',
			start: '2026-04-01',
			end: '2026-06-30',
			cost: 'low',
			effort: 'small',
			indicator: 'Number of law-a-1',
			unit: 'count',
			target: '',
			state: 'proposed',
			note: '',
			...noDetails,
			order: 1
		});
	});

	it('begins next month, in December too, and on the last day of a month as on the first', () => {
		expect(take('law-a-1', [], { today: '2026-12-31' }).start).toBe('2027-01-01');
		expect(take('law-a-1', [], { today: '2026-12-01' }).start).toBe('2027-01-01');
	});

	it('lasts its months to the last day', () => {
		const year = measure('year', { months: 12 });
		expect(take('law-a-1', [], { measure: year })).toMatchObject({
			start: '2026-04-01',
			end: '2027-03-31'
		});
	});

	it('waits for its prerequisite in the plan', () => {
		const first = { ...take('law-a-1'), end: '2027-02-15' };
		expect(take('law-a-2', [first])).toMatchObject({ start: '2027-03-01', end: '2027-05-31' });
	});

	it('waits for a prerequisite of a prerequisite that nobody planned', () => {
		const first = { ...take('law-a-1'), end: '2027-02-15' };
		expect(take('team-a-2', [first]).start).toBe('2027-03-01');
	});

	it('waits for nothing that is done, dropped, undated, of another guide, or over', () => {
		const first = { ...take('law-a-1'), end: '2027-02-15' };
		const others: Action[] = [
			{ ...first, state: 'done' },
			{ ...first, state: 'dropped' },
			{ ...first, end: '' },
			{ ...first, end: '2027-02-31' },
			{ ...first, guide: 'other' },
			{ ...first, end: '2025-12-31' }
		];
		for (const other of others) {
			expect(take('law-a-2', [other]).start, JSON.stringify(other)).toBe('2026-04-01');
		}
	});

	it('has no dates when it would have to wait beyond the last year', () => {
		const never = { ...take('law-a-1'), end: '9999-12-31' };
		expect(take('law-a-2', [never])).toMatchObject({ start: '', end: '' });
	});
});

it('an own action comes last, without owner, dates or measure', () => {
	const plan = [take('law-a-1')];
	const own = ownAction({ id: 'own', guide: 'small', title: 'Our own', plan });
	expect(own).toMatchObject({ measure: '', owner: '', start: '', end: '', order: 2, closes: [] });
});

it('the next position is after all others, also after fractions and below zero', () => {
	expect(nextOrder([])).toBe(1);
	expect(nextOrder([{ order: 2.5 }, { order: 1 }])).toBe(3);
	expect(nextOrder([{ order: -4 }])).toBe(1);
});

it('a dropped measure may be proposed again, and an own action is no measure', () => {
	const plan: Action[] = [
		take('law-a-1'),
		{ ...take('law-b-1'), state: 'dropped' },
		{ ...take('law-c-1'), guide: 'other' },
		ownAction({ id: 'own', guide: 'small', title: 'Our own', plan: [] })
	];
	expect([...takenMeasures(plan, 'small')]).toEqual(['law-a-1']);
});
