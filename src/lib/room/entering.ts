/** Entering a room: what an invitation says, and this phone as its device (SPEC.md, O-2, M-2). */
import { fromBase64url, toBase64url } from '#lib/crypto/bytes.ts';
import { openCard, sealCard } from '#lib/crypto/card.ts';
import { makeGrant, openGrant } from '#lib/crypto/grant.ts';
import { agreementOf, tokenOf } from '#lib/crypto/invitation.ts';
import type { Invitation } from '#lib/crypto/invitation.ts';
import { agreementFrom, hashToken, newDeviceKeys, newHolderId } from '#lib/crypto/keys.ts';
import { newest, parseKeyring, writeKeyring } from '#lib/crypto/keyring.ts';
import { RelayError } from '#lib/courier/relay-error.ts';
import type { RelayClient } from '#lib/courier/relay-client.ts';
import { Problem } from '#lib/model/problem.ts';
import type { Guest } from '#lib/model/room.ts';
import type { Kept } from './kept.ts';

/**
 * What whoever holds the invitation may know before joining. Throws RelayError, and Problem
 * `room-no-key` for an invitation to something that is no room.
 */
export async function lookInto(
	relay: RelayClient,
	invitation: Invitation
): Promise<Pick<Kept, 'title' | 'until' | 'by' | 'keyring'>> {
	const { w } = invitation;
	const view = await relay.invitation({ address: w, token: tokenOf(invitation) });
	if (view.role !== 'participate') throw new Problem('room-no-key');
	const { privateKey } = agreementOf(invitation);
	const place = { w, holder: view.id };
	const keyring = openGrant(bytesOf(view.grant), { ...place, privateKey });
	const { name } = openCard(bytesOf(view.card), { ...place, keyring });
	return { title: name, until: view.until, by: view.id, keyring: writeKeyring(keyring) };
}

/** A device for this phone. It is kept before it is sent, so that a second try is the same device (J-2). */
export function drawDevice(): NonNullable<Kept['device']> {
	const { token, privateKey } = newDeviceKeys();
	return { id: newHolderId(), token, privateKey };
}

/** Joins; gives the lane. Card and all in one request. Throws RelayError. */
export async function joinRoom(
	relay: RelayClient,
	invitation: Invitation,
	{
		device,
		keyring: stored,
		by
	}: Pick<Kept, 'keyring' | 'by'> & { device: NonNullable<Kept['device']> },
	{ nickname, organisation, consent }: Guest
): Promise<number> {
	const { w } = invitation;
	const keyring = parseKeyring(stored);
	const { id, token, privateKey } = device;
	const { publicKey } = agreementFrom(privateKey);
	const place = { keyring, w, holder: id };
	const card = sealCard(
		{
			publicKey,
			kind: 'device',
			role: 'participate',
			label: '',
			name: nickname,
			organisation,
			contributor: '',
			madeBy: by,
			consent,
			// A phone's clock says nothing (F-18).
			at: ''
		},
		place
	);
	const { lane, role } = await relay.join(
		{ address: w, token: tokenOf(invitation) },
		{
			id,
			token: toBase64url(hashToken(token)),
			card: toBase64url(card),
			grant: toBase64url(makeGrant(keyring, { w, holder: id, publicKey })),
			epoch: newest(keyring).epoch
		}
	);
	if (role !== 'participate') throw new RelayError('portal');
	return lane;
}

function bytesOf(text: string): Uint8Array {
	const bytes = fromBase64url(text);
	if (!bytes) throw new RelayError('portal');
	return bytes;
}
