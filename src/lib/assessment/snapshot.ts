/**
 * A Snapshot: the agreed answers, evidence and targets on a date, and what changed between two.
 *
 * It keeps what was said and no score: scores of two dates are computed by one rule on the day of
 * the comparison, so that a change of the method cannot look like a change of the country.
 */
import type { Assessment } from '#lib/model/guide.ts';
import type { Answer, Path, Snapshot } from '#lib/model/workspace.ts';
import { scoreQuestions, scoreTopic } from './score.ts';
import { levelOf, viewOfSnapshot, type View } from './view.ts';

/** The view as it is now, under an id, a name and a moment (ISO 8601) that the caller gives. */
export function takeSnapshot(
	view: View,
	about: Pick<Snapshot, 'id' | 'name' | 'at' | 'edition'>
): Snapshot {
	return {
		id: about.id,
		guide: view.assessment.guide,
		name: about.name,
		at: about.at,
		edition: about.edition,
		answers: Object.fromEntries(view.answers),
		proven: [...view.proven].sort(),
		targets: Object.fromEntries(view.targets)
	};
}

export const changes = [
	'same',
	'risen',
	'fallen',
	'newly-answered',
	/** "Don't know" before, a level now. */
	'became-known',
	'became-unknown',
	'became-applicable',
	'became-not-applicable',
	/** An answer before, none now. */
	'withdrawn'
] as const;
export type Change = (typeof changes)[number];

export type QuestionChange = {
	question: string;
	topic: string;
	change: Change;
	before: Answer | undefined;
	after: Answer | undefined;
	evidence: 'same' | 'gained' | 'lost';
};

export type TopicChange = {
	topic: string;
	/** The topic's score on each date, each over the answers of its own date. */
	before: number | null;
	after: number | null;
	/** The same over the questions that have a level on both dates; null under two of them. */
	alike: { questions: number; before: number | null; after: number | null };
};

export type Comparison = { topics: TopicChange[]; questions: QuestionChange[] };

/** What changed from `a` to `b`, for every topic and question of the assessment in its order. */
export function compareSnapshots(
	a: Snapshot,
	b: Snapshot,
	assessment: Assessment,
	path: Path
): Comparison {
	const before = viewOfSnapshot(a, assessment, path);
	const after = viewOfSnapshot(b, assessment, path);
	const topics = assessment.topics.map((topic): TopicChange => {
		const both = topic.questions.filter(
			({ id }) =>
				levelOf(before.answers.get(id)) !== null && levelOf(after.answers.get(id)) !== null
		);
		return {
			topic: topic.id,
			before: scoreTopic(topic, before).value,
			after: scoreTopic(topic, after).value,
			alike: {
				questions: both.length,
				before: scoreQuestions(both, before).value,
				after: scoreQuestions(both, after).value
			}
		};
	});
	const questions = assessment.topics.flatMap((topic) =>
		topic.questions.map(({ id }): QuestionChange => {
			const [was, is] = [before.proven.has(id), after.proven.has(id)];
			return {
				question: id,
				topic: topic.id,
				change: changeOf(before.answers.get(id), after.answers.get(id)),
				before: before.answers.get(id),
				after: after.answers.get(id),
				evidence: was === is ? 'same' : is ? 'gained' : 'lost'
			};
		})
	);
	return { topics, questions };
}

/** What happened to one answer. */
export function changeOf(before: Answer | undefined, after: Answer | undefined): Change {
	if (!after) return before ? 'withdrawn' : 'same';
	if (!before) return 'newly-answered';
	if (before.kind === 'level' && after.kind === 'level') {
		if (before.level === after.level) return 'same';
		return after.level > before.level ? 'risen' : 'fallen';
	}
	if (before.kind === after.kind) return 'same';
	if (after.kind === 'unknown') return 'became-unknown';
	if (after.kind === 'not-applicable') return 'became-not-applicable';
	return before.kind === 'unknown' ? 'became-known' : 'became-applicable';
}
