/**
 * Snapshots: a workspace as sealed parts at the relay, made, fetched and compared (SPEC.md, C).
 *
 * Parts that went up or came down are kept on the device until all have: a line that is cut every half
 * minute brings them all the same.
 */
import { toBase64url } from '#lib/crypto/bytes.ts';
import type { Keyring } from '#lib/crypto/keyring.ts';
import type { WorkspaceStore } from '#lib/store/store.ts';
import type { SnapshotView } from '#lib/sync/control.ts';
import { missingFrom, stateOf } from '#lib/sync/document.ts';
import { openSnapshot, sealSnapshot } from '#lib/sync/envelope.ts';
import { assemble } from '#lib/sync/updates.ts';
import { Intake } from './intake.ts';
import { readLog } from './read-log.ts';
import type { Access, RelayClient } from './relay-client.ts';
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
		kept[part] = await relay.part(access, covers, part);
		if (parts > 1) await settings.saveSetting(key, { covers, epoch, parts: kept }).catch(() => {});
	}
	if (parts > 1) await settings.saveSetting(key, null).catch(() => {});
	return openSnapshot(kept, { keyring, w: access.address, covers, epoch });
}

/** Whether it is time to make one, or to look at somebody else's. */
export async function isDue({ id, world }: Session): Promise<boolean> {
	const row = await world.store.sync.get(id);
	if (!row || row.role !== 'edit') return false;
	const { envelopes, bytes } = row.since;
	if (envelopes < snapshotAfter.envelopes && bytes < snapshotAfter.bytes) return false;
	const { outbox, flight } = await world.store.sync.waiting(id);
	return outbox + flight === 0;
}

/** Compares with the snapshot of another, or makes one (C-1, C-4). Throws RelayError. */
export async function lookAfter(session: Session): Promise<void> {
	const row = await session.row();
	const access = accessOf(row);
	const all = await session.world.relay.snapshots(access);
	const newer = all.find(
		({ covers, complete }) => complete && covers > row.since.covers && covers <= row.cursor
	);
	if (newer) {
		if (newer.lane !== row.lane && !newer.confirmed) await compare(session, newer);
		const since = { envelopes: row.cursor - newer.covers, bytes: 0, covers: newer.covers };
		await session.world.store.sync.change(session.id, { since });
		return;
	}
	// Somebody is at it; the relay forgets who never finishes.
	if (all.some(({ complete, lane }) => !complete && lane !== row.lane)) return;
	await make(session, all);
}

async function make({ id, world }: Session, there: SnapshotView[]): Promise<void> {
	const { store, relay } = world;
	const setting = `snapshot/${id}`;
	const row = await store.sync.get(id);
	if (!row) return;
	const { doc } = await store.open(id);
	const begun = there.find(({ lane, complete }) => lane === row.lane && !complete);
	const old = madeOf(await store.setting(setting));
	let made = begun && old?.covers === begun.covers ? old : null;
	if (!made) {
		// What was edited after the cursor is in it, too: it comes once more, and that changes nothing.
		const { address: w, cursor: covers } = row;
		made = { covers, ...sealSnapshot(stateOf(doc), { keyring: keyringOf(row), w, covers }) };
		if (made.parts.length > 1) await store.saveSetting(setting, made).catch(() => {});
	}
	doc.destroy();
	const have = begun?.covers === made.covers ? begun.have : [];
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

/** Whether a snapshot, with what was sealed after it, holds all that this device has (C-4). */
async function compare(session: Session, view: SnapshotView): Promise<void> {
	const { id, world } = session;
	const { store, relay } = world;
	const row = await session.row();
	const from = row.trail.findLast(({ cursor }) => cursor <= view.covers) ?? start;
	const access = accessOf(row);
	const keyring = keyringOf(row);
	const { doc: mine } = await store.open(id);
	const waiting = await store.sync.waiting(id);
	if (waiting.outbox + waiting.flight > 0) return;
	const verdict = await holds();
	await relay.judge(access, view.covers, verdict === null ? 'confirm' : 'refuse');
	// Whatever it was that is missing there: the next one has it.
	if (verdict) await store.sync.resend(id, verdict);

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
