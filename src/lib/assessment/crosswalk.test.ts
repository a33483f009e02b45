import { expect, it } from 'vitest';
import { smallAssessment, smallView } from '../../../tests/fixtures/small-assessment.ts';
import { viewBy } from './crosswalk.ts';
import { scoreTopic } from './score.ts';

const cmm = {
	id: 'cmm',
	title: 'CMM dimensions',
	values: ['D1', 'D4', 'D'].map((id) => ({ id, title: id }))
};
const pillars = { id: 'pillars', title: 'Pillars', values: [{ id: 'legal', title: 'Legal' }] };

it('a factor counts for its dimension, and a question once for two factors of one', () => {
	const { scores } = viewBy(smallView({ 'law-a': 1, 'team-a': 3, 'team-b': 3 }), cmm);
	// D1: law-a (D1.1 and D1.2, weight 3), team-a (D1.2, weight 2), team-b (D1, weight 2)
	expect(scores[0]).toMatchObject({ id: 'D1', total: 3, answered: 3, value: (3 + 6 + 6) / 7 });
});

it('D4.1 counts for D4 and not for D', () => {
	const { scores } = viewBy(smallView({}), cmm);
	expect(scores.map((score) => score.total)).toEqual([3, 1, 0]);
});

it('a value is scored by the rule of topics, with the same minimum', () => {
	const view = smallView({ 'law-a': 2, 'law-b': 4, 'law-c': '?' });
	const [legal] = viewBy(view, pillars).scores;
	const { topic: _, ...same } = scoreTopic(smallAssessment.topics[0]!, view);
	expect(legal).toEqual({ id: 'legal', title: 'Legal', ...same });
	expect(viewBy(smallView({ 'law-a': 4 }), pillars).scores[0]?.value).toBeNull();
});

it('what the crosswalk does not know is named, not hidden', () => {
	const { unmapped } = viewBy(smallView({}), pillars);
	expect(unmapped.map((q) => q.id)).toEqual([
		'team-a',
		'team-b',
		'team-c',
		'skills-a',
		'skills-b',
		'skills-c'
	]);
});
