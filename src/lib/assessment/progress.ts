/**
 * Progress. The one rule, for every bar and sentence:
 *
 *   progress = questions on the path that have any answer / questions on the path
 *
 * "Don't know" and "not applicable" are answers. A path without questions is not finished.
 */
import { method } from './method.ts';
import { questionsOnPath } from './path.ts';
import type { View } from './view.ts';

export type Progress = {
	answered: number;
	questions: number;
	/** 0 to 1; 1 only when every question on the path has an answer. */
	fraction: number;
	/** The fraction in percent, rounded down: 199 of 200 is 99. */
	percent: number;
	/** Minutes that the unanswered questions will take, rounded up; 0 only when none is left. */
	minutes: number;
};

/** How far the answers have come on the view's path, or on those of its questions in `topic`. */
export function progressOf(
	view: Pick<View, 'assessment' | 'answers' | 'path'>,
	topic?: string
): Progress {
	const asked = questionsOnPath(view.assessment, view.path).filter(
		(question) => topic === undefined || question.topic === topic
	);
	const answered = asked.filter((question) => view.answers.has(question.id)).length;
	return {
		answered,
		questions: asked.length,
		fraction: asked.length === 0 ? 0 : answered / asked.length,
		percent: asked.length === 0 ? 0 : Math.floor((100 * answered) / asked.length),
		minutes: minutesFor(asked.length - answered)
	};
}

/** Minutes for a number of questions, rounded up to five. */
export function minutesFor(questions: number): number {
	const step = method.minutesRoundedTo;
	return Math.ceil((questions * method.minutesPerQuestion) / step) * step;
}
