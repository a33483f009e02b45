/**
 * Several guides of one workspace side by side: where each stands, and what they all ask.
 */
import type { Assessment, Question } from '#lib/model/guide.ts';
import type { Answer, Workspace } from '#lib/model/workspace.ts';
import { agreedAnswers, provenQuestions } from './agreed.ts';
import { levelOf, questionsOf, targetsOf, type View } from './view.ts';

/** The workspace's answers to one guide, as the rules take them. */
export const viewOf = (workspace: Workspace, assessment: Assessment): View => ({
	assessment,
	answers: agreedAnswers(workspace, assessment.guide),
	proven: provenQuestions(workspace, assessment.guide),
	targets: targetsOf(workspace.targets, assessment.guide),
	path: workspace.guides[assessment.guide]?.path ?? { mode: 'core', topics: [] }
});

export type SharedQuestion = {
	question: Question;
	/** For each guide that asks it, in the order of the views; null for no agreed answer. */
	answers: { guide: string; answer: Answer | null }[];
	/** At least two guides have a level, and not the same. */
	differs: boolean;
};

/** The questions that at least two of the guides ask, in the order of the first that asks. */
export function sharedQuestions(views: readonly View[]): SharedQuestion[] {
	const found = new Map<string, SharedQuestion>();
	for (const { assessment, answers } of views) {
		for (const question of questionsOf(assessment)) {
			if (!question.shared) continue;
			const known = found.get(question.id) ?? { question, answers: [], differs: false };
			known.answers.push({ guide: assessment.guide, answer: answers.get(question.id) ?? null });
			found.set(question.id, known);
		}
	}
	return [...found.values()]
		.filter(({ answers }) => answers.length > 1)
		.map((shared) => {
			const levels = shared.answers
				.map(({ answer }) => levelOf(answer ?? undefined))
				.filter((level) => level !== null);
			return { ...shared, differs: new Set(levels).size > 1 };
		});
}
