/**
 * Line: one device's connection to a room, for as long as it runs.
 *
 *   something is to be said ─┐ at once                      ┌─▶ more is to be said: again
 *   the line is back ────────┼──▶ exchange: push and pull ──┤─▶ in step: the stream, or every few seconds
 *   time is up ──────────────┘                              └─▶ failed: soon, and later again
 *
 * Made for a room: it comes back within seconds where `courier/sync-run.ts` waits for a minute, and it holds
 * no row of a store, so that a phone's page can load it.
 */
import type { Access, RelayClient } from '#lib/courier/relay-client.ts';
import { RelayError } from '#lib/courier/relay-error.ts';
import type { Frame } from '#lib/sync/protocol.ts';

/** What the line carries, and for whom. */
export type Carried = {
	access: () => Access;
	/** From where on it reads. */
	place: () => { cursor: number; mark: Uint8Array };
	/** Envelopes to push now. */
	leaving: () => Uint8Array[];
	/** Takes in what came. Rejects where it could not be kept: then it comes again. */
	take: (frames: Frame[], from: 'exchange' | 'stream') => Promise<void> | void;
	/** An exchange was whole, and everything that it brought is taken in. */
	inStep: () => void;
	/** It failed. True: for good. */
	failed: (thrown: unknown) => boolean;
	/** Whether it is heard now. */
	heard: (isLive: boolean) => void;
};

/** Milliseconds. A hundred phones wait apart: each between a half and all of it. */
export const lineTimes = {
	first: 400,
	last: 2_500,
	/** Between exchanges where there is no stream, and until a stream is tried again there. */
	poll: 4_000,
	stream: 30_000,
	/** A request that is older than this when the line comes back is not waited for. */
	stale: 1_500,
	/** How long a request may take, the first time and at most. */
	patience: 8_000,
	most: 30_000
};
export type LineTimes = typeof lineTimes;

export type LineWorld = {
	relay: RelayClient;
	/** Milliseconds that only grow: `performance.now`. */
	clock: () => number;
	random: () => number;
	times?: LineTimes;
};

export class Line {
	#world: LineWorld;
	#times: LineTimes;
	#carried: Carried;
	#turn: Promise<unknown> = Promise.resolve();
	#timer: ReturnType<typeof setTimeout> | undefined;
	#due = Infinity;
	#failures = 0;
	#request: { cut: AbortController; since: number } | null = null;
	#stream: AbortController | null = null;
	#streamFrom = 0;
	#isLive = false;
	#isOver = false;

	constructor(world: LineWorld, carried: Carried) {
		this.#world = world;
		this.#times = world.times ?? lineTimes;
		this.#carried = carried;
	}

	/** Goes through in so many milliseconds, or earlier if that was planned. */
	in(ms: number): void {
		if (this.#isOver) return;
		const due = this.#world.clock() + ms;
		if (due >= this.#due) return;
		clearTimeout(this.#timer);
		this.#due = due;
		this.#timer = setTimeout(() => {
			this.#due = Infinity;
			void this.alone(() => this.#goThrough()).catch(() => {});
		}, ms);
	}

	/** Runs something while no exchange does. */
	alone<T>(action: () => Promise<T>): Promise<T> {
		const next = this.#turn.then(action);
		this.#turn = next.catch(() => {});
		return next;
	}

	/** Exchanges now, and rejects with what it failed with. */
	once(): Promise<void> {
		return this.alone(async () => {
			await this.#exchange();
		});
	}

	/** The line may be back, or somebody looks: now. */
	wake(): void {
		if (this.#isOver) return;
		this.#failures = 0;
		if (this.#request && this.#world.clock() - this.#request.since > this.#times.stale) {
			this.#request.cut.abort(new DOMException('the line changed', 'AbortError'));
		}
		this.drop();
		this.#streamFrom = 0;
		this.in(0);
	}

	/** The stream seems dead: it is opened anew after the next exchange. */
	drop(): void {
		this.#stream?.abort(new DOMException('closed', 'AbortError'));
		this.#stream = null;
		this.#live(false);
	}

	/** Ends; what is under way is cut, and loses nothing. */
	stop(): void {
		this.#isOver = true;
		clearTimeout(this.#timer);
		this.#request?.cut.abort(new DOMException('stopped', 'AbortError'));
		this.drop();
	}

	/** Milliseconds to wait after so many failures. */
	wait(failures: number): number {
		const { first, last } = this.#times;
		return Math.min(first * 2 ** failures, last) * (0.5 + this.#world.random() / 2);
	}

	async #goThrough(): Promise<void> {
		if (this.#isOver) return;
		try {
			while (await this.#exchange());
			this.#failures = 0;
			this.#carried.inStep();
			if (this.#world.clock() >= this.#streamFrom) void this.#openStream();
			if (!this.#stream) {
				this.#live(true);
				this.in(this.#times.poll);
			}
		} catch (thrown) {
			if (this.#isOver) return;
			this.drop();
			if (this.#carried.failed(thrown)) return this.stop();
			const asked = thrown instanceof RelayError ? thrown.wait : 0;
			this.in(Math.max(asked, this.wait(this.#failures++)));
		}
	}

	/** One request. Whether another one should follow at once. */
	async #exchange(): Promise<boolean> {
		const { clock, relay } = this.#world;
		const { access, place, leaving, take } = this.#carried;
		const cut = new AbortController();
		this.#request = { cut, since: clock() };
		const patience = Math.min(this.#times.patience * 2 ** this.#failures, this.#times.most);
		const late = setTimeout(
			() => cut.abort(new DOMException('no answer', 'TimeoutError')),
			patience
		);
		try {
			const envelopes = leaving();
			const from = place();
			const request = { own: false, grant: false, ...from, envelopes };
			const { frames, whole } = await relay.exchange(access(), request, cut.signal);
			await take(frames, 'exchange');
			if (!whole) throw new RelayError('unreachable');
			const is = (kind: Frame['kind']) => frames.some((frame) => frame.kind === kind);
			// One that takes nothing and says nothing would keep us here for ever.
			if (envelopes.length > 0 && !is('ack')) throw new RelayError('portal');
			const moved = place().cursor > from.cursor;
			return is('rewound') || (is('more') && moved) || leaving().length > 0;
		} finally {
			clearTimeout(late);
			this.#request = null;
		}
	}

	/** Opens the stream; where that does not go, exchanges by the clock do (L-2). */
	async #openStream(): Promise<void> {
		if (this.#stream || this.#isOver) return;
		const stream = new AbortController();
		this.#stream = stream;
		const { relay, clock } = this.#world;
		const { access, place, take } = this.#carried;
		let greeted = false;
		const heard = (frames: Frame[]) => {
			if (stream.signal.aborted) return;
			greeted = true;
			this.#live(true);
			void Promise.resolve(take(frames, 'stream')).catch(() => {
				// What could not be kept comes again.
				if (this.#stream === stream) this.drop();
				this.in(this.wait(this.#failures++));
			});
			const ends = ['gone', 'rewound', 'more', 'snapshot'];
			// Why it is gone, the next exchange is told.
			if (frames.some(({ kind }) => ends.includes(kind))) this.in(0);
		};
		try {
			await relay.live(access(), place(), heard, stream.signal);
		} catch {
			// Why it ended, the next exchange finds out.
		}
		if (this.#stream !== stream) return;
		this.drop();
		this.#streamFrom = greeted ? 0 : clock() + this.#times.stream;
		this.in(this.wait(0));
	}

	#live(isLive: boolean): void {
		if (isLive === this.#isLive) return;
		this.#isLive = isLive;
		this.#carried.heard(isLive);
	}
}
