/**
 * What every edit of the workspace document shares: who writes, one transaction, one field at a time.
 *
 * A field that already has the value is not written again: each write stays in the document for good.
 */
import * as Y from 'yjs';
import { Problem } from '#lib/model/problem.ts';
import { collection, limits } from './shape.ts';
import type { Collection } from './shape.ts';
import { tidyLine, tidyText } from './text.ts';

/** Who edits, when, and what the transaction is labelled with. */
export type Author = {
	/** Contributor id: whose own words a contribution's edits change. */
	contributor: string;
	/** ISO 8601 in UTC. */
	now: string;
	/** Yjs's origin of the transaction; undo and storage tell edits apart by it. */
	origin: unknown;
};

/** A record of a collection inside a running transaction. */
export type Pen = {
	/** Writes a field; returns whether that changed anything. */
	set(field: string, value: unknown): boolean;
	get(field: string): unknown;
};

/** Runs `write` on one record in one transaction with the author's origin; a deleted record comes back. */
export function editRecord(
	doc: Y.Doc,
	by: Author,
	name: Collection,
	id: string,
	write: (pen: Pen) => void
): void {
	doc.transact(() => {
		const pen = penFor(collection(doc, name), `${id}/`);
		write(pen);
		if (pen.get('deleted') === true) pen.set('deleted', false);
	}, by.origin);
}

/** Marks a record as deleted. Its fields stay, for undo and for merging. No effect where there is none. */
export function deleteRecord(doc: Y.Doc, by: Author, name: Collection, id: string): void {
	if (!hasRecord(doc, name, id)) return;
	doc.transact(() => penFor(collection(doc, name), `${id}/`).set('deleted', true), by.origin);
}

/** The fields of `meta`, which is one record without an id. */
export function editMeta(doc: Y.Doc, by: Author, write: (pen: Pen) => void): void {
	doc.transact(() => write(penFor(collection(doc, 'meta'), '')), by.origin);
}

function penFor(map: Y.Map<unknown>, prefix: string): Pen {
	return {
		get: (field) => map.get(prefix + field),
		set(field, value) {
			if (map.has(prefix + field) && sameJson(map.get(prefix + field), value)) return false;
			map.set(prefix + field, ownCopy(value));
			return true;
		}
	};
}

/** Whether there is a record that is not deleted. */
export function hasRecord(doc: Y.Doc, name: Collection, id: string): boolean {
	const map = collection(doc, name);
	if (map.get(`${id}/deleted`) === true) return false;
	for (const key of map.keys()) if (key.startsWith(`${id}/`)) return true;
	return false;
}

/** Yjs keeps the very object that it is given: a screen that goes on changing it must not reach in. */
const ownCopy = (value: unknown): unknown =>
	typeof value === 'object' ? JSON.parse(JSON.stringify(value)) : value;

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** `text` tidied. Throws Problem `note-too-long` {count, limit} beyond `limit` characters. */
export function bounded(text: string, limit: number = limits.paragraph): string {
	// Count before touching it: 50 MB in the clipboard must not cost a second (F-20).
	refuseBeyond(limit, text.length);
	const tidied = tidyText(text);
	refuseBeyond(limit, tidied.length);
	return tidied;
}

/** `bounded` for one line. */
export const boundedLine = (text: string, limit: number = limits.line): string =>
	tidyLine(bounded(text, limit));

function refuseBeyond(limit: number, count: number): void {
	if (count > limit) throw new Problem('note-too-long', { count, limit });
}

/**
 * A merging text on its way in: `bounded`, except that a text which merging made too long may be
 * edited as long as it does not grow.
 */
export function boundedText(text: string, limit: number, before: () => string): string {
	if (text.length > limit && text.length > before().length) refuseBeyond(limit, text.length);
	return tidyText(text);
}
