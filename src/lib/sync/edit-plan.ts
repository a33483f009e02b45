/** Edits of the plan: its actions. Each runs one transaction with the author's origin. */
import * as Y from 'yjs';
import { isContentId } from '#lib/model/ids.ts';
import { Problem } from '#lib/model/problem.ts';
import type { Action } from '#lib/model/workspace.ts';
import { boundedLine, boundedText, deleteRecord, editRecord, hasRecord } from './edit.ts';
import type { Author } from './edit.ts';
import { actionNoteName, alsoPrefix, limits } from './shape.ts';
import { readText, writeText } from './text.ts';

export type ActionPatch = Partial<Omit<Action, 'id'>>;

/** Adds an action, or writes all fields of the one with its id. */
export function putAction(doc: Y.Doc, by: Author, action: Action): void {
	const { id, ...fields } = action;
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
	editRecord(doc, by, 'actions', id, (pen) => {
		// A field a guide: two devices that add a guide each have both.
		for (const [guide, closes] of Object.entries(patch.also ?? {})) {
			pen.set(alsoPrefix + guide, closes);
		}
		for (const [field, value] of sound) pen.set(field, value);
		if (note !== undefined) writeText(doc, name, note);
	});
}
