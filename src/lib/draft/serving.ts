/**
 * Actions that serve several guides: one data-protection law is one action, in the plan of each
 * strategy whose gap it closes. It belongs to the guide it was taken for; `also` names the others.
 */
import type { Gap } from '#lib/assessment/gaps.ts';
import type { Measure } from '#lib/model/guide.ts';
import type { Action } from '#lib/model/workspace.ts';

/** The guides that an action serves, its own first. */
export const guidesOf = (action: Action): string[] => [
	action.guide,
	...Object.keys(action.also ?? {}).filter((guide) => guide !== action.guide)
];

/** The action as the plan of `guide` has it, with that guide's gaps; null where it does not serve it. */
export function asSeenBy(action: Action, guide: string): Action | null {
	if (action.guide === guide) return action;
	const closes = action.also?.[guide];
	return closes ? { ...action, guide, closes } : null;
}

/** The actions in the plan of `guide`, in their given order. */
export const actionsFor = (actions: readonly Action[], guide: string): Action[] =>
	actions.flatMap((action) => asSeenBy(action, guide) ?? []);

/**
 * The action of another guide that a shared measure already became: to be extended to `guide`, not
 * made once more. Undefined where there is none, or it was dropped, or it serves `guide` already.
 */
export const servingElsewhere = (
	measure: Pick<Measure, 'id' | 'shared'>,
	guide: string,
	actions: readonly Action[]
): Action | undefined =>
	measure.shared
		? actions.find(
				(action) =>
					action.measure === measure.id &&
					action.state !== 'dropped' &&
					asSeenBy(action, guide) === null
			)
		: undefined;

/** What an action could do for a guide that it does not serve yet. */
export type CouldServe = { action: Action; guide: string; closes: string[] };

/** Every action that became of a shared measure, and the other guides whose open gaps it would close. */
export function couldServe(
	actions: readonly Action[],
	guides: readonly { guide: string; gaps: readonly Gap[] }[]
): CouldServe[] {
	return actions
		.filter((action) => action.measure !== '' && action.state !== 'dropped')
		.flatMap((action) =>
			guides.flatMap(({ guide, gaps }) => {
				if (asSeenBy(action, guide)) return [];
				const closes = gaps
					.filter(({ measures }) =>
						measures.some(({ id, shared }) => shared && id === action.measure)
					)
					.map(({ question }) => question.id);
				return closes.length > 0 ? [{ action, guide, closes }] : [];
			})
		);
}

/**
 * The fields that take an action out of the plan of `guide`, or null where it serves no other and has
 * to go. One that belongs to `guide` and serves others goes on under the first of them.
 */
export function withoutGuide(
	action: Action,
	guide: string
): Pick<Action, 'guide' | 'closes' | 'also'> | Pick<Action, 'also'> | null {
	if (action.guide !== guide) return { also: { [guide]: [] } };
	const [, heir] = guidesOf(action);
	if (heir === undefined) return null;
	return { guide: heir, closes: action.also?.[heir] ?? [], also: { [heir]: [] } };
}
