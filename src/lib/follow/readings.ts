/** Indicators over time: where each stands, and when it should be read next. */
import { isDay } from '#lib/draft/days.ts';
import type { PlanIndicator } from '#lib/model/plan.ts';
import type { Action } from '#lib/model/workspace.ts';
import { advanceOf, numberIn, type Advance } from '#lib/plan/numbers.ts';
import { addMonths, daysBetween } from './calendar.ts';

export const standings = ['reached', 'on-way', 'behind', 'unknown'] as const;
export type Standing = (typeof standings)[number];

/** How much less of the way than of the time may be behind one before it says so. */
const patience = 0.15;

/** The indicator as it was on a day: later readings are not known yet. */
export const asOf = (indicator: PlanIndicator, day: string): PlanIndicator => ({
	...indicator,
	readings: indicator.readings.filter((reading) => reading.day <= day)
});

/** Where an indicator stands on `day`: the share of its way beside the share of its time. */
export function standingOf(indicator: PlanIndicator, day: string): Standing {
	const { baselineDay, targetDay } = indicator;
	const known = asOf(indicator, day);
	const last = known.readings.at(-1);
	const { share } = advanceOf(known);
	if (share === null) {
		const isSame = last !== undefined && same(last.value, indicator.target);
		return isSame ? 'reached' : 'unknown';
	}
	if (share >= 1) return 'reached';
	if (!last) return 'unknown';
	if (!isDay(baselineDay) || !isDay(targetDay) || baselineDay >= targetDay) return 'on-way';
	const elapsed = daysBetween(baselineDay, day) / daysBetween(baselineDay, targetDay);
	return share + patience < Math.min(1, elapsed) ? 'behind' : 'on-way';
}

const same = (a: string, b: string): boolean =>
	a.trim() !== '' && a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase();

/**
 * The day on which the next reading is due; empty where none is: no rhythm is set, the target's day has
 * been read, it is reached, or its action has not begun or was dropped.
 */
export function nextReading(
	indicator: PlanIndicator,
	action: Pick<Action, 'state'> | undefined
): string {
	const { every, readings, baselineDay, targetDay } = indicator;
	const last = readings.at(-1)?.day ?? baselineDay;
	if (every === 0 || !isDay(last)) return '';
	if (action && action.state !== 'running' && action.state !== 'done') return '';
	if (isDay(targetDay) && last >= targetDay) return '';
	if (standingOf(indicator, last) === 'reached') return '';
	return addMonths(last, every);
}

export type Followed = {
	indicator: PlanIndicator;
	/** Undefined for an objective's. */
	action: Action | undefined;
	advance: Advance;
	standing: Standing;
	next: string;
	isOverdue: boolean;
};

const order: readonly Standing[] = ['behind', 'on-way', 'unknown', 'reached'];
const urgency = ({ isOverdue, standing }: Followed): number =>
	isOverdue ? -1 : order.indexOf(standing);

/** The indicators of these actions and objectives: overdue, behind, on their way, reached. */
export function followed(
	indicators: readonly PlanIndicator[],
	actions: readonly Action[],
	objectives: readonly { id: string }[],
	today: string
): Followed[] {
	const byId = new Map(actions.map((action) => [action.id, action]));
	const goals = new Set(objectives.map(({ id }) => id));
	return indicators
		.flatMap((indicator): Followed[] => {
			const action = indicator.of === 'action' ? byId.get(indicator.parent) : undefined;
			const isOurs = indicator.of === 'action' ? action !== undefined : goals.has(indicator.parent);
			if (!isOurs || action?.state === 'dropped' || indicator.title.trim() === '') return [];
			const next = nextReading(indicator, action);
			return [
				{
					indicator,
					action,
					advance: advanceOf(indicator),
					standing: standingOf(indicator, today),
					next,
					isOverdue: next !== '' && next < today
				}
			];
		})
		.sort((a, b) => urgency(a) - urgency(b));
}

/** What is wrong with a reading that somebody typed, or null. */
export type ReadingProblem = 'empty' | 'number' | 'negative' | 'day' | 'future';

const canFall = new Set(['currency', 'score']);

/** Where baseline and target are numbers, a reading is one too; else it is whatever was seen. */
export function readingProblem(
	{ value, day }: { value: string; day: string },
	indicator: Pick<PlanIndicator, 'baseline' | 'target' | 'unit'>,
	today: string
): ReadingProblem | null {
	if (value.trim() === '') return 'empty';
	const isNumeric = indicator.unit !== 'yes-no' && numberIn(indicator.target) !== null;
	const number = numberIn(value);
	if (isNumeric && number === null) return 'number';
	if (number !== null && number < 0 && !canFall.has(indicator.unit)) return 'negative';
	if (!isDay(day) || day < '1990-01-01') return 'day';
	return day > today ? 'future' : null;
}

export type Point = { x: number; y: number };
/** The line of an indicator in a box: baseline and readings, and the height of its target. */
export type Line = { points: Point[]; target: number | null };

/** Geometry in a box of `width` × `height`; fewer than two values give no points. */
export function lineOf(indicator: PlanIndicator, width: number, height: number): Line {
	const { baseline, baselineDay, readings } = indicator;
	const values = [{ day: baselineDay, value: baseline }, ...readings].flatMap(({ day, value }) => {
		const number = numberIn(value);
		return number === null || !isDay(day) ? [] : [{ day, number }];
	});
	const [first] = values;
	const last = values.at(-1);
	if (!first || !last || values.length < 2 || first.day === last.day) {
		return { points: [], target: null };
	}
	const aim = numberIn(indicator.target);
	const all = [...values.map(({ number }) => number), ...(aim === null ? [] : [aim])];
	const [least, most] = [Math.min(...all), Math.max(...all)];
	const y = (number: number): number =>
		most === least ? height / 2 : height - ((number - least) / (most - least)) * height;
	const days = daysBetween(first.day, last.day);
	return {
		points: values.map(({ day, number }) => ({
			x: (daysBetween(first.day, day) / days) * width,
			y: y(number)
		})),
		target: aim === null ? null : y(aim)
	};
}
