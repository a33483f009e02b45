/**
 * Intake: envelopes from the relay become updates that may be stored, or are put aside.
 *
 * Every update is tried on a copy of the workspace first: what does not open, is no sound update, or
 * changes what its sender may not change costs itself alone (E-5, R-3, F-42, F-54). What waits for
 * something (a piece for the others, a change for the one before it, an envelope for its key) is tried
 * again when that may have come.
 */
import type * as Y from 'yjs';
import { hasKey, isSplit } from '#lib/crypto/keyring.ts';
import type { Keyring } from '#lib/crypto/keyring.ts';
import { breather } from '#lib/device/breath.ts';
import { Problem } from '#lib/model/problem.ts';
import type { Aside } from '#lib/store/shared.ts';
import { Trial } from '#lib/sync/contain.ts';
import { mergeUpdates } from '#lib/sync/document.ts';
import { openEnvelope, Pieces } from '#lib/sync/envelope.ts';
import { headOf, roleOf } from '#lib/sync/protocol.ts';

/** An envelope at its place in the log. */
export type Coming = { seq: number; lane: number; role: number; envelope: Uint8Array };
export type Taken = {
	/** Sound updates, some merged, in an order in which they apply. */
	updates: Uint8Array[];
	/** What is put aside from now on. */
	aside: Aside[];
	/** Seqs that were aside and are not any more. */
	taken: number[];
	/** Groups of pieces that are complete now: a piece of one that comes once more waits for nothing. */
	done: string[];
};

/** Yjs merges a few updates fast and thousands very slowly. */
export const mergedAtOnce = 50;

type Reading =
	| { update: Uint8Array | null; seqs: number[]; group?: string }
	/** `seqs`: pieces that share its fate. */
	| { why: Aside['why']; seqs?: number[] };

export class Intake {
	#w: Uint8Array;
	#keyring: Keyring;
	#trial: Trial;
	#pieces: Pieces;
	#aside: Map<number, Aside>;
	/** Epochs of which there is another key now: what did not open may. */
	#doubled = new Set<number>();

	/** `doc`: the workspace as it is stored; `aside`: what the store has put aside. */
	constructor(
		doc: Y.Doc,
		about: { w: Uint8Array; keyring: Keyring; aside?: Aside[]; done?: string[] }
	) {
		this.#trial = new Trial(doc);
		this.#pieces = new Pieces(about.done);
		this.#w = about.w;
		this.#keyring = about.keyring;
		this.#aside = new Map();
		for (const one of about.aside ?? []) {
			this.#aside.set(one.seq, one);
			// A piece that was kept waits in memory again; it cannot be the last one.
			if (one.why === 'piece') this.#read(one);
		}
	}

	/** What was sound so far; for reading alone. */
	get doc(): Y.Doc {
		return this.#trial.doc;
	}
	/** Everything that is put aside and is not merely waiting for its rest. */
	get unreadable(): Aside[] {
		return this.aside.filter(({ why }) => why !== 'piece' && why !== 'early');
	}
	get aside(): Aside[] {
		return [...this.#aside.values()];
	}
	/** Something that is aside may open with a key that is here now. */
	get mayOpen(): boolean {
		return [...this.#aside.values()].some((one) => this.#mayOpen(one));
	}

	/** Takes over what the store has got meanwhile: own edits, in the main. */
	follow(updates: Uint8Array[]): void {
		for (const update of updates) this.#trial.try(update, null);
	}

	/** New keys: what could not be opened is tried again with the next `take`. */
	useKeys(keyring: Keyring): void {
		if (isSplit(this.#keyring, keyring)) {
			for (const { epoch } of keyring) this.#doubled.add(epoch);
		}
		this.#keyring = keyring;
	}

	/** Takes in envelopes in the order of the log. */
	async take(envelopes: Coming[]): Promise<Taken> {
		const updates: Uint8Array[] = [];
		const taken = new Set<number>();
		const aside = new Map<number, Aside>();
		const done = new Set<string>();
		const breathe = breather();
		const settle = (one: Coming): boolean => {
			const found = this.#settle(one);
			if ('why' in found) {
				const { seqs = [], why } = found;
				const others = seqs.flatMap((seq) => this.#aside.get(seq) ?? []);
				for (const { seq, lane, role, envelope } of [one, ...others]) {
					const kept: Aside = { seq, lane, role, why, envelope: envelope.slice() };
					this.#aside.set(seq, kept);
					aside.set(seq, kept);
				}
				return false;
			}
			if (found.update) updates.push(found.update);
			if (found.group) done.add(found.group);
			for (const seq of found.seqs) {
				taken.add(seq);
				aside.delete(seq);
				this.#aside.delete(seq);
			}
			return true;
		};
		for (const one of envelopes) {
			await breathe();
			settle(one);
		}
		// What one of them let go may let go the next.
		for (let moved = true; moved;) {
			moved = false;
			for (const one of this.#worthTrying()) {
				await breathe();
				moved = settle(one) || moved;
			}
		}
		this.#doubled.clear();
		return {
			updates: merged(updates),
			aside: [...aside.values()],
			taken: [...taken],
			done: [...done]
		};
	}

	/** A whole document from elsewhere: a snapshot. Null where it cannot be applied. */
	takeState(update: Uint8Array): Uint8Array | null {
		return this.#trial.try(update, null) === 'sound' ? update : null;
	}

	destroy(): void {
		this.#trial.destroy();
	}

	#worthTrying(): Aside[] {
		return [...this.#aside.values()].filter((one) => one.why === 'early' || this.#mayOpen(one));
	}

	#mayOpen({ why, envelope }: Aside): boolean {
		if (why === 'unreadable') return this.#doubled.has(epochOf(envelope));
		return why === 'key' && hasKey(this.#keyring, epochOf(envelope));
	}

	#settle(one: Coming): Reading {
		const reading = this.#read(one);
		if ('why' in reading || !reading.update) return reading;
		const role = roleOf(one.role);
		if (role !== 'edit' && role !== 'contribute') return { why: 'not-allowed' };
		const verdict = this.#trial.try(
			reading.update,
			role === 'contribute' ? contributorOf(one.lane) : null
		);
		const { group, seqs } = reading;
		if (verdict === 'early') return { why: verdict };
		if (group) this.#pieces.settled(group, verdict === 'sound');
		if (verdict === 'sound') return reading;
		return { why: verdict === 'unsound' ? 'unreadable' : verdict, seqs };
	}

	#read({ seq, lane, role, envelope }: Coming): Reading {
		let seqs: number[] = [];
		try {
			const from = { w: this.#w, keyring: this.#keyring, role, lane };
			const opened = openEnvelope(envelope, from);
			if (opened.kind === 'unknown') return { why: 'unknown' };
			if (opened.kind === 'update') return { update: opened.update, seqs: [seq] };
			seqs = this.#pieces.beside(lane, opened.piece);
			return this.#pieces.add(lane, seq, opened.piece) ?? { why: 'piece' };
		} catch (thrown) {
			const noKey = thrown instanceof Problem && thrown.values.why === 'key';
			return { why: noKey ? 'key' : 'unreadable', seqs };
		}
	}
}

/** 0 for what is no envelope. */
function epochOf(envelope: Uint8Array): number {
	try {
		return headOf(envelope).epoch;
	} catch {
		return 0;
	}
}

/** Under which id a device of the role `contribute` writes. */
export const contributorOf = (lane: number): string => `c-${lane}`;

/** The same updates as fewer. */
export function merged(updates: Uint8Array[]): Uint8Array[] {
	const fewer: Uint8Array[] = [];
	for (let at = 0; at < updates.length; at += mergedAtOnce) {
		const some = updates.slice(at, at + mergedAtOnce);
		fewer.push(some.length === 1 ? some[0]! : mergeUpdates(some));
	}
	return fewer;
}
