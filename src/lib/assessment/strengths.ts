/**
 * Strengths: what a country can build on. Said as openly as the gaps, and the proven ones first.
 */
import type { Level, Question } from '#lib/model/guide.ts';
import { method } from './method.ts';
import { scoreAll, type TopicScore } from './score.ts';
import { levelOf, questionsOf, type View } from './view.ts';

export type Strength = { question: Question; level: Level; proven: boolean };

/**
 * The best topics (by score, those above the stated score only) and the best questions (level 3 or
 * 4: proven before unproven, then by level and weight). Equals stand in the guide's order.
 */
export function findStrengths(view: View): { topics: TopicScore[]; questions: Strength[] } {
	const topics = scoreAll(view)
		.topics.filter(({ value }) => value !== null && value >= method.strengthScore)
		.sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
	return {
		topics: topics.slice(0, method.strengthTopics),
		questions: strengthsAmong(questionsOf(view.assessment), view).slice(0, method.strengthQuestions)
	};
}

/** All of these questions that are strengths, the best first. */
export function strengthsAmong(questions: readonly Question[], view: View): Strength[] {
	return questions
		.flatMap((question): Strength[] => {
			const level = levelOf(view.answers.get(question.id));
			if (level === null || level < method.strengthLevel) return [];
			return [{ question, level, proven: view.proven.has(question.id) }];
		})
		.sort(
			(a, b) =>
				Number(b.proven) - Number(a.proven) ||
				b.level - a.level ||
				b.question.weight - a.question.weight
		);
}
