/** Pace: how much a line is given at once, and how long to wait after it failed. Pure. */
import { limits } from '#lib/sync/protocol.ts';

/** Milliseconds: a request that took less shows a quick line, one that took more a bad one. */
const quick = 1500;
const slow = 6000;
/** A push with its head and cursor stays under the relay's limit. */
const most = limits.push - 4096;

export class Pace {
	/** Bytes of envelopes that the next request may carry. */
	batch: number = limits.badLine - 512;

	/** A request of a full batch took so many milliseconds; of less, it says nothing of more. */
	took(ms: number, sent: number): void {
		if (ms > slow) this.failed();
		else if (ms < quick && sent > this.batch / 2) this.batch = Math.min(this.batch * 2, most);
	}
	failed(): void {
		this.batch = limits.badLine - 512;
	}
}

export type Waits = {
	/** After an edit, for the next one to come along. */
	debounce: number;
	/** The first wait after a failure, and the longest. */
	first: number;
	last: number;
	/** Between exchanges where there is no stream (L-2), and before a stream is tried again. */
	poll: number;
	stream: number;
	/** Between tries to join again (H-2), and where only a newer app or an operator helps. */
	rare: number;
};
export const waits: Waits = {
	debounce: 300,
	first: 1000,
	last: 60_000,
	poll: 20_000,
	stream: 120_000,
	rare: 3_600_000
};

/**
 * When a lane does what one of them does for all (C-6), in polls: the lower ones first, and not hours later where lanes
 * are high, because a relay that was restored leaves a thousand out (H-2). `random`: below 1.
 */
export const turnOf = (lane: number, random: number): number => ((lane - 1) % 30) + random;

/** Growing waits with jitter: a hundred devices must not come back in the same second. */
export class Backoff {
	#next: number;
	#waits: Waits;
	#random: () => number;

	constructor(times: Waits, random: () => number) {
		this.#waits = times;
		this.#random = random;
		this.#next = times.first;
	}

	/** Milliseconds to wait now; at least what the relay asked for. */
	failed(asked = 0): number {
		const wait = this.#next * (0.5 + this.#random() / 2);
		this.#next = Math.min(this.#next * 2, this.#waits.last);
		return Math.max(wait, asked);
	}
	reset(): void {
		this.#next = this.#waits.first;
	}
}
