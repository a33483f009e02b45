/**
 * LiveEdition: what the open guide's new edition asks of the open workspace, and the answer to that.
 *
 * "Later" lasts as long as the window: nothing is lost by asking again.
 */
import { tick } from 'svelte';
import { carrying } from '#lib/assessment/carrying.ts';
import {
	editionToRemember,
	findMigration,
	type Fate,
	type MovedQuestion
} from '#lib/assessment/migration.ts';
import type { MigrationStep } from '#lib/model/guide.ts';
import type { Workspace } from '#lib/model/workspace.ts';
import { guide } from './guide.svelte.ts';
import { live } from './workspace.svelte.ts';

const none: MigrationStep[] = [];
const staysBehind = (fate: Fate | undefined) => fate === 'kept' || fate === 'stands';

class LiveEdition {
	#later = $state.raw<string[]>([]);
	#after = $state.raw<Workspace | null>(null);
	#steps = $derived(guide.open?.index.migration ?? none);
	#guide = $derived(guide.open?.index.id ?? '');
	#work = $derived(live.workspace?.guides[this.#guide]);
	#moves = $derived(
		live.workspace && this.#steps.length > 0
			? findMigration(live.workspace, this.#guide, this.#steps)
			: null
	);
	#kept = $derived(
		(this.#moves?.questions ?? []).flatMap((moved): MovedQuestion[] => {
			const said = moved.said.filter(({ fate }) => staysBehind(fate));
			const agreed = staysBehind(moved.agreed?.fate) ? moved.agreed : null;
			const target = staysBehind(moved.target?.fate) ? moved.target : null;
			return said.length > 0 || agreed || target ? [{ ...moved, said, agreed, target }] : [];
		})
	);
	#place = $derived(`${live.workspace?.id}/${this.#guide}`);

	/** The steps from edition to edition, the oldest first. */
	get steps(): MigrationStep[] {
		return this.#steps;
	}
	/** The steps that the work has not taken; all where it does not remember its edition. */
	get stepsAhead(): MigrationStep[] {
		const at = this.#steps.findIndex(({ from }) => from === this.#work?.edition);
		return this.#steps.slice(Math.max(at, 0));
	}
	/** The edition in which the work was done, or empty. */
	get before(): string {
		return this.#work?.edition ?? '';
	}
	/** All that moved; null where nothing ever did. */
	get moves() {
		return this.#moves;
	}
	/** How many things are to be carried over. */
	get pending(): number {
		return this.#moves?.pending ?? 0;
	}
	/** What stays at questions that this edition does not have. */
	get kept(): MovedQuestion[] {
		return this.#kept;
	}
	/** Something is to be carried, and nobody said "later". */
	get isAsking(): boolean {
		return this.pending > 0 && !this.#later.includes(this.#place);
	}
	/** It has just been carried over, and nothing was written since: undo takes it back. */
	get hasJustMoved(): boolean {
		return this.#after !== null && this.#after === live.workspace;
	}
	/** The work's edition where the guide of this device does not come from it: a newer one; else empty. */
	get newer(): string {
		const { edition } = guide.open?.index ?? {};
		const isKnown =
			!this.before || this.before === edition || this.#steps.some((s) => s.from === this.before);
		return isKnown ? '' : this.before;
	}

	later(): void {
		this.#later = [...this.#later, this.#place];
	}
	ask(): void {
		this.#later = this.#later.filter((place) => place !== this.#place);
	}

	/** Carries everything over: one step of undo. */
	async apply(): Promise<void> {
		if (!live.workspace) return;
		live.carryOver(this.#guide, carrying(live.workspace, this.#guide, this.#steps));
		await tick();
		this.#after = live.workspace;
	}
	async undo(): Promise<void> {
		if (!this.hasJustMoved) return;
		live.undo();
		this.ask();
		await tick();
		this.#after = null;
	}

	/** Something of the guide was answered: its edition is the one that the work is in now. */
	remember(): void {
		const { id, edition: own } = guide.open?.index ?? { id: '', edition: '' };
		const edition = editionToRemember(this.#work, own, this.#steps, this.pending);
		if (edition) live.setGuideWork(id, { edition });
	}
}

export const edition = new LiveEdition();
