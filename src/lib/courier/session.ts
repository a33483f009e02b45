/**
 * Session: one shared workspace on this device while it is synced: its row, its keys, its intake.
 *
 * Whoever uses it does so one after another (`SyncRun` sees to that): taking in takes breaths.
 */
import { markOf } from '#lib/crypto/keys.ts';
import { openGrant } from '#lib/crypto/grant.ts';
import { equal } from '#lib/crypto/bytes.ts';
import { isSplit, joinKeyrings, newest, parseKeyring, writeKeyring } from '#lib/crypto/keyring.ts';
import type { Keyring } from '#lib/crypto/keyring.ts';
import { Problem } from '#lib/model/problem.ts';
import type { Aside, Shared, SharedChange } from '#lib/store/shared.ts';
import { factsOf } from '#lib/store/store.ts';
import type { WorkspaceStore } from '#lib/store/store.ts';
import { roles } from '#lib/sync/protocol.ts';
import { Intake } from './intake.ts';
import type { Coming } from './intake.ts';
import type { Sender } from './outgoing.ts';
import type { Waits } from './pace.ts';
import type { Access, RelayClient } from './relay-client.ts';

/** What is outside; tests bring their own. */
export type World = {
	store: WorkspaceStore;
	relay: RelayClient;
	/** This device's clock: ms since 1970. Nothing is ordered by it (H-4). */
	now: () => number;
	/** 0 to 1. */
	random: () => number;
	waits: Waits;
};

/** A place of the log. */
export type Place = { cursor: number; mark: Uint8Array };
export const start: Place = { cursor: 0, mark: markOf(null) };

export const accessOf = ({ address, token }: Shared): Access => ({ address, token });
export const keyringOf = (row: Shared): Keyring => parseKeyring(row.keyring);
export const senderOf = (row: Shared): Sender => ({
	keyring: keyringOf(row),
	w: row.address,
	role: roles[row.role],
	lane: row.lane
});

export class Session {
	readonly id: string;
	readonly world: World;
	#intake: Intake | null = null;
	/** The number of the last stored update that the intake has. */
	#seq = 0;

	constructor(id: string, world: World) {
		this.id = id;
		this.world = world;
	}

	/** The row as it is now. Problem `workspace-missing` where it is not shared any more. */
	async row(): Promise<Shared> {
		const row = await this.world.store.sync.get(this.id);
		if (!row) throw new Problem('workspace-missing', { id: this.id });
		return row;
	}

	/** What could not be read, once something was taken in. */
	async aside(): Promise<Aside[]> {
		const all = this.#intake?.unreadable ?? (await this.world.store.sync.aside(this.id));
		return all.filter(({ why }) => why !== 'piece' && why !== 'early');
	}

	/** The place of the last envelope that no key here opens; 0 for none. */
	async wanting(): Promise<number> {
		const all = this.#intake?.aside ?? (await this.world.store.sync.aside(this.id));
		const closed = all.filter(({ why }) => why === 'key' || why === 'unreadable');
		return closed.reduce((last, { seq }) => Math.max(last, seq), 0);
	}

	/**
	 * Takes in envelopes in the order of the log, and moves the cursor to `end`, or behind the last of
	 * them. What is before the cursor already is passed over: an exchange and the stream may both bring it.
	 */
	async takeIn(coming: Coming[], end: Place | null): Promise<void> {
		const row = await this.row();
		const fresh = coming.filter(({ seq }) => seq > row.cursor);
		const last = fresh.at(-1);
		const behind = last ? { cursor: last.seq, mark: markOf(last.envelope) } : null;
		const to = end && end.cursor >= (behind?.cursor ?? row.cursor) ? end : behind;
		if (!to || (fresh.length === 0 && to.cursor === row.cursor)) return;
		await this.#receive(row, fresh, to);
	}

	/** Goes on from a snapshot: all of it is taken in, and the cursor is where it ends (C-2). */
	async takeState(update: Uint8Array, to: Place): Promise<void> {
		const row = await this.row();
		const intake = await this.#follow(row);
		if (!intake.takeState(update)) throw new Problem('unreadable', { why: 'malformed' });
		const arrival = { updates: [update], aside: [], taken: [], done: [], envelopes: 0, bytes: 0 };
		await this.#keep(intake, { ...arrival, ...to });
		const since = { envelopes: 0, bytes: 0, covers: to.cursor };
		await this.world.store.sync.change(this.id, { since, trail: [to] });
	}

	/**
	 * Adds the keys of a grant. Whether any of them is new. Where an epoch has two, what was sealed with the
	 * other is compared with what others can read (H-1a).
	 */
	async useGrant(grant: Uint8Array): Promise<boolean> {
		const row = await this.row();
		const { address: w, holder, privateKey } = row;
		const mine = keyringOf(row);
		const granted = openGrant(grant, { w, holder, privateKey });
		const both = joinKeyrings(mine, granted);
		if (equal(writeKeyring(both), row.keyring)) return false;
		await this.useKeys(both, isSplit(mine, granted) ? { healDue: true } : {});
		return true;
	}

	/** Takes in envelopes of before the cursor once more; that moves nothing. */
	async takeAgain(coming: Coming[]): Promise<void> {
		const row = await this.row();
		await this.#receive(
			row,
			coming.filter(({ seq }) => seq <= row.cursor),
			row
		);
	}

	/** From now on with these keys; what waits for one of them is tried again. */
	async useKeys(keyring: Keyring, more: SharedChange = {}): Promise<void> {
		const change = { ...more, keyring: writeKeyring(keyring) };
		const row = await this.world.store.sync.change(this.id, change);
		const intake = await this.#follow(row);
		intake.useKeys(keyring);
		if (intake.mayOpen) await this.#receive(row, [], row);
	}

	/** The epoch in which this device seals. */
	async epoch(): Promise<number> {
		return newest(keyringOf(await this.row())).epoch;
	}

	/** Forgets what it has in memory; the store has it all. */
	drop(): void {
		this.#intake?.destroy();
		this.#intake = null;
	}

	/** Whether updates in the workspace miss what they build on (C-5). */
	async hasGaps(): Promise<boolean> {
		const { store } = (await this.#follow(await this.row())).doc;
		return store.pendingStructs !== null || store.pendingDs !== null;
	}

	async #receive(row: Shared, fresh: Coming[], to: Place): Promise<void> {
		const intake = await this.#follow(row);
		const taken = await intake.take(fresh);
		const bytes = fresh.reduce((sum, { envelope }) => sum + envelope.length, 0);
		const { cursor, mark } = to;
		await this.#keep(intake, { ...taken, cursor, mark, envelopes: fresh.length, bytes });
	}

	async #keep(
		intake: Intake,
		arrival: Parameters<WorkspaceStore['sync']['receive']>[1]
	): Promise<void> {
		const now = new Date(this.world.now()).toISOString();
		try {
			await this.world.store.sync.receive(this.id, arrival, factsOf(intake.doc, now));
		} catch (thrown) {
			// The intake has what the store has not: the next one begins with what is stored.
			this.drop();
			throw thrown;
		}
	}

	/** The intake, with everything that the store has. */
	async #follow(row: Shared): Promise<Intake> {
		const { store } = this.world;
		if (this.#intake) {
			const { updates, seq } = await store.since(this.id, this.#seq);
			this.#intake.follow(updates);
			// Another tab may have brought a key.
			this.#intake.useKeys(keyringOf(row));
			this.#seq = seq;
			return this.#intake;
		}
		const { doc, seq } = await store.open(this.id);
		const aside = await store.sync.aside(this.id);
		const { address: w, done = [] } = row;
		this.#intake = new Intake(doc, { w, keyring: keyringOf(row), aside, done });
		this.#seq = seq;
		doc.destroy();
		return this.#intake;
	}
}
