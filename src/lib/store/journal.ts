/**
 * Journal: what was typed in a workspace and is not in the database yet when its page goes (left-behind.ts).
 * Taking it in is harmless as often as it happens, because updates merge once.
 */
import { newId } from '#lib/model/ids.ts';
import { Problem } from '#lib/model/problem.ts';
import { applyUpdates, checkUpdate, mergeUpdates } from '#lib/sync/document.ts';
import { forget, leave, leftBehind, readLeft } from './left-behind.ts';
import { isOpen } from './lock-state.ts';
import { isBytes } from './row-bytes.ts';
import { factsOf } from './store.ts';
import type { WorkspaceStore } from './store.ts';

/** A name is this, the workspace, and a random id. */
const prefix = 'unsaved/';
/** Bytes of updates. All of localStorage has about 5 MB, and other things need it too. */
const limit = 1_000_000;
/** Yjs merges a few updates fast and thousands very slowly. */
const atOnce = 50;

/** The journal of one window about one workspace. */
export class Journal {
	#workspace: string;
	#name = '';

	constructor(workspace: string) {
		this.#workspace = workspace;
	}

	/**
	 * Keeps these updates and no older ones, before it returns. False where that cannot be: localStorage
	 * is blocked or full (F-14), they are too many, or the device is locked under this window.
	 */
	keep(updates: readonly Uint8Array[]): boolean {
		if (updates.length > 0) {
			if (updates.reduce((sum, { length }) => sum + length, 0) > limit) return false;
			const name = `${prefix}${this.#workspace}/${newId()}`;
			if (!leave(name, { updates })) return false;
			this.drop();
			this.#name = name;
		} else this.drop();
		return true;
	}

	/** Everything is saved: nothing has to stand here. */
	drop(): void {
		if (this.#name) forget(this.#name);
		this.#name = '';
	}
}

/**
 * Saves what windows that are gone left behind. Never rejects: what the store refuses, what is locked
 * and what cannot be read stays where it is, and the next call tries again.
 */
export async function takeJournals(store: WorkspaceStore, clock: () => string): Promise<void> {
	// A store that forgets does not have the workspace; that says nothing about where it is.
	if (store.forgets || !isOpen()) return;
	for (const name of leftBehind(prefix)) {
		try {
			await take(store, name, clock());
			forget(name);
		} catch (thrown) {
			// Deleted for good meanwhile: there is nothing left that this would belong to.
			if (thrown instanceof Problem && thrown.code === 'workspace-missing') forget(name);
		}
	}
}

async function take(store: WorkspaceStore, name: string, now: string): Promise<void> {
	const updates = updatesOf(name);
	for (const update of updates) checkUpdate(update);
	const id = name.split('/')[1] ?? '';
	const { doc } = await store.open(id);
	let isNew = false;
	doc.on('update', () => (isNew = true));
	applyUpdates(doc, updates);
	// What builds on something that is not here waits inside the document, and must not get lost.
	const waits = doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
	const facts = factsOf(doc, now);
	doc.destroy();
	for (let at = 0; (isNew || waits) && at < updates.length; at += atOnce) {
		await store.append(id, mergeUpdates(updates.slice(at, at + atOnce)), facts);
	}
}

/** Throws where it is damaged, or locked. */
function updatesOf(name: string): Uint8Array[] {
	const row = readLeft(name);
	const updates: unknown = 'updates' in row ? row.updates : null;
	if (!Array.isArray(updates) || !updates.every(isBytes)) {
		throw new Problem('unexpected', { detail: `journal ${name}` });
	}
	return updates;
}
