/**
 * Plan hints: what a minister's office would ask about a plan before signing it. Each names the
 * action or the gap that it is about; the screen shows it as one quiet mark.
 */
import type { Gap } from '#lib/assessment/gaps.ts';
import { method } from '#lib/assessment/method.ts';
import type { Catalogue } from '#lib/assessment/view.ts';
import type { PlanIndicator, PlanSettings } from '#lib/model/plan.ts';
import { planDefaults } from '#lib/model/plan.ts';
import type { Action } from '#lib/model/workspace.ts';
import { budgetYearOf, daysOfYear } from '#lib/plan/budget.ts';
import { ownerName, type Register } from '#lib/plan/parties.ts';
import { circlesOf, needsOf, type Needs } from '#lib/plan/needs.ts';
import { isLate } from '#lib/plan/timeline.ts';
import { isUnfunded } from '#lib/plan/uncosted.ts';
import { isOpen } from './actions.ts';
import { halfYearOf, isDay, monthOf } from './days.ts';

export const planHintCodes = [
	'no-owner',
	/** Start or end is missing. */
	'no-dates',
	'end-before-start',
	/** It starts before the first budget year of the plan. */
	'starts-too-early',
	/** The indicator has no target value. */
	'no-target',
	/** The target has no number in it, and is no yes or no. */
	'target-not-measurable',
	'no-baseline',
	/** An action starts before another ends that has to come first. */
	'prerequisite-later',
	/** It waits for itself. */
	'circle',
	/** It costs in a budget year in which it does not run. */
	'costs-outside',
	/** It has costs, and nothing of them is secured. */
	'nothing-funded',
	'objective-no-baseline',
	'gap-without-action',
	/** More open actions in one half-year than the team can carry. */
	'too-many'
] as const;
export type PlanHintCode = (typeof planHintCodes)[number];

export type PlanHint =
	| {
			code:
				| 'no-owner'
				| 'no-dates'
				| 'end-before-start'
				| 'starts-too-early'
				| 'no-target'
				| 'target-not-measurable'
				| 'no-baseline'
				| 'costs-outside'
				| 'nothing-funded';
			action: string;
	  }
	| { code: 'prerequisite-later'; action: string; prerequisite: string }
	/** `circle`: ids of actions, each of which needs the next and the last one the first, `action`. */
	| { code: 'circle'; action: string; circle: string[] }
	| { code: 'objective-no-baseline'; objective: string; indicator: string }
	| { code: 'gap-without-action'; question: string }
	| { code: 'too-many'; year: number; half: 1 | 2; actions: number };

/** What a plan says besides its actions. Without it nothing is asked about owners by id, years and baselines. */
export type PlanAbout = {
	settings?: PlanSettings;
	/** Of the objectives and actions of this guide. */
	indicators?: readonly PlanIndicator[];
	register?: Register;
};

/** Open actions at one time that this team can carry: as it says itself, else the method's number. */
export const capacityOf = (settings: Pick<PlanSettings, 'capacity'> = planDefaults): number =>
	settings.capacity ?? method.actionsPerHalfYear;

/**
 * The hints of one guide's plan: those of its actions in the plan's order, then its objectives, then
 * gaps by priority, then half-years. `actions`: of this guide only, since questions and measures are
 * known by ids that another guide may use too. What is done or dropped gives no hint; a dropped action
 * closes no gap.
 */
export function planHints(
	actions: readonly Action[],
	catalogue: Catalogue,
	gaps: readonly Gap[],
	about: PlanAbout = {}
): PlanHint[] {
	const open = actions.filter(isOpen);
	const needs = needsOf(actions, catalogue);
	const known = new Map(actions.map((action) => [action.id, action]));
	const circles = new Map(
		circlesOf(needs).flatMap((circle) => {
			const at = circle.findIndex((id) => isOpen(known.get(id)!));
			return at < 0 ? [] : [[circle[at]!, [...circle.slice(at), ...circle.slice(0, at)]]];
		})
	);
	const closed = new Set(actions.filter((a) => a.state !== 'dropped').flatMap((a) => a.closes));
	const baselines = new Map(about.indicators?.map(({ id, baseline }) => [id, baseline.trim()]));
	return [
		...open.flatMap((action): PlanHint[] => {
			const circle = circles.get(action.id);
			return [
				...hintsOf(action, about, baselines.get(action.id) ?? ''),
				...laterPrerequisites(action, needs, known),
				...(circle ? [{ code: 'circle' as const, action: action.id, circle }] : []),
				...costHints(action, about.settings)
			];
		}),
		...(about.indicators ?? [])
			.filter(({ of, baseline }) => of === 'objective' && baseline.trim() === '')
			.map(({ parent, id }): PlanHint => ({
				code: 'objective-no-baseline',
				objective: parent,
				indicator: id
			})),
		...gaps
			.filter((gap) => !closed.has(gap.question.id))
			.map((gap): PlanHint => ({ code: 'gap-without-action', question: gap.question.id })),
		...fullHalfYears(open, capacityOf(about.settings))
	];
}

const nobody: Register = new Map();

function hintsOf(action: Action, about: PlanAbout, baseline: string): PlanHint[] {
	const hints: PlanHint[] = [];
	const { id, start, end, target, unit } = action;
	const { firstYear = null, yearStart = 1 } = about.settings ?? {};
	if (ownerName(action, about.register ?? nobody) === '') {
		hints.push({ code: 'no-owner', action: id });
	}
	if (!isDay(start) || !isDay(end)) hints.push({ code: 'no-dates', action: id });
	else if (end < start) hints.push({ code: 'end-before-start', action: id });
	if (firstYear !== null && isDay(start) && start < daysOfYear(firstYear, yearStart).from) {
		hints.push({ code: 'starts-too-early', action: id });
	}
	if (target.trim() === '') hints.push({ code: 'no-target', action: id });
	else if (unit !== 'yes-no' && !/\p{Nd}/u.test(target)) {
		hints.push({ code: 'target-not-measurable', action: id });
	}
	if (about.indicators && action.indicator.trim() !== '' && baseline === '') {
		hints.push({ code: 'no-baseline', action: id });
	}
	return hints;
}

/** Behind one that has no dates, its own prerequisites count; behind one that is done, none does. */
function laterPrerequisites(
	action: Action,
	needs: Needs,
	known: ReadonlyMap<string, Action>
): PlanHint[] {
	if (!isDay(action.start)) return [];
	const seen = new Set([action.id]);
	const waiting = [...(needs.get(action.id) ?? [])];
	const late: PlanHint[] = [];
	for (const id of waiting) {
		const first = known.get(id);
		if (!first || seen.has(id)) continue;
		seen.add(id);
		if (isLate(first, action)) {
			late.push({ code: 'prerequisite-later', action: action.id, prerequisite: id });
		}
		if (isOpen(first) && !isDay(first.start) && !isDay(first.end)) {
			waiting.push(...(needs.get(id) ?? []));
		}
	}
	return late;
}

function costHints(action: Action, settings: PlanSettings = planDefaults): PlanHint[] {
	const { id, start, end, costLines } = action;
	const hints: PlanHint[] = [];
	if (isDay(start) && isDay(end) && start <= end) {
		const yearOf = (day: string): number => budgetYearOf(day, settings.yearStart);
		const [first, last] = [yearOf(start), yearOf(end)];
		const isOutside = costLines.some(({ year, until }) => year < first || until > last);
		if (isOutside) hints.push({ code: 'costs-outside', action: id });
	}
	if (isUnfunded(action)) hints.push({ code: 'nothing-funded', action: id });
	return hints;
}

const mostHalfYears = 20;

/** Counted by where actions begin and end: a plan of 10,000 rows (F-21) is still one pass. */
function fullHalfYears(open: readonly Action[], capacity: number): PlanHint[] {
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
		if (running <= capacity) continue;
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
