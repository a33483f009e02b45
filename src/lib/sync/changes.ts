/**
 * Changes: what one transaction of Yjs did to the workspace, in terms of its records.
 *
 * Call `changesIn` from 'afterTransaction': what was deleted is still there then. It is what a history
 * is made of; what nobody would call a change (an order, a moment, where somebody stood) is left out.
 */
import * as Y from 'yjs';
import { clientPrefix } from './edit-people.ts';
import { collection, collections } from './shape.ts';
import type { Collection } from './shape.ts';
import { tidyText } from './text.ts';

export type FieldChange = {
	field: string;
	/** As they stand in the document; undefined where there was or is nothing. */
	before: unknown;
	after: unknown;
};
export type Change = {
	collection: Collection;
	/** The record's id; empty for the workspace itself. */
	record: string;
	fields: FieldChange[];
	/** The record was not there before. */
	added: boolean;
	/** What it is called: its title, its name. */
	label: string;
	/** Who wrote it: Yjs's number, and the number of the write among theirs. */
	client: number;
	clock: number;
};

/** Fields of which nobody would say "that was changed". */
const silent: Partial<Record<Collection, RegExp>> = {
	meta: /^(id|createdAt|demo|format|partOf)$/,
	contributions: /^(at|from|was)$/,
	actions: /^(order|guide|measure|move:.*)$/,
	chapters: /^(order|sources)$/,
	guides: /^(resume|edition|carried:.*)$/,
	stakeholders: /^order$/,
	objectives: /^(order|guide)$/,
	indicators: /^(order|of|parent)$/,
	comments: /^(chapter|on|answers|quote|before|after|by|name|at)$/,
	approvals: /^(order|guide)$/,
	contributors: new RegExp(`^${clientPrefix}`),
	parts: /^(state|landed|linked|contributor|workspace|by|at)$/
};
const titles = ['title', 'name', 'post', 'organisation', 'text', 'value'];
/** Longer texts and values are said to have changed; what they were is not kept. */
const longest = 50_000;

export function changesIn(transaction: Y.Transaction): Change[] {
	const { doc, changed } = transaction;
	const touched = [...doc.share].flatMap(([name, type]): [string, Set<string | null>][] => {
		const keys = changed.get(type);
		return keys ? [[name, keys]] : [];
	});
	const asked: Map<unknown, Set<string | null>> = changed;
	const found = new Map<string, Change>();
	for (const [name, keys] of touched) {
		if (collections.some((one) => one === name)) {
			const map = doc.getMap(name);
			// What came from elsewhere has no kind in Yjs until somebody asks for it by one; then it has
			// another identity, under which the event looks for its keys.
			if (!asked.has(map)) asked.set(map, keys);
			inMap(transaction, map, name, keys, found);
		} else if (places.some(([prefix]) => name.startsWith(prefix))) {
			inText(transaction, doc.getText(name), name, keys, found);
		}
	}
	return [...found.values()];
}

function inMap(
	transaction: Y.Transaction,
	map: Y.Map<unknown>,
	name: string,
	keys: Set<string | null>,
	found: Map<string, Change>
): void {
	const of = collections.find((one) => one === name);
	if (!of) return;
	const event = new Y.YMapEvent(map, transaction, keys);
	for (const [key, { action, oldValue }] of event.changes.keys) {
		const slash = key.lastIndexOf('/');
		const [record, field] = [key.slice(0, Math.max(slash, 0)), key.slice(slash + 1)];
		if ((of === 'meta') !== (record === '')) continue;
		const item = map._map.get(key);
		if (!item) continue;
		const { client, clock } = item.id;
		const all = changeOf(found, { collection: of, record, client, clock });
		const before: unknown = action === 'add' ? undefined : oldValue;
		if (silent[of]?.test(field)) continue;
		add(all, { field, before: short(before), after: short(map.get(key)) });
	}
	for (const change of found.values()) {
		if (change.collection !== of) continue;
		if (of === 'meta' || !change.fields.some(({ before }) => before === undefined)) continue;
		change.added = isNew(map, change.record, event);
	}
	for (const [id, change] of found) {
		if (change.fields.length === 0 && change.collection === of) found.delete(id);
	}
}

/** Whether all that the map holds of a record was added just now. */
function isNew(map: Y.Map<unknown>, record: string, event: Y.YMapEvent<unknown>): boolean {
	const { keys } = event.changes;
	for (const key of map.keys()) {
		if (key.startsWith(`${record}/`) && keys.get(key)?.action !== 'add') return false;
	}
	return true;
}

const places: [prefix: string, of: Collection, field: string][] = [
	['note/action/', 'actions', 'note'],
	['note/', 'contributions', 'note'],
	['body/', 'chapters', 'body']
];

function inText(
	transaction: Y.Transaction,
	text: Y.Text,
	name: string,
	keys: Set<string | null>,
	found: Map<string, Change>
): void {
	const place = places.find(([prefix]) => name.startsWith(prefix));
	if (!place) return;
	const [prefix, of, field] = place;
	const event = new Y.YTextEvent(text, transaction, keys as Set<never>);
	let before = '';
	let last: Y.ID | null = null;
	for (let item = text._start; item; item = item.right) {
		const isAdded = event.adds(item);
		if (isAdded || event.deletes(item)) last = item.lastId;
		if (isAdded || (item.deleted && !event.deletes(item))) continue;
		if (item.content instanceof Y.ContentString) before += item.content.str;
	}
	const after = text.toString();
	if (!last || before === after) return;
	const { client, clock } = last;
	const change = changeOf(found, {
		collection: of,
		record: name.slice(prefix.length),
		client: transaction.local ? transaction.doc.clientID : client,
		clock
	});
	if (change.label === '') change.label = labelOf(transaction.doc, of, change.record);
	add(change, { field, before: short(tidyText(before)), after: short(tidyText(after)) });
}

function changeOf(
	found: Map<string, Change>,
	at: Pick<Change, 'collection' | 'record' | 'client' | 'clock'>
): Change {
	const id = `${at.collection}\n${at.record}\n${at.client}`;
	const known = found.get(id);
	if (known) {
		known.clock = Math.max(known.clock, at.clock);
		return known;
	}
	const change: Change = { ...at, fields: [], added: false, label: '' };
	found.set(id, change);
	return change;
}

function add(change: Change, field: FieldChange): void {
	change.fields.push(field);
	if (titles.includes(field.field) && typeof field.after === 'string') change.label ||= field.after;
}

/** What a record is called as it stands. */
export function labelOf(doc: Y.Doc, of: Collection, record: string): string {
	const map = collection(doc, of);
	for (const name of titles) {
		const title = map.get(`${record}/${name}`);
		if (typeof title === 'string' && title !== '') return title.slice(0, 200);
	}
	return '';
}

/** The changes with the names of what they are about. */
export const labelled = (doc: Y.Doc, changes: Change[]): Change[] =>
	changes.map((change) => ({
		...change,
		label: (change.label || labelOf(doc, change.collection, change.record)).slice(0, 200)
	}));

/** A value as a row of the history keeps it; one that is too long is only said to be there. */
function short(value: unknown): unknown {
	if (typeof value === 'string') return value.length > longest ? tooLong : value;
	if (typeof value !== 'object' || value === null) return value;
	if (value instanceof Y.AbstractType || value instanceof Uint8Array) return tooLong;
	const text = JSON.stringify(value);
	return text.length > longest ? tooLong : (JSON.parse(text) as unknown);
}
/** Stands for a value that was too long to keep. */
export const tooLong = { tooLong: true } as const;
export const isTooLong = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && 'tooLong' in value;
