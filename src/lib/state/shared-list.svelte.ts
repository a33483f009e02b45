/**
 * SharedList: how the exchange of each shared workspace of this device stands, for the list of workspaces.
 *
 * It asks nobody but this device: what waits and what was refused is stored, and whoever exchanges (the desk of
 * the open workspace, the rounds of the others, in this tab or another) says how it goes.
 */
import { SvelteMap } from 'svelte/reactivity';
import { atRest } from '#lib/courier/run-facts.ts';
import type { RunFacts } from '#lib/courier/run-facts.ts';
import { TabLine } from '#lib/courier/tab-line.ts';
import type { Problem } from '#lib/model/problem.ts';
import type { WorkspaceStore } from '#lib/store/store.ts';
import { reasonOf, stateOf } from './sharing-facts.ts';
import type { SyncState } from './sharing-facts.ts';

export type Standing = {
	state: Exclude<SyncState, 'off'> | 'paused';
	/** Changes that the relay has not acknowledged. */
	waiting: number;
	/** Why it does not go on. */
	reason: Problem | null;
	/** When everything was last in step; ISO 8601 or empty. */
	lastSuccess: string;
};

export class SharedList {
	#store: WorkspaceStore;
	#standing = new SvelteMap<string, Standing>();
	#facts = new Map<string, RunFacts>();
	#line: TabLine;
	#unlisten: (() => void)[];

	/** Begins to follow what this device shares. Call `close` in the end. */
	constructor(store: WorkspaceStore) {
		this.#store = store;
		this.#line = new TabLine((message) => {
			if (message.type !== 'facts') return;
			this.#facts.set(message.workspace, message.facts);
			void this.#read(message.workspace);
		});
		const changed = ({ workspace }: { workspace: string }) => void this.#read(workspace);
		this.#unlisten = [store.onHere(changed), store.onElsewhere(changed)];
		void this.#begin();
	}

	/** Null: it is not shared. */
	of(id: string): Standing | null {
		return this.#standing.get(id) ?? null;
	}

	close(): void {
		for (const unlisten of this.#unlisten) unlisten();
		this.#line.close();
	}

	async #begin(): Promise<void> {
		const rows = await this.#store.sync.all().catch(() => []);
		for (const { workspace } of rows) {
			await this.#read(workspace);
			this.#line.tell({ type: 'ask', workspace });
		}
	}

	async #read(id: string): Promise<void> {
		try {
			const row = await this.#store.sync.get(id);
			if (!row) return void this.#standing.delete(id);
			const { outbox, flight } = await this.#store.sync.waiting(id);
			const waiting = outbox + flight;
			const { lastSuccess, paused } = row;
			// Who has said nothing yet exchanges nothing just now, and was in step when the row says so.
			const said = this.#facts.get(id) ?? { ...atRest, inStep: lastSuccess !== '' };
			const state = stateOf(row, { ...said, waiting });
			this.#standing.set(id, {
				state: paused ? 'paused' : state === 'off' ? 'syncing' : state,
				waiting,
				reason: paused ? null : reasonOf(row, said),
				lastSuccess
			});
		} catch {
			// A store that does not answer is said elsewhere; what was there stays.
		}
	}
}
