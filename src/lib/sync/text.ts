/**
 * Texts that two people may write at once: tidied on the way in and out, and edited by the smallest
 * difference, so that concurrent edits of one text both survive (P5).
 */
import * as Y from 'yjs';
import { tidyText } from './tidy.ts';

export { tidyLine, tidyName, tidyText } from './tidy.ts';

/** What the document holds under a name, tidied; empty where there is none. Creates nothing. */
export function readText(doc: Y.Doc, name: string): string {
	return doc.share.has(name) ? tidyText(doc.getText(name).toString()) : '';
}

/**
 * Makes the text of `name` be `text` (tidied) by replacing the middle that differs. Call it inside a
 * transaction. Returns whether anything changed.
 */
export function writeText(doc: Y.Doc, name: string, text: string): boolean {
	const shared = doc.getText(name);
	const { at, remove, insert } = difference(shared.toString(), tidyText(text));
	if (remove > 0) shared.delete(at, remove);
	if (insert) shared.insert(at, insert);
	return remove > 0 || insert !== '';
}

/** The one replacement that turns `before` into `after`: common start and end are kept. */
export function difference(
	before: string,
	after: string
): { at: number; remove: number; insert: string } {
	const shortest = Math.min(before.length, after.length);
	let start = 0;
	while (start < shortest && before[start] === after[start]) start++;
	// Yjs turns both halves of a surrogate pair into U+FFFD when an edit cuts it in two.
	if (start > 0 && isHighSurrogate(before, start - 1)) start--;
	let end = 0;
	while (
		end < shortest - start &&
		before[before.length - 1 - end] === after[after.length - 1 - end]
	) {
		end++;
	}
	if (end > 0 && isLowSurrogate(before, before.length - end)) end--;
	return {
		at: start,
		remove: before.length - start - end,
		insert: after.slice(start, after.length - end)
	};
}

const isHighSurrogate = (text: string, at: number): boolean =>
	(text.charCodeAt(at) & 0xfc00) === 0xd800;
const isLowSurrogate = (text: string, at: number): boolean =>
	(text.charCodeAt(at) & 0xfc00) === 0xdc00;

/**
 * First text of `name`, made by the machine (a chapter's prefilled body): `writeText`, except that two
 * devices that seed the same text apart end up with one copy after merging, not two in a row.
 *
 * A text's letters are identified by client and clock. So a seed is written by a client whose number
 * follows from name and text: the same seed is the same letters everywhere. Its numbers start at
 * 2^32, beyond those that Yjs draws for real clients.
 *
 * Call it outside of a transaction: Yjs takes a foreign client's letters among one's own for a stolen
 * client id, and would draw a new one.
 */
export function seedText(doc: Y.Doc, name: string, text: string, origin: unknown): void {
	const tidied = tidyText(text);
	if (readText(doc, name) === '' && tidied !== '') {
		const seed = new Y.Doc();
		seed.clientID = 2 ** 32 + hash52(`${name}\n${tidied}`);
		seed.getText(name).insert(0, tidied);
		doc.getText(name);
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(seed), origin);
		seed.destroy();
	}
	// Where the same seed was planted and deleted before, its letters stay deleted: write it anew.
	doc.transact(() => writeText(doc, name, tidied), origin);
}

/** 52 bits of two FNV-1a hashes: spreads well, and nobody's safety hangs on it. */
function hash52(text: string): number {
	let a = 0x811c9dc5;
	let b = 0x1000193;
	for (let i = 0; i < text.length; i++) {
		a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
		b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b) + 1;
	}
	return (a & 0xfffff) * 2 ** 32 + (b >>> 0);
}
