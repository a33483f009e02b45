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
import { readMeta } from './read.ts';
import { collection, format } from './shape.ts';
import { tidyLine } from './text.ts';

export {
	applyUpdates,
	assemble,
	checkUpdate,
	mergeUpdates,
	missingFrom,
	stateOf
} from './updates.ts';
export { documentFormat, readMeta, readPartOf, readWorkspace, workspaceReader } from './read.ts';
export { format, limits } from './shape.ts';
export type { Author } from './edit.ts';
export * from './changes.ts';
export * from './part.ts';
export * from './restore.ts';
export * from './edit-assessment.ts';
export * from './edit-draft.ts';
export * from './edit-migration.ts';
export * from './edit-people.ts';
export * from './edit-plan.ts';
export * from './edit-register.ts';
export * from './edit-workspace.ts';

/** A new, empty workspace. `meta.id` comes from `newId()`; its `name` and `country` are cut to a line. */
export function createDocument(
	meta: Pick<Workspace, 'id' | 'name' | 'country' | 'createdAt' | 'demo'>
): Y.Doc {
	if (!isContentId(meta.id)) throw new Problem('unexpected', { detail: `not an id: ${meta.id}` });
	const doc = new Y.Doc();
	doc.transact(() => {
		keepMeta(doc, { ...meta, name: tidyLine(meta.name), country: tidyLine(meta.country) });
		collection(doc, 'meta').set('format', format);
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
	keepMeta(copy, { ...readMeta(doc), ...meta });
	return copy;
}

/** Makes a document be this workspace again after another one was merged into it. */
export function keepMeta(
	doc: Y.Doc,
	meta: Pick<Workspace, 'id' | 'name' | 'country' | 'createdAt' | 'demo'>
): void {
	doc.transact(() => {
		const map = collection(doc, 'meta');
		for (const field of ['id', 'name', 'country', 'createdAt', 'demo'] as const) {
			const value = meta[field];
			if (map.get(field) !== value) map.set(field, value);
		}
	});
}
