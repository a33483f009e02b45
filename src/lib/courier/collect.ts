/**
 * Collects a workspace from the relay, from the start of its log, into a document of its own: for a
 * device that joins, and for one that heals (O-2, H-1).
 */
import * as Y from 'yjs';
import { openGrant } from '#lib/crypto/grant.ts';
import { joinKeyrings } from '#lib/crypto/keyring.ts';
import type { Keyring } from '#lib/crypto/keyring.ts';
import { Problem } from '#lib/model/problem.ts';
import type { Aside } from '#lib/store/shared.ts';
import type { WorkspaceStore } from '#lib/store/store.ts';
import { stateOf } from '#lib/sync/document.ts';
import { Intake } from './intake.ts';
import type { Coming } from './intake.ts';
import { readLog } from './read-log.ts';
import type { RelayClient } from './relay-client.ts';
import { RelayError } from './relay-error.ts';
import { start } from './session.ts';
import type { Place } from './session.ts';
import { fetchSnapshot } from './snapshots.ts';

/** A device as the relay knows it. */
export type Membership = {
	address: Uint8Array;
	token: Uint8Array;
	holder: string;
	privateKey: Uint8Array;
};

export type Collected = {
	/** Everything that could be read. */
	doc: Y.Doc;
	/** Of that, what the keys that the relay gives today open: all that a newcomer would have. */
	common: Y.Doc;
	place: Place;
	/** Up to where a snapshot told it; 0: the log did. */
	covers: number;
	keyring: Keyring;
	aside: Aside[];
	/** Changes in pieces that were complete. */
	done: string[];
	/** The relay's epoch. */
	epoch: number;
};

/** `known`: keys that are here already; `apart`: whether `common` is wanted, or the same as `doc`. */
export async function collect(
	{
		relay,
		settings
	}: { relay: RelayClient; settings: Pick<WorkspaceStore, 'setting' | 'saveSetting'> },
	member: Membership,
	known: Keyring,
	apart = false
): Promise<Collected> {
	const { address: w, token, holder, privateKey } = member;
	const access = { address: w, token };
	let keyring = apart ? [] : known;
	let covers = 0;
	let epoch = 0;
	const intake = new Intake(new Y.Doc(), { w, keyring });
	const aside = new Map<number, Aside>();
	const done: string[] = [];
	const take = async (envelopes: Coming[]): Promise<void> => {
		const taken = await intake.take(envelopes);
		for (const seq of taken.taken) aside.delete(seq);
		for (const one of taken.aside) aside.set(one.seq, one);
		done.push(...taken.done);
	};
	const place = await readLog(relay, access, { from: start }, async (log) => {
		epoch = log.hello?.epoch ?? epoch;
		for (const grant of log.grants) {
			keyring = joinKeyrings(keyring, openGrant(grant, { w, holder, privateKey }));
			intake.useKeys(keyring);
		}
		if (log.snapshot) {
			const state = await fetchSnapshot({ relay, settings }, access, log.snapshot, keyring);
			if (!intake.takeState(state)) throw new Problem('unreadable', { why: 'malformed' });
			covers = log.snapshot.covers;
		}
		await take(log.envelopes);
	});
	let common = intake.doc;
	if (apart) {
		keyring = joinKeyrings(known, keyring);
		if (aside.size > 0) {
			common = new Y.Doc();
			Y.applyUpdate(common, stateOf(intake.doc));
			intake.useKeys(keyring);
			await take([]);
		}
	}
	if (place.cursor < covers) throw new RelayError('portal');
	return {
		doc: intake.doc,
		common,
		place,
		covers,
		keyring,
		aside: [...aside.values()],
		done,
		epoch
	};
}
