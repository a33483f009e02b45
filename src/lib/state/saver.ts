/**
 * The Saver: brings the updates of one document to the store, in order, a frame after the first of them.
 *
 *   add ──▶ pending ──▶ append ──▶ read back ──▶ saved
 *              ▲                       │
 *              └──── failed: kept ◀────┘
 *
 * Nothing waits but for that frame and for the write before it, and nothing leaves `pending` before it was
 * read back (P3). What is pending when the page is left goes into the journal.
 */
import { asProblem } from '#lib/model/problem.ts';
import type { Problem } from '#lib/model/problem.ts';
import { mergeUpdates } from '#lib/sync/document.ts';

/** saving: something is not read back yet; saved: all is; failed: the store refused, the text stays. */
export type SaveState = 'saving' | 'saved' | 'failed';

/** Yjs merges a few updates fast and thousands very slowly. */
const atOnce = 50;
/** On a slow phone a key is drawn first: beginning a transaction took a third of the time until then. ms */
const frame = 20;

export class Saver {
	#pending: Uint8Array[] = [];
	#running: Promise<void> | null = null;
	#append: (update: Uint8Array) => Promise<void>;
	#tell: (state: SaveState, problem: Problem | null) => void;
	#soon: ReturnType<typeof setTimeout> | undefined;
	#again: ReturnType<typeof setTimeout> | undefined;
	#patience = 1000;
	#closed = false;

	/** `append` resolves when the update is saved; `tell` hears each change of the state. */
	constructor(
		append: (update: Uint8Array) => Promise<void>,
		tell: (state: SaveState, problem: Problem | null) => void
	) {
		this.#append = append;
		this.#tell = tell;
	}

	/** What is not saved yet, oldest first. */
	get pending(): readonly Uint8Array[] {
		return this.#pending;
	}

	add(update: Uint8Array): void {
		if (this.#closed) return;
		this.#pending.push(update);
		if (this.#running || this.#soon !== undefined) return;
		this.#soon = setTimeout(() => void this.flush(), frame);
		this.#tell('saving', null);
	}

	/** Resolves when everything is saved, or the store refused; `tell` has heard which. Never rejects. */
	flush(): Promise<void> {
		if (this.#closed || (this.#pending.length === 0 && !this.#running)) return Promise.resolve();
		if (this.#running) return this.#running;
		clearTimeout(this.#again);
		const isSaid = this.#soon !== undefined;
		clearTimeout(this.#soon);
		this.#soon = undefined;
		this.#running = new Promise((resolve) => {
			// Later in this turn: what `append` or `tell` add at once must find a run that is on its way.
			queueMicrotask(() => void this.#run().then(resolve));
		});
		if (!isSaid) this.#tell('saving', null);
		return this.#running ?? Promise.resolve();
	}

	/** Lets go of everything; what is pending is the caller's to keep. */
	close(): void {
		this.#closed = true;
		clearTimeout(this.#again);
		clearTimeout(this.#soon);
	}

	async #run(): Promise<void> {
		while (this.#pending.length > 0 && !this.#closed) {
			const batch = this.#pending.slice(0, atOnce);
			const [first] = batch;
			try {
				await this.#append(batch.length === 1 && first ? first : mergeUpdates(batch));
			} catch (thrown) {
				this.#running = null;
				this.#fail(asProblem(thrown));
				return;
			}
			this.#pending.splice(0, batch.length);
			this.#patience = 1000;
		}
		// Before anybody hears of it: what they add then needs a run of its own.
		this.#running = null;
		if (!this.#closed) this.#tell('saved', null);
	}

	#fail(problem: Problem): void {
		if (this.#closed) return;
		this.#tell('failed', problem);
		// The words of this problem promise that the app tries again by itself (F-06).
		if (problem.code !== 'storage-lost') return;
		this.#again = setTimeout(() => void this.flush(), this.#patience);
		this.#patience = Math.min(this.#patience * 2, 30_000);
	}
}
