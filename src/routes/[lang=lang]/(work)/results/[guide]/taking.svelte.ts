/**
 * Taking measures into the plan, from wherever on the page one is proposed; and out of it again.
 */
import { newId } from '#lib/model/ids.ts';
import { actionFromMeasure, takenMeasures } from '#lib/draft/actions.ts';
import { servingElsewhere } from '#lib/draft/serving.ts';
import { ownerName } from '#lib/guide/packs.ts';
import type { Measure } from '#lib/model/guide.ts';
import type { Action } from '#lib/model/workspace.ts';
import { guide } from '#lib/state/guide.svelte.ts';
import { removeFor } from '#lib/state/plan-edits.ts';
import { view } from '#lib/state/view.svelte.ts';
import { live } from '#lib/state/workspace.svelte.ts';
import type { Words } from '#lib/ui/words.ts';
import { localDay } from './local-day.ts';
import type { Takeback } from './takeback.svelte.ts';

export class Taking {
	readonly #t: Words;
	readonly #takeback: Takeback;
	#ids = $derived(takenMeasures(view.actions, guide.open?.index.id ?? ''));

	constructor(t: Words, takeback: Takeback) {
		this.#t = t;
		this.#takeback = takeback;
	}

	/** Ids of the measures that are in the plan; dropped actions do not count. */
	get ids(): ReadonlySet<string> {
		return this.#ids;
	}

	/** Takes those measures that are not in the plan yet, in the given order. */
	take(measures: readonly Measure[]): void {
		const open = guide.open;
		if (!open || !live.workspace) return;
		const added: Action[] = [];
		const extended: string[] = [];
		for (const measure of measures) {
			if (this.#ids.has(measure.id)) continue;
			const serving = servingElsewhere(measure, open.index.id, live.workspace.actions);
			if (serving) {
				live.patchAction(serving.id, { also: { [open.index.id]: closesNow(measure) } });
				extended.push(serving.id);
				continue;
			}
			added.push(
				actionFromMeasure({
					measure,
					closes: closesNow(measure),
					guide: open.index.id,
					id: newId(),
					today: localDay(new Date()),
					owner: ownerName(open.index, measure.owner),
					plan: [...live.workspace.actions, ...added],
					catalogue: open.measures
				})
			);
		}
		for (const action of added) live.putAction(action);
		const count = added.length + extended.length;
		this.#takeback.say(this.#t('results.tookMeasures', { count }), () => {
			for (const { id } of added) live.removeAction(id);
			for (const id of extended) live.patchAction(id, { also: { [open.index.id]: [] } });
		});
	}

	/** Takes a measure's actions out of the plan, with what people wrote in them; undo brings it back. */
	remove(measure: Measure): void {
		const removed = view.actions.filter(
			(action) => action.measure === measure.id && action.state !== 'dropped'
		);
		const of = guide.open?.index.id ?? '';
		const bringBack = removed.map(({ id }) => removeFor(of, id));
		this.#takeback.say(this.#t('results.removedMeasure', { title: measure.title }), () => {
			for (const restore of bringBack) restore();
		});
	}
}

/** The gaps that a measure closes; for one that only makes way, the questions that it serves. */
function closesNow(measure: Measure): string[] {
	const gaps = view.gaps.gaps.filter((gap) => gap.measures.includes(measure));
	const questions = gaps.map((gap) => gap.question.id);
	return questions.length > 0 ? questions : measure.closes.map((closing) => closing.question);
}
