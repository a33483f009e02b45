/** Takes a project file into the store: it merges, never overwrites, and happens whole or not at all. */
import { Problem } from '#lib/model/problem.ts';
import type { WorkspaceStore } from '#lib/store/store.ts';
import { assemble, keepMeta, missingFrom, readMeta, stateOf } from '#lib/sync/document.ts';
import { readProjectFile } from './project.ts';

export type Imported = {
	/** The workspace that the file is in now. */
	id: string;
	name: string;
	/** It went into a workspace that was there; false: it became a new one. */
	merged: boolean;
};

/**
 * Imports a project file. It merges into the workspace with its id (a deleted one comes back) or into
 * the workspace `into`, which keeps its own name and id; else it becomes a new workspace.
 *
 * Rejects with the Problem of the file (project.ts) or of the store; nothing is stored then (F-17).
 */
export async function importProjectFile(
	store: WorkspaceStore,
	bytes: Uint8Array,
	{ now, into }: { now: string; into?: string }
): Promise<Imported> {
	const { update } = await readProjectFile(bytes);
	const { doc: incoming, bad } = assemble([update]);
	const { id } = readMeta(incoming);
	if (bad.length > 0 || !id) throw new Problem('file-damaged', { reason: 'state' });
	const target = into ?? id;
	const known = (await store.list()).find((listed) => listed.id === target);
	if (!known && into) throw new Problem('workspace-missing', { id: into });
	if (!known) {
		const { name } = await store.create(incoming, now);
		return { id, name, merged: false };
	}
	const { doc: mine } = await store.open(target);
	const both = assemble([stateOf(mine), update]);
	if (both.bad.length > 0) throw new Problem('file-damaged', { reason: 'state' });
	if (id !== target) keepMeta(both.doc, readMeta(mine));
	const { name, country, demo } = readMeta(both.doc);
	const gain = missingFrom(mine, both.doc);
	const role = (await store.sync.get(target))?.role ?? 'edit';
	// A file holds everybody's words: others would refuse them from who may send only their own.
	if (gain && role !== 'edit') {
		throw new Problem(role === 'view' ? 'view-only' : 'own-answers-only');
	}
	if (gain) await store.append(target, gain, { name, country, demo, updatedAt: now });
	if (known.deletedAt) await store.restore(target);
	return { id: target, name, merged: true };
}
