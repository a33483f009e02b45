/**
 * Journal: what was typed and is not in the database yet when its page goes.
 *
 * A browser aborts the unfinished transactions of a page that goes, and nothing makes it wait. Only
 * localStorage takes words in the same moment: there they stand until they are saved after all, or until
 * the next window takes them in. That is harmless as often as it happens, because updates merge once.
 *
 * Each writing has a name of its own, so that whoever took one in can never remove a newer one. While a
 * passphrase locks this device it is sealed as rows are (S-21).
 */
import { fromBase64url, toBase64url } from '#lib/crypto/bytes.ts';
import { newId } from '#lib/model/ids.ts';
import { Problem } from '#lib/model/problem.ts';
import { applyUpdates, checkUpdate, mergeUpdates } from '#lib/sync/document.ts';
import { cipherForReading, cipherForWriting, isOpen } from './lock-state.ts';
import { bytesOfRow, isBytes, rowOfBytes } from './row-bytes.ts';
import { factsOf } from './store.ts';
import type { WorkspaceStore } from './store.ts';

/** A name is this, the workspace, and a random id; a text is how it is written, and base64url. */
const prefix = 'unsaved/';
const plain = 'plain:';
const sealed = 'sealed:';
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
			if (!write(name, bytesOfRow({ updates }))) return false;
			this.drop();
			this.#name = name;
		} else this.drop();
		return true;
	}

	/** Everything is saved: nothing has to stand here. */
	drop(): void {
		if (this.#name) remove(this.#name);
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
	for (const name of names()) {
		try {
			await take(store, name, clock());
			remove(name);
		} catch (thrown) {
			// Deleted for good meanwhile: there is nothing left that this would belong to.
			if (thrown instanceof Problem && thrown.code === 'workspace-missing') remove(name);
		}
	}
}

async function take(store: WorkspaceStore, name: string, now: string): Promise<void> {
	const updates = read(name);
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

/** All journals that can be read now; for `rewriteJournals`. */
export function readJournals(): Map<string, Uint8Array[]> {
	const found = new Map<string, Uint8Array[]>();
	for (const name of names()) {
		try {
			found.set(name, read(name));
		} catch {
			// Damaged, or sealed with a key that this window does not have.
		}
	}
	return found;
}

/** The lock was turned on or off: writes journals as rows are written now. No plain one stays behind a lock. */
export function rewriteJournals(journals: Map<string, Uint8Array[]>): void {
	for (const [name, updates] of journals) if (stored(name)) write(name, bytesOfRow({ updates }));
	if (!cipherForWriting()) return;
	for (const name of names()) if (!stored(name)?.startsWith(sealed)) remove(name);
}

/** Throws where it is damaged, or locked. */
function read(name: string): Uint8Array[] {
	const text = stored(name) ?? '';
	const kind = [plain, sealed].find((one) => text.startsWith(one));
	const bytes = kind ? fromBase64url(text.slice(kind.length)) : null;
	if (!bytes) throw new Problem('unexpected', { detail: `journal ${name}` });
	const row = rowOfBytes(kind === sealed ? cipherForReading().open(bytes, name) : bytes);
	const updates: unknown = 'updates' in row ? row.updates : null;
	if (!Array.isArray(updates) || !updates.every(isBytes)) {
		throw new Problem('unexpected', { detail: `journal ${name}` });
	}
	return updates;
}

function write(name: string, bytes: Uint8Array): boolean {
	try {
		const cipher = cipherForWriting();
		const text = cipher
			? `${sealed}${toBase64url(cipher.seal(bytes, name))}`
			: `${plain}${toBase64url(bytes)}`;
		localStorage.setItem(name, text);
		return true;
	} catch {
		return false;
	}
}

function names(): string[] {
	try {
		return Object.keys(localStorage).filter((name) => name.startsWith(prefix));
	} catch {
		return [];
	}
}

function stored(name: string): string | null {
	try {
		return localStorage.getItem(name);
	} catch {
		return null;
	}
}

function remove(name: string): void {
	try {
		localStorage.removeItem(name);
	} catch {
		// Blocked since: then it cannot be read either.
	}
}
