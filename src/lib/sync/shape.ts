/**
 * The shape of the workspace document: which Yjs type holds what, under which key.
 *
 * README.md says why. One top-level `Y.Map` per collection with flat keys `<record id>/<field>`;
 * one top-level `Y.Text` per text that merges as text. Everything else in a document belongs to a
 * newer version, and is left as it is (P7).
 */
import * as Y from 'yjs';
import { isContentId } from '#lib/model/ids.ts';
import type { QuestionKey } from '#lib/model/workspace.ts';

/** The format that this version writes to `meta/format`. A higher one is read as far as it is known. */
export const format = 1;

export const collections = [
	'meta',
	'contributions',
	'agreed',
	'targets',
	'actions',
	'chapters',
	'snapshots',
	'guides',
	'figures',
	'stakeholders',
	'objectives',
	'indicators',
	'plan',
	'comments',
	'versions',
	'approvals',
	'contributors',
	'parts'
] as const;
export type Collection = (typeof collections)[number];

/** Lengths in UTF-16 units and numbers of entries. Reading cuts to them, editing refuses beyond them. */
export const limits = {
	/** The name of a person or an organisation that says who answers. */
	name: 120,
	/** What came back of a part, as text: 62 questions with notes have about 40,000. */
	state: 4_000_000,
	/** Names, titles, owners, references: one line. */
	line: 1000,
	/** Reasons and the why of an agreed value. */
	paragraph: 10_000,
	/** A note: "100 KB" (F-20), in characters, because that is what a person can count. */
	note: 100_000,
	/** A chapter's body. */
	body: 1_000_000,
	/** Entries of a list inside a record. */
	list: 10_000,
	/** Records of a collection. */
	records: 50_000
} as const;

/** `<guide>/<question>/<contributor>` */
export type ContributionId = `${QuestionKey}/${string}`;
export const contributionId = (key: QuestionKey, contributor: string): ContributionId =>
	`${key}/${contributor}`;

/** Names of the top-level texts. A contribution's id has three parts, so that none is `action/…`. */
export const noteName = (id: ContributionId): string => `note/${id}`;
export const actionNoteName = (id: string): string => `note/action/${id}`;
export const bodyName = (chapter: string): string => `body/${chapter}`;

/** The parts of a record id if there are `count` of them and each is an id; else null. */
export function splitId(id: string, count: number): string[] | null {
	const parts = id.split('/');
	return parts.length === count && parts.every(isContentId) ? parts : null;
}

export const evidencePrefix = 'evidence:';
export const readinessPrefix = 'readiness:';
/** Of a guide: a field for each thing that was carried into a later edition. */
export const carriedPrefix = 'carried:';
/** Of an action: a field for each other guide that it serves. */
export const alsoPrefix = 'also:';

export const collection = (doc: Y.Doc, name: Collection): Y.Map<unknown> => doc.getMap(name);

/** A record's fields as they stand in the document: nobody has checked them. */
export type Fields = Map<string, unknown>;

/** The records of a collection that are not deleted, in the order of their ids. */
export function records(doc: Y.Doc, name: Collection): [id: string, fields: Fields][] {
	const found = new Map<string, Fields>();
	for (const [key, value] of collection(doc, name).entries()) {
		const slash = key.lastIndexOf('/');
		if (slash < 1) continue;
		const id = key.slice(0, slash);
		const fields = found.get(id);
		if (fields) fields.set(key.slice(slash + 1), value);
		else found.set(id, new Map([[key.slice(slash + 1), value]]));
	}
	return [...found]
		.filter(([, fields]) => fields.get('deleted') !== true)
		.sort(([a], [b]) => compare(a, b))
		.slice(0, limits.records);
}

/** Order by code unit: the same on every device, whatever its language. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
