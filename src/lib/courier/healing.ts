/** Healing: the relay has lost something, or this device has been put out (SPEC.md, H). */
import { newest } from '#lib/crypto/keyring.ts';
import { writeKeyring } from '#lib/crypto/keyring.ts';
import { factsOf } from '#lib/store/store.ts';
import { ownMissing } from '#lib/sync/contain.ts';
import { missingFrom } from '#lib/sync/document.ts';
import { collect } from './collect.ts';
import { arrived, enter } from './entering.ts';
import { contributorOf } from './intake.ts';
import { reinstate } from './members.ts';
import { sealedAgain } from './outgoing.ts';
import { keyringOf, senderOf } from './session.ts';
import type { Session } from './session.ts';

/**
 * Reads everything that the relay has, takes in what is missing here, and lets what is missing there
 * wait to be sent as new envelopes (H-1). `said`: the person is told that the relay had lost something.
 * Throws RelayError; it can be done again then.
 */
export async function heal(session: Session, { said = true } = {}): Promise<void> {
	const { id, world } = session;
	const { store, relay } = world;
	const row = await session.row();
	const there = await collect({ relay, settings: store }, row, keyringOf(row), true);
	const { doc: mine } = await store.open(id);
	const lost =
		row.role === 'edit'
			? missingFrom(there.common, mine)
			: // A contributor's lost words come back from here; those of others from their own devices.
				ownMissing(there.common, mine, contributorOf(row.lane));
	const gain = missingFrom(mine, there.doc);
	// First what must leave: with the new cursor, nobody would look for it again.
	if (lost && row.role !== 'view') await store.sync.resend(id, lost);
	const old = (await store.sync.aside(id)).map(({ seq }) => seq);
	const now = new Date(world.now()).toISOString();
	session.drop();
	await store.sync.receive(
		id,
		{
			updates: gain ? [gain] : [],
			...there.place,
			aside: there.aside,
			done: there.done,
			taken: old,
			envelopes: 0,
			bytes: 0
		},
		factsOf(gain ? there.doc : mine, now)
	);
	await store.sync.change(id, {
		keyring: writeKeyring(there.keyring),
		trail: there.covers > 0 ? [there.place] : [],
		since: { envelopes: there.place.cursor, bytes: 0, covers: there.covers },
		healDue: false,
		...(said ? { healedAt: now } : {})
	});
	there.doc.destroy();
	// The relay forgot a rotation: who was put out by it must not be back, and the keys go on.
	if (row.role === 'edit' && there.epoch < newest(there.keyring).epoch) {
		await reinstate(session, there.epoch);
	}
}

/**
 * Comes back by the invitation that it kept (H-2): as what it was where the relay has only forgotten it, as
 * another device where it was put out; false where it kept none. Throws RelayError where the invitation does
 * not open either.
 */
export async function rejoin(session: Session): Promise<boolean> {
	const { id, world } = session;
	const row = await session.row();
	const { invitation, me } = row;
	if (!invitation) return false;
	const source = { relay: world.relay, settings: world.store };
	const way = { w: row.address, secret: invitation };
	const entered = await enter(source, way, me, '', { before: row });
	const change = {
		...entered.member,
		lane: entered.lane,
		role: entered.role,
		keyring: writeKeyring(entered.keyring),
		refused: '',
		healDue: true
	};
	// In one: what is sealed as from the lane before would be garbage as from this one.
	const again = sealedAgain(senderOf(row), senderOf({ ...row, ...change }));
	await world.store.sync.sealAgain(id, again, { change });
	await arrived(world.store, row.address);
	if (entered.role === 'contribute') {
		await world.store.saveSetting(`contributor/${id}`, contributorOf(entered.lane));
	}
	session.drop();
	await heal(session, { said: false });
	return true;
}
