import { IDBDatabase, IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { newDocument, noteIn, noteUpdate } from '../../../tests/contract/store.ts';
import { plain, sharedRow, syncStoreContract } from '../../../tests/contract/sync-store.ts';
import { stateOf } from '#lib/sync/document.ts';
import { DexieStore } from './dexie.ts';
import { MemoryStore } from './memory.ts';
import { databaseName } from './has-store.ts';

vi.setConfig({ testTimeout: 30_000 });
const now = '2026-03-01T08:00:00.000Z';
const facts = { name: 'N', country: 'N', demo: false, updatedAt: now };
const problem = (code: string) => expect.objectContaining({ name: 'Problem', code });

async function openOn(indexedDB: IDBFactory): Promise<DexieStore> {
	const store = new DexieStore({ indexedDB, IDBKeyRange });
	await store.ready();
	return store;
}

syncStoreContract('memory', async () => new MemoryStore());
syncStoreContract('IndexedDB', () => openOn(new IDBFactory()));

afterEach(() => vi.restoreAllMocks());

describe('transactions', () => {
	async function started() {
		const factory = new IDBFactory();
		const store = await openOn(factory);
		const doc = newDocument('w1');
		await store.create(doc, now);
		await store.sync.start(sharedRow('w1'), false);
		return { factory, store, doc };
	}
	/** The next write of a table fails, as on a full disk or a killed tab. */
	function breaks(method: 'add' | 'put' | 'delete', table: string) {
		const original = IDBObjectStore.prototype[method] as (
			this: IDBObjectStore,
			...args: unknown[]
		) => IDBRequest;
		return vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (
			this: IDBObjectStore,
			...args: unknown[]
		) {
			if (this.name === table) throw new DOMException('no room', 'QuotaExceededError');
			return original.apply(this, args) as never;
		});
	}

	test('an edit and its place in the outbox are kept together or not at all (F-02)', async () => {
		const { store, doc } = await started();
		const update = noteUpdate(doc, 'Both');
		const spy = breaks('add', 'outbox');
		await expect(store.append('w1', update, facts)).rejects.toEqual(problem('storage-full'));
		spy.mockRestore();
		expect(noteIn((await store.open('w1')).doc)).toBeUndefined();
		expect(await store.sync.waiting('w1')).toEqual({ outbox: 0, flight: 0 });
	});

	test('a departure that stops half-way leaves the change waiting (H-3, E-4)', async () => {
		const { store, doc } = await started();
		await store.append('w1', noteUpdate(doc, 'Kept'), facts);
		const spy = breaks('put', 'shared');
		await expect(store.sync.depart('w1', 1e6, plain)).rejects.toEqual(problem('storage-full'));
		spy.mockRestore();
		expect(await store.sync.waiting('w1')).toEqual({ outbox: 1, flight: 0 });
		expect((await store.sync.get('w1'))?.counter).toBe(0);
	});

	test('an arrival that stops half-way moves no cursor and keeps no update (F-02)', async () => {
		const { store, doc } = await started();
		const arrival = {
			updates: [noteUpdate(doc, 'From afar')],
			cursor: 4,
			mark: new Uint8Array(8),
			aside: [],
			taken: [],
			envelopes: 1,
			bytes: 9
		};
		const spy = breaks('put', 'shared');
		await expect(store.sync.receive('w1', arrival, facts)).rejects.toEqual(problem('storage-full'));
		spy.mockRestore();
		expect(noteIn((await store.open('w1')).doc)).toBeUndefined();
		expect(await store.sync.get('w1')).toMatchObject({ cursor: 0 });
	});

	test('a device that starts again has its flight, bytes and counters as they were (H-3, E-4)', async () => {
		const { factory, store, doc } = await started();
		await store.append('w1', noteUpdate(doc, 'Flying'), facts);
		const [flight] = await store.sync.depart('w1', 1e6, plain);
		store.close();
		const next = await openOn(factory);
		expect(await next.sync.flight('w1')).toEqual([flight]);
		await next.append('w1', noteUpdate(doc, 'Flying, more'), facts);
		expect(await next.sync.depart('w1', 1e6, plain)).toMatchObject([
			{ counter: flight!.counter + 1 }
		]);
		next.close();
	});
});

describe('a database of version 2', () => {
	/** As version 2 made it, by the browser's own means. */
	function makeOld(factory: IDBFactory, update: Uint8Array): Promise<void> {
		return new Promise((resolve, reject) => {
			const request = factory.open(databaseName, 20);
			request.onerror = () => reject(request.error);
			request.onupgradeneeded = () => {
				const db: IDBDatabase = request.result;
				const workspaces = db.createObjectStore('workspaces', { keyPath: 'id' });
				db.createObjectStore('snapshots', { keyPath: 'workspace' });
				const updates = db.createObjectStore('updates', { keyPath: 'seq', autoIncrement: true });
				updates.createIndex('workspace', 'workspace');
				db.createObjectStore('settings', { keyPath: 'key' });
				const aside = db.createObjectStore('quarantine', { keyPath: 'id', autoIncrement: true });
				aside.createIndex('workspace', 'workspace');
				db.createObjectStore('marks', { keyPath: 'id' }).add({ id: 'm1', note: 'Mine' });
				workspaces.add({ id: 'w1', ...facts, deletedAt: '' });
				updates.add({ workspace: 'w1', update });
			};
			request.onsuccess = () => {
				request.result.close();
				resolve();
			};
		});
	}
	const whole = (note: string) => {
		const doc = newDocument('w1');
		noteUpdate(doc, note);
		return { doc, state: stateOf(doc) };
	};

	test('is taken over whole, and can share from then on (F-09)', async () => {
		const factory = new IDBFactory();
		const { doc, state } = whole('Old');
		await makeOld(factory, state);
		const store = await openOn(factory);
		expect(noteIn((await store.open('w1')).doc)).toBe('Old');
		expect(await store.sync.all()).toEqual([]);
		await store.sync.start(sharedRow('w1'), true);
		await store.append('w1', noteUpdate(doc, 'Old, new'), facts);
		expect(await store.sync.waiting('w1')).toEqual({ outbox: 2, flight: 0 });
		store.close();
	});

	test('stays as it was when the upgrade is killed, and the next start repeats it (F-11)', async () => {
		const factory = new IDBFactory();
		await makeOld(factory, whole('Old').state);
		const spy = vi.spyOn(IDBDatabase.prototype, 'createObjectStore').mockImplementation(() => {
			throw new DOMException('killed', 'AbortError');
		});
		await expect(openOn(factory)).rejects.toMatchObject({ name: 'Problem' });
		spy.mockRestore();
		const names = await new Promise<string[]>((resolve) => {
			const request = factory.open(databaseName);
			request.onsuccess = () => {
				const found = [...request.result.objectStoreNames];
				expect(request.result.version).toBe(20);
				request.result.close();
				resolve(found);
			};
		});
		expect(names).not.toContain('shared');
		const store = await openOn(factory);
		expect(noteIn((await store.open('w1')).doc)).toBe('Old');
		expect(await store.sync.all()).toEqual([]);
		store.close();
	});

	test('an app of version 2 does not touch what version 3 made (F-10)', async () => {
		const factory = new IDBFactory();
		(await openOn(factory)).close();
		const refused = await new Promise((resolve) => {
			factory.open(databaseName, 20).onerror = (event) =>
				resolve((event.target as IDBRequest).error);
		});
		expect(refused).toMatchObject({ name: 'VersionError' });
	});
});
