/**
 * A keyring: the keys of all epochs so far (K-8). What was sealed long ago opens with its own.
 *
 * An epoch has one key; several where a relay was set back behind a rotation and the same epoch was made
 * again (H-1a). Then each of them opens, and the last one seals: the one that the relay's grants have.
 *
 * As bytes: `count ‖ (epoch ‖ key(32))*`, epochs growing.
 */
import { Problem } from '#lib/model/problem.ts';
import { Reader, WireError, Writer } from '#lib/model/wire.ts';
import { equal } from './bytes.ts';
import { contentKey } from './keys.ts';
import { open } from './seal.ts';
import type { Place } from './seal.ts';

/** In the order of epochs. */
export type Keyring = { epoch: number; key: Uint8Array }[];

/** Epochs of a workspace: each is a person who left. */
export const keyringLimit = 4096;
/** Keys of one epoch: more than that no accident makes, and each costs a try. */
const twinLimit = 8;

export function writeKeyring(keyring: Keyring): Uint8Array {
	const writer = new Writer().number(keyring.length);
	for (const { epoch, key } of keyring) writer.number(epoch).raw(key);
	return writer.done();
}

/** Throws WireError. */
export function parseKeyring(bytes: Uint8Array): Keyring {
	const reader = new Reader(bytes);
	const keyring: Keyring = [];
	for (let left = reader.number(keyringLimit); left > 0; left--) {
		const epoch = reader.number();
		if (epoch < (keyring.at(-1)?.epoch ?? 0)) throw new WireError('epochs out of order');
		if (keyring.at(-twinLimit)?.epoch === epoch) throw new WireError('too many keys of an epoch');
		keyring.push({ epoch, key: reader.raw(32).slice() });
	}
	reader.end();
	if (keyring.length === 0) throw new WireError('a keyring without keys');
	return keyring;
}

/** What is sealed from now on. A keyring always has one. */
export function newest(keyring: Keyring): Keyring[number] {
	const last = keyring.at(-1);
	if (!last) throw new WireError('a keyring without keys');
	return last;
}

/** Whether a keyring has a key of an epoch: one may not have been given, or not yet. */
export const hasKey = (keyring: Keyring, epoch: number): boolean =>
	keyring.some((one) => one.epoch === epoch);

/** Whether what is sealed now may be sealed with another key elsewhere. */
export const isDouble = (keyring: Keyring): boolean =>
	keyring.filter(({ epoch }) => epoch === newest(keyring).epoch).length > 1;

/**
 * Opens what was sealed with a content key. Throws Problem `unreadable` {why}: 'key' {epoch} where the
 * keyring has none for it, 'sealed' where none of them opens it.
 */
export function openByRing(
	sealed: Uint8Array,
	keyring: Keyring,
	place: Exclude<Place, { kind: 'grant' }>
): Uint8Array {
	const { epoch, w } = place;
	let why: unknown = new Problem('unreadable', { why: 'key', epoch });
	for (const one of keyring.filter((one) => one.epoch === epoch).reverse()) {
		try {
			return open(sealed, contentKey(one.key, w), place);
		} catch (thrown) {
			why = thrown;
		}
	}
	throw why;
}

/**
 * What a grant brings is added to what a device has. Of two keys of one epoch the granted one is the last:
 * everybody who takes part was given it by the same rotation, so that all seal with it (H-1a).
 */
export function joinKeyrings(known: Keyring, granted: Keyring): Keyring {
	const isGranted = (one: Keyring[number]): boolean =>
		granted.some(({ epoch, key }) => epoch === one.epoch && equal(key, one.key));
	// Sorting keeps the order of what is equal.
	const all = [...known.filter((one) => !isGranted(one)), ...granted];
	all.sort((a, b) => a.epoch - b.epoch);
	return all.filter(({ epoch }, i) => all[i + twinLimit]?.epoch !== epoch);
}

/** Whether a keyring has another key of an epoch that the other has, too. */
export const isSplit = (known: Keyring, granted: Keyring): boolean =>
	granted.some(({ epoch, key }) => {
		const mine = known.filter((one) => one.epoch === epoch);
		return mine.length > 0 && !mine.some((one) => equal(one.key, key));
	});
