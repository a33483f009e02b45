/**
 * Envelopes: an update, sealed for its place in the log, and opened again (SPEC.md, E).
 *
 * Sealing packs what gets smaller by it and cuts what is large into pieces. Opening trusts nothing:
 * what is not sound is a Problem `unreadable`, and costs itself alone (E-5).
 */
import { contentKey } from '#lib/crypto/keys.ts';
import type { Address } from '#lib/crypto/keys.ts';
import { keyOf, newest } from '#lib/crypto/keyring.ts';
import type { Keyring } from '#lib/crypto/keyring.ts';
import { randomBytes } from '#lib/crypto/random.ts';
import { open, seal } from '#lib/crypto/seal.ts';
import { Problem } from '#lib/model/problem.ts';
import { forms, packed, unpacked } from './packing.ts';
import { pieceOf, piecesOf } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { limits } from './protocol.ts';
import { malformedUnless, openFrom, sealAs } from './sealed.ts';
import type { Sender } from './sealed.ts';
import { checkUpdate, structLimit } from './updates.ts';
import { Reader, Writer } from './wire.ts';

export { Pieces } from './pieces.ts';
export type { Piece } from './pieces.ts';
export { openHere, sealHere } from './sealed.ts';

/**
 * Plaintext of one envelope. So small that an envelope and its request fit in what a client sends at
 * once on a bad line (X-10, F-59).
 */
const pieceSize = 12_000;

/**
 * One update as sealed envelopes, under the newest key: one, or several pieces where it is large.
 * `nextCounter` gives a number that this lane has never used (E-4).
 */
export function sealUpdate(
	update: Uint8Array,
	{ nextCounter, ...sender }: Sender & { nextCounter: () => number }
): Uint8Array[] {
	return piecesOf(packed(update), pieceSize, randomBytes).map((plaintext) =>
		sealAs('log', plaintext, { ...sender, counter: nextCounter() })
	);
}

export type Opened =
	| { kind: 'update'; update: Uint8Array }
	/** Give it to `Pieces`, with its lane. */
	| { kind: 'piece'; piece: Piece }
	/** Of a later version: keep it (E-2). */
	| { kind: 'unknown'; form: number };

/**
 * What an envelope of the log says. `role` and `lane` are the relay's word; where that is wrong, it does
 * not open. Throws Problem `unreadable` {why}: 'key' {epoch} where the keyring has none for it (perhaps
 * not yet), 'sealed' where it does not open, 'malformed' where what is inside is not sound.
 */
export function openEnvelope(envelope: Uint8Array, from: Sender): Opened {
	return readPlaintext(openFrom('log', envelope, from));
}

/** What a plaintext says. Throws Problem `unreadable` {why: 'malformed'}. */
export function readPlaintext(plaintext: Uint8Array): Opened {
	return malformedUnless((): Opened => {
		const form = new Reader(plaintext).byte();
		if (form === forms.piece) return { kind: 'piece', piece: pieceOf(plaintext) };
		if (form !== forms.plain && form !== forms.deflated) return { kind: 'unknown', form };
		const update = unpacked(plaintext);
		checkUpdate(update, structLimit);
		return { kind: 'update', update };
	});
}

/** The whole document as the sealed parts of a snapshot (C-1): each for its number among them. */
export function sealSnapshot(
	state: Uint8Array,
	{ keyring, w, covers }: { keyring: Keyring; w: Address; covers: number }
): { epoch: number; parts: Uint8Array[] } {
	const { epoch, key } = newest(keyring);
	const content = contentKey(key, w);
	const plaintexts = piecesOf(packed(state), limits.snapshotPart, randomBytes);
	if (plaintexts.length > limits.parts) throw new RangeError('too large for a snapshot');
	const parts = plaintexts.map((plaintext, part) =>
		seal(plaintext, content, { kind: 'snapshot', w, epoch, covers, part, of: plaintexts.length })
	);
	return { epoch, parts };
}

/** What a complete snapshot says: one update. Throws Problem `unreadable` {why} as `openEnvelope`. */
export function openSnapshot(
	parts: Uint8Array[],
	{ keyring, w, covers, epoch }: { keyring: Keyring; w: Address; covers: number; epoch: number }
): Uint8Array {
	const key = keyOf(keyring, epoch);
	if (!key) throw new Problem('unreadable', { why: 'key', epoch });
	const content = contentKey(key, w);
	const opened = parts.map((sealed, part) =>
		open(sealed, content, { kind: 'snapshot', w, epoch, covers, part, of: parts.length })
	);
	return malformedUnless(() => {
		const update = joinedSnapshot(opened);
		checkUpdate(update);
		return update;
	});
}

function joinedSnapshot(parts: Uint8Array[]): Uint8Array {
	const [only] = parts;
	if (only && parts.length === 1) return unpacked(only);
	const pieces = parts.map(pieceOf);
	const whole = new Writer();
	for (const [index, piece] of pieces.entries()) {
		// Parts of two snapshots that cover the same are none together.
		const sound =
			piece.group === pieces[0]?.group && piece.index === index && piece.of === parts.length;
		if (!sound) throw new Error('parts of different snapshots');
		whole.raw(piece.bytes);
	}
	return unpacked(whole.done());
}
