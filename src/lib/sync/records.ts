/**
 * Records whose fields are plain values: one table of parsers says how each is read, and the same
 * table says how it is written. A field that a newer version adds stays in the document (P7).
 */
import type * as Y from 'yjs';
import { isContentId } from '#lib/model/ids.ts';
import { Problem } from '#lib/model/problem.ts';
import { bounded, boundedLine, deleteRecord, editRecord, hasRecord } from './edit.ts';
import type { Author } from './edit.ts';
import * as as from './fields.ts';
import { splitId } from './shape.ts';
import type { Collection, Fields } from './shape.ts';
import type { Source } from './source.ts';

/** A parser for each field but the id. */
export type Shape<T> = { [K in keyof Omit<T, 'id'>]: (value: unknown) => T[K & keyof T] };

export const readFields = <T extends object>(shape: Shape<T>, fields: Fields): Omit<T, 'id'> => {
	const read: Record<string, unknown> = {};
	for (const [name, parse] of Object.entries<(value: unknown) => unknown>(shape)) {
		read[name] = parse(fields.get(name));
	}
	return read as Omit<T, 'id'>;
};

/** The records of a collection with one-part ids, in the order of their ids. */
export const readRecords = <T extends { id: string }>(
	from: Source,
	name: Collection,
	shape: Shape<T>
): T[] =>
	from
		.records(name)
		.filter(([id]) => splitId(id, 1))
		.map(([id, fields]) => ({ id, ...readFields(shape, fields) }) as T);

/**
 * What `patch` says of the fields of `shape`, sound. Throws Problem `note-too-long` {count, limit}
 * where a text is beyond its limit.
 */
export function soundFields<T extends object>(
	shape: Shape<T>,
	patch: Partial<T>
): [string, unknown][] {
	return Object.entries<(value: unknown) => unknown>(shape).flatMap(([name, parse]) => {
		const value = (patch as Record<string, unknown>)[name];
		if (value === undefined) return [];
		if (typeof value !== 'string') return [[name, parse(value)]];
		return [[name, parse(parse === as.asParagraph ? bounded(value) : boundedLine(value))]];
	});
}

/** Adds a record, or changes the fields that are named of the one with its id. */
export function putRecord<T extends object>(
	doc: Y.Doc,
	by: Author,
	name: Collection,
	shape: Shape<T>,
	id: string,
	patch: Partial<T>
): void {
	if (!isContentId(id)) throw new Problem('unexpected', { detail: `not an id: ${id}` });
	const sound = soundFields(shape, patch);
	editRecord(doc, by, name, id, (pen) => {
		for (const [field, value] of sound) pen.set(field, value);
	});
}

/** The edits of one collection; `patch` has no effect where there is no such record. */
export function editsOf<T extends { id: string }>(name: Collection, shape: Shape<T>) {
	return {
		put: (doc: Y.Doc, by: Author, { id, ...fields }: T): void =>
			putRecord<T>(doc, by, name, shape, id, fields as unknown as Partial<T>),
		patch: (doc: Y.Doc, by: Author, id: string, patch: Partial<Omit<T, 'id'>>): void => {
			if (hasRecord(doc, name, id))
				putRecord<T>(doc, by, name, shape, id, patch as unknown as Partial<T>);
		},
		remove: (doc: Y.Doc, by: Author, id: string): void => deleteRecord(doc, by, name, id)
	};
}
