/**
 * Containment: what an update would change, found out on a copy (SPEC.md, R-3, E-5).
 *
 * A contributor holds the key that editors hold, so that an envelope alone says nothing of what it may
 * do. A `Trial` is a second document that runs ahead of the real one: an update is tried there first, and
 * only a sound one that is allowed goes on. Yjs may apply half of a bad update before it throws: then
 * the trial is spoilt, and the workspace is not.
 */
import * as Y from 'yjs';
import { isContentId } from '#lib/model/ids.ts';
import { applyUpdates, checkUpdate } from './updates.ts';
import { Writer } from './wire.ts';

export type Changes = {
	/** Records (`contributions/<record id>`) and texts (`note/…`); a collection's name and a slash for all. */
	places: string[];
	/** Places that were written under the Yjs clients whose writing this update continues. */
	continues: string[];
	/** Something in it waits for what is not there yet: nobody can say what that will change. */
	early: boolean;
};

/** What `update` would change in `doc`, which stays as it is. Throws an Error where it is not sound. */
export function whatChanged(doc: Y.Doc, update: Uint8Array): Changes {
	const trial = copyOf(doc);
	try {
		return apply(trial, update);
	} finally {
		trial.destroy();
	}
}

/** Whether that is a contributor's to change: their own contributions, the notes of those, who they are. */
export const isAllowed = (changes: Changes, contributor: string): boolean =>
	!changes.early &&
	[...changes.places, ...changes.continues].every((place) => isOwn(place, contributor));

function isOwn(place: string, contributor: string): boolean {
	const [kind, ...id] = place.split('/');
	if (id.at(-1) !== contributor || !id.every(isContentId)) return false;
	return kind === 'contributors' ? id.length === 1 : isContribution(kind) && id.length === 3;
}

const isContribution = (kind: string | undefined): boolean =>
	kind === 'contributions' || kind === 'note';

export type Verdict =
	/** Apply it: the trial has, without an error. */
	| 'sound'
	/** A contributor's, and not only of their own things: put it aside whole, and say so. */
	| 'not-allowed'
	/** A contributor's, and it builds on what is not there yet: try again after what follows. */
	| 'early'
	/** Yjs cannot take it: put it aside, and say so. */
	| 'unsound';

/** After so many updates a new trial starts from one state, not from all of them. */
const foldAfter = 200;

/** A copy of a document that tries updates before the document takes them in. */
export class Trial {
	#doc: Y.Doc;
	/** The state that the copy began with, and what was sound since. */
	#base: Uint8Array;
	#sound: Uint8Array[] = [];

	/** What was sound so far, as a document: for reading alone. */
	get doc(): Y.Doc {
		return this.#doc;
	}

	/** The trial of `real` as it is now: changes that a person makes to it later are not in it. */
	constructor(real: Y.Doc) {
		this.#base = Y.encodeStateAsUpdate(real);
		this.#doc = this.#copy();
	}

	/**
	 * Tries an update; `contributor` is whose it is under the role `contribute`, null for an editor's.
	 * What is 'sound' is part of the trial from then on.
	 */
	try(update: Uint8Array, contributor: string | null): Verdict {
		try {
			const verdict = this.#apply(update, contributor);
			if (verdict !== 'sound') return verdict;
		} catch {
			// Half of it may be inside.
			this.#again();
			return 'unsound';
		}
		this.#sound.push(update);
		if (this.#sound.length > foldAfter) {
			this.#base = Y.encodeStateAsUpdate(this.#doc);
			this.#sound = [];
		}
		return 'sound';
	}

	#apply(update: Uint8Array, contributor: string | null): Verdict {
		if (contributor === null) {
			checkUpdate(update);
			Y.applyUpdate(this.#doc, update);
			return 'sound';
		}
		// Where something waits already, only a copy tells what of it this one releases.
		const onCopy = isWaiting(this.#doc);
		const changes = onCopy ? whatChanged(this.#doc, update) : apply(this.#doc, update);
		const isSound = isAllowed(changes, contributor);
		if (isSound && onCopy) Y.applyUpdate(this.#doc, update);
		if (!isSound && !onCopy) this.#again();
		return isSound ? 'sound' : changes.early ? 'early' : 'not-allowed';
	}

	#again(): void {
		this.#doc.destroy();
		this.#doc = this.#copy();
	}

	#copy(): Y.Doc {
		const copy = new Y.Doc();
		applyUpdates(copy, [this.#base, ...this.#sound]);
		return copy;
	}

	destroy(): void {
		this.#doc.destroy();
	}
}

/** A copy with nothing that waits: else an update that releases it would be charged with it. */
function copyOf(doc: Y.Doc): Y.Doc {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	copy.store.pendingStructs = null;
	copy.store.pendingDs = null;
	return copy;
}

function apply(doc: Y.Doc, update: Uint8Array): Changes {
	checkUpdate(update);
	const names = new Map<unknown, string>([...doc.share].map(([name, type]) => [type, name]));
	const continues = new Set<string>();
	for (const client of continued(doc, update)) {
		for (const struct of doc.store.clients.get(client) ?? []) {
			if (struct instanceof Y.Item) continues.add(placeOf(names, struct.parent, struct.parentSub));
		}
	}
	const changed: Y.Transaction['changed'][] = [];
	const note = (transaction: Y.Transaction): unknown => changed.push(transaction.changed);
	doc.on('afterTransaction', note);
	try {
		Y.applyUpdate(doc, update);
	} finally {
		doc.off('afterTransaction', note);
	}
	for (const [name, type] of doc.share) names.set(type, name);
	const places = new Set<string>();
	for (const [type, keys] of changed.flatMap((map) => [...map])) {
		for (const key of keys) places.add(placeOf(names, type, key));
	}
	return { places: [...places], continues: [...continues], early: isWaiting(doc) };
}

/**
 * What `newer` has of a contributor's own words and `older` lacks, as one update; null if that is
 * nothing. A contributor that heals sends this: the words of others are not its to send (H-1, R-3).
 */
export function ownMissing(older: Y.Doc, newer: Y.Doc, contributor: string): Uint8Array | null {
	const names = new Map<unknown, string>([...newer.share].map(([name, type]) => [type, name]));
	const known = new Map<number, number>();
	const own = new Set<number>();
	for (const [client, structs] of newer.store.clients) {
		const items = structs.filter((struct) => struct instanceof Y.Item);
		const isTheirs = items.every(({ parent, parentSub }) =>
			isOwn(placeOf(names, parent, parentSub), contributor)
		);
		const isMine = items.length > 0 && isTheirs;
		if (isMine) own.add(client);
		known.set(client, Y.getState((isMine ? older : newer).store, client));
	}
	const all = Y.encodeStateAsUpdate(newer, Y.encodeStateVector(known));
	const update = onlyDeletionsOf(own, all);
	return addsTo(older, update) ? update : null;
}

/** An update with the deletions of some clients' writing alone: they stand at its end. */
function onlyDeletionsOf(clients: Set<number>, update: Uint8Array): Uint8Array {
	const deleted = [...Y.decodeUpdate(update).ds.clients].sort(([a], [b]) => b - a);
	const write = (ranges: typeof deleted): Uint8Array => {
		const writer = new Writer().number(ranges.length);
		for (const [client, items] of ranges) {
			writer.number(client).number(items.length);
			for (const { clock, len } of items) writer.number(clock).number(len);
		}
		return writer.done();
	};
	const structs = update.subarray(0, update.length - write(deleted).length);
	const kept = write(deleted.filter(([client]) => clients.has(client)));
	return new Writer().raw(structs).raw(kept).done();
}

function addsTo(doc: Y.Doc, update: Uint8Array): boolean {
	const probe = copyOf(doc);
	let adds = false;
	probe.on('update', () => (adds = true));
	Y.applyUpdate(probe, update);
	adds ||= isWaiting(probe);
	probe.destroy();
	return adds;
}

const isWaiting = ({ store }: Y.Doc): boolean =>
	store.pendingStructs !== null || store.pendingDs !== null;

/**
 * Clients that are in `doc` and of whom `update` brings more. Whoever writes on under another's client
 * makes that one's own next words look as if they were here already, and Yjs drops them.
 */
function continued(doc: Y.Doc, update: Uint8Array): Set<number> {
	const found = new Set<number>();
	for (const { id, length } of Y.decodeUpdate(update).structs) {
		const known = Y.getState(doc.store, id.client);
		if (known > 0 && id.clock + length > known) found.add(id.client);
	}
	return found;
}

/** Where a key of a type is: a record of a collection, a text, or a collection's name and a slash. */
function placeOf(names: Map<unknown, string>, parent: unknown, key: string | null): string {
	let type = parent;
	let at = key;
	while (type instanceof Y.AbstractType && type._item) {
		at = type._item.parentSub;
		type = type._item.parent;
	}
	const name = names.get(type) ?? '';
	if (at === null) return name.startsWith('note/') || name.startsWith('body/') ? name : `${name}/`;
	return `${name}/${at.slice(0, Math.max(0, at.lastIndexOf('/')))}`;
}
