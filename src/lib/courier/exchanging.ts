/**
 * Exchanging: one request after another, until both sides have everything (SPEC.md, X, H).
 *
 * What leaves is in flight until the relay has it and the cursor is there; what comes is taken in with its
 * cursor. Whoever uses it does so one after another, as with the session.
 */
import { isDouble, newest } from '#lib/crypto/keyring.ts';
import type { Flight, Shared } from '#lib/store/shared.ts';
import { heal } from './healing.ts';
import { fetchGrant, unite } from './members.ts';
import { firstOf, sealer } from './outgoing.ts';
import { Pace } from './pace.ts';
import { readLog, sorted } from './read-log.ts';
import type { LogReply } from './read-log.ts';
import { RelayError } from './relay-error.ts';
import type { Say } from './run-facts.ts';
import { accessOf, keyringOf, senderOf, start } from './session.ts';
import type { Session } from './session.ts';
import { fetchSnapshot } from './snapshots.ts';

const skewLimit = 5 * 60_000;

export class Exchanging {
	/** The relay has no room: reading goes on, and after that it is asked again. */
	isFull = false;
	/** The relay is in an epoch before ours, and an editor has to bring it back (H-1a): reading goes on. */
	isBehind = false;
	#session: Session;
	#say: Say;
	#stop: AbortSignal;
	#pace = new Pace();
	/**
	 * Acknowledged, and what is before them has not all been read: place by counter. A cursor before a place
	 * would not notice that the relay lost it, so they stay in flight, and go once more from there.
	 */
	#ahead = new Map<number, number>();
	/** Healings since this going through began. */
	#heals = 0;
	/** Up to which envelope that no key here opens the keys were asked for. */
	#askedFor = 0;
	/** The line was gone: a relay that was set back meanwhile may give other keys (H-1a). */
	#asksKeys = true;
	/** The log was read for what a snapshot left out: once a run. */
	#hasLooked = false;

	constructor(session: Session, say: Say, stop: AbortSignal) {
		this.#session = session;
		this.#say = say;
		this.#stop = stop;
	}

	/** Something waits for the cursor, which the stream does not send. */
	get hasAhead(): boolean {
		return this.#ahead.size > 0;
	}

	/** Before the first request of a going through. A comparison that is due comes first of all (H-1). */
	async begin({ healDue }: Shared): Promise<void> {
		this.#heals = 0;
		if (healDue) await heal(this.#session, { said: false });
	}

	/** The line, or the relay, was not there for a moment. */
	lineWasGone(): void {
		this.#asksKeys = true;
	}
	/** A request failed: the next ones are small again. */
	failed(): void {
		this.#pace.failed();
		this.lineWasGone();
	}
	/** What is in flight is sealed anew: what was acknowledged of it says nothing any more. */
	forgetAhead(): void {
		this.#ahead.clear();
	}

	/** One request. Whether another one should follow at once. */
	async once(): Promise<boolean> {
		const { store, relay } = this.#session.world;
		const { id } = this.#session;
		const row = await this.#session.row();
		const wasBehind = this.isBehind;
		const envelopes = this.isFull || wasBehind ? [] : await this.#leaving(row);
		const { cursor, mark } = row;
		const request = { own: false, grant: this.#asksKeys, cursor, mark, envelopes };
		const reply = await relay.exchange(accessOf(row), request, this.#stop);
		this.#pace.took(
			reply.took,
			envelopes.reduce((sum, { length }) => sum + length, 0)
		);
		const log = sorted(reply.frames);
		this.greeted(log);
		for (const grant of log.grants) await this.#session.useGrant(grant);
		if (log.grants.length > 0) this.#asksKeys = false;
		if (log.rewound) {
			// One that forgets again what it was just given is not to be healed by us.
			if (this.#heals++ > 2) throw new RelayError('unavailable');
			await heal(this.#session);
			this.#ahead.clear();
			await this.#land(log);
			return true;
		}
		await this.#keepUp(log);
		if (log.snapshot) await this.#takeSnapshot(log);
		else await this.#session.takeIn(log.envelopes, log.end);
		await this.#land(log);
		await this.#askForKeys(log);
		if (reply.whole && !log.more) await this.#fillGaps();
		await this.lookAside();
		if (!reply.whole) throw new RelayError('unreachable');
		// A relay that takes nothing and says nothing would keep us here for ever.
		if (envelopes.length > 0 && log.acks.length === 0) throw new RelayError('portal');
		const { outbox, flight } = await store.sync.waiting(id);
		this.#say({ waiting: outbox + flight });
		const now = await this.#session.row();
		if (log.snapshot || (log.more && now.cursor > cursor)) return true;
		if (this.isFull || this.isBehind || row.role === 'view') return false;
		// The other key of an epoch has come: compared at once.
		if (now.healDue) return this.#healAgain();
		const isMore = outbox > 0 || (await this.#flyable(now)).length > 0;
		return isMore && (wasBehind || envelopes.length > 0 || now.cursor > cursor);
	}

	async #healAgain(): Promise<boolean> {
		if (this.#heals++ > 2) throw new RelayError('unavailable');
		await heal(this.#session, { said: false });
		return true;
	}

	/** What the relay's epoch says: it has newer keys, or ours again, or an epoch that was made twice. */
	async #keepUp({ hello }: LogReply): Promise<void> {
		if (!hello) return;
		const row = await this.#session.row();
		const mine = keyringOf(row);
		const { epoch } = newest(mine);
		if (hello.epoch > epoch) await fetchGrant(this.#session);
		if (hello.epoch >= epoch) this.isBehind = false;
		if (hello.epoch === epoch && row.role === 'edit' && isDouble(mine)) await unite(this.#session);
	}

	/** Something came that no key here opens: the keys are asked for, once for each such envelope. */
	async #askForKeys({ grants }: LogReply): Promise<void> {
		const wanting = await this.#session.wanting();
		if (wanting <= this.#askedFor) return;
		if (grants.length === 0) await fetchGrant(this.#session);
		this.#askedFor = wanting;
	}

	/** What the relay has, and all that is before it here: then a loss of it is noticed. */
	async #land({ hello, acks }: LogReply): Promise<void> {
		const { cursor } = await this.#session.row();
		for (const [counter, seq] of this.#ahead) {
			// One that has lost that place.
			if (hello && hello.head < seq) this.#ahead.delete(counter);
		}
		const landed = acks.filter(({ seq }) => seq <= cursor).map(({ counter }) => counter);
		if (landed.length > 0) await this.#session.world.store.sync.landed(this.#session.id, landed);
		for (const { counter, seq } of acks) {
			if (seq > cursor) this.#ahead.set(counter, seq);
			else this.#ahead.delete(counter);
		}
	}

	/** In flight, and not acknowledged for a place that is still ahead. */
	async #flyable({ cursor }: Shared): Promise<Flight[]> {
		const flights = await this.#session.world.store.sync.flight(this.#session.id);
		return flights.filter(({ counter }) => (this.#ahead.get(counter) ?? 0) <= cursor);
	}

	/** What goes with the next request: what is in flight first, as the same bytes (H-3). */
	async #leaving(row: Shared): Promise<Uint8Array[]> {
		if (row.role === 'view') return [];
		const { sync } = this.#session.world.store;
		const { id } = this.#session;
		let flights = await this.#flyable(row);
		if (flights.length === 0) {
			// What is sealed is smaller than what it says; more of it may follow at once.
			flights = await sync.depart(id, this.#pace.batch * 2, sealer(senderOf(row)));
		}
		return firstOf(flights, this.#pace.batch).map(({ envelope }) => envelope);
	}

	async #takeSnapshot({ snapshot, end }: LogReply): Promise<void> {
		if (!snapshot || !end || end.cursor < snapshot.covers) throw new RelayError('portal');
		const row = await this.#session.row();
		const { store, relay } = this.#session.world;
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
		const { relay } = this.#session.world;
		await readLog(relay, accessOf(row), { from: start, log: true }, async ({ envelopes }) => {
			await this.#session.takeAgain(envelopes);
		});
	}

	/** What the relay's clock says of ours (H-4). */
	greeted({ hello }: LogReply): void {
		if (!hello) return;
		const skew = this.#session.world.now() - hello.now;
		this.#say({ skew: Math.abs(skew) > skewLimit ? Math.round(skew / 60_000) : 0 });
	}

	/** Says what could not be read. */
	async lookAside(): Promise<void> {
		const counts = new Map<number, number>();
		for (const { lane } of await this.#session.aside()) {
			counts.set(lane, (counts.get(lane) ?? 0) + 1);
		}
		this.#say({ unreadable: [...counts].map(([lane, count]) => ({ lane, count })) });
	}

	/** Something about keys that an exchange sees to. */
	async isNewsOfKeys({ hello, grants }: LogReply): Promise<boolean> {
		const row = await this.#session.row();
		const { epoch } = newest(keyringOf(row));
		if (this.isBehind) return grants.length > 0 || (hello !== null && hello.epoch >= epoch);
		if (row.healDue || (hello && hello.epoch > epoch)) return true;
		return (await this.#session.wanting()) > this.#askedFor;
	}
}
