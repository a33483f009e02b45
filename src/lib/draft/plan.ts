/**
 * The Plan: all actions in the order that people gave them, and the ways to look at it.
 */
import type { Assessment } from '#lib/model/guide.ts';
import type { Action, ActionState } from '#lib/model/workspace.ts';

export const sortings = ['order', 'start', 'owner', 'title', 'state'] as const;
export type Sorting = (typeof sortings)[number];

const byPlace = (a: Action, b: Action): number =>
	a.order - b.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

const states: Record<ActionState, number> = {
	running: 0,
	planned: 1,
	proposed: 2,
	done: 3,
	dropped: 4
};

/**
 * The actions sorted; what is empty stands last, and equals in the plan's own order. `compare` puts
 * two texts in the order of the reader's language (`Intl.Collator`).
 */
export function sortActions(
	actions: readonly Action[],
	by: Sorting = 'order',
	compare: (a: string, b: string) => number = (a, b) => (a < b ? -1 : a > b ? 1 : 0)
): Action[] {
	const texts = (a: string, b: string): number =>
		a === '' || b === '' ? Number(a === '') - Number(b === '') : compare(a, b);
	return [...actions].sort((a, b) => {
		if (by === 'order') return byPlace(a, b);
		if (by === 'state') return states[a.state] - states[b.state] || byPlace(a, b);
		return texts(a[by], b[by]) || byPlace(a, b);
	});
}

/** Each list that is not empty narrows the plan; so do words that must stand in the action's texts. */
export type PlanFilter = {
	states?: readonly ActionState[];
	topics?: readonly string[];
	/** Empty text: nobody yet. */
	owners?: readonly string[];
	text?: string;
};

/** The actions that pass, in their given order. `topicsOf`: see `topicsOfAction`. */
export function filterActions(
	actions: readonly Action[],
	filter: PlanFilter,
	topicsOf: (action: Action) => readonly string[]
): Action[] {
	const allows = <T>(allowed: readonly T[] | undefined, values: readonly T[]): boolean =>
		!allowed || allowed.length === 0 || values.some((value) => allowed.includes(value));
	// Words, never a pattern: what people type cannot hang the page (F-41).
	const words = plain(filter.text ?? '')
		.split(/\s+/)
		.filter(Boolean);
	return actions.filter((action) => {
		const text = plain(
			[action.title, action.owner, action.indicator, action.target, action.note].join('\n')
		);
		return (
			allows(filter.states, [action.state]) &&
			allows(filter.topics, topicsOf(action)) &&
			allows(filter.owners, [action.owner]) &&
			words.every((word) => text.includes(word))
		);
	});
}

/** The topics of the questions whose gaps an action closes, in the guide's order. */
export const topicsOfAction = (action: Action, assessment: Assessment): string[] =>
	action.guide !== assessment.guide
		? []
		: assessment.topics
				.filter((topic) => topic.questions.some(({ id }) => action.closes.includes(id)))
				.map((topic) => topic.id);

/** The actions of a guide that serve a topic and are not dropped, in the plan's order. */
export const actionsOfTopic = (
	actions: readonly Action[],
	topic: string,
	assessment: Assessment
): Action[] =>
	sortActions(actions).filter(
		(action) => action.state !== 'dropped' && topicsOfAction(action, assessment).includes(topic)
	);

/**
 * The positions that change when an action moves to `to` (0: first) of the whole plan. Mostly one: a
 * number between its new neighbours, so that two people who move two actions do not fight. All are
 * numbered anew when no number is left between.
 */
export function moveAction(
	actions: readonly Action[],
	id: string,
	to: number
): { id: string; order: number }[] {
	const sorted = sortActions(actions);
	const from = sorted.findIndex((action) => action.id === id);
	const [moved] = from < 0 ? [] : sorted.splice(from, 1);
	const place = Math.max(0, Math.min(Math.trunc(to) || 0, sorted.length));
	if (!moved || place === from) return [];
	const before = sorted[place - 1]?.order;
	const after = sorted[place]?.order;
	const order = between(before, after);
	if ((before === undefined || before < order) && (after === undefined || order < after)) {
		return [{ id, order }];
	}
	sorted.splice(place, 0, moved);
	return sorted
		.map((action, i) => ({ id: action.id, was: action.order, order: i + 1 }))
		.filter((action) => action.was !== action.order)
		.map(({ id, order }) => ({ id, order }));
}

function between(before: number | undefined, after: number | undefined): number {
	if (before === undefined) return (after ?? 2) - 1;
	if (after === undefined) return before + 1;
	return (before + after) / 2;
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
