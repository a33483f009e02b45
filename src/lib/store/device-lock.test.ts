import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDocument, readMeta, setMeta } from '#lib/sync/document.ts';
import { DexieStore } from './dexie.ts';
import { DeviceLock } from './device-lock.ts';
import { closeLock, noLock } from './lock-state.ts';
import { DexieMarks } from './marks.ts';
import { databaseName } from './has-store.ts';

const now = '2026-11-23T08:00:00.000Z';
const word = 'Kolibri-Hafen-Numenia';
const passphrase = 'four plain words here';

let platform: { indexedDB: IDBFactory; IDBKeyRange: typeof IDBKeyRange };
let open: { close(): void }[] = [];
const keep = <T extends { close(): void }>(one: T): T => {
	open.push(one);
	return one;
};

beforeEach(() => {
	platform = { indexedDB: new IDBFactory(), IDBKeyRange };
	noLock();
});
afterEach(() => {
	for (const one of open) one.close();
	open = [];
	noLock();
});

async function storeWithWork(): Promise<DexieStore> {
	const store = keep(new DexieStore(platform));
	await store.ready();
	const doc = createDocument({ id: 'w1', name: word, country: word, createdAt: now, demo: false });
	await store.create(doc, now);
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	setMeta(doc, { contributor: 'c', now, origin: null }, { country: `${word} again` });
	for (const update of updates) {
		await store.append('w1', update, { name: word, country: word, demo: false, updatedAt: now });
	}
	await store.saveSetting('overlay', { word });
	return store;
}

/** Everything that the database holds, without our layer between. */
async function rawText(): Promise<string> {
	const request = platform.indexedDB.open(databaseName);
	const db = await new Promise<IDBDatabase>((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
	let text = '';
	for (const name of db.objectStoreNames) {
		const all = db.transaction(name).objectStore(name).getAll();
		await new Promise((resolve) => (all.onsuccess = resolve));
		for (const row of all.result as object[]) {
			for (const value of Object.values(row)) {
				const isBinary = Object.prototype.toString.call(value) === '[object Uint8Array]';
				text += isBinary
					? Buffer.from(value as Uint8Array).toString('latin1')
					: JSON.stringify(value);
			}
		}
	}
	db.close();
	return text;
}

describe('a device that is locked (S-21)', () => {
	test('holds no readable word, and everything is there again after the passphrase', async () => {
		const store = await storeWithWork();
		expect(await rawText()).toContain(word);
		const lock = keep(new DeviceLock(platform));
		await lock.turnOn(passphrase, 15);
		expect(await rawText()).not.toContain(word);
		expect(readMeta((await store.open('w1')).doc).country).toBe(`${word} again`);

		closeLock();
		await expect(store.open('w1')).rejects.toMatchObject({ code: 'locked' });
		await expect(store.list()).rejects.toMatchObject({ code: 'locked' });
		await expect(store.saveSetting('x', 1)).rejects.toMatchObject({ code: 'locked' });
		expect(await lock.state()).toBe('locked');

		await expect(lock.unlock('four plain words')).rejects.toMatchObject({
			code: 'passphrase-wrong'
		});
		expect(await lock.state()).toBe('locked');
		await lock.unlock(passphrase);
		expect(await lock.state()).toBe('open');
		expect((await store.list())[0]?.name).toBe(word);
		expect(await store.setting('overlay')).toEqual({ word });
		expect(await lock.minutes()).toBe(15);
	});

	test('seals what is written while it is open, also by a connection that opens later', async () => {
		await storeWithWork();
		await keep(new DeviceLock(platform)).turnOn(passphrase, 0);
		const later = keep(new DexieStore(platform));
		await later.ready();
		const doc = createDocument({ id: 'w2', name: word, country: '', createdAt: now, demo: false });
		await later.create(doc, now);
		const marks = keep(new DexieMarks(platform));
		await marks.ready();
		expect(await rawText()).not.toContain(word);
		expect((await later.list()).map(({ id }) => id).sort()).toEqual(['w1', 'w2']);
		// Dexie reads, changes and writes these by itself.
		await later.remove('w2', now);
		expect((await later.list()).find(({ id }) => id === 'w2')?.deletedAt).toBe(now);
		await later.compact('w1');
		await later.purge('2027-01-01');
		expect((await later.list()).map(({ id }) => id)).toEqual(['w1']);
		expect(await rawText()).not.toContain(word);
	});

	test('refuses to store readable words in a window that has no key', async () => {
		await storeWithWork();
		await keep(new DeviceLock(platform)).turnOn(passphrase, 0);
		closeLock();
		const fresh = keep(new DexieStore(platform));
		await fresh.ready();
		const doc = createDocument({ id: 'w3', name: word, country: '', createdAt: now, demo: false });
		await expect(fresh.create(doc, now)).rejects.toMatchObject({ code: 'locked' });
		expect(await rawText()).not.toContain(word);
	});

	test('never reads as empty while it is locked', async () => {
		await keep(new DeviceLock(platform)).turnOn(passphrase, 0);
		closeLock();
		const fresh = keep(new DexieStore(platform));
		await fresh.ready();
		await expect(fresh.list()).rejects.toMatchObject({ code: 'locked' });
		await expect(fresh.setting('workspace')).rejects.toMatchObject({ code: 'locked' });
	});

	test('opens with another passphrase once it was changed, and without one once it is off', async () => {
		const store = await storeWithWork();
		const lock = keep(new DeviceLock(platform));
		await lock.turnOn(passphrase, 0);
		await lock.change(passphrase, 'other words');
		lock.forget();
		await expect(lock.unlock(passphrase)).rejects.toMatchObject({ code: 'passphrase-wrong' });
		await lock.turnOff('other words');
		expect(await lock.state()).toBe('off');
		expect(await rawText()).toContain(word);
		closeLock();
		const fresh = keep(new DexieStore(platform));
		await fresh.ready();
		expect((await fresh.list())[0]?.name).toBe(word);
		expect(readMeta((await store.open('w1')).doc).name).toBe(word);
	});

	test('takes the key of another window, and no other key', async () => {
		await storeWithWork();
		const first = keep(new DeviceLock(platform));
		await first.turnOn(passphrase, 0);
		const key = first.key!;
		closeLock();
		const second = keep(new DeviceLock(platform));
		expect(await second.take(new Uint8Array(32))).toBe(false);
		expect(await second.state()).toBe('locked');
		expect(await second.take(key)).toBe(true);
		expect(await second.state()).toBe('open');
	});

	test('seals at the next opening what a window wrote that did not know of the lock', async () => {
		const store = await storeWithWork();
		const lock = keep(new DeviceLock(platform));
		await lock.turnOn(passphrase, 0);
		noLock();
		await store.saveSetting('late', { word });
		expect(await rawText()).toContain(word);
		await lock.unlock(passphrase);
		expect(await rawText()).not.toContain(word);
		expect(await store.setting('late')).toEqual({ word });
	});

	test('stays as it was where sealing fails in the middle', async () => {
		const store = await storeWithWork();
		const lock = keep(new DeviceLock(platform));
		const put = brokenPut();
		put.failAfter(2);
		await expect(lock.turnOn(passphrase, 0)).rejects.toMatchObject({ name: 'Problem' });
		put.restore();
		expect(await lock.state()).toBe('off');
		expect((await store.list())[0]?.name).toBe(word);
		expect(readMeta((await store.open('w1')).doc).country).toBe(`${word} again`);
	});

	test('holds nothing once it was erased', async () => {
		const store = await storeWithWork();
		const lock = keep(new DeviceLock(platform));
		await lock.turnOn(passphrase, 0);
		await lock.erase();
		expect(await rawText()).toBe('');
		expect(await store.list()).toEqual([]);
	});
});

/** Makes the database's own `put` fail after some. */
function brokenPut() {
	const original = IDBObjectStore.prototype.put;
	return {
		failAfter(some: number) {
			let count = 0;
			IDBObjectStore.prototype.put = function (this, ...all) {
				if (++count > some) throw new Error('the disk is gone');
				return original.apply(this, all);
			};
		},
		restore() {
			IDBObjectStore.prototype.put = original;
		}
	};
}
