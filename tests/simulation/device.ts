/**
 * A device of a run: the real store (the one that forgets, which here outlives its app), the real
 * courier, and somebody who writes. Its app can be killed at any call to the store and started again.
 */
import * as Y from 'yjs';
import { collect } from '#lib/courier/collect.ts';
import { contributorOf } from '#lib/courier/intake.ts';
import { arrived, enter } from '#lib/courier/entering.ts';
import type { Entered } from '#lib/courier/entering.ts';
import { found } from '#lib/courier/founding.ts';
import { invite, revoke } from '#lib/courier/members.ts';
import { RelayClient } from '#lib/courier/relay-client.ts';
import type { Session, World } from '#lib/courier/session.ts';
import { lookAfter } from '#lib/courier/snapshots.ts';
import { SyncRun } from '#lib/courier/sync-run.ts';
import { writeKeyring } from '#lib/crypto/keyring.ts';
import type { Invitation } from '#lib/crypto/invitation.ts';
import { MemoryStore } from '#lib/store/memory.ts';
import type { Shared, SharedRole } from '#lib/store/shared.ts';
import { factsOf } from '#lib/store/store.ts';
import type { WorkspaceStore } from '#lib/store/store.ts';
import * as d from '#lib/sync/document.ts';
import type { Random } from '../fixtures/seeds.ts';
import { Line } from './line.ts';
import { mortal } from './mortal.ts';
import type { Life } from './mortal.ts';

/** Nothing happens by the clock in a run: what happens is said. */
const never = 1_000_000_000;
const waits = {
	debounce: never,
	first: never,
	last: never,
	poll: never,
	stream: never,
	rounds: never,
	rare: 3_600_000
};

export const workspace = 'simulated';
/** Where everybody writes into one text. */
export const chapter = 'g/chapter';

export class Device {
	readonly name: string;
	readonly line: Line;
	readonly store = new MemoryStore();
	/** Whom it writes as: two devices of one person say the same. */
	contributor: string;
	/** The invitation that it came by: its holder id. */
	cameBy = '';
	/** How far its clock is off: ms (F-18). */
	clock = 0;
	#random: Random;
	#client: number;
	#run: SyncRun | null = null;
	#life: Life = { calls: Infinity };

	constructor(
		name: string,
		{
			random,
			origin,
			contributor,
			client
		}: { random: Random; origin: () => string; contributor: string; client: number }
	) {
		this.name = name;
		this.#random = random;
		this.contributor = contributor;
		this.#client = client;
		this.line = new Line(random, origin);
	}

	#world(store: WorkspaceStore = this.store): World {
		return {
			store,
			relay: new RelayClient(this.line.fetch),
			now: () => Date.now() + this.clock,
			random: () => this.#random.number(1_000_000) / 1_000_000,
			waits
		};
	}

	get now(): string {
		return new Date(Date.now() + this.clock).toISOString();
	}

	/** Makes the shared workspace. */
	async found(): Promise<void> {
		const doc = d.createDocument({
			id: workspace,
			name: 'Kamar',
			country: 'Kamar',
			createdAt: this.now,
			demo: false
		});
		await this.store.create(doc, this.now);
		const about = { contributor: this.contributor, code: '', now: this.now };
		const entered = await found(this.#world().relay, this.#me, about);
		await this.store.sync.start(this.#row(entered, null), true);
	}

	async join(invitation: Invitation, cameBy: string): Promise<void> {
		const { relay } = this.#world();
		const source = { relay, settings: this.store };
		const entered = await enter(source, invitation, this.#me, this.contributor, {
			now: this.now
		});
		if (entered.role === 'contribute') this.contributor = contributorOf(entered.lane);
		const there = await collect(source, entered.member, entered.keyring);
		await this.store.create(there.doc, this.now);
		const row = { ...this.#row(entered, invitation.secret), ...there.place };
		await this.store.sync.start({ ...row, keyring: writeKeyring(there.keyring) }, false);
		await arrived(this.store, invitation.w);
		this.cameBy = cameBy;
	}

	get #me() {
		return { name: this.name, organisation: 'Ministry' };
	}

	#row({ member, lane, role, keyring }: Entered, invitation: Uint8Array | null): Shared {
		return {
			workspace,
			...member,
			lane,
			role,
			keyring: writeKeyring(keyring),
			invitation,
			made: {},
			recovery: '',
			me: this.#me,
			cursor: 0,
			mark: new Uint8Array(8),
			trail: [],
			counter: 0,
			since: { envelopes: 0, bytes: 0, covers: 0 },
			bytes: { sent: 0, received: 0, since: this.now },
			lastSuccess: '',
			paused: false,
			revoked: [],
			refused: '',
			rejoinAt: '',
			healedAt: ''
		};
	}

	async row(): Promise<Shared> {
		const row = await this.store.sync.get(workspace);
		if (!row) throw new Error(`${this.name} shares nothing`);
		return row;
	}
	async role(): Promise<SharedRole> {
		return (await this.row()).role;
	}
	async doc(): Promise<Y.Doc> {
		return (await this.store.open(workspace)).doc;
	}

	/** Somebody writes: stored at once, as the app stores an edit. */
	async edit(write: (doc: Y.Doc, by: d.Author) => void): Promise<void> {
		const doc = await this.doc();
		// A number of its own for each time that the app was opened, by the seed.
		doc.clientID = this.#client++;
		const updates: Uint8Array[] = [];
		doc.on('update', (update: Uint8Array) => updates.push(update));
		write(doc, { contributor: this.contributor, now: this.now, origin: 'local' });
		for (const update of updates) {
			await this.store.append(workspace, update, factsOf(doc, this.now));
		}
		doc.destroy();
	}

	/** Goes through once: the problem's code, or '' when it is in step. 'killed' when the app died. */
	async sync(): Promise<string> {
		const life = this.#life;
		this.#run ??= new SyncRun(workspace, this.#world(mortal(this.store, life)), () => {});
		const run = this.#run;
		const going = run
			.now()
			.then(() => '')
			.catch((thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)))
			.then(async (result) => {
				// What it planned for "at once" belongs to this time.
				await settled(run);
				return result;
			});
		const died = new Promise<string>((resolve) => (life.ended = () => resolve('killed')));
		const result = await Promise.race([going, died]);
		if (result === 'killed') this.#run = null;
		return result;
	}

	/** The app dies at its so-and-so-manieth next call to the store, and is started again later. */
	async syncAndDie(calls: number): Promise<string> {
		await this.restart();
		this.#life = { calls };
		const result = await this.sync();
		this.#life = { calls: Infinity };
		this.#run = null;
		return result;
	}

	async restart(): Promise<void> {
		await this.#run?.stop();
		this.#run = null;
	}

	async #alone<T>(action: (session: Session) => Promise<T>): Promise<T> {
		this.#run ??= new SyncRun(workspace, this.#world(), () => {});
		return this.#run.alone(action);
	}

	invite(role: SharedRole, uses = 0): Promise<{ id: string; invitation: Invitation }> {
		const what = { role, label: role, until: 0, uses };
		return this.#alone((session) => invite(session, what, { name: 'Kamar', country: 'Kamar' }));
	}
	revoke(ids: string[]): Promise<void> {
		return this.#alone((session) => revoke(session, ids));
	}
	/** Makes a snapshot, or compares somebody else's. */
	async lookAfterSnapshots(): Promise<void> {
		await this.#alone(lookAfter);
	}
	async unreadable(): Promise<string[]> {
		const aside = await this.store.sync.aside(workspace);
		return aside.map(({ seq, lane, why }) => `${this.name}: ${why} at ${seq} of lane ${lane}`);
	}
}

async function settled(run: SyncRun): Promise<void> {
	for (let turn = 0; turn < 3; turn++) {
		await new Promise((resolve) => setTimeout(resolve, 0));
		await run.alone(async () => {}).catch(() => {});
	}
}
