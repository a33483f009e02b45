import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { vi } from 'vitest';
import { storeContract } from '../../../tests/contract/store.ts';
import { DexieStore } from './dexie.ts';
import { MemoryStore } from './memory.ts';

// On a busy machine these take their time; what must be fast says so itself.
vi.setConfig({ testTimeout: 30_000 });

storeContract('memory', async () => new MemoryStore());
storeContract('IndexedDB', async () => {
	const store = new DexieStore({ indexedDB: new IDBFactory(), IDBKeyRange });
	await store.ready();
	return store;
});
