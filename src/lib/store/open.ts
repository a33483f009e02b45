/** Opens the store of this browser: IndexedDB, or memory where that is denied. */
import { DexieStore } from './dexie.ts';
import { noteOpened } from './has-store.ts';
import { MemoryStore } from './memory.ts';
import { isDenied, storageProblem } from './problems.ts';
import type { WorkspaceStore } from './store.ts';

/**
 * The store. Rejects with Problem `storage-newer`, `storage-lost` or `storage-broken`: then there is work in the database that this page cannot reach, and an empty start would hide it.
 */
export async function openStore(
	platform: () => { indexedDB?: IDBFactory; IDBKeyRange?: typeof IDBKeyRange } = () => globalThis
): Promise<WorkspaceStore> {
	noteOpened();
	try {
		// Merely looking at `indexedDB` throws in a sandboxed frame.
		const { indexedDB, IDBKeyRange } = platform();
		if (!indexedDB || !IDBKeyRange) return new MemoryStore();
		return await ready(new DexieStore({ indexedDB, IDBKeyRange }));
	} catch (thrown) {
		if (isDenied(thrown)) return new MemoryStore();
		throw storageProblem(thrown);
	}
}

async function ready(store: DexieStore): Promise<DexieStore> {
	try {
		await store.ready();
		return store;
	} catch (thrown) {
		store.close();
		throw thrown;
	}
}
