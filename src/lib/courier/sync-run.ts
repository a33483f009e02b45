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
import { openHere, sealHere } from '#lib/sync/envelope.ts';
import { newest } from '#lib/crypto/keyring.ts';
import { Problem } from '#lib/model/problem.ts';
import type { Shared } from '#lib/store/shared.ts';
import type { Frame } from '#lib/sync/protocol.ts';
import { heal, rejoin } from './healing.ts';
import { fetchGrant } from './members.ts';
import { firstOf, sealedAgain, sealer } from './outgoing.ts';
import { Backoff, Pace, turnOf } from './pace.ts';
import { Presence } from './presence.ts';
import { readLog, sorted } from './read-log.ts';
import type { LogReply } from './read-log.ts';
import { RelayError, syncProblem } from './relay-error.ts';
import { accessOf, keyringOf, senderOf, Session, start } from './session.ts';
import type { World } from './session.ts';
import { fetchSnapshot, isDue, lookAfter } from './snapshots.ts';

/** What a run says of itself; plain values, because other tabs hear it too. */
export type RunFacts = {
	/** An exchange is under way. */
	busy: boolean;
	/** Code of the Problem why nothing goes on; empty: nothing is wrong. */
	reason: string;
	waiting: number;
	/** Minutes by which this device's clock is off (H-4); 0 below five. */
	skew: number;
	/** What could not be read or was not allowed, by lane. */
	unreadable: { lane: number; count: number }[];
	/** Who said where they are: of each lane the last, and when it came. */
	here: { lane: number; at: string; where: string }[];
	/** Grows when something about people changed. */
	people: number;
	/** The stream is open. */
	live: boolean;
	/** Everything was in step since this run began, and nothing has gone wrong since. */
	inStep: boolean;
};

export const atRest: RunFacts = {
	busy: false,
	reason: '',
	waiting: 0,
	skew: 0,
	unreadable: [],
	here: [],
	people: 0,
	live: false,
	inStep: false
};

/** Problems that the person has to do something about: the state is 'refused', not 'offline'. */
export const refusals = new Set([
	'sync-full',
	'sync-revoked',
	'sync-too-old',
	'sync-deleted',
	'sync-role'
]);
/** Those that end it until somebody acts; the row remembers them. */
const final = new Set(['sync-deleted']);

const skewLimit = 5 * 60_000;

export class SyncRun {
	#session: Session;
	#world: World;
	#tell: (facts: RunFacts) => void;
	#facts: RunFacts = atRest;
	#stop = new AbortController();
	#turn: Promise<unknown> = Promise.resolve();
	#timer: ReturnType<typeof setTimeout> | undefined;
	#due = Infinity;
	#pace = new Pace();
	#backoff: Backoff;
	/** Healings since this going through began. */
	#heals = 0;
	#isFull = false;
	#stream: AbortController | null = null;
	#streamFrom = 0;
	#presence: Presence;
	/** The log was read for what a snapshot left out: once a run. */
	#hasLooked = false;
	#lot: ReturnType<typeof setTimeout> | undefined;
	#lotFrom = 0;

	constructor(id: string, world: World, tell: (facts: RunFacts) => void) {
		this.#session = new Session(id, world);
		this.#world = world;
		this.#tell = tell;
		this.#backoff = new Backoff(world.waits, world.random);
		this.#presence = new Presence({
			now: world.now,
			random: world.random,
			changed: (here) => this.#state({ here }),
			send: (note) => this.#note(note)
		});
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
		clearTimeout(this.#lot);
		this.#closeStream();
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
		this.#presence.sayWhere(where);
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
			this.#closeStream();
			this.#state({ busy: false, live: false, reason: row?.refused ?? '' });
			return;
		}
		this.#state({ busy: true });
		try {
			this.#heals = 0;
			while (await this.#exchange());
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

	/** One request. Whether another one should follow at once. */
	async #exchange(): Promise<boolean> {
		const { store, relay } = this.#world;
		const { id } = this.#session;
		const row = await this.#session.row();
		const envelopes = this.#isFull ? [] : await this.#leaving(row);
		const { cursor, mark } = row;
		const request = { own: false, grant: false, cursor, mark, envelopes };
		const reply = await relay.exchange(accessOf(row), request, this.#stop.signal);
		this.#pace.took(
			reply.took,
			envelopes.reduce((sum, { length }) => sum + length, 0)
		);
		const log = sorted(reply.frames);
		await store.sync.landed(
			id,
			log.acks.map(({ counter }) => counter)
		);
		this.#greeted(log);
		for (const grant of log.grants) await this.#session.useGrant(grant);
		if (log.rewound) {
			// One that forgets again what it was just given is not to be healed by us.
			if (this.#heals++ > 2) throw new RelayError('unavailable');
			await heal(this.#session);
			return true;
		}
		if (log.hello && log.hello.epoch > newest(keyringOf(await this.#session.row())).epoch) {
			await fetchGrant(this.#session);
		}
		if (log.snapshot) await this.#takeSnapshot(log);
		else await this.#session.takeIn(log.envelopes, log.end);
		if (reply.whole && !log.more) await this.#fillGaps();
		await this.#lookAside();
		if (!reply.whole) throw new RelayError('unreachable');
		// A relay that takes nothing and says nothing would keep us here for ever.
		if (envelopes.length > 0 && log.acks.length === 0) throw new RelayError('portal');
		const { outbox, flight } = await store.sync.waiting(id);
		this.#state({ waiting: outbox + flight });
		const flying = (await store.sync.flight(id)).length;
		const moved = (await this.#session.row()).cursor > cursor;
		if (log.snapshot || (log.more && moved)) return true;
		return !this.#isFull && row.role !== 'view' && outbox + flying > 0 && envelopes.length > 0;
	}

	/** What goes with the next request: what is in flight first, as the same bytes (H-3). */
	async #leaving(row: Shared): Promise<Uint8Array[]> {
		if (row.role === 'view') return [];
		const { sync } = this.#world.store;
		const { id } = this.#session;
		let flights = await sync.flight(id);
		if (flights.length === 0) {
			// What is sealed is smaller than what it says; more of it may follow at once.
			flights = await sync.depart(id, this.#pace.batch * 2, sealer(senderOf(row)));
		}
		return firstOf(flights, this.#pace.batch).map(({ envelope }) => envelope);
	}

	async #takeSnapshot({ snapshot, end }: LogReply): Promise<void> {
		if (!snapshot || !end || end.cursor < snapshot.covers) throw new RelayError('portal');
		const row = await this.#session.row();
		const { store, relay } = this.#world;
		const world = { relay, settings: store };
		const keyring = keyringOf(row);
		const state = await fetchSnapshot(world, accessOf(row), snapshot, keyring);
		await this.#session.takeState(state, end);
	}

	/** A snapshot left out what later words build on: the log has it, while it is there (C-5). */
	async #fillGaps(): Promise<void> {
		const row = await this.#session.row();
		if (this.#hasLooked || row.since.covers === 0 || !(await this.#session.hasGaps())) return;
		this.#hasLooked = true;
		const { relay } = this.#world;
		await readLog(relay, accessOf(row), { from: start, log: true }, async ({ envelopes }) => {
			await this.#session.takeAgain(envelopes);
		});
	}

	#greeted({ hello }: LogReply): void {
		if (!hello) return;
		const skew = this.#world.now() - hello.now;
		this.#state({ skew: Math.abs(skew) > skewLimit ? Math.round(skew / 60_000) : 0 });
	}

	async #lookAside(): Promise<void> {
		const counts = new Map<number, number>();
		for (const { lane } of await this.#session.aside()) {
			counts.set(lane, (counts.get(lane) ?? 0) + 1);
		}
		this.#state({ unreadable: [...counts].map(([lane, count]) => ({ lane, count })) });
	}

	/** Both sides have everything. */
	async #inStep(): Promise<void> {
		const { store, now, waits } = this.#world;
		const { id } = this.#session;
		if (!this.#isFull) {
			const lastSuccess = new Date(now()).toISOString();
			await store.sync.change(id, { lastSuccess, refused: '' });
			this.#state({ reason: '', inStep: true });
		}
		if (this.#isFull) {
			// Reading goes on; from time to time it asks whether there is room.
			this.#isFull = false;
			this.#in(waits.poll * 5);
			return;
		}
		if (performance.now() >= this.#streamFrom) void this.#openStream();
		if (!this.#stream) this.#in(waits.poll);
		await this.#drawLot();
	}

	async #failed(thrown: unknown): Promise<void> {
		const { waits, store } = this.#world;
		const { id } = this.#session;
		this.#pace.failed();
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
				return this.#sealAnew(error, wait);
			case 'conflict':
				return this.#passOver(wait);
			case 'full':
			case 'too-large':
				this.#isFull = true;
				this.#state({ reason: 'sync-full' });
				return this.#in(wait);
			case 'unknown':
				return this.#putOut();
			case 'deleted':
			case 'version':
			case 'role':
			case 'malformed':
				this.#closeStream();
				this.#state({ reason: syncProblem(error).code });
				await store.sync.change(id, { refused: syncProblem(error).code }).catch(() => {});
				return this.#in(waits.rare);
			default:
				this.#closeStream();
				this.#state({ reason: syncProblem(error).code });
				return this.#in(wait);
		}
	}

	/** 409 epoch: takes the new key, and seals again what was on its way (O-6). */
	async #sealAnew(error: RelayError, wait: number): Promise<void> {
		try {
			const before = senderOf(await this.#session.row());
			if (error.epoch < newest(before.keyring).epoch) {
				// The relay was set back behind a rotation.
				await heal(this.#session);
			} else {
				await fetchGrant(this.#session);
			}
			const after = senderOf(await this.#session.row());
			await this.#world.store.sync.sealAgain(this.#session.id, sealedAgain(before, after));
			this.#in(wait);
		} catch (thrown) {
			// Put out in that same rotation: then the next one says so.
			this.#state({ reason: syncProblem(thrown).code });
			this.#in(wait);
		}
	}

	/**
	 * 409 conflict: the counters were used by another copy of this browser profile. Both go on, each
	 * far from the other, and this one reads what its own lane has sent.
	 */
	async #passOver(wait: number): Promise<void> {
		const { store, random } = this.#world;
		const sender = senderOf(await this.#session.row());
		const far = 1000 + Math.floor(random() * 1_000_000);
		await store.sync.sealAgain(this.#session.id, sealedAgain(sender, sender), far);
		try {
			await heal(this.#session, { said: false });
		} finally {
			this.#in(wait);
		}
	}

	/** 404: tries to come back by the invitation, once an hour (H-2). */
	async #putOut(): Promise<void> {
		const { store, now, waits } = this.#world;
		const { id } = this.#session;
		this.#closeStream();
		const row = await this.#session.row();
		const passed = now() - Date.parse(row.rejoinAt || '1970-01-01');
		// A clock that was set back would else keep it waiting for years (F-18).
		if (row.invitation && (passed >= waits.rare || passed < 0)) {
			await store.sync.change(id, { rejoinAt: new Date(now()).toISOString() });
			try {
				if (await rejoin(this.#session)) {
					this.#state({ reason: '', people: this.#facts.people + 1 });
					return this.#in(0);
				}
			} catch (thrown) {
				const { code, wait } = RelayError.of(thrown);
				if (code === 'unreachable' || code === 'portal' || code === 'unavailable') {
					// Nobody has refused anything yet: the hour begins when somebody does.
					await store.sync.change(id, { rejoinAt: row.rejoinAt });
					this.#state({ reason: syncProblem(thrown).code });
					return this.#in(this.#backoff.failed(wait));
				}
				if (code === 'deleted') {
					await store.sync.change(id, { refused: 'sync-deleted' });
					return this.#state({ reason: 'sync-deleted' });
				}
			}
		}
		await store.sync.change(id, { refused: 'sync-revoked' });
		this.#state({ reason: 'sync-revoked' });
		this.#in(waits.rare);
	}

	/** Opens the stream; where that does not go, exchanges by the clock do (L-2, F-60). */
	async #openStream(): Promise<void> {
		if (this.#stream || this.#stop.signal.aborted) return;
		const stream = new AbortController();
		this.#stream = stream;
		const { relay, waits } = this.#world;
		const opened = performance.now();
		try {
			const row = await this.#session.row();
			const heard = (frames: Frame[]) => {
				if (stream.signal.aborted) return;
				if (!this.#facts.live) {
					this.#state({ live: true });
					this.#presence.opened();
				}
				void this.#inTurn(() => this.#heard(frames)).catch((thrown: unknown) => {
					if (stream.signal.aborted) return;
					stream.abort(thrown);
				});
			};
			await relay.live(accessOf(row), row, heard, stream.signal);
		} catch {
			// Why it ended, the next exchange finds out.
		}
		if (this.#stream !== stream) return;
		this.#closeStream();
		// One that held for a while may be tried again at once: relays restart (F-61).
		const held = performance.now() - opened > waits.poll;
		this.#streamFrom = held ? 0 : performance.now() + waits.stream;
		this.#in(held ? this.#backoff.failed() : waits.poll);
	}

	#closeStream(): void {
		this.#stream?.abort(new DOMException('closed', 'AbortError'));
		this.#stream = null;
		this.#presence.closed();
		if (this.#facts.live) this.#state({ live: false });
	}

	async #heard(frames: Frame[]): Promise<void> {
		const log = sorted(frames);
		this.#greeted(log);
		for (const grant of log.grants) await this.#session.useGrant(grant);
		if (log.rewound || log.snapshot || log.more) return this.wake();
		await this.#session.takeIn(log.envelopes, log.end);
		if (log.envelopes.length > 0) {
			await this.#lookAside();
			const lastSuccess = new Date(this.#world.now()).toISOString();
			await this.#world.store.sync.change(this.#session.id, { lastSuccess });
			await this.#drawLot();
		}
		for (const frame of frames) {
			if (frame.kind === 'here') await this.#somebodyIs(frame);
			if (frame.kind === 'holders') this.#state({ people: this.#facts.people + 1 });
			if (frame.kind === 'gone') this.wake();
		}
	}

	async #somebodyIs({ lane, role, note }: Extract<Frame, { kind: 'here' }>): Promise<void> {
		const row = await this.#session.row();
		let said: string;
		try {
			const from = { w: row.address, keyring: keyringOf(row), role, lane };
			said = new TextDecoder().decode(openHere(note, from));
		} catch {
			return;
		}
		this.#presence.heard(lane, said);
	}

	/** Hands a note to those who listen now. It is not stored. */
	async #note(said: string): Promise<void> {
		const row = await this.#session.row();
		const note = sealHere(new TextEncoder().encode(said), { ...senderOf(row), counter: 0 });
		await this.#world.relay.here(accessOf(row), note);
	}

	/** Makes a snapshot or compares one, some time after it is due: later in a higher lane (C-6). */
	async #drawLot(): Promise<void> {
		if (this.#lot || performance.now() < this.#lotFrom) return;
		if (!(await isDue(this.#session))) return;
		const { lane } = await this.#session.row();
		const { waits, random } = this.#world;
		this.#lot = setTimeout(
			() => {
				this.#lot = undefined;
				void this.#inTurn(async () => {
					if (await isDue(this.#session)) await lookAfter(this.#session);
					if ((await this.#world.store.sync.waiting(this.#session.id)).outbox > 0) this.#in(0);
				}).catch(() => {
					// No room, or no line: it is not urgent, and not cheap.
					this.#lotFrom = performance.now() + waits.poll * 30;
				});
			},
			waits.poll * turnOf(lane, random())
		);
	}

	#state(facts: Partial<RunFacts>): void {
		this.#facts = { ...this.#facts, ...facts };
		this.#tell(this.#facts);
	}
}
