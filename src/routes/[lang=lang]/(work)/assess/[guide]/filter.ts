/** Which questions the list shows. Each asks the rules, so that its count is the results' count. */
import { isUnproven, questionsOf, type View } from '#lib/assessment/view.ts';
import { needsTalk } from '#lib/assessment/said.ts';
import type { Agreement } from '#lib/assessment/agreed.ts';
import type { Question } from '#lib/model/guide.ts';

export const filters = ['all', 'unanswered', 'unproven', 'unknown', 'disputed'] as const;
export type Filter = (typeof filters)[number];

/** What is not agreed is to be agreed on, whoever was asked and on whichever path. */
export const among = (filter: Filter, onPath: Question[], view: View): Question[] =>
	filter === 'disputed' ? questionsOf(view.assessment) : onPath;

export function passes(
	filter: Filter,
	{ id }: Question,
	view: View,
	agreed: ReadonlyMap<string, Agreement>
): boolean {
	if (filter === 'disputed') {
		const one = agreed.get(id);
		return one !== undefined && needsTalk(one);
	}
	if (filter === 'unanswered') return !view.answers.has(id);
	if (filter === 'unproven') return isUnproven(view, id);
	if (filter === 'unknown') return view.answers.get(id)?.kind === 'unknown';
	return true;
}
