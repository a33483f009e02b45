/**
 * Updates from elsewhere: a store's rows, a file, another tab. None of them is trusted (F-42).
 *
 * Yjs throws on a malformed update, and may have applied half of it by then. So an update first has to
 * decode, and a document is only built from updates that it took without an error. Updates are in
 * Yjs's first encoding: its second one can claim a billion elements in a few bytes (yjs #687).
 */
import * as Y from 'yjs';

/** The largest update that is looked at: bytes. A workspace of three years has about 0.3 MB. */
export const updateLimit = 32_000_000;

/**
 * Pieces of writing (Yjs's structs and deletions) in an update that somebody sends. Five people make
 * 20,000 in three weeks; a million in one update would freeze every device that opens it (F-42).
 */
export const structLimit = 250_000;

type Struct = { id: { client: number; clock: number }; length: number };

/** Throws an Error that says what is wrong with `update`; it touches no document. */
export function checkUpdate(update: Uint8Array, limit: number = Infinity): void {
	checkSize(update);
	Y.decodeUpdateV2(update, boundedDecoder(limit)).structs.forEach(checkStruct);
}

function checkSize(update: Uint8Array): void {
	// An empty one is not an empty update (that has two bytes); older Yjs looped for ever on it.
	if (update.length < 2) throw new Error('update is empty');
	if (update.length > updateLimit) throw new Error(`update of ${update.length} bytes`);
}

function checkStruct({ id: { client, clock }, length }: Struct): void {
	const sound = length > 0 && Number.isSafeInteger(clock + length);
	if (!sound) throw new Error(`struct of length ${length} at ${client}:${clock}`);
}

/** Yjs's decoder of its first encoding, which stops at the limit instead of counting afterwards. */
function boundedDecoder(limit: number): typeof Y.UpdateDecoderV1 {
	let count = 0;
	const tick = (): void => {
		if (++count > limit) throw new Error(`update of more than ${limit} structs`);
	};
	return class extends Y.UpdateDecoderV1 {
		override readInfo(): number {
			tick();
			return super.readInfo();
		}
		override readDsLen(): number {
			tick();
			return super.readDsLen();
		}
	};
}

/**
 * A document made of updates, in their order and in one transaction. `bad` are the positions of those
 * that could not be applied; the document is as if they had never been.
 */
export function assemble(updates: Uint8Array[]): { doc: Y.Doc; bad: number[] } {
	try {
		return { doc: build(updates), bad: [] };
	} catch {
		return assembleOneByOne(updates);
	}
}

function build(updates: Uint8Array[]): Y.Doc {
	for (const update of updates) checkSize(update);
	const doc = new Y.Doc();
	applyUpdates(doc, updates);
	// Looked at in the document: decoding each of them before would double the time of opening.
	for (const structs of doc.store.clients.values()) structs.forEach(checkStruct);
	return doc;
}

function assembleOneByOne(updates: Uint8Array[]): { doc: Y.Doc; bad: number[] } {
	const good: Uint8Array[] = [];
	const bad: number[] = [];
	let doc = new Y.Doc();
	for (const [position, update] of updates.entries()) {
		try {
			checkUpdate(update);
			Y.applyUpdate(doc, update);
			good.push(update);
		} catch {
			bad.push(position);
			// Half of it may be inside: start again from what was good.
			doc.destroy();
			doc = build(good);
		}
	}
	return { doc, bad };
}

/** Applies checked updates in one transaction. Throws what Yjs throws; the document is spoilt then. */
export function applyUpdates(doc: Y.Doc, updates: Uint8Array[], origin?: unknown): void {
	doc.transact(() => {
		for (const update of updates) Y.applyUpdate(doc, update, origin);
	}, origin);
}

/** The whole document as one update. */
export const stateOf = (doc: Y.Doc): Uint8Array => Y.encodeStateAsUpdate(doc);

/** What `newer` has and `older` lacks, as one update; null if that is nothing. */
export function missingFrom(older: Y.Doc, newer: Y.Doc): Uint8Array | null {
	const update = Y.encodeStateAsUpdate(newer, Y.encodeStateVector(older));
	const probe = new Y.Doc();
	let changes = false;
	Y.applyUpdate(probe, Y.encodeStateAsUpdate(older));
	probe.on('update', () => (changes = true));
	Y.applyUpdate(probe, update);
	probe.destroy();
	return changes ? update : null;
}

/** Several updates as one; for up to about fifty of them. */
export const mergeUpdates = (updates: Uint8Array[]): Uint8Array => Y.mergeUpdates(updates);
