import { expect, it } from 'vitest';
import { smallAssessment, smallView } from '../../../tests/fixtures/small-assessment.ts';
import { findStrengths, strengthsAmong } from './strengths.ts';
import { questionsOf } from './view.ts';

it('questions at level 3 and 4 are strengths: proven first, then by level, then by weight', () => {
	const view = smallView(
		{ 'law-a': 3, 'law-b': 4, 'law-c': 3, 'team-a': 3, 'skills-a': 2, 'skills-b': '?' },
		{ proven: new Set(['law-c', 'skills-a']) }
	);
	expect(findStrengths(view).questions.map((s) => [s.question.id, s.proven])).toEqual([
		['law-c', true],
		['law-b', false],
		['law-a', false],
		['team-a', false]
	]);
});

it('topics are named from the best down, and a weak one is not praised', () => {
	const view = smallView({
		'law-a': 2,
		'law-b': 2,
		'team-a': 1,
		'team-b': 1,
		'skills-a': 4,
		'skills-b': 3
	});
	expect(findStrengths(view).topics.map((t) => t.topic)).toEqual(['skills', 'law']);
});

it('without answers there is nothing to praise', () => {
	expect(findStrengths(smallView({}))).toEqual({ topics: [], questions: [] });
});

it('all strengths among some questions are found, however many the results name', () => {
	const view = smallView(Object.fromEntries(questionsOf(smallAssessment).map((q) => [q.id, 3])));
	expect(findStrengths(view).questions).toHaveLength(6);
	expect(strengthsAmong(questionsOf(smallAssessment), view)).toHaveLength(9);
});
