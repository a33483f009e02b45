/** A progress report as plain data: what a period brought, beside the period before it. */
import type { PlanIndicator, Risk } from '#lib/model/plan.ts';
import type { Action, Approval } from '#lib/model/workspace.ts';
import { counts, total, type Money } from '#lib/plan/budget.ts';
import { riskClass, riskWeight } from '#lib/plan/log-frame.ts';
import { advanceOf } from '#lib/plan/numbers.ts';
import { addDays, addMonths, periodBefore, within, type Period } from './calendar.ts';
import { asOf, nextReading, standingOf, type Standing } from './readings.ts';
import { begunIn, countsOn, reachedIn, stateOn, type Clock, type Counts } from './states.ts';

export type Dated = { action: Action; day: string };
/** Why, as far as the plan says it: what blocks it, else its note, else its open steps. */
export type Late = { action: Action; kind: 'not-done' | 'not-begun'; day: string; why: string };
export type Measured = {
	indicator: PlanIndicator;
	/** Values as they were written, at the end of the period before and of this one. */
	before: string;
	now: string;
	share: number | null;
	standing: Standing;
	/** Read within the period. */
	isNew: boolean;
};
export type HighRisk = { action: Action; risk: Risk; weight: number };
export type Decision =
	| { kind: 'unblock'; action: Action }
	| { kind: 'fund'; action: Action; gap: Money }
	| { kind: 'reschedule'; action: Action }
	| { kind: 'approve'; approval: Approval }
	| { kind: 'read'; count: number };

export type Tally = {
	done: number;
	started: number;
	dropped: number;
	late: number;
	readings: number;
	reached: number;
	behind: number;
};

export type Progress = {
	period: Period;
	before: Period;
	counts: { atStart: Counts; atEnd: Counts };
	tally: { now: Tally; before: Tally };
	done: Dated[];
	started: Dated[];
	dropped: Dated[];
	late: Late[];
	measured: Measured[];
	risks: HighRisk[];
	decisions: Decision[];
	/** What should end within the next three months. */
	next: Action[];
};

export type Followable = {
	/** Of one guide, in the plan's order. */
	actions: readonly Action[];
	indicators: readonly PlanIndicator[];
	approvals: readonly Approval[];
};

export function progressOf(work: Followable, period: Period, clock: Clock): Progress {
	const { actions } = work;
	const before = periodBefore(period);
	const reached = (state: 'done' | 'dropped'): Dated[] =>
		actions.flatMap((action) => {
			const day = reachedIn(action, state, period, clock);
			return day ? [{ action, day }] : [];
		});
	// Decisions, risks and what comes next are of the present, also for a period that is long over.
	const present = period.to > clock.today ? period.to : clock.today;
	const until = addMonths(present, 3);
	return {
		period,
		before,
		counts: {
			atStart: countsOn(actions, addDays(period.from, -1), clock),
			atEnd: countsOn(actions, period.to, clock)
		},
		tally: { now: tallyOf(work, period, clock), before: tallyOf(work, before, clock) },
		done: reached('done'),
		started: startedIn(actions, period, clock),
		dropped: reached('dropped'),
		late: lateOn(actions, period.to, clock),
		measured: measuredIn(work, period, clock),
		risks: highRisks(actions, present, clock),
		decisions: decisionsFor(work, present, clock),
		next: actions.filter(
			(action) => isOpenOn(action, present, clock) && action.end > present && action.end <= until
		)
	};
}

const isOpenOn = (action: Action, day: string, clock: Clock): boolean =>
	!['done', 'dropped'].includes(stateOn(action, day, clock));

const startedIn = (actions: readonly Action[], period: Period, clock: Clock): Dated[] =>
	actions.flatMap((action) => {
		const day = begunIn(action, period, clock);
		return day ? [{ action, day }] : [];
	});

/** What should have been over, or begun, at the end of `day`. Proposals promise nothing. */
export function lateOn(actions: readonly Action[], day: string, clock: Clock): Late[] {
	return actions.flatMap((action): Late[] => {
		const state = stateOn(action, day, clock);
		if (state !== 'planned' && state !== 'running') return [];
		const why = whyLate(action);
		if (action.end !== '' && action.end < day) {
			return [{ action, kind: 'not-done', day: action.end, why }];
		}
		const isLate = state === 'planned' && action.start !== '' && action.start < day;
		return isLate ? [{ action, kind: 'not-begun', day: action.start, why }] : [];
	});
}

function whyLate({ blocker, note, tasks }: Action): string {
	const open = tasks.filter(({ done }) => !done).map(({ title }) => title.trim());
	return blocker.trim() || note.trim() || open.filter(Boolean).join(', ');
}

function tallyOf(work: Followable, period: Period, clock: Clock): Tally {
	const { actions } = work;
	const ours = indicatorsOf(work, period.to, clock);
	const stood = ours.map((indicator) => standingOf(indicator, period.to));
	const reached = (state: 'done' | 'dropped'): number =>
		actions.filter((action) => reachedIn(action, state, period, clock) !== '').length;
	return {
		done: reached('done'),
		started: startedIn(actions, period, clock).length,
		dropped: reached('dropped'),
		late: lateOn(actions, period.to, clock).length,
		readings: ours.flatMap(({ readings }) => readings.filter(({ day }) => within(day, period)))
			.length,
		reached: stood.filter((standing) => standing === 'reached').length,
		behind: stood.filter((standing) => standing === 'behind').length
	};
}

/** Those that can move: of actions that began, and of objectives. */
function indicatorsOf({ actions, indicators }: Followable, day: string, clock: Clock) {
	const states = new Map(actions.map((action) => [action.id, stateOn(action, day, clock)]));
	return indicators.filter(({ of, parent, title }) => {
		const state = states.get(parent);
		return title.trim() !== '' && (of === 'objective' || state === 'running' || state === 'done');
	});
}

const measuredIn = (work: Followable, period: Period, clock: Clock): Measured[] =>
	indicatorsOf(work, period.to, clock).map((indicator) => {
		const known = asOf(indicator, period.to);
		const earlier = asOf(indicator, addDays(period.from, -1));
		return {
			indicator,
			before: earlier.readings.at(-1)?.value ?? indicator.baseline,
			now: known.readings.at(-1)?.value ?? indicator.baseline,
			share: advanceOf(known).share,
			standing: standingOf(indicator, period.to),
			isNew: known.readings.some(({ day }) => within(day, period))
		};
	});

/** Of actions that are open, the highest first. */
export const highRisks = (actions: readonly Action[], day: string, clock: Clock): HighRisk[] =>
	actions
		.filter((action) => isOpenOn(action, day, clock))
		.flatMap((action) => action.risks.map((risk) => ({ action, risk, weight: riskWeight(risk) })))
		.filter(({ weight }) => riskClass(weight) === 'high')
		.sort((a, b) => b.weight - a.weight);

/** What somebody above the team has to decide, as the plan itself shows it. */
function decisionsFor(work: Followable, day: string, clock: Clock): Decision[] {
	const { actions, approvals, indicators } = work;
	const soon = addMonths(day, 6);
	const open = actions.filter((action) => isOpenOn(action, day, clock));
	const late = new Set(lateOn(actions, day, clock).map(({ action }) => action.id));
	const byId = new Map(actions.map((action) => [action.id, action]));
	const overdue = indicatorsOf(work, day, clock).filter((indicator) => {
		const next = nextReading(asOf(indicator, day), byId.get(indicator.parent));
		return next !== '' && next < day;
	}).length;
	return [
		...open
			.filter(({ blocker }) => blocker.trim() !== '')
			.map((action): Decision => ({ kind: 'unblock', action })),
		...open.filter(counts).flatMap((action): Decision[] => {
			const isNear = action.start !== '' && action.start <= soon;
			const gap = new Map([...total(action.costLines)].filter(([, sum]) => sum.gap > 0));
			return isNear && gap.size > 0 ? [{ kind: 'fund', action, gap }] : [];
		}),
		...open
			.filter(({ id, blocker }) => late.has(id) && blocker.trim() === '')
			.map((action): Decision => ({ kind: 'reschedule', action })),
		...approvals
			.filter(({ state }) => state !== 'given')
			.map((approval): Decision => ({ kind: 'approve', approval })),
		...(overdue > 0 && indicators.length > 0 ? [{ kind: 'read' as const, count: overdue }] : [])
	];
}
