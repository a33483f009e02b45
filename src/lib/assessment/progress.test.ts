import { expect, it } from 'vitest';
import { forSeeds, randomView } from '../../../tests/fixtures/seeds.ts';
import { answer, question, smallView } from '../../../tests/fixtures/small-assessment.ts';
import { questionsOnPath } from './path.ts';
import { minutesFor, progressOf } from './progress.ts';

it('"don’t know", "not applicable" and level 0 are answers; silence is not', () => {
	const { answered, questions } = progressOf(smallView({ 'law-a': 0, 'law-b': '?', 'law-c': 'n' }));
	expect([answered, questions]).toEqual([3, 9]);
});

it('an answer off the path, or to a question of another edition, is no progress', () => {
	const path = { mode: 'core', topics: [] } as const;
	const view = smallView({ 'law-c': 3, gone: 3 }, { path: { ...path, topics: [] } });
	expect(progressOf(view).answered).toBe(0);
});

it('a topic has its own progress', () => {
	expect(progressOf(smallView({ 'law-a': 1, 'team-a': 1 }), 'law')).toMatchObject({
		answered: 1,
		questions: 3,
		percent: 33
	});
});

it('a path without questions is not finished', () => {
	const nothing = smallView({ 'law-a': 2 }, { path: { mode: 'topics', topics: [] } });
	expect(progressOf(nothing)).toMatchObject({ fraction: 0, percent: 0, minutes: 0 });
});

it('a core assessment of 24 questions takes half an hour', () => {
	expect(minutesFor(24)).toBe(30);
});

it('199 of 200 is not 100 %', () => {
	const questions = Array.from({ length: 200 }, (_, i) => question(`q-${i}`));
	const topic = { id: 'q', lang: 'en', title: 'Q', questions, measures: [], hints: [] };
	const answers = Object.fromEntries(questions.slice(1).map(({ id }) => [id, 1 as const]));
	const view = smallView(answers, { assessment: { guide: 'large', topics: [topic] } });
	expect(progressOf(view).percent).toBe(99);
});

it('minutes are rounded up to five, and there are some as long as a question is left', () => {
	expect([0, 1, 4, 5, 9].map(minutesFor)).toEqual([0, 5, 5, 10, 15]);
});

it('it is never 100 % with a gap, and always 100 % without one', () => {
	forSeeds(200, (random) => {
		const view = randomView(random);
		const asked = questionsOnPath(view.assessment, view.path);
		const left = asked.filter((question) => !view.answers.has(question.id)).length;
		const { fraction, percent, minutes } = progressOf(view);
		expect(fraction === 1).toBe(asked.length > 0 && left === 0);
		expect(percent === 100).toBe(asked.length > 0 && left === 0);
		expect(minutes === 0).toBe(left === 0);
	});
});

it('one more answer never sets it back nor adds minutes', () => {
	forSeeds(100, (random) => {
		const view = randomView(random);
		const answers = new Map(view.answers);
		let before = progressOf({ ...view, answers });
		for (const { id } of random.shuffle(view.assessment.topics.flatMap((t) => t.questions))) {
			answers.set(id, answer(random.pick([0, 3, '?', 'n'] as const)));
			const after = progressOf({ ...view, answers });
			expect(after.fraction).toBeGreaterThanOrEqual(before.fraction);
			expect(after.percent).toBeGreaterThanOrEqual(before.percent);
			expect(after.minutes).toBeLessThanOrEqual(before.minutes);
			before = after;
		}
	});
});
