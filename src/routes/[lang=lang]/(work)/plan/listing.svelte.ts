/**
 * The Listing: the plan as a person looks at it. Which actions are shown and in which order, which
 * are selected, which one is open for editing, what was just removed. Every view of the plan takes
 * `shown` and `selected`; what the plan says is the rules' business.
 *
 * An owner from the register stands in `owner` of what is shown, by the name that the register has now.
 *
 * While an action is open, rows keep their places: a date that is being typed must not carry its own
 * field away.
 */
import { untrack } from 'svelte';
import type { Gap } from '#lib/assessment/gaps.ts';
import { planHints, type PlanHint, type PlanHintCode } from '#lib/draft/plan-hints.ts';
import { filterActions, moveAction, topicsOfAction } from '#lib/draft/plan.ts';
import { ownAction, takenMeasures } from '#lib/draft/actions.ts';
import { guidesOf } from '#lib/draft/serving.ts';
import { newId } from '#lib/model/ids.ts';
import type { Objective, PlanIndicator, PlanSettings } from '#lib/model/plan.ts';
import type { Action, ActionState } from '#lib/model/workspace.ts';
import { ownerName, registerOf, type Register } from '#lib/plan/parties.ts';
import type { OpenGuide } from '#lib/state/guide.svelte.ts';
import { patchFor, removeFor } from '#lib/state/plan-edits.ts';
import { patchAction } from '#lib/sync/document.ts';
import { view } from '#lib/state/view.svelte.ts';
import { live } from '#lib/state/workspace.svelte.ts';
import { arrange, stepTo, type Order } from './arrange.ts';
import { isBlank } from './blank.ts';

/** What narrows the list; empty: everything. `owner` and `objective` have an equals sign before the value. */
export type Narrowing = {
	text: string;
	topic: string;
	state: ActionState | '';
	owner: string;
	objective: string;
	tag: string;
	/** Only actions with this hint. */
	hint: PlanHintCode | '';
};
const everything: Narrowing = {
	text: '',
	topic: '',
	state: '',
	owner: '',
	objective: '',
	tag: '',
	hint: ''
};

type ActionChange = Partial<Omit<Action, 'id'>>;
export type ActionHint = Extract<PlanHint, { action: string }>;

export type Group = { objective: Objective | null; actions: Action[] };
/** The same one each time: a row whose values are the same ones is not drawn again. */
const nothing: readonly never[] = [];

/** What the hints of a plan are about. */
type About = {
	actions: readonly Action[];
	gaps: readonly Gap[];
	register: Register;
	indicators: readonly PlanIndicator[];
	settings: PlanSettings | undefined;
};

/** Milliseconds without a change after which the hints follow. */
const pause = 150;

const same = (a: ActionHint, b: ActionHint): boolean =>
	a.code === b.code &&
	(a.code !== 'prerequisite-later' || a.prerequisite === Reflect.get(b, 'prerequisite')) &&
	(a.code !== 'circle' || String(a.circle) === String(Reflect.get(b, 'circle')));

export class Listing {
	readonly guide: OpenGuide;
	#order = $state<Order>('order');
	#narrowing = $state.raw(everything);
	#editing = $state('');
	#places = $state.raw<string[]>([]);
	/** A cell is being edited: rows keep their places. */
	#isHeld = $state(false);
	#isGrouped = $state(false);
	/** An own action before its first character: not stored yet. */
	#fresh = $state.raw<Action | null>(null);
	#removed = $state.raw<Action | null>(null);
	#bringBack: () => void = () => {};
	#said = $state('');
	#selected = $state.raw<ReadonlySet<string>>(new Set());

	// Part by part: with each key the workspace is another object, and what the key did not touch is not.
	#parties = $derived(live.workspace?.stakeholders ?? nothing);
	#goals = $derived(live.workspace?.objectives ?? nothing);
	#indicators = $derived(live.workspace?.indicators ?? nothing);
	#settings = $derived(live.workspace?.plan);
	#everywhere = $derived(live.workspace?.actions ?? nothing);
	#register = $derived(registerOf(this.#parties));
	#objectives = $derived(
		this.#goals
			.filter(({ guide }) => guide === this.guide.index.id)
			.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
	);
	/** Actions with the name that the register has for their owner; new ones with a new register. */
	#named = $derived.by(() => {
		const register = this.#register;
		const named = new WeakMap<Action, Action>();
		return (action: Action): Action => {
			if (!action.ownerId) return action;
			const known = named.get(action) ?? { ...action, owner: ownerName(action, register) };
			named.set(action, known);
			return known;
		};
	});
	#stored = $derived(view.actions.map(this.#named));
	#actions = $derived(
		this.#fresh && !view.actions.some(({ id }) => id === this.#fresh?.id)
			? [...this.#stored, this.#fresh]
			: this.#stored
	);
	#shown = $derived.by(() => {
		const passing = arrange(this.#passing(), this.#order, this.guide.assessment);
		const known = new Map(this.#actions.map((action) => [action.id, action]));
		// Somebody else may have removed the one that is open.
		if (!this.#isHeld && !known.has(this.#editing)) return passing;
		const placed = new Set(this.#places);
		return [
			...this.#places.flatMap((id) => known.get(id) ?? []),
			...passing.filter(({ id }) => !placed.has(id))
		];
	});
	/** What the hints are about. */
	#about = $derived.by((): About => {
		const shown = new Set([...this.#stored, ...this.#objectives].map(({ id }) => id));
		return {
			actions: this.#stored,
			gaps: view.gaps.gaps,
			register: this.#register,
			indicators: this.#indicators.filter(({ parent }) => shown.has(parent)),
			settings: this.#settings
		};
	});
	/** The same when nobody was typing: the hints of 150 actions would be in the way of each key. */
	#settled = $state.raw<About | null>(null);
	#hints = $derived.by(() => {
		const { actions, gaps, settings, ...about } = this.#settled ?? this.#about;
		return planHints(actions, this.guide.measures, gaps, {
			...about,
			...(settings ? { settings } : {})
		});
	});
	#lastHints: ReadonlyMap<string, readonly ActionHint[]> = new Map();
	#hintsOf = $derived.by(() => {
		const hints = new Map<string, ActionHint[]>();
		for (const hint of this.#hints) {
			if (!('action' in hint)) continue;
			const others = hints.get(hint.action);
			if (others) others.push(hint);
			else hints.set(hint.action, [hint]);
		}
		// A row whose hints are the very ones from before is not drawn again.
		const kept = new Map<string, readonly ActionHint[]>();
		for (const [id, now] of hints) {
			const before = this.#lastHints.get(id);
			const isSame = before?.length === now.length && now.every((one, i) => same(one, before[i]!));
			kept.set(id, isSame ? before : now);
		}
		this.#lastHints = kept;
		return kept;
	});
	#guidesOf = new WeakMap<Action, readonly string[]>();
	#others = $derived.by(() => {
		const here = this.guide.index.id;
		const others = new Map<string, readonly string[]>();
		for (const action of this.#everywhere) {
			let guides = this.#guidesOf.get(action);
			if (!guides) {
				guides = guidesOf(action).filter((id) => id !== here);
				this.#guidesOf.set(action, guides);
			}
			if (guides.length > 0) others.set(action.id, guides);
		}
		return others;
	});
	#groups = $derived.by((): Group[] => {
		if (!this.isGrouped) return [];
		const known = new Set(this.#objectives.map(({ id }) => id));
		const under = (id: string) =>
			this.#shown.filter((one) => (known.has(one.objective) ? one.objective : '') === id);
		return [...this.#objectives, null]
			.map((objective) => ({ objective, actions: under(objective?.id ?? '') }))
			.filter(({ objective, actions }) => actions.length > 0 || (objective && !this.isNarrowed));
	});
	#taken = $derived.by(() => {
		const measures = takenMeasures(view.actions, this.guide.index.id);
		const open = view.actions.filter((action) => action.state !== 'dropped');
		return new Map(
			open.filter(({ measure }) => measures.has(measure)).map(({ measure, id }) => [measure, id])
		);
	});

	/** Call while a component is set up. */
	constructor(guide: OpenGuide) {
		this.guide = guide;
		$effect(() => {
			const about = this.#about;
			const isFirst = untrack(() => this.#settled === null);
			const timer = setTimeout(() => (this.#settled = about), isFirst ? 0 : pause);
			return () => clearTimeout(timer);
		});
	}

	/** The actions that pass the filter, in the chosen order; and always the one that is open. */
	get shown(): Action[] {
		return this.#shown;
	}
	/** All actions of the plan, in its order. */
	get all(): Action[] {
		return this.#actions;
	}
	/** The register of stakeholders, by id. */
	get register(): Register {
		return this.#register;
	}
	/** The guide's objectives, in their order. */
	get objectives(): Objective[] {
		return this.#objectives;
	}
	/** Ids that were selected for an edit of several; of those shown, see `chosen`. */
	get selected(): ReadonlySet<string> {
		return this.#selected;
	}
	/** The selected actions that are shown. */
	get chosen(): Action[] {
		return this.#shown.filter(({ id }) => this.#selected.has(id));
	}
	select(ids: readonly string[], on = true): void {
		const next = new Set(this.#selected);
		for (const id of ids) {
			if (on) next.add(id);
			else next.delete(id);
		}
		this.#selected = next;
	}
	deselect(): void {
		this.#selected = new Set();
	}
	get hints(): PlanHint[] {
		return this.#hints;
	}
	hintsOf(id: string): readonly ActionHint[] {
		return this.#hintsOf.get(id) ?? nothing;
	}
	/** The other guides that an action serves. */
	othersOf(id: string): readonly string[] {
		return this.#others.get(id) ?? nothing;
	}
	/** Whether the list stands under the guide's objectives, where there are some. */
	get isGrouped(): boolean {
		return this.#isGrouped && this.#objectives.length > 0;
	}
	group(isGrouped: boolean): void {
		this.close();
		this.#isGrouped = isGrouped;
	}
	/** What is shown, by objective; null: without one. */
	get groups(): Group[] {
		return this.#groups;
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

	/** Rows keep their places while cells are edited, so that none is carried away from under the hand. */
	hold(): void {
		if (!this.#isHeld) this.#places = this.#shown.map((action) => action.id);
		this.#isHeld = true;
	}
	release(): void {
		this.#isHeld = false;
	}

	patch(id: string, change: ActionChange): void {
		if (this.#fresh?.id === id) this.#fresh = { ...this.#fresh, ...change };
		if (view.actions.some((action) => action.id === id)) {
			patchFor(this.guide.index.id, id, change);
		} else if (this.#fresh?.id === id) live.putAction(this.#fresh);
	}

	/** Stores an own action that is not stored yet: its tasks, costs and risks need one that is. */
	ensure(id: string): void {
		if (this.#fresh?.id === id && !view.actions.some((action) => action.id === id)) {
			live.putAction(this.#fresh);
		}
	}

	/** Folds the form up. An own action in which nothing was written goes again. */
	close(): void {
		const action = this.#actions.find(({ id }) => id === this.#editing);
		this.#editing = '';
		if (action && this.#fresh?.id === action.id && isBlank(action)) live.removeAction(action.id);
		this.#fresh = null;
	}

	remove(id: string): void {
		this.#removed = this.#stored.find((action) => action.id === id) ?? null;
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
		return to >= 0 && this.#moveTo(id, to);
	}
	/** Before or after another action. False: it is there already. */
	put(id: string, over: string, isAfter: boolean): boolean {
		this.close();
		const others = view.actions.filter((action) => action.id !== id);
		const at = others.findIndex((action) => action.id === over);
		return at >= 0 && this.#moveTo(id, at + Number(isAfter));
	}
	#moveTo(id: string, to: number): boolean {
		const moves = moveAction(view.actions, id, to);
		if (moves.length > 0) {
			live.together(`move ${id}`, (doc, by) => {
				for (const { id: moved, order } of moves) patchAction(doc, by, moved, { order });
			});
		}
		return true;
	}

	#passing(): Action[] {
		if (!this.isNarrowed) return this.#actions;
		const { objective, tag, hint } = this.#narrowing;
		const filter = filterOf(this.#narrowing, this.#stored);
		const topicsOf = (action: Action) => topicsOfAction(action, this.guide.assessment);
		const known = new Set(this.#objectives.map(({ id }) => id));
		return filterActions(this.#actions, filter, topicsOf).filter(
			(action) =>
				(!objective ||
					(known.has(action.objective) ? action.objective : '') === objective.slice(1)) &&
				(!tag || action.tags.includes(tag)) &&
				(!hint || this.hintsOf(action.id).some(({ code }) => code === hint))
		);
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
