/**
 * A View: one guide's questions with what was said to them, as every rule of this room takes it.
 *
 * The answers are the agreed ones (`agreed.ts`), or those of a snapshot, or of one contributor: the
 * rules do not know the difference. A question that is not in `answers` is *unanswered*; an answer
 * to a question that the guide does not have (another edition) is left alone by every rule.
 */
import type { Assessment, Level, Measure, Question } from '#lib/model/guide.ts';
import type { Answer, Path, Snapshot, Target } from '#lib/model/workspace.ts';

export type View = {
	assessment: Assessment;
	/** Question id → answer. */
	answers: ReadonlyMap<string, Answer>;
	/** Ids of questions whose answer has evidence that somebody has seen. */
	proven: ReadonlySet<string>;
	/** Question id → the level aimed for, where the team set one. */
	targets: ReadonlyMap<string, Level>;
	path: Path;
};

/** All questions in the guide's order. */
export const questionsOf = (assessment: Assessment): Question[] =>
	assessment.topics.flatMap((topic) => topic.questions);

/** A guide's measures by id, in the guide's order. */
export type Catalogue = ReadonlyMap<string, Measure>;

export const catalogueOf = (assessment: Assessment): Catalogue =>
	new Map(assessment.topics.flatMap((topic) => topic.measures).map((m) => [m.id, m]));

/** The level of an answer; null for unanswered, unknown and not applicable alike. */
export const levelOf = (answer: Answer | undefined): Level | null =>
	answer?.kind === 'level' ? answer.level : null;

/** Whether a level is claimed without evidence. Level 0 claims nothing and needs none. */
export const isUnproven = (view: Pick<View, 'answers' | 'proven'>, question: string): boolean =>
	(levelOf(view.answers.get(question)) ?? 0) > 0 && !view.proven.has(question);

/** The targets of one guide out of a workspace's, by question id. */
export function targetsOf(targets: readonly Target[], guide: string): Map<string, Level> {
	const prefix = `${guide}/`;
	return new Map(
		targets
			.filter((target) => target.key.startsWith(prefix))
			.map((target) => [target.key.slice(prefix.length), target.level])
	);
}

/** A snapshot as a View, so that every result can be shown as it was then. */
export const viewOfSnapshot = (snapshot: Snapshot, assessment: Assessment, path: Path): View => ({
	assessment,
	answers: new Map(Object.entries(snapshot.answers)),
	proven: new Set(snapshot.proven),
	targets: new Map(Object.entries(snapshot.targets)),
	path
});
