/**
 * The Source: where a workspace is read from. A document gives its records afresh; `KeptRecords` keeps
 * them while they do not change, for a document that is read with each key that somebody presses.
 */
import type * as Y from 'yjs';
import { collection, records, recordsOf, sound } from './shape.ts';
import type { Collection, Fields } from './shape.ts';

export type Source = {
	readonly doc: Y.Doc;
	/** The records of a collection that are not deleted, in the order of their ids. */
	records: (name: Collection) => readonly [id: string, fields: Fields][];
	/** What `parse` makes of a record; of one that did not change, the very value that it made before. */
	parsed: <T>(fields: Fields, parse: () => T) => T;
};

export const afresh = (doc: Y.Doc): Source => ({
	doc,
	records: (name) => records(doc, name),
	parsed: (_, parse) => parse()
});

/** Tell it what changed: it does not listen. A record whose fields are the same Map did not change. */
export class KeptRecords implements Source {
	readonly doc: Y.Doc;
	#all = new Map<Collection, Map<string, Fields>>();
	#sound = new Map<Collection, [id: string, fields: Fields][]>();
	#parsed = new WeakMap<Fields, unknown>();

	constructor(doc: Y.Doc) {
		this.doc = doc;
	}

	records(name: Collection): readonly [id: string, fields: Fields][] {
		const known = this.#sound.get(name);
		if (known) return known;
		let all = this.#all.get(name);
		if (!all) this.#all.set(name, (all = recordsOf(this.doc, name)));
		const found = sound(all);
		this.#sound.set(name, found);
		return found;
	}

	parsed<T>(fields: Fields, parse: () => T): T {
		if (this.#parsed.has(fields)) return this.#parsed.get(fields) as T;
		const value = parse();
		this.#parsed.set(fields, value);
		return value;
	}

	/** These keys `<record id>/<field>` of a collection changed; null among them: who knows what. */
	changed(name: Collection, keys: Iterable<string | null>): void {
		const all = this.#all.get(name);
		this.#sound.delete(name);
		if (!all) return;
		const map = collection(this.doc, name);
		const renewed = new Set<string>();
		for (const key of keys) {
			if (key === null) return void this.#all.delete(name);
			const slash = key.lastIndexOf('/');
			if (slash < 1) continue;
			const id = key.slice(0, slash);
			if (!renewed.has(id)) all.set(id, new Map(all.get(id)));
			renewed.add(id);
			const fields = all.get(id)!;
			if (map.has(key)) fields.set(key.slice(slash + 1), map.get(key));
			else fields.delete(key.slice(slash + 1));
			if (fields.size === 0) all.delete(id);
		}
	}

	/** A text of a record changed. */
	renew(name: Collection, id: string): void {
		const fields = this.#all.get(name)?.get(id);
		if (!fields) return;
		this.#all.get(name)?.set(id, new Map(fields));
		this.#sound.delete(name);
	}

	/** Anything may have changed. */
	forget(): void {
		this.#all.clear();
		this.#sound.clear();
	}
}
