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

/**
 * Stores what windows that are gone left behind, where it is newer than what is stored. Rejects as the
 * store does; what the store refuses and what cannot be read stays where it is.
 */
export async function takeMarks(store: MarkStore): Promise<void> {
	const names = store.forgets ? [] : leftBehind(prefix);
	if (names.length === 0) return;
	const known = new Map((await store.all()).map(({ id, at }) => [id, at]));
	for (const name of names) {
		const mark = readMark(name);
		if (!mark) continue;
		if (mark.at > (known.get(mark.id) ?? '')) await store.put(mark);
		forget(name);
	}
}

function readMark(name: string): Mark | null {
	try {
		return parseMark(readLeft(name));
	} catch {
		// Damaged; or sealed, and this window has no key yet.
		return null;
	}
}
