/**
 * A Score: the mean of levels by weight, over the questions that have a level.
 *
 *   value = Σ level × weight / Σ weight
 *
 * It keeps its sum as `parts`, so that every number can show where it comes from. Every answered question
 * of the topic counts, on the path or not; the path decides how many are asked, and how many are needed
 * for a score. An unanswered question lowers progress, not the score.
 */
import type { Level, Question, Topic } from '#lib/model/guide.ts';
import { method } from './method.ts';
import { questionsOnPath } from './path.ts';
import { levelOf, type View } from './view.ts';

export type ScorePart = { question: string; level: Level; weight: number; proven: boolean };

export type Score = {
	/** 0 to 4, not rounded; null while `missing` is above 0. */
	value: number | null;
	parts: ScorePart[];
	/** Further levels that are needed, at the least, before there is a score. */
	missing: number;
	/**
	 * Those on the path and those answered all the same; all, where the path has none of them.
	 * `answered` + `unanswered` + `unknown` + `notApplicable`.
	 */
	total: number;
	/** Questions with a level: the number of `parts`. */
	answered: number;
	unanswered: number;
	unknown: number;
	notApplicable: number;
	/** `total` − `notApplicable`. */
	applicable: number;
	/** Those of the `parts` that have evidence. */
	proven: number;
};

export type TopicScore = Score & { topic: string };

export type Overall = {
	/** Mean of the topics that have a score; null while `missing` is above 0. */
	value: number | null;
	parts: { topic: string; value: number }[];
	/** Further topics that need a score. */
	missing: number;
};

/** The scores of all topics in the guide's order, and what they say together. */
export function scoreAll(view: View): { topics: TopicScore[]; overall: Overall } {
	const topics = view.assessment.topics.map((topic) => scoreTopic(topic, view));
	const parts = topics.flatMap(({ topic, value }) => (value === null ? [] : [{ topic, value }]));
	const needed = Math.max(1, Math.ceil(topics.length * method.overallShare));
	const missing = Math.max(0, needed - parts.length);
	const sum = parts.reduce((total, part) => total + part.value, 0);
	return { topics, overall: { value: missing > 0 ? null : sum / parts.length, parts, missing } };
}

/** The score of one topic. */
export const scoreTopic = (topic: Topic, view: View): TopicScore => ({
	topic: topic.id,
	...scoreQuestions(topic.questions, view)
});

/** The score of any set of questions, by the rule of topics. */
export function scoreQuestions(questions: readonly Question[], view: View): Score {
	const kinds = { level: 0, unknown: 0, 'not-applicable': 0 };
	const parts: ScorePart[] = [];
	const onPath = new Set(questionsOnPath(view.assessment, view.path).map(({ id }) => id));
	const path = questions.filter(({ id }) => onPath.has(id));
	// Where the path has none of them, all of them stand for it: two old answers are no score.
	const asked = path.length > 0 ? path : questions;
	const total = questions.filter((one) => asked.includes(one) || view.answers.has(one.id)).length;
	for (const { id, weight } of questions) {
		const answer = view.answers.get(id);
		if (answer) kinds[answer.kind]++;
		const level = levelOf(answer);
		if (level !== null) {
			parts.push({ question: id, level, weight, proven: view.proven.has(id) });
		}
	}
	const missing = missingLevels(asked, parts, view);
	const weights = parts.reduce((sum, part) => sum + part.weight, 0);
	const points = parts.reduce((sum, part) => sum + part.level * part.weight, 0);
	return {
		value: missing > 0 ? null : points / weights,
		parts,
		missing,
		total,
		answered: kinds.level,
		unanswered: total - kinds.level - kinds.unknown - kinds['not-applicable'],
		unknown: kinds.unknown,
		notApplicable: kinds['not-applicable'],
		applicable: total - kinds['not-applicable'],
		proven: parts.filter((part) => part.proven).length
	};
}

/** Levels that are still needed: half of the applicable ones of those asked, and two in all. */
function missingLevels(asked: readonly Question[], parts: ScorePart[], view: View): number {
	const required = asked.filter(
		(question) => view.answers.get(question.id)?.kind !== 'not-applicable'
	);
	const have = required.filter((question) => levelOf(view.answers.get(question.id)) !== null);
	return Math.max(
		0,
		Math.ceil(required.length * method.minimumShare) - have.length,
		method.minimumAnswers - parts.length
	);
}
