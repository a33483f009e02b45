/**
 * The prioritisation grid: impact against feasibility, 1 to 5. Where the team has not judged, a place
 * is proposed from what the plan and the assessment say; it is never stored by itself.
 */
import type { Gap } from '#lib/assessment/gaps.ts';
import { isOpen } from '#lib/draft/actions.ts';
import type { Cost, Effort } from '#lib/model/guide.ts';
import { scale, type Scale } from '#lib/model/plan.ts';
import type { Action } from '#lib/model/workspace.ts';
import type { Needs } from './needs.ts';

/** What a proposed place was computed from. */
export type Grounds = {
	/** Priority of the first gap that it closes, and of the plan's first gap; null: closes no open gap. */
	priority: number | null;
	highest: number;
	effort: Effort;
	cost: Cost;
	/** How many actions that are still to be done have to come first. */
	waitsFor: number;
};
export type Place = {
	impact: Scale;
	feasibility: Scale;
	/** What nobody has judged yet, and stands where it is proposed. */
	proposed: { impact: boolean; feasibility: boolean };
	grounds: Grounds;
};

const effortTakes: Record<Effort, number> = { small: 0, medium: 1, large: 2 };
const costTakes: Record<Cost, number> = { none: 0, low: 0, medium: 1, high: 2 };
/** Where nothing is known of the impact. */
const middle: Scale = 3;

const asScale = (value: number): Scale =>
	scale[Math.max(0, Math.min(scale.length - 1, Math.round(value) - 1))] ?? middle;

/** A function that gives the place of each action of one guide's plan. */
export function placesOf(
	actions: readonly Action[],
	gaps: readonly Gap[],
	needs: Needs
): (action: Action) => Place {
	const priority = new Map(gaps.map((gap) => [gap.question.id, gap.priority]));
	const highest = gaps.reduce((most, gap) => Math.max(most, gap.priority), 0);
	const open = new Set(actions.filter(isOpen).map(({ id }) => id));
	return (action) => {
		const own = action.closes.flatMap((id) => priority.get(id) ?? []);
		const grounds: Grounds = {
			priority: own.length > 0 ? Math.max(...own) : null,
			highest,
			effort: action.effort,
			cost: action.cost,
			waitsFor: (needs.get(action.id) ?? []).filter((id) => open.has(id)).length
		};
		return {
			impact: action.impact ?? impactOf(grounds),
			feasibility: action.feasibility ?? feasibilityOf(grounds),
			proposed: { impact: action.impact === null, feasibility: action.feasibility === null },
			grounds
		};
	};
}

/** The gap's share of the highest priority, in fifths, rounded up. */
const impactOf = ({ priority, highest }: Grounds): Scale =>
	priority === null || highest === 0 ? middle : asScale(Math.ceil((priority / highest) * 5 - 1e-9));

/** 5, less what effort and cost take, and 1 where it has to wait for another. */
const feasibilityOf = ({ effort, cost, waitsFor }: Grounds): Scale =>
	asScale(5 - effortTakes[effort] - costTakes[cost] - (waitsFor > 0 ? 1 : 0));

export const quadrants = ['first', 'prepare', 'along', 'later'] as const;
export type Quadrant = (typeof quadrants)[number];

/** From 3 on, impact is high and a thing is feasible. */
export const quadrantOf = ({ impact, feasibility }: Pick<Place, 'impact' | 'feasibility'>) =>
	impact >= 3 ? (feasibility >= 3 ? 'first' : 'prepare') : feasibility >= 3 ? 'along' : 'later';

/** One step up, down, easier or harder; null at an edge. */
export function stepOf(value: Scale, by: -1 | 1): Scale | null {
	return scale.find((one) => one === value + by) ?? null;
}
