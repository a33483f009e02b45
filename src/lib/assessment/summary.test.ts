import { expect, it } from 'vitest';
import { forSeeds, randomView } from '../../../tests/fixtures/seeds.ts';
import { smallView } from '../../../tests/fixtures/small-assessment.ts';
import { progressOf } from './progress.ts';
import { summarise } from './summary.ts';

it('names the strongest and the weakest topic', () => {
	const view = smallView({
		'law-a': 1,
		'law-b': 1,
		'team-a': 3,
		'team-b': 3,
		'skills-a': 2,
		'skills-b': 2
	});
	const { strongest, weakest } = summarise(view);
	expect([strongest?.topic, weakest?.topic]).toEqual(['team', 'law']);
});

it('names neither when only one topic has a score, or when all are equal', () => {
	expect(summarise(smallView({ 'law-a': 1, 'law-b': 1 }))).toMatchObject({
		strongest: null,
		weakest: null
	});
	const equal = smallView({ 'law-a': 1, 'law-b': 1, 'team-a': 1, 'team-b': 1 });
	expect(summarise(equal).strongest).toBeNull();
});

it('counts as proven only levels on the path', () => {
	const view = smallView(
		{ 'law-a': 1, 'law-b': '?', 'law-c': 3 },
		{ proven: new Set(['law-a', 'law-b', 'law-c', 'gone']), path: { mode: 'core', topics: [] } }
	);
	expect(summarise(view)).toMatchObject({ answered: 2, questions: 6, proven: 1 });
});

it('says the same numbers as the progress bar (P9)', () => {
	forSeeds(50, (random) => {
		const view = randomView(random);
		const { answered, questions, proven } = summarise(view);
		expect({ answered, questions }).toMatchObject({
			answered: progressOf(view).answered,
			questions: progressOf(view).questions
		});
		expect(proven).toBeLessThanOrEqual(answered);
	});
});
