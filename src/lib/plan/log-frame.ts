/**
 * The log-frame: objectives, the actions under each, and what each is measured by. Actions without an
 * objective, and those whose objective was removed, stand under one row without one, at the end.
 */
import type { Objective, PlanIndicator } from '#lib/model/plan.ts';
import type { Action } from '#lib/model/workspace.ts';

export type LogFrameAction = { action: Action; indicators: PlanIndicator[] };
export type LogFrameRow = {
	/** Null: those that serve no objective yet. */
	objective: Objective | null;
	indicators: PlanIndicator[];
	actions: LogFrameAction[];
};

/** `actions` in the plan's order, of one guide; dropped ones are left out. */
export function logFrame(
	objectives: readonly Objective[],
	actions: readonly Action[],
	indicators: readonly PlanIndicator[]
): LogFrameRow[] {
	const of = (parent: string): PlanIndicator[] => indicators.filter((one) => one.parent === parent);
	const known = new Set(objectives.map(({ id }) => id));
	const live = actions.filter(({ state }) => state !== 'dropped');
	const under = (list: Action[]): LogFrameAction[] =>
		list.map((action) => ({ action, indicators: of(action.id) }));
	const rows: LogFrameRow[] = objectives.map((objective) => ({
		objective,
		indicators: of(objective.id),
		actions: under(live.filter((action) => action.objective === objective.id))
	}));
	const without = live.filter((action) => !known.has(action.objective));
	return without.length === 0
		? rows
		: [...rows, { objective: null, indicators: [], actions: under(without) }];
}

/** Likelihood times impact, 1 to 25, and what one calls it. */
export const riskWeight = (risk: { likelihood: number; impact: number }): number =>
	risk.likelihood * risk.impact;
export const riskClass = (weight: number): 'low' | 'medium' | 'high' =>
	weight >= 15 ? 'high' : weight >= 6 ? 'medium' : 'low';
