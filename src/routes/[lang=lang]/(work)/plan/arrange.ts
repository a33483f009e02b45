/**
 * The orders in which a person can look at the plan: the rules' own (`draft/plan.ts`), and by the
 * closed lists that only a screen sorts by.
 */
import { sortActions, topicsOfAction } from '#lib/draft/plan.ts';
import { costs, type Assessment } from '#lib/model/guide.ts';
import type { Action } from '#lib/model/workspace.ts';

export const orders = ['order', 'start', 'cost', 'topic', 'state'] as const;
export type Order = (typeof orders)[number];

/**
 * The actions in an order; equals stand as in the plan. By topic: the guide's order of topics, what
 * closes no gap last.
 */
export function arrange(actions: readonly Action[], by: Order, assessment: Assessment): Action[] {
	if (by !== 'cost' && by !== 'topic') return sortActions(actions, by);
	const places = new Map(assessment.topics.map((topic, place) => [topic.id, place]));
	const placeOf = (action: Action): number =>
		by === 'cost'
			? costs.indexOf(action.cost)
			: (places.get(topicsOfAction(action, assessment)[0] ?? '') ?? places.size);
	const ranked = sortActions(actions).map((action) => ({ action, place: placeOf(action) }));
	// A sort keeps the order of equals.
	return ranked.sort((a, b) => a.place - b.place).map(({ action }) => action);
}

/**
 * Where in the whole plan (0: first) an action goes that moves one step among those that are shown:
 * before its upper or after its lower neighbour there. -1 where there is no neighbour.
 */
export function stepTo(
	plan: readonly Action[],
	shown: readonly Action[],
	id: string,
	by: -1 | 1
): number {
	const at = shown.findIndex((action) => action.id === id);
	const neighbour = at < 0 ? undefined : shown[at + by];
	if (!neighbour) return -1;
	const others = sortActions(plan).filter((action) => action.id !== id);
	return others.findIndex((action) => action.id === neighbour.id) + (by > 0 ? 1 : 0);
}
