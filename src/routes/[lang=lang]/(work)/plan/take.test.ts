import { expect, test } from 'vitest';
import { findGaps } from '#lib/assessment/gaps.ts';
import { catalogueOf } from '#lib/assessment/view.ts';
import type { Gap } from '#lib/assessment/gaps.ts';
import type { Assessment } from '#lib/model/guide.ts';
import {
	measure,
	smallAssessment,
	smallView
} from '../../../../../tests/fixtures/small-assessment.ts';
import { dayOf, take, type Proposal, type Taking } from './take.ts';

function taking(gaps: Gap[], assessment: Assessment = smallAssessment): Taking {
	let ids = 0;
	return {
		guide: 'small',
		today: '2026-05-20',
		plan: [],
		catalogue: catalogueOf(assessment),
		gaps,
		ownerOf: ({ owner }) => `the ${owner}`,
		newId: () => `new-${++ids}`
	};
}
const proposal = (gaps: Gap[], question: string): Proposal => {
	const gap = gaps.find((one) => one.question.id === question)!;
	return { measure: gap.measures[0]!, gap };
};

test('of measures taken together, the one that needs another starts after it', () => {
	const { gaps } = findGaps(smallView({ 'law-a': 0, 'team-a': 0 }));
	const six = [proposal(gaps, 'law-a'), proposal(gaps, 'team-a')];
	const actions = take(six, taking(gaps));
	expect(actions.map(({ id, measure }) => `${id} ${measure}`)).toEqual([
		'new-1 law-a-1',
		'new-2 team-a-1'
	]);
	expect(actions.map(({ start, end }) => `${start} ${end}`)).toEqual([
		'2026-06-01 2026-08-31',
		'2026-09-01 2026-11-30'
	]);
	expect(actions[0]!.order).toBeLessThan(actions[1]!.order);
	expect(actions[0]!.owner).toBe('the cabinet');
});

test('an action closes every open gap that its measure closes', () => {
	const both = measure('both', {
		closes: [
			{ question: 'law-b', from: 0, to: 2 },
			{ question: 'skills-a', from: 0, to: 2 },
			{ question: 'law-c', from: 0, to: 2 }
		]
	});
	const [law, ...others] = smallAssessment.topics;
	const assessment = {
		...smallAssessment,
		topics: [{ ...law!, measures: [...law!.measures, both] }, ...others]
	};
	const answers = { 'law-b': 0, 'skills-a': 0, 'law-c': 4 } as const;
	const { gaps } = findGaps({ ...smallView(answers), assessment });
	const gap = gaps.find((one) => one.question.id === 'law-b')!;
	const [action] = take([{ measure: both, gap }], taking(gaps, assessment));
	expect(action!.closes.toSorted()).toEqual(['law-b', 'skills-a']);
});

test('a measure that only has to come first serves the gap for which it is proposed', () => {
	const { gaps } = findGaps(smallView({ 'team-a': 0 }));
	const first = catalogueOf(smallAssessment).get('law-a-1')!;
	const [action] = take([{ measure: first, gap: gaps[0]! }], taking(gaps));
	expect(action!.closes).toEqual(['team-a']);
});

test('today is the day on the wall, not in Greenwich (F-19)', () => {
	expect(dayOf(new Date(2026, 0, 1, 0, 30))).toBe('2026-01-01');
	expect(dayOf(new Date(2026, 11, 31, 23, 59))).toBe('2026-12-31');
});
