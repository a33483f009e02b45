/**
 * A Crosswalk view: the same answers, grouped by another instrument's headings and scored by our
 * own rule. It is no score of that instrument.
 */
import type { Crosswalk, Question } from '#lib/model/guide.ts';
import { scoreQuestions, type Score } from './score.ts';
import { questionsOf, type View } from './view.ts';

export type CrosswalkScore = Score & { id: string; title: string };

/**
 * The score of each value of `crosswalk`, in its order. A question with several values counts in
 * each of them, and once where it has several factors (`D1.2`, `D1.3`) of one dimension (`D1`).
 */
export function viewBy(
	view: View,
	crosswalk: Crosswalk
): { scores: CrosswalkScore[]; unmapped: Question[] } {
	const questions = questionsOf(view.assessment);
	const tags = (question: Question): string[] => question.crosswalk[crosswalk.id] ?? [];
	return {
		scores: crosswalk.values.map(({ id, title }) => ({
			id,
			title,
			...scoreQuestions(
				questions.filter((question) => tags(question).some((tag) => isWithin(tag, id))),
				view
			)
		})),
		unmapped: questions.filter(
			(question) => !crosswalk.values.some(({ id }) => tags(question).some((t) => isWithin(t, id)))
		)
	};
}

const isWithin = (tag: string, value: string): boolean =>
	tag === value || tag.startsWith(`${value}.`);
