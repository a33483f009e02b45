/** Which questions the list shows. Each asks the rules, so that its count is the results' count. */
import { isUnproven, type View } from '#lib/assessment/view.ts';
import type { Question } from '#lib/model/guide.ts';

export const filters = ['all', 'unanswered', 'unproven', 'unknown'] as const;
export type Filter = (typeof filters)[number];

export function passes(filter: Filter, { id }: Question, view: View): boolean {
	if (filter === 'unanswered') return !view.answers.has(id);
	if (filter === 'unproven') return isUnproven(view, id);
	if (filter === 'unknown') return view.answers.get(id)?.kind === 'unknown';
	return true;
}
