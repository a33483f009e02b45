/**
 * When things happen in Numenia's plan. Cabinet adopted it as the budget year before this one began;
 * budget years begin in July. All of it is reckoned from the day on which Numenia is made.
 */
import { firstDay, lastDay, monthOf } from '#lib/draft/days.ts';
import type { MonthIndex } from '#lib/draft/days.ts';
import type { ActionState } from '#lib/model/workspace.ts';
import { budgetYearOf } from '#lib/plan/budget.ts';

export const yearStart = 7;

export type Calendar = {
	/** The day on which Numenia is made. */
	today: string;
	month: MonthIndex;
	/** The first budget year of the plan, and the month in which it began. */
	firstYear: number;
	adopted: MonthIndex;
};

export function calendarOf(now: string): Calendar {
	const today = now.slice(0, 10);
	const firstYear = budgetYearOf(today, yearStart) - 1;
	return { today, month: monthOf(today), firstYear, adopted: firstYear * 12 + yearStart - 1 };
}

/** How many actions are where, in the plan's order; the plan begins with what is done. */
export type Mix = Record<ActionState, number>;
/** 38 actions as in the story, and two that cabinet put off. */
export const firstPlan: Mix = { done: 9, running: 11, planned: 12, proposed: 6, dropped: 2 };
export const furtherPlan: Mix = { done: 2, running: 4, planned: 4, proposed: 2, dropped: 0 };

export type Dates = { start: MonthIndex; end: MonthIndex };

/**
 * Months in which an action begins and ends. `n`: its number among those of its state; `after`: the
 * month in which the last of its prerequisites ends, or -1.
 */
export function datesOf(
	state: ActionState,
	n: number,
	{ months, after, mix }: { months: number; after: MonthIndex; mix: Mix },
	{ month, adopted }: Calendar
): Dates {
	if (state === 'done') {
		const length = Math.min(months, 6);
		const room = month - 1 - adopted - length;
		const start = Math.max(after + 1, adopted + Math.floor((n * room) / Math.max(1, mix.done)));
		return { start, end: Math.min(month - 1, start + length - 1) };
	}
	if (state === 'running') {
		const start = Math.max(after + 1, month - 6 + (n % 5));
		// Every fourth should be over by now and is not.
		if (n % 4 === 1) return { start: Math.min(start, month - 3), end: month - 1 };
		return { start, end: Math.max(month + 1 + (n % 4), start + months - 1) };
	}
	const wait = state === 'planned' ? 1 + n : 9 + 2 * n;
	const start = Math.max(month + wait, after + 1);
	return { start, end: start + months - 1 };
}

export const daysOf = ({ start, end }: Dates): { start: string; end: string } => ({
	start: firstDay(start),
	end: lastDay(end)
});

/** A moment in a month, on a working morning; never after `now`. */
export const momentIn = (month: MonthIndex, day: number, now: string): string => {
	const at = `${firstDay(month).slice(0, 8)}${String(day).padStart(2, '0')}T09:30:00.000Z`;
	return at < now ? at : now;
};

/** The next half-yearly report: in the first week of January or July. */
export function nextReport({ month, today }: Calendar): string {
	const year = Math.floor(month / 12);
	const days = [`${year}-01-07`, `${year}-07-07`, `${year + 1}-01-07`];
	return days.find((day) => day > today) ?? '';
}
