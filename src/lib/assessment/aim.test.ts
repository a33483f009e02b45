import { expect, it } from 'vitest';
import { forSeeds, randomView } from '../../../tests/fixtures/seeds.ts';
import { smallView } from '../../../tests/fixtures/small-assessment.ts';
import { aimOf } from './aim.ts';
import { scoreAll } from './score.ts';

const aim = (view: ReturnType<typeof smallView>, topic: string) =>
	aimOf(
		scoreAll(view).topics.find((score) => score.topic === topic) ?? { value: null, parts: [] },
		view
	);

it('is the mean of the targets by the weights of the score', () => {
	// law-a weighs 3 and aims one level up (2), law-b weighs 1 and was given 4.
	const view = smallView({ 'law-a': 1, 'law-b': 0 }, { targets: new Map([['law-b', 4]]) });
	expect(aim(view, 'law')).toBe((2 * 3 + 4 * 1) / 4);
});

it('counts only the questions that the score counts', () => {
	const targets = new Map([['law-c', 4 as const]]);
	expect(aim(smallView({ 'law-a': 1, 'law-b': 1, 'law-c': '?' }, { targets }), 'law')).toBe(2);
});

it('there is none without a score', () => {
	expect(aim(smallView({ 'law-a': 1 }), 'law')).toBeNull();
});

it('is never below the score, even where a target was set below the level', () => {
	const targets = new Map([['law-a', 1 as const]]);
	expect(aim(smallView({ 'law-a': 3, 'law-b': 4 }, { targets }), 'law')).toBe(3.25);
	forSeeds(50, (random) => {
		const view = randomView(random);
		for (const score of scoreAll(view).topics) {
			const aimed = aimOf(score, view);
			expect(aimed === null).toBe(score.value === null);
			expect(aimed ?? 0).toBeGreaterThanOrEqual(score.value ?? 0);
		}
	});
});
