/** The door to the store of this browser: opened once, with everything that comes in through it. */
import { asProblem } from '#lib/model/problem.ts';
import type { Problem } from '#lib/model/problem.ts';
import { takeJournals } from '#lib/store/journal.ts';
import type { WorkspaceStore } from '#lib/store/store.ts';

/** How long a deleted workspace can come back: days. */
const keepDeleted = 30;

export type Visitors = {
	/** The store is open. */
	opened: (store: WorkspaceStore) => void;
	/** Another tab or sync stored an update of that workspace, or may have while this one slept. */
	news: (workspace: string | null) => void;
	/** Saves what is not saved yet. */
	flush: () => Promise<void>;
	/** The page may be gone in a moment, and what it writes to the database with it: keeps that elsewhere. */
	leaving: () => void;
	/** Another tab takes the database over; everything is flushed. */
	retired: (problem: Problem) => void;
	/** Work would be lost if the page were left now. */
	wouldLose: () => boolean;
};

export class StoreDoor {
	#open: () => Promise<WorkspaceStore>;
	#clock: () => string;
	#visitors: Visitors;
	#store: Promise<WorkspaceStore> | null = null;

	constructor(open: () => Promise<WorkspaceStore>, clock: () => string, visitors: Visitors) {
		this.#open = open;
		this.#clock = clock;
		this.#visitors = visitors;
	}

	/** The store. Rejects with its Problem if it will not open; the next call tries again. */
	store(): Promise<WorkspaceStore> {
		this.#store ??= this.#open().then(
			(store) => {
				this.#listen(store);
				// Before anybody reads: what the windows before this one had not saved.
				return takeJournals(store, this.#clock).then(() => store);
			},
			(thrown: unknown) => {
				this.#store = null;
				throw asProblem(thrown);
			}
		);
		return this.#store;
	}

	#listen(store: WorkspaceStore): void {
		const { opened, news, flush, leaving, retired, wouldLose } = this.#visitors;
		opened(store);
		store.onElsewhere(({ workspace }) => news(workspace));
		store.onHere(({ workspace }, own) => {
			if (!own) news(workspace);
		});
		store.onRetire(async (problem) => {
			await flush();
			retired(asProblem(problem));
		});
		const before = Date.parse(this.#clock()) - keepDeleted * 86_400_000;
		store.purge(new Date(before).toISOString()).catch(() => {});
		if (typeof document === 'undefined') return;
		document.addEventListener('visibilitychange', () => {
			if (document.visibilityState === 'hidden') leaving();
			// A frozen tab hears nothing: what it slept through, it asks for.
			else news(null);
			// Hidden, it may be ended any time; shown again, its last write may have been broken off.
			void flush();
		});
		addEventListener('pagehide', () => {
			leaving();
			void flush();
		});
		addEventListener('beforeunload', (event) => {
			if (wouldLose()) event.preventDefault();
		});
	}
}
