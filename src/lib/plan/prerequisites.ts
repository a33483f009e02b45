/** Prerequisites: which actions must end before one begins, without going round in a circle. */
import { prerequisitesOf } from '#lib/assessment/measures.ts';
import type { Catalogue } from '#lib/assessment/view.ts';
import type { Action } from '#lib/model/workspace.ts';

type Node = Pick<Action, 'id' | 'requires'>;

/**
 * The circle that would arise if `id` had to wait for `required`: the ids from `id` over `required`
 * back to `id`, without naming `id` twice. Null: there is none. Circles that are in the plan already
 * (two devices can make one together) do not hang it.
 */
export function circleWith(
	actions: readonly Node[],
	id: string,
	required: string
): string[] | null {
	if (id === required) return [id];
	const needs = new Map(actions.map((action) => [action.id, action.requires]));
	const cameFrom = new Map<string, string>([[required, id]]);
	const queue = [required];
	for (const at of queue) {
		for (const next of needs.get(at) ?? []) {
			if (next === id) {
				const circle: string[] = [];
				for (let step = at; step !== id; step = cameFrom.get(step)!) circle.unshift(step);
				return [id, ...circle];
			}
			if (!cameFrom.has(next)) {
				cameFrom.set(next, at);
				queue.push(next);
			}
		}
	}
	return null;
}

/** Actions of the plan that became of measures which the guide puts before this action's measure. */
export function suggestedPrerequisites(
	action: Pick<Action, 'id' | 'measure' | 'requires'>,
	actions: readonly Pick<Action, 'id' | 'measure' | 'requires' | 'state'>[],
	catalogue: Catalogue
): string[] {
	const measure = catalogue.get(action.measure);
	if (!measure) return [];
	const before = prerequisitesOf(measure, catalogue);
	return actions
		.filter(
			(other) =>
				other.measure !== '' &&
				before.has(other.measure) &&
				other.state !== 'dropped' &&
				!action.requires.includes(other.id) &&
				circleWith(actions, action.id, other.id) === null
		)
		.map(({ id }) => id);
}
