/** When an action runs, in words. */
import type { Action } from '#lib/model/workspace.ts';
import { date, type Words } from '#lib/ui/words.ts';

export function periodOf(t: Words, { start, end }: Pick<Action, 'start' | 'end'>): string {
	if (start && end) return t('plan.period', { start: unbroken(start), end: unbroken(end) });
	if (start) return t('plan.periodFrom', { start: unbroken(start) });
	return end ? t('plan.periodUntil', { end: unbroken(end) }) : t('plan.noDates');
}

/** In a narrow column, a day stays on one line. */
const unbroken = (day: string): string => date(day).replaceAll(' ', '\u00a0');
