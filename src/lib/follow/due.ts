/** What asks for attention today: late, due soon, blocked. */
import { isOpen } from '#lib/draft/actions.ts';
import { isDay } from '#lib/draft/days.ts';
import type { Task } from '#lib/model/plan.ts';
import type { Action } from '#lib/model/workspace.ts';
import { addDays, daysBetween } from './calendar.ts';

/** `begins`: its start has passed and nothing began. */
export type DueKind = 'ends' | 'begins' | 'task';
/** `days`: until the day; negative for as many days late. */
export type Due = { kind: DueKind; action: Action; task: Task | null; day: string; days: number };
export type Attention = { late: Due[]; soon: Due[]; blocked: Action[] };

export const soonDays = 90;

/** How many of a list are actions, and how many are steps of actions. */
export const countedOf = (list: readonly Due[]): { actions: number; tasks: number } => {
	const tasks = list.filter(({ task }) => task !== null).length;
	return { actions: list.length - tasks, tasks };
};

/** Late first, oldest first; then what is due within 90 days; and what is blocked. */
export function attention(actions: readonly Action[], today: string): Attention {
	const open = actions.filter(isOpen);
	const all = open.flatMap((action) => dues(action, today)).sort(byDay);
	const until = addDays(today, soonDays);
	return {
		late: all.filter(({ day }) => day < today),
		soon: all.filter(({ day }) => day >= today && day <= until),
		blocked: open.filter(({ blocker }) => blocker.trim() !== '')
	};
}

function dues(action: Action, today: string): Due[] {
	const due = (kind: DueKind, day: string, task: Task | null = null): Due[] =>
		isDay(day) ? [{ kind, action, task, day, days: daysBetween(today, day) }] : [];
	return [
		...due('ends', action.end),
		// What has begun has begun; and what should be over by now need not be told that it never began.
		...(action.state === 'running' || (action.end !== '' && action.end < today)
			? []
			: due('begins', action.start)),
		// The last task of an action often ends with it: one line for both.
		...action.tasks
			.filter(({ done, end }) => !done && end !== action.end)
			.flatMap((task) => due('task', task.end, task))
	];
}

const byDay = (a: Due, b: Due): number =>
	a.day < b.day ? -1 : a.day > b.day ? 1 : a.action.order - b.action.order;
