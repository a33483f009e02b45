/**
 * Snapshots: a workspace as sealed parts at the relay, made, fetched and compared (SPEC.md, C).
 *
 * Parts that went up or came down are kept on the device until all have: a line that is cut every half
 * minute brings them all the same.
 */
import { toBase64url } from '#lib/crypto/bytes.ts';
import { newest } from '#lib/crypto/keyring.ts';
import type { Keyring } from '#lib/crypto/keyring.ts';
import type { Aside } from '#lib/store/shared.ts';
import type { WorkspaceStore } from '#lib/store/store.ts';
import type { SnapshotView } from '#lib/sync/control.ts';
import { missingFrom, stateOf } from '#lib/sync/document.ts';
import { openSnapshot, sealSnapshot } from '#lib/sync/envelope.ts';
import { assemble } from '#lib/sync/updates.ts';
import { Intake } from './intake.ts';
import { readLog, sorted } from './read-log.ts';
import type { Access, RelayClient } from './relay-client.ts';
import { RelayError } from './relay-error.ts';
import { accessOf, keyringOf, start } from './session.ts';
import type { Session } from './session.ts';

/** When a device has seen so much since the last one, it makes the next (C-6). */
export const snapshotAfter = { envelopes: 500, bytes: 262_144 };

export type SnapshotPlace = { covers: number; parts: number; epoch: number };

/** The settings of a store: parts are kept there meanwhile. */
type Settings = Pick<WorkspaceStore, 'setting' | 'saveSetting'>;

/** A snapshot's update. Throws Problem `unreadable`, and RelayError; what came is kept then. */
export async function fetchSnapshot(
	{ relay, settings }: { relay: RelayClient; settings: Settings },
	access: Access,
	{ covers, parts, epoch }: SnapshotPlace,
	keyring: Keyring
): Promise<Uint8Array> {
	const key = `parts/${toBase64url(access.address)}`;
	const kept = partsOf(await settings.setting(key), covers, epoch);
	for (let part = 0; part < parts; part++) {
		if (kept[part]) continue;
		kept[part] = await relay.part(access, covers, part).catch(async (thrown: unknown) => {
			const isGone = thrown instanceof RelayError && thrown.code === 'conflict';
			if (!isGone) throw thrown;
			// Pruned or refused meanwhile: another one, or the log, is given to who asks again. It has
			// nothing to do with the conflict of counters that a push is told of.
			await settings.saveSetting(key, null).catch(() => {});
			throw new RelayError('unavailable', { cause: thrown });
		});
		if (parts > 1) await settings.saveSetting(key, { covers, epoch, parts: kept }).catch(() => {});
	}
	if (parts > 1) await settings.saveSetting(key, null).catch(() => {});
	return openSnapshot(kept, { keyring, w: access.address, covers, epoch });
}

/** Whether it is time to make one, or to look at somebody else's. */
export async function isDue({ id, world }: Session): Promise<boolean> {
	const { sync } = world.store;
	const row = await sync.get(id);
	if (!row || row.role !== 'edit') return false;
	const { envelopes, bytes } = row.since;
	if (envelopes < snapshotAfter.envelopes && bytes < snapshotAfter.bytes) return false;
	const { outbox, flight } = await sync.waiting(id);
	if (outbox + flight > 0) return false;
	// What waits may come at any moment. Only where that takes very long the relay is asked whether it can.
	return (
		envelopes >= longAfter * snapshotAfter.envelopes || !(await sync.aside(id)).some(isWaiting)
	);
}

/** So many times the usual wait, and it is asked whether those still take part whose envelopes wait. */
const longAfter = 4;

/**
 * Read, but not in the document: a snapshot that stood for it would leave it out for newcomers. What
 * nobody can ever read waits for nothing.
 */
const isWaiting = ({ why }: Aside): boolean => why === 'piece' || why === 'early' || why === 'key';

/**
 * Compares with the snapshot of another, or makes one (C-1, C-4). False where the relay is not the one
 * that this device has read: it has to heal first (H-1). Throws RelayError.
 */
export async function lookAfter(session: Session): Promise<boolean> {
	const { relay, store } = session.world;
	if (!(await isInStep(session))) return false;
	const row = await session.row();
	const access = accessOf(row);
	if (await misses(session)) return true;
	const all = await relay.snapshots(access);
	const newer = all.find(
		({ covers, complete }) => complete && covers > row.since.covers && covers <= row.cursor
	);
	if (newer) {
		const isJudged = newer.lane === row.lane || newer.confirmed || (await compare(session, newer));
		if (!isJudged) return true;
		const since = { envelopes: row.cursor - newer.covers, bytes: 0, covers: newer.covers };
		await store.sync.change(session.id, { since });
		return true;
	}
	// Somebody is at it; the relay forgets who never finishes.
	if (all.some(({ complete, lane }) => !complete && lane !== row.lane)) return true;
	await make(session, all);
	return true;
}

/**
 * Asks the relay whether it has what this device has read, and takes in what is new. A relay that was set
 * back would else take a snapshot of what it has lost for one of what it has instead, and healing, which
 * begins with a snapshot, would find nothing missing.
 */
async function isInStep(session: Session): Promise<boolean> {
	const row = await session.row();
	const { cursor, mark } = row;
	const request = { own: false, grant: false, cursor, mark, envelopes: [] };
	const reply = await session.world.relay.exchange(accessOf(row), request);
	const log = sorted(reply.frames);
	if (log.rewound || log.snapshot || cursor === 0) return false;
	await session.takeIn(log.envelopes, log.end);
	return true;
}

/** Whether something waits whose rest can still come: whoever is out sends nothing more. */
async function misses({ id, world }: Session): Promise<boolean> {
	const waiting = (await world.store.sync.aside(id)).filter(isWaiting);
	const row = await world.store.sync.get(id);
	if (waiting.length === 0 || !row) return false;
	const { holders } = await world.relay.holders(accessOf(row));
	const out = new Set(holders.filter(({ revoked }) => revoked).map(({ lane }) => lane));
	return waiting.some(({ lane }) => !out.has(lane));
}

async function make({ id, world }: Session, there: SnapshotView[]): Promise<void> {
	const { store, relay } = world;
	const setting = `snapshot/${id}`;
	const row = await store.sync.get(id);
	if (!row) return;
	const keyring = keyringOf(row);
	const begun = there.find(({ lane, complete }) => lane === row.lane && !complete);
	const old = madeOf(await store.setting(setting));
	// After a rotation the relay takes nothing more that is sealed with the key before.
	const goesOn = begun?.covers === old?.covers && old?.epoch === newest(keyring).epoch;
	let made = goesOn ? old : null;
	if (!made) {
		const { address: w, cursor: covers } = row;
		// Its parts and ours would be none together, and the relay replaces nothing.
		if (begun?.covers === covers && begun.epoch === newest(keyring).epoch) return;
		const { doc } = await store.open(id);
		// What was edited after the cursor is in it, too: it comes once more, and that changes nothing.
		made = { covers, ...sealSnapshot(stateOf(doc), { keyring, w, covers }) };
		doc.destroy();
		if (made.parts.length > 1) await store.saveSetting(setting, made).catch(() => {});
	}
	const have = goesOn && begun ? begun.have : [];
	const { covers, epoch, parts } = made;
	for (const [part, bytes] of parts.entries()) {
		if (have.includes(part)) continue;
		await relay.putPart(accessOf(row), { covers, part, of: parts.length, epoch }, bytes);
	}
	await store.saveSetting(setting, null).catch(() => {});
	await store.sync.change(id, ({ cursor }) => ({
		since: { envelopes: cursor - covers, bytes: 0, covers }
	}));
}

/** Judges whether a snapshot, with what was sealed after it, holds all that this device has (C-4). False: not now. */
async function compare(session: Session, view: SnapshotView): Promise<boolean> {
	const { id, world } = session;
	const { store, relay } = world;
	const row = await session.row();
	const from = row.trail.findLast(({ cursor }) => cursor <= view.covers) ?? start;
	const access = accessOf(row);
	const keyring = keyringOf(row);
	const { doc: mine } = await store.open(id);
	const waiting = await store.sync.waiting(id);
	if (waiting.outbox + waiting.flight > 0) return false;
	const verdict = await holds();
	await relay.judge(access, view.covers, verdict === null ? 'confirm' : 'refuse');
	// Whatever it was that is missing there: the next one has it.
	if (verdict) await store.sync.resend(id, verdict);
	return true;

	/** What is missing in it; null for nothing. */
	async function holds(): Promise<Uint8Array | null> {
		const place = { covers: view.covers, parts: view.of, epoch: view.epoch };
		let state: Uint8Array;
		try {
			state = await fetchSnapshot({ relay, settings: store }, access, place, keyring);
		} catch (thrown) {
			if (thrown instanceof Error && thrown.name === 'Problem') return stateOf(mine);
			throw thrown;
		}
		const { doc, bad } = assemble([state]);
		if (bad.length > 0) return stateOf(mine);
		const intake = new Intake(doc, { w: row.address, keyring });
		await readLog(relay, access, { from, log: true }, async (log) => {
			await intake.take(log.envelopes.filter(({ seq }) => seq > view.covers));
		});
		const missing = missingFrom(intake.doc, mine);
		intake.destroy();
		return missing;
	}
}

function partsOf(value: unknown, covers: number, epoch: number): Uint8Array[] {
	const made = madeOf(value);
	return made?.covers === covers && made.epoch === epoch ? made.parts : [];
}

function madeOf(value: unknown): { covers: number; epoch: number; parts: Uint8Array[] } | null {
	if (typeof value !== 'object' || value === null) return null;
	if (!('covers' in value) || !('epoch' in value) || !('parts' in value)) return null;
	const { covers, epoch, parts } = value;
	if (typeof covers !== 'number' || typeof epoch !== 'number' || !Array.isArray(parts)) return null;
	return parts.every((part) => part instanceof Uint8Array) ? { covers, epoch, parts } : null;
}
