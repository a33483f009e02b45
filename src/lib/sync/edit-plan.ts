/** Edits of the plan: its actions. Each runs one transaction with the author's origin. */
import * as Y from 'yjs';
import { isContentId } from '#lib/model/ids.ts';
import { Problem } from '#lib/model/problem.ts';
import { noDetails } from '#lib/model/workspace.ts';
import type { Action } from '#lib/model/workspace.ts';
import { boundedLine, boundedText, deleteRecord, editRecord, hasRecord } from './edit.ts';
import type { Author, Pen } from './edit.ts';
import { readDetails } from './read-plan.ts';
import { soundFields } from './records.ts';
import { actionNoteName, alsoPrefix, limits, recordOf } from './shape.ts';
import { detailShape, movePrefix, partParsers, partPrefix } from './shapes-plan.ts';
import type { PartName, Parts } from './shapes-plan.ts';
import { readText, writeText } from './text.ts';

/** Lists of parts are written as wholes: what is not in them is taken out. */
export type ActionPatch = Partial<Omit<Action, 'id' | 'moves'>>;

/** Adds an action, or writes all fields of the one with its id. */
export function putAction(doc: Y.Doc, by: Author, action: Action): void {
	const { id, moves: _, ...fields } = action;
	if (!isContentId(id)) throw new Problem('unexpected', { detail: `not an id: ${id}` });
	write(doc, by, id, fields);
}

/**
 * Changes some fields of an action (of `also` the guides that are named; an empty list takes one out)
 * and leaves the others to whoever edits them at the same time.
 * No effect where there is no such action. Throws Problem `note-too-long`; nothing has changed then.
 */
export function patchAction(doc: Y.Doc, by: Author, id: string, patch: ActionPatch): void {
	if (hasRecord(doc, 'actions', id)) write(doc, by, id, patch);
}

export function removeAction(doc: Y.Doc, by: Author, id: string): void {
	deleteRecord(doc, by, 'actions', id);
}

/** Adds a task, a cost line or a risk to an action, or changes the one with its id. */
export function putPart<K extends PartName>(
	doc: Y.Doc,
	by: Author,
	action: string,
	name: K,
	part: Parts[K]
): void {
	if (!hasRecord(doc, 'actions', action)) return;
	const sound = soundPart(name, part);
	editRecord(doc, by, 'actions', action, (pen) => setPart(pen, name, part.id, sound));
}

export function removePart(
	doc: Y.Doc,
	by: Author,
	action: string,
	name: PartName,
	id: string
): void {
	if (!hasRecord(doc, 'actions', action)) return;
	editRecord(doc, by, 'actions', action, (pen) => setPart(pen, name, id, null));
}

const setPart = (pen: Pen, name: PartName, id: string, value: unknown): void => {
	const field = partPrefix[name] + id;
	if (value === null && pen.get(field) === undefined) return;
	pen.set(field, value);
};

/** Throws Problem `note-too-long` where a text of it is, `unexpected` where it is no part at all. */
function soundPart<K extends PartName>(name: K, part: Parts[K]): object {
	for (const value of Object.values(part)) if (typeof value === 'string') boundedLine(value);
	const sound = isContentId(part.id) && partParsers[name](part.id, part);
	if (!sound) throw new Problem('unexpected', { detail: `not sound: ${name} ${part.id}` });
	const { id: _, ...fields } = sound;
	return fields;
}

const lines = ['title', 'owner', 'indicator', 'target'] as const;
const plain = [
	'guide',
	'measure',
	'closes',
	'start',
	'end',
	'cost',
	'effort',
	'unit',
	'state',
	'order'
] as const;

const partNames = ['tasks', 'costLines', 'risks'] as const;

function write(doc: Y.Doc, by: Author, id: string, patch: ActionPatch): void {
	const sound: [string, unknown][] = [];
	for (const field of plain) if (patch[field] !== undefined) sound.push([field, patch[field]]);
	for (const field of lines) {
		const line = patch[field];
		if (line !== undefined) sound.push([field, boundedLine(line)]);
	}
	const name = actionNoteName(id);
	const note =
		patch.note === undefined
			? undefined
			: boundedText(patch.note, limits.note, () => readText(doc, name));
	for (const guide of Object.keys(patch.also ?? {})) {
		if (!isContentId(guide)) throw new Problem('unexpected', { detail: `not an id: ${guide}` });
	}
	const details = soundFields(detailShape, patch);
	const hasParts = partNames.some((name) => patch[name]);
	const before = readDetails(hasParts ? recordOf(doc, 'actions', id) : new Map());
	const parts = partNames.flatMap((name): [PartName, string, object | null][] => {
		const wanted = patch[name];
		if (!wanted) return [];
		const kept = new Set(wanted.map((part) => part.id));
		return [
			...wanted.map((part): [PartName, string, object] => [name, part.id, soundPart(name, part)]),
			...before[name]
				.filter((part) => !kept.has(part.id))
				.map((part): [PartName, string, null] => [name, part.id, null])
		];
	});
	editRecord(doc, by, 'actions', id, (pen) => {
		for (const [field, value] of details) {
			// What was never said need not be written: each write stays in the document for good.
			const isNothing = JSON.stringify(value) === JSON.stringify(Reflect.get(noDetails, field));
			if (!isNothing || pen.get(field) !== undefined) pen.set(field, value);
		}
		for (const part of parts) setPart(pen, ...part);
		const isMove = patch.state !== undefined && pen.get('state') !== patch.state;
		if (isMove && pen.get('state') !== undefined) pen.set(movePrefix + by.now, patch.state);
		// A field a guide: two devices that add a guide each have both.
		for (const [guide, closes] of Object.entries(patch.also ?? {})) {
			pen.set(alsoPrefix + guide, closes);
		}
		for (const [field, value] of sound) pen.set(field, value);
		if (note !== undefined) writeText(doc, name, note);
	});
}
