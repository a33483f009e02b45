/**
 * Group commit: pushes that arrive while the disk is busy wait and go to it together, so that one flush
 * acknowledges many of them.
 */
import { setImmediate as turn } from 'node:timers/promises';
import {
	StorageError,
	type Outcome,
	type Push,
	type RelayStorage,
	type Room
} from '../storage/storage.ts';
import type { Metrics } from './metrics.ts';

/** Of one group: pushes, and bytes of envelopes. */
const most = { pushes: 500, bytes: 4_000_000 };

interface Waiting {
	push: Push;
	resolve: (outcome: Outcome) => void;
	reject: (error: unknown) => void;
}

export class Committer {
	readonly #storage: RelayStorage;
	readonly #room: Room;
	readonly #metrics: Metrics;
	/** Hears of each group that is on disk, before those who pushed do. */
	readonly #committed: (outcomes: Outcome[]) => void;
	#waiting: Waiting[] = [];
	#running: Promise<void> | null = null;

	constructor(
		storage: RelayStorage,
		room: Room,
		metrics: Metrics,
		committed: (outcomes: Outcome[]) => void
	) {
		this.#storage = storage;
		this.#room = room;
		this.#metrics = metrics;
		this.#committed = committed;
	}

	/** Resolves when the push is on disk or refused. Rejects with `StorageError`: nothing is promised. */
	commit(push: Push): Promise<Outcome> {
		return new Promise((resolve, reject) => {
			this.#waiting.push({ push, resolve, reject });
			this.#running ??= this.#run();
		});
	}

	/** Resolves when nothing is waiting. */
	async settled(): Promise<void> {
		while (this.#running) await this.#running;
	}

	async #run(): Promise<void> {
		while (this.#waiting.length) {
			// All requests that are here already take part.
			await turn();
			await this.#group(this.#next());
		}
		this.#running = null;
	}

	#next(): Waiting[] {
		let bytes = 0;
		const end = this.#waiting.findIndex(({ push }, i) => {
			for (const envelope of push.envelopes) bytes += envelope.bytes.length;
			return i >= most.pushes || (i > 0 && bytes > most.bytes);
		});
		return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
	}

	async #group(group: Waiting[]): Promise<void> {
		const started = performance.now();
		try {
			const pushes = group.map(({ push }) => push);
			const outcomes = await this.#storage.commit(pushes, this.#room, Date.now());
			this.#metrics.flushed((performance.now() - started) / 1000);
			this.#committed(outcomes);
			for (const [i, { resolve }] of group.entries()) resolve(outcomes[i]!);
		} catch (error) {
			if (error instanceof StorageError || group.length === 1) {
				for (const { reject } of group) reject(error);
				return;
			}
			// Something about one of them, which nobody foresaw: the others need not share it.
			for (const one of group) await this.#group([one]);
		}
	}
}
