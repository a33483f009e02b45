/**
 * Sealed for a place in the log, or for those who listen now (SPEC.md, E and L-3): a plaintext with the
 * epoch and counter that stand openly before it. What the plaintext says is `envelope.ts` and `note.ts`;
 * this file is without Yjs, because a phone's page loads it.
 */
import { contentKey } from '#lib/crypto/keys.ts';
import type { Address } from '#lib/crypto/keys.ts';
import { keyOf, newest } from '#lib/crypto/keyring.ts';
import type { Keyring } from '#lib/crypto/keyring.ts';
import { open, seal } from '#lib/crypto/seal.ts';
import { Problem } from '#lib/model/problem.ts';
import { headOf } from './protocol.ts';
import { Writer } from './wire.ts';

/** Who seals: the role and lane that the relay gave to the device. */
export type Sender = { keyring: Keyring; w: Address; role: number; lane: number };

/** `counter` is one that this lane has never used (E-4); of a `here` note it is 0, which is not stored. */
export function sealAs(
	kind: 'log' | 'here',
	plaintext: Uint8Array,
	{ keyring, w, role, lane, counter }: Sender & { counter: number }
): Uint8Array {
	const { epoch, key } = newest(keyring);
	const sealed = seal(plaintext, contentKey(key, w), { kind, w, epoch, role, lane, counter });
	return new Writer().number(epoch).number(counter).raw(sealed).done();
}

/**
 * The plaintext. `role` and `lane` are the relay's word; where that is wrong, it does not open. Throws
 * Problem `unreadable` {why}: 'key' {epoch}, 'sealed', 'malformed'.
 */
export function openFrom(
	kind: 'log' | 'here',
	envelope: Uint8Array,
	{ keyring, w, role, lane }: Sender
): Uint8Array {
	const { epoch, counter, sealed } = malformedUnless(() => headOf(envelope));
	const key = keyOf(keyring, epoch);
	if (!key) throw new Problem('unreadable', { why: 'key', epoch });
	return open(sealed, contentKey(key, w), { kind, w, epoch, role, lane, counter });
}

/** A note of "I am here" (L-3), sealed. `counter` need not grow: it is not stored. */
export const sealHere = (note: Uint8Array, from: Sender & { counter: number }): Uint8Array =>
	sealAs('here', note, from);

/** Throws Problem `unreadable`. */
export const openHere = (bytes: Uint8Array, from: Sender): Uint8Array =>
	openFrom('here', bytes, from);

/** What `read` gives; whatever it throws is Problem `unreadable` {why: 'malformed'}. */
export function malformedUnless<T>(read: () => T): T {
	try {
		return read();
	} catch (thrown) {
		throw new Problem('unreadable', { why: 'malformed' }, thrown);
	}
}
