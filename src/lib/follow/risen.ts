/** The second assessment beside the first: what rose, and which actions stand behind it. */
import type { Comparison, QuestionChange } from '#lib/assessment/snapshot.ts';
import type { Action, Contribution, Snapshot } from '#lib/model/workspace.ts';

/** The newest kept assessment of a guide: what the answers of today are compared with. */
export const baselineOf = (snapshots: readonly Snapshot[], guide: string): Snapshot | undefined =>
	snapshots
		.filter((snapshot) => snapshot.guide === guide)
		.reduce<Snapshot | undefined>(
			(last, one) => (last && last.at > one.at ? last : one),
			undefined
		);

export type Risen = { change: QuestionChange; done: Action[]; running: Action[] };

/** Questions whose level rose, each with the actions that close its gap: done, and still running. */
export const risenWith = (comparison: Comparison, actions: readonly Action[]): Risen[] =>
	comparison.questions
		.filter(({ change }) => change === 'risen')
		.map((change) => {
			const own = actions.filter(({ closes }) => closes.includes(change.question));
			return {
				change,
				done: own.filter(({ state }) => state === 'done'),
				running: own.filter(({ state }) => state === 'running')
			};
		});

/** Actions that were done and whose questions are where they were: the work, or the answer, is not it. */
export const doneWithoutRise = (comparison: Comparison, actions: readonly Action[]): Action[] => {
	const risen = new Set(
		comparison.questions
			.filter(
				({ change }) =>
					change === 'risen' || change === 'became-known' || change === 'newly-answered'
			)
			.map(({ question }) => question)
	);
	return actions.filter(
		({ state, closes }) =>
			state === 'done' && closes.length > 0 && !closes.some((question) => risen.has(question))
	);
};

/** Questions of a guide that somebody answered, or changed, since a moment. */
export const changedSince = (
	contributions: readonly Contribution[],
	guide: string,
	at: string
): Set<string> =>
	new Set(
		contributions
			.filter(({ key, at: last }) => key.startsWith(`${guide}/`) && last > at)
			.map(({ key }) => key.slice(guide.length + 1))
	);
