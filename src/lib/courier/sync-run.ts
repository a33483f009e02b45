/**
 * SyncRun: keeps one shared workspace in step with the relay, for as long as it runs.
 *
 *   something was appended ─┐ 300 ms                       ┌─▶ more to send, more to read: at once
 *   the line is back ───────┼──▶ exchange: push and pull ──┤─▶ in step: the stream, or every 20 s
 *   time is up ─────────────┘                              └─▶ failed: later, and later again
 *
 * One run at a time per workspace and browser (`leader.ts`). Everything that reads or moves the cursor
 * is done one after the other (`#inTurn`), so that stream and exchange cannot overtake each other.
 */
import { Problem } from '#lib/model/problem.ts';
import type { Frame } from '#lib/sync/protocol.ts';
import { Exchanging } from './exchanging.ts';
import { Listening } from './listening.ts';
import { Lot } from './lot.ts';
import { Backoff } from './pace.ts';
import { sorted } from './read-log.ts';
import { comeBack, passOver, sealAnew } from './refused.ts';
import { RelayError, syncProblem } from './relay-error.ts';
import { atRest, final } from './run-facts.ts';
import type { RunFacts } from './run-facts.ts';
import { Session } from './session.ts';
import type { World } from './session.ts';

export class SyncRun {
	#session: Session;
	#world: World;
	#tell: (facts: RunFacts) => void;
	#facts: RunFacts = atRest;
	#stop = new AbortController();
	#turn: Promise<unknown> = Promise.resolve();
	#timer: ReturnType<typeof setTimeout> | undefined;
	#due = Infinity;
	#backoff: Backoff;
	#exchanging: Exchanging;
	#listening: Listening;
	#lot: Lot;
	/** Whether it stays, with a stream and its part of the snapshots, or only goes through. */
	#listens: boolean;

	constructor(
		id: string,
		world: World,
		tell: (facts: RunFacts) => void,
		{ listens = true }: { listens?: boolean } = {}
	) {
		const say = (facts: Partial<RunFacts>) => this.#state(facts);
		const wake = () => this.#in(0);
		this.#session = new Session(id, world);
		this.#world = world;
		this.#tell = tell;
		this.#listens = listens;
		this.#backoff = new Backoff(world.waits, world.random);
		this.#exchanging = new Exchanging(this.#session, say, this.#stop.signal);
		this.#listening = new Listening(this.#session, {
			say,
			heard: (frames) => this.#inTurn(() => this.#heard(frames)),
			ended: (held) => {
				this.#exchanging.lineWasGone();
				this.#in(held ? this.#backoff.failed() : world.waits.poll);
			}
		});
		this.#lot = new Lot(this.#session, { alone: (action) => this.#inTurn(action), wake });
	}

	get facts(): RunFacts {
		return this.#facts;
	}

	/** Begins. Nothing happens where the workspace is paused or refused for good. */
	start(): void {
		void this.count();
		this.#in(0);
	}

	/** Ends; what is under way is cut, and loses nothing. */
	async stop(): Promise<void> {
		this.#stop.abort(new DOMException('stopped', 'AbortError'));
		clearTimeout(this.#timer);
		this.#lot.drop();
		this.#close();
		await this.#turn.catch(() => {});
		this.#session.drop();
	}

	/** Something was appended: it leaves with what comes along in the next moment. */
	async nudge(): Promise<void> {
		await this.count();
		// Who waits for the line to come back does not wait less for having written.
		if (this.#facts.waiting > 0 && !this.#facts.reason) this.#in(this.#world.waits.debounce);
	}

	/** The line may be back, or somebody looks: now. */
	wake(): void {
		this.#backoff.reset();
		this.#in(0);
	}

	/** Goes through once, now. Resolves when it is in step, or rejects with the Problem of why not. */
	async now(): Promise<void> {
		this.#backoff.reset();
		clearTimeout(this.#timer);
		this.#due = Infinity;
		await this.#inTurn(() => this.#goThrough());
		if (this.#facts.reason) throw new Problem(this.#facts.reason as Problem['code']);
	}

	/** Runs something that uses the session, while nothing else does. */
	alone<T>(action: (session: Session) => Promise<T>): Promise<T> {
		return this.#inTurn(() => action(this.#session));
	}

	/** Says where in the app this person is, to those who listen now (L-3). */
	sayWhere(where: string): void {
		this.#listening.sayWhere(where);
	}

	/** Counts what waits anew. */
	async count(): Promise<void> {
		const { outbox, flight } = await this.#world.store.sync
			.waiting(this.#session.id)
			.catch(() => ({ outbox: this.#facts.waiting, flight: 0 }));
		this.#state({ waiting: outbox + flight });
	}

	/** Goes through in so many milliseconds, or earlier if that was planned. */
	#in(ms: number): void {
		if (this.#stop.signal.aborted) return;
		const due = performance.now() + ms;
		if (due >= this.#due) return;
		clearTimeout(this.#timer);
		this.#due = due;
		this.#timer = setTimeout(() => {
			this.#due = Infinity;
			void this.#inTurn(() => this.#goThrough()).catch(() => {});
		}, ms);
	}

	#inTurn<T>(action: () => Promise<T>): Promise<T> {
		const next = this.#turn
			.catch(() => {})
			.then(() => {
				this.#stop.signal.throwIfAborted();
				return action();
			});
		this.#turn = next;
		return next;
	}

	/** Exchanges until both sides have everything; says how that went, and plans the next time. */
	async #goThrough(): Promise<void> {
		const row = await this.#world.store.sync.get(this.#session.id);
		if (!row || row.paused || final.has(row.refused)) {
			this.#close();
			this.#state({ busy: false, live: false, reason: row?.refused ?? '' });
			return;
		}
		this.#state({ busy: true });
		try {
			await this.#exchanging.begin(row);
			while (await this.#exchanging.once());
			this.#backoff.reset();
			await this.#inStep();
		} catch (thrown) {
			if (this.#stop.signal.aborted) return;
			await this.#failed(thrown);
		} finally {
			await this.count();
			this.#state({ busy: false });
		}
	}

	/** Both sides have everything. */
	async #inStep(): Promise<void> {
		const { store, now, waits } = this.#world;
		const { isFull, isBehind, hasAhead } = this.#exchanging;
		if (isFull) {
			// Reading goes on; from time to time it asks whether there is room.
			this.#exchanging.isFull = false;
			return this.#in(waits.poll * 5);
		}
		if (isBehind) this.#state({ reason: 'sync-unavailable' });
		else {
			const lastSuccess = new Date(now()).toISOString();
			await store.sync.change(this.#session.id, { lastSuccess, refused: '' });
			this.#state({ reason: '', inStep: true });
		}
		if (!this.#listens) return;
		if (!this.#stop.signal.aborted) void this.#listening.open();
		// What is ahead goes once more when it was read, which the stream does not see to. That the keys are
		// there again it says; where there is none, asking is cheap.
		if (!this.#listening.isOpen || (hasAhead && !isBehind)) {
			this.#in(isBehind ? waits.poll * 5 : waits.poll);
		}
		if (!isBehind) await this.#lot.draw();
	}

	async #failed(thrown: unknown): Promise<void> {
		const { waits, store } = this.#world;
		this.#exchanging.failed();
		this.#state({ inStep: false });
		if (thrown instanceof Problem) {
			// The store's, or a snapshot that does not open: said, and tried again later.
			if (thrown.code === 'workspace-missing') return this.#state({ reason: '' });
			this.#state({ reason: thrown.code });
			return this.#in(this.#backoff.failed());
		}
		const error = RelayError.of(thrown);
		const wait = this.#backoff.failed(error.wait);
		switch (error.code) {
			case 'epoch':
			case 'conflict':
				await this.#sealAgain(error);
				return this.#in(wait);
			case 'full':
			case 'too-large':
				this.#exchanging.isFull = true;
				this.#state({ reason: 'sync-full' });
				return this.#in(wait);
			case 'unknown':
				return this.#putOut();
			case 'deleted':
			case 'version':
			case 'role':
			case 'malformed':
				this.#close();
				this.#state({ reason: syncProblem(error).code });
				await store.sync
					.change(this.#session.id, { refused: syncProblem(error).code })
					.catch(() => {});
				return this.#in(waits.rare);
			default:
				this.#close();
				this.#state({ reason: syncProblem(error).code });
				return this.#in(wait);
		}
	}

	async #sealAgain(error: RelayError): Promise<void> {
		this.#exchanging.forgetAhead();
		try {
			if (error.code === 'conflict') await passOver(this.#session);
			else if (!(await sealAnew(this.#session, error))) {
				this.#exchanging.isBehind = true;
				this.#state({ reason: 'sync-unavailable' });
			}
		} catch (failure) {
			// Put out in that same rotation, or the line is gone: then the next one says so.
			this.#state({ reason: syncProblem(failure).code });
		}
	}

	async #putOut(): Promise<void> {
		this.#close();
		this.#exchanging.forgetAhead();
		const came = await comeBack(this.#session);
		if (came.how === 'back') {
			this.#state({ reason: '', people: this.#facts.people + 1 });
			return this.#in(0);
		}
		this.#state({ reason: came.code });
		if (came.how === 'later') return this.#in(this.#backoff.failed(came.wait));
		if (!final.has(came.code)) this.#in(this.#world.waits.rare);
	}

	#close(): void {
		if (this.#listening.isOpen) this.#exchanging.lineWasGone();
		this.#listening.close();
	}

	async #heard(frames: Frame[]): Promise<void> {
		const log = sorted(frames);
		this.#exchanging.greeted(log);
		for (const grant of log.grants) await this.#session.useGrant(grant);
		if (log.rewound || log.snapshot || log.more) return this.wake();
		await this.#session.takeIn(log.envelopes, log.end);
		if (await this.#exchanging.isNewsOfKeys(log)) this.wake();
		if (log.envelopes.length > 0) {
			await this.#exchanging.lookAside();
			const lastSuccess = new Date(this.#world.now()).toISOString();
			await this.#world.store.sync.change(this.#session.id, { lastSuccess });
			await this.#lot.draw();
		}
		for (const frame of frames) {
			if (frame.kind === 'here') await this.#listening.somebodyIs(frame);
			if (frame.kind === 'holders') this.#state({ people: this.#facts.people + 1 });
			if (frame.kind === 'gone') this.wake();
		}
	}

	#state(facts: Partial<RunFacts>): void {
		this.#facts = { ...this.#facts, ...facts };
		this.#tell(this.#facts);
	}
}
