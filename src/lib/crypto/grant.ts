/**
 * A grant: a keyring for one holder's eyes (K-8). The relay hands it over and cannot read it.
 *
 * `ephemeral public(32) ‖ nonce(24) ‖ ciphertext`: X25519 between a key pair drawn for this grant alone
 * and the holder's public key.
 */
import { x25519 } from '@noble/curves/ed25519.js';
import { Problem } from '#lib/model/problem.ts';
import { concat } from './bytes.ts';
import { agreementFrom, derive } from './keys.ts';
import type { Address } from './keys.ts';
import { parseKeyring, writeKeyring } from './keyring.ts';
import type { Keyring } from './keyring.ts';
import { randomBytes } from './random.ts';
import { open, seal } from './seal.ts';

type Hands = { privateKey: Uint8Array; theirs: Uint8Array };

/** `publicKey` comes from the holder's card, never from the relay's word (K-9). */
export function makeGrant(
	keyring: Keyring,
	{ w, holder, publicKey }: { w: Address; holder: string; publicKey: Uint8Array }
): Uint8Array {
	const once = agreementFrom(randomBytes(32));
	const key = keyOf(w, once.publicKey, publicKey, { ...once, theirs: publicKey });
	return concat(once.publicKey, seal(writeKeyring(keyring), key, { kind: 'grant', w, holder }));
}

/** Throws Problem `unreadable` {why: 'sealed' | 'malformed'}. */
export function openGrant(
	grant: Uint8Array,
	{ w, holder, privateKey }: { w: Address; holder: string; privateKey: Uint8Array }
): Keyring {
	const theirs = grant.subarray(0, 32);
	if (theirs.length < 32) throw new Problem('unreadable', { why: 'malformed' });
	const mine = agreementFrom(privateKey).publicKey;
	const key = keyOf(w, theirs, mine, { privateKey, theirs });
	const keyring = open(grant.subarray(32), key, { kind: 'grant', w, holder });
	try {
		return parseKeyring(keyring);
	} catch (thrown) {
		throw new Problem('unreadable', { why: 'malformed' }, thrown);
	}
}

function keyOf(w: Address, once: Uint8Array, holder: Uint8Array, hands: Hands): Uint8Array {
	try {
		// It refuses points of small order: with those, anybody would know the result.
		const shared = x25519.getSharedSecret(hands.privateKey, hands.theirs);
		return derive(shared, w, 'grant', 32, once, holder);
	} catch (thrown) {
		throw new Problem('unreadable', { why: 'malformed' }, thrown);
	}
}
