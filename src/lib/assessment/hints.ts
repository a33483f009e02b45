/**
 * Hints: pairs of answers that contradict each other. A hint asks, it never changes an answer; it
 * fires only where both questions have a level, since "don't know" contradicts nothing.
 */
import type { Hint, Level } from '#lib/model/guide.ts';
import { levelOf, type View } from './view.ts';

export type FiringHint = { hint: Hint; when: Level; but: Level };

/** The hints that the answers set off, in the guide's order, with the two levels. */
export function firingHints(view: Pick<View, 'assessment' | 'answers'>): FiringHint[] {
	return view.assessment.topics
		.flatMap((topic) => topic.hints)
		.flatMap((hint) => {
			const when = levelOf(view.answers.get(hint.when.question));
			const but = levelOf(view.answers.get(hint.but.question));
			const fires =
				when !== null && but !== null && when >= hint.when.atLeast && but <= hint.but.atMost;
			return fires ? [{ hint, when, but }] : [];
		});
}
