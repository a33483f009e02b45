/**
 * The Listing: the plan as a person looks at it. Which actions are shown and in which order, which
 * one is open for editing, what was just removed. What the plan says is the rules' business.
 *
 * While an action is open, rows keep their places: a date that is being typed must not carry its own
 * field away.
 */
import { planHints, type PlanHint } from '#lib/draft/plan-hints.ts';
import { filterActions, moveAction, topicsOfAction } from '#lib/draft/plan.ts';
import { ownAction, takenMeasures } from '#lib/draft/actions.ts';
import { newId } from '#lib/model/ids.ts';
import type { Action, ActionState } from '#lib/model/workspace.ts';
import type { OpenGuide } from '#lib/state/guide.svelte.ts';
import { patchFor, removeFor } from '#lib/state/plan-edits.ts';
import { view } from '#lib/state/view.svelte.ts';
import { live } from '#lib/state/workspace.svelte.ts';
import { arrange, stepTo, type Order } from './arrange.ts';
import { isBlank } from './blank.ts';

/** What narrows the list; empty: everything. `owner` has an equals sign before the name. */
export type Narrowing = { text: string; topic: string; state: ActionState | ''; owner: string };
const everything: Narrowing = { text: '', topic: '', state: '', owner: '' };

type ActionChange = Partial<Omit<Action, 'id'>>;
export type ActionHint = Extract<PlanHint, { action: string }>;

export class Listing {
	readonly guide: OpenGuide;
	#order = $state<Order>('order');
	#narrowing = $state.raw(everything);
	#editing = $state('');
	#places = $state.raw<string[]>([]);
	/** An own action before its first character: not stored yet. */
	#fresh = $state.raw<Action | null>(null);
	#removed = $state.raw<Action | null>(null);
	#bringBack: () => void = () => {};
	#said = $state('');

	#actions = $derived(
		this.#fresh && !view.actions.some(({ id }) => id === this.#fresh?.id)
			? [...view.actions, this.#fresh]
			: view.actions
	);
	#shown = $derived.by(() => {
		const passing = arrange(this.#passing(), this.#order, this.guide.assessment);
		const known = new Map(this.#actions.map((action) => [action.id, action]));
		// Somebody else may have removed the one that is open.
		if (!known.has(this.#editing)) return passing;
		const placed = new Set(this.#places);
		return [
			...this.#places.flatMap((id) => known.get(id) ?? []),
			...passing.filter(({ id }) => !placed.has(id))
		];
	});
	#hints = $derived.by(() => planHints(view.actions, this.guide.measures, view.gaps.gaps));
	#hintsOf = $derived.by(() => {
		const hints = new Map<string, ActionHint[]>();
		for (const hint of this.#hints) {
			if ('action' in hint) hints.set(hint.action, [...(hints.get(hint.action) ?? []), hint]);
		}
		return hints;
	});
	#taken = $derived.by(() => {
		const measures = takenMeasures(view.actions, this.guide.index.id);
		const open = view.actions.filter((action) => action.state !== 'dropped');
		return new Map(
			open.filter(({ measure }) => measures.has(measure)).map(({ measure, id }) => [measure, id])
		);
	});

	constructor(guide: OpenGuide) {
		this.guide = guide;
	}

	/** The actions that pass the filter, in the chosen order; and always the one that is open. */
	get shown(): Action[] {
		return this.#shown;
	}
	get hints(): PlanHint[] {
		return this.#hints;
	}
	hintsOf(id: string): ActionHint[] {
		return this.#hintsOf.get(id) ?? [];
	}
	/** Measure id → the action that it became; dropped ones may be taken again. */
	get taken(): ReadonlyMap<string, string> {
		return this.#taken;
	}
	/** The action that is open for editing, or empty. */
	get editing(): string {
		return this.#editing;
	}
	/** What was removed last and can come back. */
	get removed(): Action | null {
		return this.#removed;
	}
	/** The last thing to read out. */
	get said(): string {
		return this.#said;
	}
	get narrowing(): Narrowing {
		return this.#narrowing;
	}
	get isNarrowed(): boolean {
		return Object.values(this.#narrowing).some((value) => value !== '');
	}
	get order(): Order {
		return this.#order;
	}

	sortBy(order: Order): void {
		this.close();
		this.#order = order;
	}
	narrow(narrowing: Partial<Narrowing> = everything): void {
		this.close();
		this.#narrowing = { ...this.#narrowing, ...narrowing };
	}

	/** Opens an action's form. One that the filter hides is shown again. */
	edit(id: string): void {
		this.close();
		if (!this.#shown.some((action) => action.id === id)) this.#narrowing = everything;
		this.#places = this.#shown.map((action) => action.id);
		this.#editing = id;
	}

	/** A new action of the team's own with its form open; gives its id. */
	add(closes: string[] = []): string {
		this.close();
		const id = newId();
		this.#places = [...this.#shown.map((action) => action.id), id];
		const { id: guide } = this.guide.index;
		this.#fresh = ownAction({ id, guide, title: '', closes, plan: live.workspace?.actions ?? [] });
		this.#editing = id;
		return id;
	}

	patch(id: string, change: ActionChange): void {
		if (this.#fresh?.id === id) this.#fresh = { ...this.#fresh, ...change };
		if (view.actions.some((action) => action.id === id)) {
			patchFor(this.guide.index.id, id, change);
		} else if (this.#fresh?.id === id) live.putAction(this.#fresh);
	}

	/** Folds the form up. An own action in which nothing was written goes again. */
	close(): void {
		const action = this.#actions.find(({ id }) => id === this.#editing);
		this.#editing = '';
		if (action && this.#fresh?.id === action.id && isBlank(action)) live.removeAction(action.id);
		this.#fresh = null;
	}

	remove(id: string): void {
		this.#removed = view.actions.find((action) => action.id === id) ?? null;
		this.#editing = '';
		this.#fresh = null;
		if (this.#removed) this.#bringBack = removeFor(this.guide.index.id, id);
	}
	/** Brings back what was removed; gives its id, or empty. */
	restore(): string {
		const action = this.#removed;
		this.#removed = null;
		if (action) this.#bringBack();
		return action?.id ?? '';
	}
	forgetRemoved(): void {
		this.#removed = null;
	}

	/** One step among those shown. False: it is the first or the last. */
	move(id: string, by: -1 | 1): boolean {
		this.close();
		const to = stepTo(view.actions, this.#shown, id, by);
		if (to < 0) return false;
		for (const moved of moveAction(view.actions, id, to)) {
			live.patchAction(moved.id, { order: moved.order });
		}
		return true;
	}

	#passing(): Action[] {
		if (!this.isNarrowed) return this.#actions;
		const filter = filterOf(this.#narrowing, view.actions);
		const topicsOf = (action: Action) => topicsOfAction(action, this.guide.assessment);
		return filterActions(this.#actions, filter, topicsOf);
	}

	/** Has `words` read out; the same words again, too. */
	say(words: string): void {
		this.#said = words === this.#said ? `${words}\u00a0` : words;
	}
}

function filterOf({ text, topic, state, owner }: Narrowing, actions: readonly Action[]) {
	const named = owner.slice(1);
	return {
		text,
		topics: topic ? [topic] : [],
		states: state ? [state] : [],
		// All spellings of nobody, too: an owner of spaces is none.
		owners: owner ? [named, ...actions.map((a) => a.owner).filter((o) => o.trim() === named)] : []
	};
}
