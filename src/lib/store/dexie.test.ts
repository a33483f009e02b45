/** What goes wrong with a browser's database, one fault a test. */
import { IDBDatabase, IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { newDocument, noteIn, noteUpdate } from '../../../tests/contract/store.ts';
import { DexieStore } from './dexie.ts';
import { openStore } from './open.ts';
import { databaseName } from './has-store.ts';
import { makeTables, openTables } from './tables.ts';

// On a busy machine these take their time; what must be fast says so itself.
vi.setConfig({ testTimeout: 30_000 });
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, 10_000);

const now = '2026-03-01T08:00:00.000Z';
const facts = { name: 'N', country: 'N', demo: false, updatedAt: now };
const problem = (code: string) => expect.objectContaining({ name: 'Problem', code });
const stores: { close(): void }[] = [];

async function openOn(indexedDB: IDBFactory) {
	const store = await openStore(() => ({ indexedDB, IDBKeyRange }));
	stores.push(store);
	return store;
}
/** The browser's own way, past Dexie. */
function openRaw(factory: IDBFactory, version?: number, upgrade = (_: IDBDatabase) => {}) {
	return new Promise<IDBDatabase>((resolve, reject) => {
		const request = factory.open(databaseName, version);
		request.onupgradeneeded = () => upgrade(request.result);
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}
function rowsOf(db: IDBDatabase, name: string): Promise<unknown[]> {
	return new Promise((resolve) => {
		const request = db.transaction(name).objectStore(name).getAll();
		request.onsuccess = () => resolve(request.result);
	});
}

afterEach(() => {
	vi.restoreAllMocks();
	vi.useRealTimers();
	for (const store of stores.splice(0)) store.close();
});

describe('opening', () => {
	test('where IndexedDB is missing or denied, the store forgets and says so (F-13)', async () => {
		const denied = new IDBFactory();
		denied.open = () => {
			throw new DOMException('denied', 'SecurityError');
		};
		expect((await openStore(() => ({}))).forgets).toBe(true);
		expect((await openStore(() => ({ indexedDB: denied, IDBKeyRange }))).forgets).toBe(true);
		const throws = () => {
			throw new DOMException('sandboxed', 'SecurityError');
		};
		expect((await openStore(throws)).forgets).toBe(true);
		expect((await openOn(new IDBFactory())).forgets).toBe(false);
	});

	test('a database that will not open is broken, never an empty start (F-05)', async () => {
		vi.spyOn(console, 'warn').mockReturnValue();
		const factory = new IDBFactory();
		factory.open = () => {
			throw new DOMException('Internal error opening backing store', 'UnknownError');
		};
		await expect(openOn(factory)).rejects.toEqual(problem('storage-broken'));
	});

	test('a database of a newer version is refused and left as it is (F-10)', async () => {
		const factory = new IDBFactory();
		const newer = await openRaw(factory, 60, (db) => {
			db.createObjectStore('workspaces', { keyPath: 'uid' }).add({ uid: 'x', name: 'Newer' });
		});
		newer.close();
		await expect(openOn(factory)).rejects.toEqual(problem('storage-newer'));
		const after = await openRaw(factory);
		expect(after.version).toBe(60);
		expect([...after.objectStoreNames]).toEqual(['workspaces']);
		expect(await rowsOf(after, 'workspaces')).toEqual([{ uid: 'x', name: 'Newer' }]);
		after.close();
	});

	test('an upgrade that another tab blocks is given up after a while, in words', async () => {
		const factory = new IDBFactory();
		const old = await openRaw(factory, 5);
		const tables = makeTables({ indexedDB: factory, IDBKeyRange });
		await expect(openTables(tables, 50)).rejects.toEqual(problem('storage-broken'));
		old.close();
	});
});

describe('writing', () => {
	async function started() {
		const factory = new IDBFactory();
		const store = await openOn(factory);
		const doc = newDocument('w1');
		await store.create(doc, now);
		return { factory, store, doc };
	}

	test('every write is strict: the disk has it before the person reads "saved" (F-04)', async () => {
		// Dexie holds on to the function when it opens.
		const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
		const { store, doc } = await started();
		transaction.mockClear();
		await store.append('w1', noteUpdate(doc, 'x'), facts);
		const writes = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite');
		expect(writes).toHaveLength(1);
		expect(writes[0]![2]).toEqual({ durability: 'strict' });
	});

	test('a full disk is said, nothing half is stored, and later it goes on (F-15)', async () => {
		const { store, doc } = await started();
		const update = noteUpdate(doc, 'Kept');
		const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
			throw new DOMException('no room', 'QuotaExceededError');
		});
		await expect(store.append('w1', update, facts)).rejects.toEqual(problem('storage-full'));
		add.mockRestore();
		expect(noteIn((await store.open('w1')).doc)).toBeUndefined();
		await store.append('w1', update, facts);
		expect(noteIn((await store.open('w1')).doc)).toBe('Kept');
	});

	test('a disk that is full only when the transaction commits is said too (F-15)', async () => {
		const { store, doc } = await started();
		const add = IDBObjectStore.prototype.add;
		const spy = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (
			this: IDBObjectStore,
			...args: Parameters<typeof add>
		) {
			const request = add.apply(this, args);
			const abort: unknown = Reflect.get(this.transaction, '_abort');
			if (typeof abort !== 'function') throw new Error('fake-indexeddb has changed');
			request.addEventListener('success', () => abort.call(this.transaction, 'QuotaExceededError'));
			return request;
		});
		const failing = store.append('w1', noteUpdate(doc, 'x'), facts);
		await expect(failing).rejects.toEqual(problem('storage-full'));
		spy.mockRestore();
		expect((await store.since('w1', 0)).updates).toEqual([]);
	});

	test('what does not come back as it was written is not saved (P3)', async () => {
		const { store, doc } = await started();
		const get = IDBObjectStore.prototype.get;
		vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (
			this: IDBObjectStore,
			key: Parameters<typeof get>[0]
		) {
			return get.call(this, this.name === 'updates' ? -1 : key);
		});
		const failing = store.append('w1', noteUpdate(doc, 'x'), facts);
		await expect(failing).rejects.toEqual(problem('storage-broken'));
	});

	test('a lost connection is opened again, and the write repeated, once (F-06)', async () => {
		const { store, doc } = await started();
		const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(() => {
			throw new DOMException('Connection to Indexed Database server lost.', 'UnknownError');
		});
		await store.append('w1', noteUpdate(doc, 'Kept'), facts);
		expect(add).toHaveBeenCalledTimes(2);
		expect(noteIn((await store.open('w1')).doc)).toBe('Kept');
		add.mockImplementation(() => {
			throw new DOMException('Connection to Indexed Database server lost.', 'UnknownError');
		});
		const failing = store.append('w1', noteUpdate(doc, 'Gone'), facts);
		await expect(failing).rejects.toEqual(problem('storage-lost'));
		expect(add).toHaveBeenCalledTimes(4);
	});

	test('a compaction that stops half-way leaves everything as it was (F-02)', async () => {
		const { store, doc } = await started();
		await store.append('w1', noteUpdate(doc, 'One'), facts);
		await store.append('w1', noteUpdate(doc, 'One, two'), facts);
		const remove = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
			throw new DOMException('killed', 'DataError');
		});
		await expect(store.compact('w1')).rejects.toEqual(problem('storage-broken'));
		remove.mockRestore();
		expect((await store.since('w1', 0)).updates).toHaveLength(2);
		expect(noteIn((await store.open('w1')).doc)).toBe('One, two');
	});

	test('an update that is safe stays "saved" when its compaction finds no room', async () => {
		const { store, doc } = await started();
		let note = '';
		for (let i = 0; i < 200; i++) await store.append('w1', noteUpdate(doc, (note += 'x')), facts);
		vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
			throw new DOMException('no room', 'QuotaExceededError');
		});
		await expect(store.append('w1', noteUpdate(doc, `${note}!`), facts)).resolves.toBeGreaterThan(
			0
		);
		expect(noteIn((await store.open('w1')).doc)).toBe(`${note}!`);
	});

	test('what cannot be applied is kept aside, a broken state too (F-42)', async () => {
		const { factory, store, doc } = await started();
		const bad = new Uint8Array(30).fill(0xff);
		await store.append('w1', noteUpdate(doc, 'Kept'), facts);
		await store.append('w1', bad, facts);
		expect((await store.open('w1')).quarantined).toBe(1);
		expect((await store.open('w1')).quarantined).toBe(0);
		const raw = await openRaw(factory);
		expect(await rowsOf(raw, 'quarantine')).toEqual([{ id: 1, workspace: 'w1', update: bad }]);
		await new Promise((done) => {
			const tx = raw.transaction('snapshots', 'readwrite');
			tx.objectStore('snapshots').put({ workspace: 'w1', state: bad, seq: 0 });
			tx.oncomplete = done;
		});
		expect((await store.open('w1')).quarantined).toBe(1);
		expect(await rowsOf(raw, 'quarantine')).toHaveLength(2);
		raw.close();
	});
});

describe('two tabs', () => {
	test("hear of each other's updates and load what is missing (F-07)", async () => {
		const factory = new IDBFactory();
		const [one, two] = [await openOn(factory), await openOn(factory)];
		const doc = newDocument('w1');
		await one.create(doc, now);
		const { seq } = await two.open('w1');
		const heard = new Promise((resolve) => two.onElsewhere(resolve));
		const own = vi.fn();
		one.onElsewhere(own);
		const written = await one.append('w1', noteUpdate(doc, 'Hello'), facts);
		expect(await heard).toEqual({ workspace: 'w1', seq: written });
		expect((await two.since('w1', seq)).updates).toHaveLength(1);
		expect(own).not.toHaveBeenCalled();
	});

	test('a message of another form is dropped (F-44)', async () => {
		const store = await openOn(new IDBFactory());
		const heard: unknown[] = [];
		const stop = store.onElsewhere((news) => heard.push(news));
		const line = new BroadcastChannel('e-strategy');
		const garbage = [
			null,
			'w1',
			{},
			{ workspace: 'w1' },
			{ workspace: 1, seq: 1 },
			{ workspace: '__proto__', seq: 1 },
			{ workspace: 'w1', seq: '1' },
			{ workspace: 'w1', seq: NaN },
			{ workspace: 'w1', seq: -1 }
		];
		for (const message of garbage) line.postMessage(message);
		line.postMessage({ workspace: 'w1', seq: 7, html: '<b>' });
		await eventually(() => expect(heard).toHaveLength(1));
		expect(heard).toEqual([{ workspace: 'w1', seq: 7 }]);
		stop();
		line.postMessage({ workspace: 'w1', seq: 8 });
		await new Promise((done) => setTimeout(done, 20));
		expect(heard).toHaveLength(1);
		line.close();
	});

	test('the old tab flushes, lets go and says why when a new version upgrades (F-09)', async () => {
		const factory = new IDBFactory();
		const store = await openOn(factory);
		const doc = newDocument('w1');
		await store.create(doc, now);
		const told = vi.fn(async () => {
			await store.append('w1', noteUpdate(doc, 'Last words'), facts);
		});
		store.onRetire(told);
		const newer = await openRaw(factory, 60);
		expect(newer.version).toBe(60);
		expect(told).toHaveBeenCalledExactlyOnceWith(problem('storage-newer'));
		expect(await rowsOf(newer, 'updates')).toHaveLength(1);
		await expect(store.append('w1', noteUpdate(doc, 'x'), facts)).rejects.toEqual(
			problem('storage-newer')
		);
		await expect(store.list()).rejects.toEqual(problem('storage-newer'));
		newer.close();
	});

	test('a flush that never ends does not keep the new version waiting beyond five seconds (F-09)', async () => {
		const factory = new IDBFactory();
		const store = await openOn(factory);
		store.onRetire(() => new Promise(() => {}));
		vi.useFakeTimers({ toFake: ['setTimeout'] });
		const opening = openRaw(factory, 60);
		await new Promise((done) => setImmediate(done));
		await vi.advanceTimersByTimeAsync(5000);
		const newer = await opening;
		expect(newer.version).toBe(60);
		newer.close();
	});

	test('a database that another tab deletes is gone, in words', async () => {
		const factory = new IDBFactory();
		const store = await openOn(factory);
		await new Promise((done) => {
			factory.deleteDatabase(databaseName).onsuccess = done;
		});
		await expect(store.list()).rejects.toEqual(problem('storage-broken'));
	});
});

test('a transaction is refused whole: no row without its list entry', async () => {
	const factory = new IDBFactory();
	const store = new DexieStore({ indexedDB: factory, IDBKeyRange });
	stores.push(store);
	await store.ready();
	vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
		throw new DOMException('no room', 'QuotaExceededError');
	});
	await expect(store.create(newDocument('w1'), now)).rejects.toEqual(problem('storage-full'));
	expect(await store.list()).toEqual([]);
});
