/**
 * The workspace document: one workspace as one CRDT (Yjs), and the door of this room.
 *
 * `createDocument` makes one, `readWorkspace` reads it, the edit functions change it, and
 * `assemble` takes in what others wrote. README.md describes its shape.
 */
import * as Y from 'yjs';
import { isContentId } from '#lib/model/ids.ts';
import { Problem } from '#lib/model/problem.ts';
import type { Workspace } from '#lib/model/workspace.ts';
import { collection, format } from './shape.ts';
import { tidyLine } from './text.ts';

export { applyUpdates, assemble, checkUpdate, missingFrom, stateOf } from './updates.ts';
export { documentFormat, readWorkspace } from './read.ts';
export { format, limits } from './shape.ts';
export type { Author } from './edit.ts';
export * from './edit-assessment.ts';
export * from './edit-draft.ts';
export * from './edit-plan.ts';
export * from './edit-workspace.ts';

/** A new, empty workspace. `meta.id` comes from `newId()`; its `name` and `country` are cut to a line. */
export function createDocument(
	meta: Pick<Workspace, 'id' | 'name' | 'country' | 'createdAt' | 'demo'>
): Y.Doc {
	if (!isContentId(meta.id)) throw new Problem('unexpected', { detail: `not an id: ${meta.id}` });
	const doc = new Y.Doc();
	const map = collection(doc, 'meta');
	doc.transact(() => {
		map.set('id', meta.id);
		map.set('name', tidyLine(meta.name));
		map.set('country', tidyLine(meta.country));
		map.set('createdAt', meta.createdAt);
		map.set('demo', meta.demo);
		map.set('format', format);
	});
	return doc;
}

/** A copy of `doc` as a workspace of its own: everything in it, under another id and name. */
export function copyDocument(
	doc: Y.Doc,
	meta: Pick<Workspace, 'id' | 'name' | 'createdAt'>
): Y.Doc {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	const map = collection(copy, 'meta');
	copy.transact(() => {
		map.set('id', meta.id);
		map.set('name', tidyLine(meta.name));
		map.set('createdAt', meta.createdAt);
	});
	return copy;
}
