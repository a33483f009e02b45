/**
 * The timeline: where actions lie between the first and the last month that are shown, reckoned in
 * months; and what it means to move or stretch one by months. Drawing it is the screen's business.
 */
import { firstDay, isDay, lastDay, monthOf, type MonthIndex } from '#lib/draft/days.ts';
import type { PlanSettings } from '#lib/model/plan.ts';
import { budgetYears } from '#lib/model/plan.ts';
import type { Action } from '#lib/model/workspace.ts';
import { budgetYearOf, mostYears } from './budget.ts';
import type { Needs } from './needs.ts';

type Dates = Pick<Action, 'start' | 'end'>;

/** Whole budget years, the first of which begins in month `from`. */
export type Span = { from: MonthIndex; months: number; years: { year: number; at: number }[] };

/** An action with both days, in this order: only such a one can be drawn. */
export const isDated = ({ start, end }: Dates): boolean =>
	isDay(start) && isDay(end) && start <= end;

/**
 * The budget years that the settings name; where they name none, those in which actions lie, at most
 * `mostYears` of them, from the first on; where nothing is dated, the one of today and the next two.
 */
export function spanOf(actions: readonly Action[], settings: PlanSettings, today: string): Span {
	const { yearStart } = settings;
	const dated = actions.filter(isDated);
	const yearOf = (day: string): number => budgetYearOf(day, yearStart);
	const least = dated.reduce((first, { start }) => Math.min(first, yearOf(start)), Infinity);
	const most = dated.reduce((last, { end }) => Math.max(last, yearOf(end)), -Infinity);
	const first = settings.firstYear ?? (Number.isFinite(least) ? least : yearOf(today));
	const found = Number.isFinite(most) ? most - first + 1 : 3;
	const count = Math.max(1, Math.min(settings.years || found, mostYears));
	const years = Array.from({ length: count }, (_, i) => ({ year: first + i, at: i * 12 }));
	return { from: first * 12 + yearStart - 1, months: count * 12, years };
}

/** Months from the beginning of the span to the beginning of a day, or to its end. */
export function placeOf(day: string, span: Pick<Span, 'from'>, isEnd = false): number {
	const month = monthOf(day);
	const gone = Number(day.slice(8)) - (isEnd ? 0 : 1);
	return month - span.from + gone / (Number(lastDay(month).slice(8)) || 31);
}

export type Bar = {
	action: Action;
	row: number;
	/** Months from the beginning of the span, within it. */
	from: number;
	to: number;
	/** It begins before the span or goes on after it. */
	cutStart: boolean;
	cutEnd: boolean;
	/** No day of it is within the span. */
	outside: boolean;
};
export type Link = {
	/** Ids of actions: `from` has to end before `to` begins. */
	from: string;
	to: string;
	/** It ends later. */
	late: boolean;
};
export type Timeline = { span: Span; bars: Bar[]; undated: Action[]; links: Link[] };

/** `actions` in the order of the rows. Links run between bars only. */
export function layOut(actions: readonly Action[], span: Span, needs: Needs): Timeline {
	const bars = actions.filter(isDated).map((action, row): Bar => {
		const from = placeOf(action.start, span);
		const to = placeOf(action.end, span, true);
		const within = (place: number): number => Math.max(0, Math.min(span.months, place));
		return {
			action,
			row,
			from: within(from),
			to: within(to),
			cutStart: from < 0,
			cutEnd: to > span.months,
			outside: to <= 0 || from >= span.months
		};
	});
	const drawn = new Map(bars.map(({ action }) => [action.id, action]));
	const links = bars.flatMap(({ action }) =>
		(needs.get(action.id) ?? []).flatMap((id): Link[] => {
			const first = drawn.get(id);
			return first ? [{ from: id, to: action.id, late: isLate(first, action) }] : [];
		})
	);
	return { span, bars, undated: actions.filter((action) => !isDated(action)), links };
}

/** Whether a prerequisite still runs when what needs it has begun. One that is done never is late. */
export const isLate = (first: Action, then: Pick<Action, 'start'>): boolean => {
	// Without an end, the start is the earliest that it can be.
	const end = isDay(first.end) ? first.end : first.start;
	return first.state !== 'done' && isDay(end) && isDay(then.start) && end >= then.start;
};

export const handles = ['move', 'start', 'end'] as const;
/** What one takes hold of: the whole bar or one of its ends. */
export type Handle = (typeof handles)[number];

/**
 * The dates after a step of `months`. A last day of a month stays one; another keeps its number as
 * far as the month has it. An end never comes before the start: it stops in the month in which it
 * would. Null where nothing moves.
 */
export function stepDates(dates: Dates, handle: Handle, months: number): Dates | null {
	if (!isDated(dates) || !Number.isInteger(months)) return null;
	const { start, end } = dates;
	const moved = {
		start: handle === 'end' ? start : addMonths(start, months, false),
		end: handle === 'start' ? end : addMonths(end, months, true)
	};
	if (moved.end < moved.start) {
		if (handle === 'start') moved.start = firstDay(monthOf(end));
		if (handle === 'end') moved.end = lastDay(monthOf(start));
		if (moved.end < moved.start) return null;
	}
	const isKnown = (day: string): boolean =>
		day >= `${budgetYears.min}` && day < `${budgetYears.max + 1}`;
	const isSame = moved.start === start && moved.end === end;
	return isSame || !isKnown(moved.start) || !isKnown(moved.end) ? null : moved;
}

function addMonths(day: string, months: number, sticks: boolean): string {
	const month = monthOf(day);
	const to = month + months;
	if (sticks && day === lastDay(month)) return lastDay(to);
	const wanted = firstDay(to).slice(0, 8) + day.slice(8);
	return isDay(wanted) ? wanted : lastDay(to);
}

export type HalfYear = { year: number; half: 1 | 2; actions: Action[] };

/** Dated actions by the half of the budget year in which they begin, in time. */
export function halfYearsOf(actions: readonly Action[], yearStart: number): HalfYear[] {
	const halves = new Map<number, Action[]>();
	for (const action of actions.filter(isDated)) {
		const half = Math.floor((monthOf(action.start) - (yearStart - 1)) / 6);
		halves.set(half, [...(halves.get(half) ?? []), action]);
	}
	return [...halves]
		.sort(([a], [b]) => a - b)
		.map(([half, own]) => ({
			year: Math.floor(half / 2),
			half: half % 2 === 0 ? 1 : 2,
			actions: [...own].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))
		}));
}
