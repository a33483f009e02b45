/**
 * Sealing: XChaCha20-Poly1305 of a plaintext for one place (E-1, E-3, S-11).
 *
 * A sealed thing opens only at the place that it was sealed for: moved to another workspace, kind,
 * epoch, role, lane or position it is unreadable (F-54). Its nonce is drawn here, 24 random bytes, so
 * that no caller can use one twice.
 */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { Problem } from '#lib/model/problem.ts';
import { Writer } from '#lib/model/wire.ts';
import { concat, utf8 } from './bytes.ts';
import { addressLength } from './keys.ts';
import type { Address } from './keys.ts';
import { randomBytes } from './random.ts';

/** Kinds of sealed things; their numbers are on the wire, inside of the associated data. */
export const kinds = { log: 1, snapshot: 2, grant: 3, card: 4, here: 5 } as const;

/** Roles by their number (SPEC.md, R). */
type Sent = { w: Address; epoch: number; role: number; lane: number; counter: number };

export type Place =
	| ({ kind: 'log' } & Sent)
	| ({ kind: 'here' } & Sent)
	/** A part of a snapshot. Whoever made it, all devices open it alike: no lane, no counter. */
	| { kind: 'snapshot'; w: Address; epoch: number; covers: number; part: number; of: number }
	| { kind: 'grant'; w: Address; holder: string }
	| { kind: 'card'; w: Address; epoch: number; holder: string };

const nonceLength = 24;
/** What sealing adds: the nonce before, the tag after. */
export const sealedExtra = nonceLength + 16;

/** `nonce ‖ ciphertext`. */
export const seal = (plaintext: Uint8Array, key: Uint8Array, place: Place): Uint8Array =>
	sealWith(plaintext, key, associated(place));

/** The plaintext. Throws Problem `unreadable` {why: 'sealed'} for anything but what was sealed for here. */
export const open = (sealed: Uint8Array, key: Uint8Array, place: Place): Uint8Array =>
	openWith(sealed, key, associated(place));

/** `seal` for what has a place of its own, on this device: `where` are the bytes that say it. */
export function sealWith(plaintext: Uint8Array, key: Uint8Array, where: Uint8Array): Uint8Array {
	const nonce = randomBytes(nonceLength);
	return concat(nonce, xchacha20poly1305(key, nonce, where).encrypt(plaintext));
}

/** `open` for the same. */
export function openWith(sealed: Uint8Array, key: Uint8Array, where: Uint8Array): Uint8Array {
	const nonce = sealed.subarray(0, nonceLength);
	try {
		return xchacha20poly1305(key, nonce, where).decrypt(sealed.subarray(nonceLength));
	} catch (thrown) {
		throw new Problem('unreadable', { why: 'sealed' }, thrown);
	}
}

/** The place as bytes: every field is of fixed length or says its length, so no two places are alike. */
export function associated(place: Place): Uint8Array {
	if (place.w.length !== addressLength) throw new RangeError('an address has 16 bytes');
	const { epoch, role, lane, counter } = { epoch: 0, role: 0, lane: 0, counter: 0, ...place };
	const writer = new Writer()
		.raw(utf8('e-strategy/1'))
		.byte(kinds[place.kind])
		.raw(place.w)
		.number(epoch)
		.number(role)
		.number(lane)
		.number(counter);
	if (place.kind === 'snapshot') writer.number(place.covers).number(place.part).number(place.of);
	if (place.kind === 'grant' || place.kind === 'card') writer.text(place.holder);
	return writer.done();
}
