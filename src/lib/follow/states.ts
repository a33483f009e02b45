/**
 * Where actions stood on a day, from the moves of their states.
 *
 * A moment counts for its day in UTC, so that two devices in two zones make the same report (F-19). A
 * clock that was wrong can leave moves in the future or before the workspace was made: they count as of
 * today and as of that day (F-18), and today's state is the action's own, whatever its moves say.
 */

import type { Action, ActionState } from '#lib/model/workspace.ts';
import type { Period, Quarter } from './calendar.ts';

/** `since`: the day on which the workspace was made. */
export type Clock = { today: string; since: string };
export type Move = { day: string; state: ActionState };

/** When an action changed its state, oldest first, with days that can be. */
export function movesOf({ moves }: Pick<Action, 'moves'>, { today, since }: Clock): Move[] {
	const least = since < today ? since : today;
	return moves.map(({ at, state }) => {
		const day = at.slice(0, 10);
		return { day: day > today ? today : day < least ? least : day, state };
	});
}

/**
 * The state at the end of `day`. Before its first recorded change an action was a proposal: as one it
 * came into the plan. One without any recorded change is what it is.
 */
export function stateOn(
	action: Pick<Action, 'moves' | 'state'>,
	day: string,
	clock: Clock
): ActionState {
	if (day >= clock.today) return action.state;
	const moves = movesOf(action, clock);
	const last = moves.findLast((move) => move.day <= day);
	return last ? last.state : moves.length > 0 ? 'proposed' : action.state;
}

/** The day on which an action reached `state` within the period and stayed there; or empty. */
export function reachedIn(
	action: Pick<Action, 'moves' | 'state'>,
	state: ActionState,
	period: Period,
	clock: Clock
): string {
	if (stateOn(action, period.to, clock) !== state) return '';
	const moves = movesOf(action, clock);
	const last = moves.findLast(({ day }) => day <= period.to);
	return last?.state === state && last.day >= period.from ? last.day : '';
}

/** The day on which an action began within the period, whatever became of it; or empty. */
export const begunIn = (action: Pick<Action, 'moves'>, period: Period, clock: Clock): string =>
	movesOf(action, clock).find(
		({ day, state }) => state === 'running' && day >= period.from && day <= period.to
	)?.day ?? '';

export type Counts = Record<ActionState, number>;

export function countsOn(
	actions: readonly Pick<Action, 'moves' | 'state'>[],
	day: string,
	clock: Clock
): Counts {
	const counts: Counts = { proposed: 0, planned: 0, running: 0, done: 0, dropped: 0 };
	for (const action of actions) counts[stateOn(action, day, clock)] += 1;
	return counts;
}

/** The first day that any action remembers, or null where none does. */
export function firstMove(actions: readonly Pick<Action, 'moves'>[], clock: Clock): string | null {
	const days = actions.flatMap((action) => movesOf(action, clock).map(({ day }) => day));
	return days.length === 0 ? null : days.reduce((a, b) => (a < b ? a : b));
}

/** How many actions were where at the end of each quarter; the last line is today. */
export const statesOverTime = (
	actions: readonly Pick<Action, 'moves' | 'state'>[],
	quarters: readonly Quarter[],
	clock: Clock
): { quarter: Quarter | null; counts: Counts }[] => [
	...quarters.map((quarter) => ({ quarter, counts: countsOn(actions, quarter.to, clock) })),
	{ quarter: null, counts: countsOn(actions, clock.today, clock) }
];

/** The states in the order in which a chart stacks them: what is done carries the rest. */
export const stacked = ['done', 'running', 'planned', 'proposed'] as const satisfies ActionState[];
