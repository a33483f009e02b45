/** Drawn: a device as it is before anybody knows it, and as a setting keeps it until it is in (SPEC.md, J-2). */
import { toBase64url } from '#lib/crypto/bytes.ts';
import { makeGrant } from '#lib/crypto/grant.ts';
import { hashToken, newDeviceKeys, newHolderId } from '#lib/crypto/keys.ts';
import type { Address } from '#lib/crypto/keys.ts';
import { newest, parseKeyring } from '#lib/crypto/keyring.ts';
import type { Keyring } from '#lib/crypto/keyring.ts';
import { isBytes } from '#lib/store/row-bytes.ts';
import type { WorkspaceStore } from '#lib/store/store.ts';
import type { NewDevice } from '#lib/sync/control.ts';
import type { Membership } from './collect.ts';
import { isRecord } from './kept-list.ts';
import type { RelayClient } from './relay-client.ts';

export type Drawn = Membership & { publicKey: Uint8Array };
export type DrawnWithKeys = { member: Drawn; keyring: Keyring };
/** What a device was before: its row, as far as it says who it is. */
export type Before = Drawn & { lane: number };
export type Settings = Pick<WorkspaceStore, 'setting' | 'saveSetting'>;
export type Source = { relay: RelayClient; settings: Settings };

/** A device as it is before anybody knows it: its secrets stay here (K-5). */
export function draw(address: Address): Drawn {
	const { token, privateKey, publicKey } = newDeviceKeys();
	return { address, token, holder: newHolderId(), privateKey, publicKey };
}

/** A device as the relay gets it; its card follows when the lane is known. */
export function deviceOf(
	{ address: w, holder, token, publicKey }: Drawn,
	keyring: Keyring
): NewDevice {
	return {
		id: holder,
		token: toBase64url(hashToken(token)),
		card: '',
		grant: toBase64url(makeGrant(keyring, { w, holder, publicKey })),
		epoch: newest(keyring).epoch
	};
}

/** Who it was, without the rest of its row; null where it was nobody. */
export function memberOf(before: Before | undefined): Drawn | null {
	if (!before) return null;
	const { address, token, holder, privateKey, publicKey } = before;
	return { address, token, holder, privateKey, publicKey };
}

/** A device and its keys as a setting keeps them; null for what is none. */
export function drawnFrom(
	{ member, keyring }: { [name: string]: unknown },
	address: Address
): DrawnWithKeys | null {
	if (!isRecord(member) || !isBytes(keyring)) return null;
	const { holder, token, privateKey, publicKey } = member;
	if (typeof holder !== 'string' || !isBytes(token)) return null;
	if (!isBytes(privateKey) || !isBytes(publicKey)) return null;
	// Another realm's bytes are copied: the ciphers ask for this one's.
	const own = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes);
	return {
		member: {
			...{ address: own(address), holder, token: own(token) },
			...{ privateKey: own(privateKey), publicKey: own(publicKey) }
		},
		keyring: parseKeyring(own(keyring))
	};
}
