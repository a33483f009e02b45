/**
 * A keyring: the keys of all epochs so far (K-8). What was sealed long ago opens with its own.
 *
 * As bytes: `count ‖ (epoch ‖ key(32))*`, epochs growing.
 */
import { Reader, WireError, Writer } from '#lib/model/wire.ts';

/** In the order of epochs. */
export type Keyring = { epoch: number; key: Uint8Array }[];

/** Epochs of a workspace: each is a person who left. */
export const keyringLimit = 4096;

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
		if (epoch <= (keyring.at(-1)?.epoch ?? -1)) throw new WireError('epochs out of order');
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

/** The key of an epoch; null where this device was not given it, or not yet. */
export const keyOf = (keyring: Keyring, epoch: number): Uint8Array | null =>
	keyring.find((one) => one.epoch === epoch)?.key ?? null;

/** Both together: what a grant brings is added to what a device has. */
export function joinKeyrings(a: Keyring, b: Keyring): Keyring {
	const known = new Set(a.map(({ epoch }) => epoch));
	return [...a, ...b.filter(({ epoch }) => !known.has(epoch))].sort((x, y) => x.epoch - y.epoch);
}
