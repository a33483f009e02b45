/**
 * Pieces: a plaintext that is too large for one envelope, cut and joined (E-2, form 2).
 *
 * `2 ‖ group(8) ‖ index ‖ of ‖ bytes`. The group is random: it says which pieces belong together.
 */
import { toHex } from '#lib/crypto/bytes.ts';
import { Problem } from '#lib/model/problem.ts';
import { forms, unpacked } from './packing.ts';
import { checkUpdate, structLimit, updateLimit } from './updates.ts';
import { Reader, Writer } from './wire.ts';

export type Piece = { group: string; index: number; of: number; bytes: Uint8Array };

/** Pieces of one update: as many as 32 MB have. */
const pieceLimit = 4096;

/** The plaintext itself where it fits in `size` bytes; else its pieces, each at most that long. */
export function piecesOf(
	plaintext: Uint8Array,
	size: number,
	random: (count: number) => Uint8Array
): Uint8Array[] {
	if (plaintext.length <= size) return [plaintext];
	const room = size - 16;
	const of = Math.ceil(plaintext.length / room);
	const group = random(8);
	return Array.from({ length: of }, (_, index) =>
		new Writer()
			.byte(forms.piece)
			.raw(group)
			.number(index)
			.number(of)
			.raw(plaintext.subarray(index * room, (index + 1) * room))
			.done()
	);
}

/** Throws WireError. */
export function pieceOf(plaintext: Uint8Array): Piece {
	const reader = new Reader(plaintext);
	if (reader.byte() !== forms.piece) throw new Error('not a piece');
	const group = toHex(reader.raw(8));
	const index = reader.number(pieceLimit);
	const of = reader.number(pieceLimit);
	if (index >= of) throw new Error('a piece beyond the last');
	return { group, index, of, bytes: reader.rest() };
}

/** What the last piece of a group gives; `update` null: there was one before. */
export type Joined = { update: Uint8Array | null; seqs: number[]; group: string };

type Group = { lane: number; of: number; pieces: Map<number, Uint8Array>; seqs: number[] };

/** Bytes that wait for their other pieces, of all lanes together: two of the largest updates. */
const waitingLimit = 2 * updateLimit;

/**
 * Pieces that wait for each other. They wait in memory: whoever lets its cursor pass them has to keep
 * their envelopes until they are complete or dropped.
 */
export class Pieces {
	#groups = new Map<string, Group>();
	#size = 0;
	#done: Set<string>;

	/** `done`: groups that were complete before, as `add` named them. */
	constructor(done: readonly string[] = []) {
		this.#done = new Set(done);
	}

	/** The seqs of all pieces that wait. */
	get waiting(): number[] {
		return [...this.#groups.values()].flatMap(({ seqs }) => seqs);
	}

	/** The seqs of those that wait with this piece. */
	beside(lane: number, { group }: Piece): number[] {
		return [...(this.#groups.get(`${lane}/${group}`)?.seqs ?? [])];
	}

	/**
	 * Takes in a piece. The update, the seqs of its pieces and the group's name when it was the last one;
	 * null while others miss. The group stays until it is `settled`: what is early is given once more. A piece
	 * that comes once more (sealed again, O-6, because its ack was lost) is settled with its group, or at
	 * once where that was settled before: then there is no update. Throws Problem `unreadable`
	 * {why: 'malformed'} where the pieces make no sound update; they are gone then.
	 */
	add(lane: number, seq: number, piece: Piece): Joined | null {
		const name = `${lane}/${piece.group}`;
		if (this.#done.has(name)) return { update: null, seqs: [seq], group: name };
		const group: Group = this.#groups.get(name) ?? {
			lane,
			of: piece.of,
			pieces: new Map(),
			seqs: []
		};
		if (group.of !== piece.of) throw new Problem('unreadable', { why: 'malformed' });
		this.#groups.set(name, group);
		if (!group.seqs.includes(seq)) group.seqs.push(seq);
		if (!group.pieces.has(piece.index)) {
			group.pieces.set(piece.index, piece.bytes.slice());
			this.#size += piece.bytes.length;
		}
		if (group.pieces.size < group.of) {
			this.#makeRoom();
			return null;
		}
		try {
			return { update: joined(group), seqs: [...group.seqs], group: name };
		} catch (thrown) {
			this.#drop(name);
			throw thrown;
		}
	}

	/** What a group made was taken in, or never will be. */
	settled(group: string, isTaken: boolean): void {
		this.#drop(group);
		if (isTaken) this.#done.add(group);
	}

	/** A lane that never finishes what it begins loses its oldest first, and nobody else's. */
	#makeRoom(): void {
		while (this.#size > waitingLimit) {
			const sizes = new Map<number, number>();
			for (const group of this.#groups.values()) {
				sizes.set(group.lane, (sizes.get(group.lane) ?? 0) + sizeOf(group));
			}
			const most = Math.max(...sizes.values());
			for (const [name, { lane }] of this.#groups) {
				if (sizes.get(lane) !== most) continue;
				this.#drop(name);
				break;
			}
		}
	}

	#drop(name: string): void {
		const group = this.#groups.get(name);
		if (group) this.#size -= sizeOf(group);
		this.#groups.delete(name);
	}
}

const sizeOf = ({ pieces }: Group): number =>
	[...pieces.values()].reduce((sum, { length }) => sum + length, 0);

function joined({ of, pieces }: Group): Uint8Array {
	const whole = new Writer();
	for (let index = 0; index < of; index++) whole.raw(pieces.get(index) ?? new Uint8Array());
	try {
		const update = unpacked(whole.done());
		checkUpdate(update, structLimit);
		return update;
	} catch (thrown) {
		throw new Problem('unreadable', { why: 'malformed' }, thrown);
	}
}
