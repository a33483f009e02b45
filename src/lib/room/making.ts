/** Making a room: a small workspace at the relay, with this device as its editor, and who is invited to it (M-2). */
import { fromBase64url, toBase64url } from '#lib/crypto/bytes.ts';
import { openCard, sealCard } from '#lib/crypto/card.ts';
import type { Card } from '#lib/crypto/card.ts';
import { makeGrant } from '#lib/crypto/grant.ts';
import { agreementOf, newInvitation, tokenOf } from '#lib/crypto/invitation.ts';
import {
	hashToken,
	newAddress,
	newDeviceKeys,
	newEpochKey,
	newHolderId
} from '#lib/crypto/keys.ts';
import { newest, parseKeyring, writeKeyring } from '#lib/crypto/keyring.ts';
import type { RelayClient } from '#lib/courier/relay-client.ts';
import type { Guest } from '#lib/model/room.ts';
import type { RoomRow } from '#lib/store/rooms.ts';
import { markLength } from '#lib/sync/protocol.ts';

/** How long an invitation to a room holds at most: ms. */
const holdsFor = 14 * 86_400_000;

export const accessOf = ({ address, token }: Pick<RoomRow, 'address' | 'token'>) => ({
	address,
	token
});

/** A name of the room that a record can carry, and that says nothing about its keys. */
export const shortOf = (address: Uint8Array): string =>
	[...address.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Makes a room; nobody is invited to it yet. Throws RelayError; then there is none. */
export async function makeRoom(
	relay: RelayClient,
	{ workspace, workshop, code }: { workspace: string; workshop: string; code: string }
): Promise<RoomRow> {
	const address = newAddress();
	const keyring = [{ epoch: 1, key: newEpochKey() }];
	const { token, privateKey, publicKey } = newDeviceKeys();
	const holder = newHolderId();
	const place = { keyring, w: address, holder };
	const card = sealCard(cardOf('device', 'edit', publicKey), place);
	const { lane } = await relay.create({
		w: toBase64url(address),
		device: {
			id: holder,
			token: toBase64url(hashToken(token)),
			card: toBase64url(card),
			grant: toBase64url(makeGrant(keyring, { w: address, holder, publicKey })),
			epoch: 1
		},
		code
	});
	return {
		workshop,
		workspace,
		address,
		holder,
		token,
		privateKey,
		lane,
		keyring: writeKeyring(keyring),
		invitation: '',
		secret: new Uint8Array(),
		until: '',
		cursor: 0,
		mark: new Uint8Array(markLength),
		counter: 0,
		help: [],
		removed: [],
		late: {},
		dropped: {}
	};
}

/** An invitation for any number of phones. `now` by the relay's clock, which it is held against. */
export async function openDoor(
	relay: RelayClient,
	row: RoomRow,
	{ title, now }: { title: string; now: number }
): Promise<Pick<RoomRow, 'invitation' | 'secret' | 'until'>> {
	const invitation = newInvitation(row.address);
	const { publicKey } = agreementOf(invitation);
	const holder = newHolderId();
	const keyring = parseKeyring(row.keyring);
	const place = { keyring, w: row.address, holder };
	const card = {
		...cardOf('invitation', 'participate', publicKey),
		name: title,
		madeBy: row.holder
	};
	const until = now + holdsFor;
	await relay.invite(accessOf(row), {
		id: holder,
		token: toBase64url(hashToken(tokenOf(invitation))),
		card: toBase64url(sealCard(card, place)),
		grant: toBase64url(makeGrant(keyring, { w: row.address, holder, publicKey })),
		epoch: newest(keyring).epoch,
		role: 'participate',
		until,
		uses: 0
	});
	return {
		invitation: holder,
		secret: invitation.secret,
		until: new Date(until).toISOString()
	};
}

const cardOf = (kind: Card['kind'], role: Card['role'], publicKey: Uint8Array): Card => ({
	publicKey,
	kind,
	role,
	label: '',
	name: '',
	organisation: '',
	contributor: '',
	madeBy: '',
	at: ''
});

/** Lane → the relay's id of the phone, and who it says that it is. */
export type Guests = Map<number, { holder: string; guest: Guest }>;

/**
 * Phones that are in, by lane; those whose card does not open are left out: nobody without a name votes.
 * Of those that are `known`, no card is opened again: a hundred come in a minute.
 */
export async function guestsOf(relay: RelayClient, row: RoomRow, known: Guests): Promise<Guests> {
	const { holders } = await relay.holders(accessOf(row));
	const keyring = parseKeyring(row.keyring);
	const guests: Guests = new Map();
	for (const { id, kind, role, lane, revoked, card: sealed } of holders) {
		if (kind !== 'device' || role !== 'participate' || revoked) continue;
		const before = known.get(lane);
		if (before?.holder === id) {
			guests.set(lane, before);
			continue;
		}
		try {
			const bytes = fromBase64url(sealed) ?? new Uint8Array();
			const card = openCard(bytes, { keyring, w: row.address, holder: id });
			const { name: nickname, organisation, consent = false } = card;
			guests.set(lane, { holder: id, guest: { nickname, organisation, consent } });
		} catch {
			// Not of our making.
		}
	}
	return guests;
}
