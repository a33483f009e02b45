/**
 * An Aim: the mean of the levels aimed for, by the same weights and over the same questions as the
 * score that it stands beside. Two numbers in one row that counted different questions would lie.
 */
import { targetOf } from './gaps.ts';
import type { Score } from './score.ts';
import type { View } from './view.ts';

/**
 * 0 to 4, not rounded; null while there is no score. Nobody aims to fall back: a level that is above
 * its target counts as it is.
 */
export function aimOf(
	score: Pick<Score, 'value' | 'parts'>,
	view: Pick<View, 'answers' | 'targets'>
): number | null {
	if (score.value === null) return null;
	let [points, weights] = [0, 0];
	for (const { question, level, weight } of score.parts) {
		const target = targetOf(question, view.answers.get(question), view.targets);
		points += Math.max(level, target ?? level) * weight;
		weights += weight;
	}
	return weights === 0 ? null : points / weights;
}
