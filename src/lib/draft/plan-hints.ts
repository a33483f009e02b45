/**
 * Plan hints: what a minister's office would ask about a plan before signing it. Each names the
 * action or the gap that it is about; the screen shows it as one quiet mark.
 */
import type { Gap } from '#lib/assessment/gaps.ts';
import { prerequisitesOf } from '#lib/assessment/measures.ts';
import { method } from '#lib/assessment/method.ts';
import type { Catalogue } from '#lib/assessment/view.ts';
import type { Action } from '#lib/model/workspace.ts';
import { isOpen } from './actions.ts';
import { halfYearOf, isDay, monthOf } from './days.ts';

export const planHintCodes = [
	'no-owner',
	/** Start or end is missing. */
	'no-dates',
	'end-before-start',
	/** The indicator has no target value. */
	'no-target',
	/** An action starts before another ends that has to come first. */
	'prerequisite-later',
	'gap-without-action',
	/** More open actions in one half-year than most administrations carry. */
	'too-many'
] as const;
export type PlanHintCode = (typeof planHintCodes)[number];

export type PlanHint =
	| { code: 'no-owner' | 'no-dates' | 'end-before-start' | 'no-target'; action: string }
	| { code: 'prerequisite-later'; action: string; prerequisite: string }
	| { code: 'gap-without-action'; question: string }
	| { code: 'too-many'; year: number; half: 1 | 2; actions: number };

/**
 * The hints of one guide's plan: those of its actions in the plan's order, then gaps by priority,
 * then half-years. `actions`: of this guide only, since questions and measures are known by ids that
 * another guide may use too. What is done or dropped gives no hint; a dropped action closes no gap.
 */
export function planHints(
	actions: readonly Action[],
	catalogue: Catalogue,
	gaps: readonly Gap[]
): PlanHint[] {
	const open = actions.filter(isOpen);
	const planned = new Map<string, Action[]>();
	for (const action of open) {
		const same = planned.get(action.measure);
		if (same) same.push(action);
		else planned.set(action.measure, [action]);
	}
	const closed = new Set(actions.filter((a) => a.state !== 'dropped').flatMap((a) => a.closes));
	return [
		...open.flatMap((action) => [
			...hintsOf(action),
			...laterPrerequisites(action, planned, catalogue)
		]),
		...gaps
			.filter((gap) => !closed.has(gap.question.id))
			.map((gap): PlanHint => ({ code: 'gap-without-action', question: gap.question.id })),
		...fullHalfYears(open)
	];
}

function hintsOf(action: Action): PlanHint[] {
	const hints: PlanHint[] = [];
	const { id, start, end } = action;
	if (action.owner.trim() === '') hints.push({ code: 'no-owner', action: id });
	if (!isDay(start) || !isDay(end)) hints.push({ code: 'no-dates', action: id });
	else if (end < start) hints.push({ code: 'end-before-start', action: id });
	if (action.target.trim() === '') hints.push({ code: 'no-target', action: id });
	return hints;
}

function laterPrerequisites(
	action: Action,
	planned: ReadonlyMap<string, Action[]>,
	catalogue: Catalogue
): PlanHint[] {
	const measure = catalogue.get(action.measure);
	if (!measure || !isDay(action.start)) return [];
	return [...prerequisitesOf(measure, catalogue)]
		.flatMap((id) => planned.get(id) ?? [])
		.filter((other) => {
			// Without an end, the start is the earliest that it can be.
			const end = isDay(other.end) ? other.end : other.start;
			return isDay(end) && end >= action.start;
		})
		.map(({ id }) => ({ code: 'prerequisite-later', action: action.id, prerequisite: id }));
}

const mostHalfYears = 20;

/** Counted by where actions begin and end: a plan of 10,000 rows (F-21) is still one pass. */
function fullHalfYears(open: readonly Action[]): PlanHint[] {
	const change = new Map<number, number>();
	const add = (half: number, by: number): Map<number, number> =>
		change.set(half, (change.get(half) ?? 0) + by);
	for (const { start, end } of open) {
		if (!isDay(start) || !isDay(end) || end < start) continue;
		add(halfYearOf(monthOf(start)), 1);
		add(halfYearOf(monthOf(end)) + 1, -1);
	}
	const hints: PlanHint[] = [];
	const turns = [...change.keys()].sort((a, b) => a - b);
	let running = 0;
	for (const [i, turn] of turns.entries()) {
		running += change.get(turn) ?? 0;
		if (running <= method.actionsPerHalfYear) continue;
		// An end in the year 9999 is a slip of the hand, not a thousand hints.
		const until = Math.min(turns[i + 1] ?? turn, turn + mostHalfYears);
		for (let half = turn; half < until; half++) {
			hints.push({
				code: 'too-many',
				year: Math.floor(half / 2),
				half: half % 2 === 0 ? 1 : 2,
				actions: running
			});
		}
	}
	return hints;
}
