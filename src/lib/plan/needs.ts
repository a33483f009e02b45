/**
 * Prerequisites between the actions of a plan: those that somebody named (`requires`), and those that
 * the guide's measures bring. People may name a circle; nothing here runs in one for ever.
 */
import type { Catalogue } from '#lib/assessment/view.ts';
import type { Action } from '#lib/model/workspace.ts';

/** Action → the actions of the plan that come right before it. No action needs itself. */
export type Needs = ReadonlyMap<string, readonly string[]>;

/**
 * What each action needs. A measure's prerequisite that is not planned hands on to what lies behind
 * it. Dropped actions neither need nor are needed.
 */
export function needsOf(actions: readonly Action[], catalogue: Catalogue): Needs {
	const live = actions.filter(({ state }) => state !== 'dropped');
	const known = new Set(live.map(({ id }) => id));
	const planned = new Map<string, string[]>();
	for (const { id, measure } of live) {
		if (!measure) continue;
		const same = planned.get(measure);
		if (same) same.push(id);
		else planned.set(measure, [id]);
	}
	const before = new Map<string, string[]>();
	const beforeMeasure = (measure: string): string[] => {
		const found = before.get(measure) ?? plannedBefore(measure, catalogue, planned);
		before.set(measure, found);
		return found;
	};
	return new Map(
		live.map(({ id, measure, requires }) => {
			const named = requires.filter((other) => known.has(other));
			const all = new Set([...named, ...beforeMeasure(measure)]);
			all.delete(id);
			return [id, [...all]];
		})
	);
}

/** Actions of the nearest planned measures before `measure`. */
function plannedBefore(
	measure: string,
	catalogue: Catalogue,
	planned: ReadonlyMap<string, readonly string[]>
): string[] {
	const seen = new Set<string>([measure]);
	const found: string[] = [];
	const open = [...(catalogue.get(measure)?.requires ?? [])];
	for (let id = open.pop(); id !== undefined; id = open.pop()) {
		if (seen.has(id)) continue;
		seen.add(id);
		const actions = planned.get(id);
		if (actions) found.push(...actions);
		else open.push(...(catalogue.get(id)?.requires ?? []));
	}
	return found;
}

/**
 * The circles: each set of actions that wait for each other once, as one way round that begins with
 * the first of them in the order of `needs`.
 */
export function circlesOf(needs: Needs): string[][] {
	return tangles(needs).map((tangle) => {
		const inside = new Set(tangle);
		const first = [...needs.keys()].find((id) => inside.has(id)) ?? tangle[0]!;
		return wayRound(first, needs, inside);
	});
}

/** The shortest way from `first` back to it. */
function wayRound(first: string, needs: Needs, inside: ReadonlySet<string>): string[] {
	const cameFrom = new Map<string, string>();
	const queue = [first];
	for (const id of queue) {
		for (const next of needs.get(id) ?? []) {
			if (!inside.has(next)) continue;
			if (next === first) {
				const way = [id];
				while (way[0] !== first) way.unshift(cameFrom.get(way[0]!)!);
				return way;
			}
			if (cameFrom.has(next)) continue;
			cameFrom.set(next, id);
			queue.push(next);
		}
	}
	return [first];
}

/**
 * Sets of two or more actions each of which leads to each other (Tarjan's strongly connected
 * components), without recursion: a chain of 10,000 is no stack overflow.
 */
function tangles(needs: Needs): string[][] {
	const index = new Map<string, number>();
	const low = new Map<string, number>();
	const stack: string[] = [];
	const isOn = new Set<string>();
	const found: string[][] = [];
	const enter = (id: string): { id: string; next: number } => {
		index.set(id, index.size);
		low.set(id, index.get(id)!);
		stack.push(id);
		isOn.add(id);
		return { id, next: 0 };
	};
	const lower = (id: string, to: number): unknown => low.set(id, Math.min(low.get(id)!, to));
	for (const root of needs.keys()) {
		if (index.has(root)) continue;
		const calls = [enter(root)];
		while (calls.length > 0) {
			const call = calls.at(-1)!;
			const other = (needs.get(call.id) ?? [])[call.next++];
			if (other !== undefined) {
				if (!index.has(other)) calls.push(enter(other));
				else if (isOn.has(other)) lower(call.id, index.get(other)!);
				continue;
			}
			calls.pop();
			const caller = calls.at(-1);
			if (caller) lower(caller.id, low.get(call.id)!);
			if (low.get(call.id) !== index.get(call.id)) continue;
			const tangle = stack.splice(stack.lastIndexOf(call.id));
			for (const id of tangle) isOn.delete(id);
			if (tangle.length > 1) found.push(tangle);
		}
	}
	return found;
}
