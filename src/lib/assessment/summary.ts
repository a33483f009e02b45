/**
 * A Summary: the one honest sentence above the results, and the places of a draft's texts. One
 * function for both, so that screen and file cannot say different numbers (P9).
 */
import { progressOf } from './progress.ts';
import { questionsOnPath } from './path.ts';
import { scoreAll, type TopicScore } from './score.ts';
import { levelOf, type View } from './view.ts';

export type Summary = {
	/** Questions on the path with any answer, and all on the path: the figures of `progressOf`. */
	answered: number;
	questions: number;
	/** Questions on the path whose level has evidence. */
	proven: number;
	/** Topics with the highest and lowest score; null while no two scores differ. */
	strongest: TopicScore | null;
	weakest: TopicScore | null;
};

/** What can be said of a view in one sentence. Among equals the first in the guide is named. */
export function summarise(view: View): Summary {
	const { answered, questions } = progressOf(view);
	const scored = scoreAll(view).topics.filter((topic) => topic.value !== null);
	const best = extreme(scored, (value, than) => value > than);
	const worst = extreme(scored, (value, than) => value < than);
	// With one score, or with equal ones, "strongest" and "weakest" would name the same thing.
	const differ = best !== null && worst !== null && best.value !== worst.value;
	return {
		answered,
		questions,
		proven: questionsOnPath(view.assessment, view.path).filter(
			({ id }) => levelOf(view.answers.get(id)) !== null && view.proven.has(id)
		).length,
		strongest: differ ? best : null,
		weakest: differ ? worst : null
	};
}

function extreme(
	scores: TopicScore[],
	beats: (value: number, than: number) => boolean
): TopicScore | null {
	let found: TopicScore | null = null;
	for (const score of scores) {
		if (found === null || beats(score.value ?? 0, found.value ?? 0)) found = score;
	}
	return found;
}
