/** Takes a project file into the store: it merges, never overwrites, and happens whole or not at all. */
import { broughtBy } from '#lib/assessment/brought.ts';
import type { Brought } from '#lib/assessment/brought.ts';
import type * as Y from 'yjs';
import { Problem } from '#lib/model/problem.ts';
import type { WorkspaceStore } from '#lib/store/store.ts';
import {
	applyUpdates,
	assemble,
	changesIn,
	clientsOf,
	keepMeta,
	labelled,
	missingFrom,
	readMeta,
	readWorkspace,
	stateOf
} from '#lib/sync/document.ts';
import type { Change } from '#lib/sync/document.ts';
import { readProjectFile } from './project.ts';

export type Imported = {
	/** The workspace that the file is in now. */
	id: string;
	name: string;
	/** It went into a workspace that was there; false: it became a new one. */
	merged: boolean;
	/** What it brought; null where it became a new workspace. */
	brought: Brought | null;
	/** The same, field by field, for a history; with who wrote it, where that is known. */
	changes: (Change & { who: string })[];
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
		return { id, name, merged: false, brought: null, changes: [] };
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
	const brought = broughtBy(readWorkspace(mine), readWorkspace(both.doc));
	return { id: target, name, merged: true, brought, changes: gain ? changesOf(mine, gain) : [] };
}

/** What an update does to a document, which has it then. */
export function changesOf(doc: Y.Doc, update: Uint8Array): Imported['changes'] {
	const changes: Change[] = [];
	const listen = (transaction: Y.Transaction) => changes.push(...changesIn(transaction));
	doc.on('afterTransaction', listen);
	applyUpdates(doc, [update]);
	doc.off('afterTransaction', listen);
	const clients = clientsOf(doc);
	return labelled(doc, changes).map((one) => ({ ...one, who: clients.get(one.client) ?? '' }));
}
