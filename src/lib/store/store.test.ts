import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { storeContract } from '../../../tests/contract/store.ts';
import { DexieStore } from './dexie.ts';
import { MemoryStore } from './memory.ts';

storeContract('memory', async () => new MemoryStore());
storeContract('IndexedDB', async () => {
	const store = new DexieStore({ indexedDB: new IDBFactory(), IDBKeyRange });
	await store.ready();
	return store;
});
