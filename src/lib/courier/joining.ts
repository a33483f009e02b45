/** Joining: a workspace that this device has not, or not shared, comes from the relay (SPEC.md, O-1, O-2). */
import { equal } from '#lib/crypto/bytes.ts';
import type { Invitation } from '#lib/crypto/invitation.ts';
import { writeKeyring } from '#lib/crypto/keyring.ts';
import { Problem } from '#lib/model/problem.ts';
import type { Shared } from '#lib/store/shared.ts';
import { factsOf } from '#lib/store/store.ts';
import { missingFrom, readMeta, stateOf } from '#lib/sync/document.ts';
import { checkUpdate, structLimit } from '#lib/sync/updates.ts';
import { collect } from './collect.ts';
import { contributorOf } from './intake.ts';
import { arrived, enter } from './entering.ts';
import type { Entered, Seen } from './entering.ts';
import { foundOnce, isShared } from './founding.ts';
import type { Me } from './members.ts';
import { RelayError } from './relay-error.ts';
import { start } from './session.ts';
import type { World } from './session.ts';

/** A row as it is before anything was exchanged. */
export function rowOf(
	workspace: string,
	{ member, lane, role, keyring }: Entered,
	{ me, invitation, now }: { me: Me; invitation: Uint8Array | null; now: string }
): Shared {
	return {
		workspace,
		...member,
		lane,
		role,
		keyring: writeKeyring(keyring),
		invitation,
		made: {},
		recovery: '',
		me,
		...start,
		trail: [],
		counter: 0,
		since: { envelopes: 0, bytes: 0, covers: 0 },
		bytes: { sent: 0, received: 0, since: now },
		lastSuccess: '',
		paused: false,
		revoked: [],
		refused: '',
		rejoinAt: '',
		healedAt: ''
	};
}

/**
 * Shares a workspace of this device: all of it waits to be sent from then on. Throws RelayError, and Problem
 * `sync-too-large` before anything is sent.
 */
export async function shareWorkspace(
	{ store, relay, now }: World,
	id: string,
	me: Me,
	{ contributor, code }: { contributor: string; code: string }
): Promise<void> {
	const at = new Date(now()).toISOString();
	const { doc } = await store.open(id);
	sendable(stateOf(doc));
	doc.destroy();
	const source = { relay, settings: store };
	const entered = await foundOnce(source, id, me, { contributor, code, now: at });
	await store.sync.start(rowOf(id, entered, { me, invitation: null, now: at }), true);
	await isShared(store, id);
}

/** Throws Problem `sync-too-large` for what no device would take in (E-2). */
function sendable(update: Uint8Array): void {
	try {
		checkUpdate(update, structLimit);
	} catch (thrown) {
		throw new Problem('sync-too-large', { limit: structLimit }, thrown);
	}
}

/**
 * Joins by an invitation, which was perhaps `seen` a moment ago; gives the id of the workspace on this device. One that is here already is
 * merged with it, never overwritten. Throws RelayError and the store's Problems; then nothing is here
 * that was not before.
 */
export async function joinWorkspace(
	{ store, relay, now }: World,
	invitation: Invitation,
	me: Me,
	contributor: string,
	seen?: Seen
): Promise<string> {
	const known = (await store.sync.all()).find(({ address }) => equal(address, invitation.w));
	// Who is in already, and opens the link again, is not another device.
	if (known && !known.refused) return known.workspace;
	const at = new Date(now()).toISOString();
	const source = { relay, settings: store };
	const entered = await enter(source, invitation, me, contributor, {
		...{ now: at, before: known, seen }
	});
	const there = await collect(source, entered.member, entered.keyring);
	const { id } = readMeta(there.doc);
	// Whoever shared it has not sent it yet.
	if (!id) throw new RelayError('unavailable');
	const here = (await store.list()).find((listed) => listed.id === id);
	const row = rowOf(
		id,
		{ ...entered, keyring: there.keyring },
		{
			me,
			invitation: invitation.secret,
			now: at
		}
	);
	const facts = factsOf(there.doc, at);
	let gain: Uint8Array | null = null;
	if (here) {
		if (here.deletedAt) await store.restore(id);
		const { doc: mine } = await store.open(id);
		const lost = missingFrom(there.doc, mine);
		if (lost && entered.role === 'edit') sendable(lost);
		gain = missingFrom(mine, there.doc);
		// What this device wrote before it joined is everybody's from now on, if it may be.
		await store.sync.start({ ...row, counter: known?.counter ?? 0 }, false);
		if (lost && entered.role === 'edit') await store.sync.resend(id, lost);
		mine.destroy();
	} else {
		await store.create(there.doc, at);
		await store.sync.start(row, false);
	}
	await store.sync.receive(
		id,
		{
			updates: gain ? [gain] : [],
			...there.place,
			aside: there.aside,
			done: there.done,
			taken: [],
			envelopes: 0,
			bytes: 0
		},
		facts
	);
	await store.sync.change(id, {
		trail: there.covers > 0 ? [there.place] : [],
		since: { envelopes: there.place.cursor - there.covers, bytes: 0, covers: there.covers },
		lastSuccess: at
	});
	await arrived(store, invitation.w);
	there.doc.destroy();
	if (entered.role === 'contribute') {
		await store.saveSetting(`contributor/${id}`, contributorOf(entered.lane));
	}
	return id;
}
