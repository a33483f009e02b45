/** MarkJournal: marks whose page goes before the database has them (left-behind.ts). */
import { newId } from '#lib/model/ids.ts';
import { parseMark, type Mark } from '#lib/model/mark.ts';
import { forget, leave, leftBehind, readLeft } from './left-behind.ts';
import type { MarkStore } from './marks.ts';

/** A name is this and a random id. */
const prefix = 'unsaved-mark/';

/** The journal of one window. */
export class MarkJournal {
	/** By the mark's id. */
	#names = new Map<string, string>();

	/** Keeps this state of a mark instead of an older one; returns what takes it out again once it is stored. */
	keep(mark: Mark): () => void {
		const name = `${prefix}${newId()}`;
		// A newer one that found no room must not cost the older one.
		if (!leave(name, mark)) return () => {};
		this.drop(mark.id);
		this.#names.set(mark.id, name);
		return () => {
			if (this.#names.get(mark.id) === name) this.drop(mark.id);
		};
	}

	drop(id: string): void {
		const name = this.#names.get(id);
		if (name) forget(name);
		this.#names.delete(id);
	}
}

/** All marks; `refused`: why the store did not take what a window that is gone left behind. */
export type AllMarks = { all: Mark[]; refused?: unknown };

/**
 * The marks of the store, and what windows that are gone left behind where it is newer: that is stored
 * now. What the store refuses is among them all the same, and stays where it is, as does what cannot be
 * read. Rejects where the store cannot be read.
 */
export async function allMarks(store: MarkStore): Promise<AllMarks> {
	const marks = new Map((await store.all()).map((mark) => [mark.id, mark]));
	let refused: unknown;
	for (const name of store.forgets ? [] : leftBehind(prefix)) {
		const mark = readMark(name);
		if (!mark) continue;
		try {
			const isNewer = mark.at > (marks.get(mark.id)?.at ?? '');
			if (isNewer) marks.set(mark.id, mark);
			if (isNewer) await store.put(mark);
			forget(name);
		} catch (thrown) {
			refused = thrown;
		}
	}
	return { all: [...marks.values()], refused };
}

function readMark(name: string): Mark | null {
	try {
		return parseMark(readLeft(name));
	} catch {
		// Damaged; or sealed, and this window has no key yet.
		return null;
	}
}
