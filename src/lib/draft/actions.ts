/**
 * Actions: a measure of a guide's catalogue is taken into the plan. It brings its indicator, cost and
 * effort, and dates that begin next month, or after what has to come first.
 */
import { prerequisitesOf } from '#lib/assessment/measures.ts';
import type { Catalogue } from '#lib/assessment/view.ts';
import type { Measure } from '#lib/model/guide.ts';
import { noDetails } from '#lib/model/workspace.ts';
import type { Action } from '#lib/model/workspace.ts';
import { firstDay, isDay, lastDay, monthOf } from './days.ts';

export type Taken = {
	measure: Measure;
	/** Questions whose gaps the action is meant to close. */
	closes: readonly string[];
	guide: string;
	/** A new id. */
	id: string;
	/** Today, `YYYY-MM-DD`, where the person is. */
	today: string;
	/** The kind of body that usually owns it, as the language says it; empty for nobody yet. */
	owner: string;
	/** The plan so far, of any guide. */
	plan: readonly Action[];
	/** All measures of the guide: a chain of prerequisites may have links that are not planned. */
	catalogue: Catalogue;
};

/**
 * The action that a measure becomes. It starts on the first day of the next month, or of the month
 * after the last of its planned prerequisites ends, and lasts the measure's months to their last day.
 */
export function actionFromMeasure(taken: Taken): Action {
	const { measure, guide, plan } = taken;
	const needs = prerequisitesOf(measure, taken.catalogue);
	const ends = plan
		.filter((a) => a.guide === guide && needs.has(a.measure) && isOpen(a) && isDay(a.end))
		.map((action) => monthOf(action.end));
	const start = Math.max(monthOf(taken.today), ...ends) + 1;
	return {
		id: taken.id,
		guide,
		measure: measure.id,
		closes: [...taken.closes],
		title: measure.title,
		owner: taken.owner,
		start: firstDay(start),
		end: lastDay(start + measure.months - 1),
		cost: measure.cost,
		effort: measure.effort,
		indicator: measure.indicator,
		unit: measure.unit,
		target: '',
		state: 'proposed',
		note: '',
		...noDetails,
		order: nextOrder(plan)
	};
}

/** An action of the team's own, without dates, owner or measure, at the end of the plan. */
export function ownAction(about: {
	id: string;
	guide: string;
	title: string;
	closes?: readonly string[];
	plan: readonly Action[];
}): Action {
	return {
		id: about.id,
		guide: about.guide,
		measure: '',
		closes: [...(about.closes ?? [])],
		title: about.title,
		owner: '',
		start: '',
		end: '',
		cost: 'none',
		effort: 'small',
		indicator: '',
		unit: 'count',
		target: '',
		state: 'proposed',
		note: '',
		...noDetails,
		order: nextOrder(about.plan)
	};
}

/** The position after all others. */
export const nextOrder = (plan: readonly Pick<Action, 'order'>[]): number =>
	Math.floor(plan.reduce((most, { order }) => Math.max(most, order), 0)) + 1;

/** Whether an action is still to be carried out. */
export const isOpen = (action: Pick<Action, 'state'>): boolean =>
	action.state !== 'done' && action.state !== 'dropped';

/** Ids of the measures that are in the plan, as `firstSix` takes them: dropped ones may come back. */
export const takenMeasures = (plan: readonly Action[], guide: string): Set<string> =>
	new Set(
		plan
			.filter((action) => action.guide === guide && action.state !== 'dropped' && action.measure)
			.map((action) => action.measure)
	);
