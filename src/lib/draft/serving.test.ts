import { describe, expect, test } from 'vitest';
import type { Gap } from '#lib/assessment/gaps.ts';
import { noDetails } from '#lib/model/workspace.ts';
import type { Action } from '#lib/model/workspace.ts';
import {
	actionsFor,
	asSeenBy,
	couldServe,
	guidesOf,
	servingElsewhere,
	withoutGuide
} from './serving.ts';

const action = (id: string, about: Partial<Action> = {}): Action => ({
	id,
	guide: 'cyber',
	measure: 'adopt-law',
	closes: ['data-law'],
	title: 'A law',
	owner: '',
	start: '',
	end: '',
	cost: 'low',
	effort: 'small',
	indicator: '',
	unit: 'count',
	target: '',
	state: 'proposed',
	note: '',
	...noDetails,
	order: 1,
	...about
});
const law = action('a', { also: { health: ['data-law', 'consent'] } });
// Only what the rule looks at.
const gap = (question: string, measure: string, shared?: true) =>
	({ question: { id: question }, measures: [{ id: measure, shared }] }) as unknown as Gap;

test('an action stands in the plan of each guide that it serves, with that guide’s gaps', () => {
	expect(asSeenBy(law, 'cyber')).toBe(law);
	expect(asSeenBy(law, 'health')).toMatchObject({ id: 'a', closes: ['data-law', 'consent'] });
	expect(asSeenBy(law, 'agri')).toBeNull();
	expect(actionsFor([law, action('b')], 'health').map(({ id }) => id)).toEqual(['a']);
	expect(guidesOf(law)).toEqual(['cyber', 'health']);
});

describe('a shared measure', () => {
	test('that another guide has taken is not made once more', () => {
		const measure = { id: 'adopt-law', shared: true } as const;
		expect(servingElsewhere(measure, 'agri', [law])?.id).toBe('a');
		expect(servingElsewhere(measure, 'health', [law])).toBeUndefined();
		expect(servingElsewhere(measure, 'agri', [{ ...law, state: 'dropped' }])).toBeUndefined();
		expect(servingElsewhere({ id: 'adopt-law' }, 'agri', [law])).toBeUndefined();
	});

	test('could serve the guides whose open gap it closes, and not those that it serves', () => {
		const guides = ['cyber', 'health', 'agri', 'trade'].map((guide) => ({
			guide,
			gaps: guide === 'trade' ? [gap('x', 'adopt-law')] : [gap('data-law', 'adopt-law', true)]
		}));
		expect(couldServe([law, action('own', { measure: '' })], guides)).toEqual([
			{ action: law, guide: 'agri', closes: ['data-law'] }
		]);
	});
});

test('taken out of one plan, an action stays in the others', () => {
	expect(withoutGuide(law, 'health')).toEqual({ also: { health: [] } });
	expect(withoutGuide(law, 'cyber')).toEqual({
		guide: 'health',
		closes: ['data-law', 'consent'],
		also: { health: [] }
	});
	expect(withoutGuide(action('b'), 'cyber')).toBeNull();
});
