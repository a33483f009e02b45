/** Taking proposals into the plan: measures become actions, each after those taken before it. */
import type { Gap } from '#lib/assessment/gaps.ts';
import type { Catalogue } from '#lib/assessment/view.ts';
import { actionFromMeasure } from '#lib/draft/actions.ts';
import { servingElsewhere } from '#lib/draft/serving.ts';
import type { Measure } from '#lib/model/guide.ts';
import type { Action } from '#lib/model/workspace.ts';

/** A measure and the gap for which it is proposed. */
export type Proposal = { measure: Measure; gap: Gap };

export type Taking = {
	guide: string;
	/** Today, `YYYY-MM-DD`, where the person is. */
	today: string;
	plan: readonly Action[];
	catalogue: Catalogue;
	gaps: readonly Gap[];
	ownerOf: (measure: Measure) => string;
	newId: () => string;
};

/** The new actions, in the order of the proposals. */
export function take(proposals: readonly Proposal[], taking: Taking): Action[] {
	const { guide, today, catalogue, gaps, ownerOf, newId } = taking;
	const taken: Action[] = [];
	for (const { measure, gap } of proposals) {
		taken.push(
			actionFromMeasure({
				measure,
				closes: closesOf(measure, gap, gaps),
				guide,
				id: newId(),
				today,
				owner: ownerOf(measure),
				plan: [...taking.plan, ...taken],
				catalogue
			})
		);
	}
	return taken;
}

/** Proposals that another guide's action can carry out too: which action, and what it closes here. */
export type Extension = { action: Action; closes: string[] };

/** Tells measures that become new actions from those that another guide's plan has already. */
export function sortOut(
	proposals: readonly Proposal[],
	{ guide, plan, gaps }: Pick<Taking, 'guide' | 'plan' | 'gaps'>
): { fresh: Proposal[]; extensions: Extension[] } {
	const fresh: Proposal[] = [];
	const extensions: Extension[] = [];
	for (const proposal of proposals) {
		const action = servingElsewhere(proposal.measure, guide, plan);
		if (!action) fresh.push(proposal);
		else extensions.push({ action, closes: closesOf(proposal.measure, proposal.gap, gaps) });
	}
	return { fresh, extensions };
}

/** Every open gap that the measure closes; that of the proposal where it closes none by itself. */
function closesOf(measure: Measure, gap: Gap, gaps: readonly Gap[]): string[] {
	const closed = gaps.filter((one) => one.measures.some(({ id }) => id === measure.id));
	return (closed.length > 0 ? closed : [gap]).map((one) => one.question.id);
}

/** The day that the calendar on this wall shows. */
export function dayOf(now: Date): string {
	const pad = (value: number, length: number): string => String(value).padStart(length, '0');
	return `${pad(now.getFullYear(), 4)}-${pad(now.getMonth() + 1, 2)}-${pad(now.getDate(), 2)}`;
}
