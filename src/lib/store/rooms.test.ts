import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newDocument, noteIn, noteUpdate } from '../../../tests/contract/store.ts';
import { stateOf } from '#lib/sync/document.ts';
import { DeviceLock } from './device-lock.ts';
import { DexieStore } from './dexie.ts';
import { closeLock, noLock } from './lock-state.ts';
import { MemoryStore } from './memory.ts';
import type { RoomRow } from './rooms.ts';
import { databaseName } from './has-store.ts';

const now = '2026-11-23T08:00:00.000Z';
const secret = 'Kolibri-Hafen-Numenia';
const row = (workshop: string, more: Partial<RoomRow> = {}): RoomRow => ({
	workshop,
	workspace: 'w1',
	address: new Uint8Array(16).fill(1),
	holder: secret,
	token: new TextEncoder().encode(secret),
	privateKey: new Uint8Array(32).fill(3),
	lane: 1,
	keyring: new Uint8Array(34),
	invitation: 'i1',
	secret: new Uint8Array(16),
	until: now,
	cursor: 0,
	mark: new Uint8Array(8),
	counter: 0,
	help: [],
	removed: [],
	late: {},
	dropped: {},
	...more
});

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

async function dexie(): Promise<DexieStore> {
	const store = keep(new DexieStore(platform));
	await store.ready();
	return store;
}
const stores = { memory: async () => new MemoryStore(), IndexedDB: dexie };

describe.each(Object.entries(stores))('rooms in %s', (_, make) => {
	test('a room is kept as it was, replaced by a newer row, and removed', async () => {
		const store = await make();
		await store.create(newDocument('w1'), now);
		expect(await store.rooms.get('s1')).toBeUndefined();
		const kept = row('s1', { help: [3], late: { 'b1/1': [2, 5] }, dropped: { 4: 1 } });
		await store.rooms.put(kept);
		expect(await store.rooms.get('s1')).toEqual(kept);
		await store.rooms.put({ ...kept, counter: 9 });
		expect((await store.rooms.get('s1'))?.counter).toBe(9);
		await store.rooms.remove('s1');
		expect(await store.rooms.get('s1')).toBeUndefined();
	});

	test('it belongs to a workspace: none without one, and none after it', async () => {
		const store = await make();
		await expect(store.rooms.put(row('s1'))).rejects.toMatchObject({ code: 'workspace-missing' });
		await store.create(newDocument('w1'), now);
		await store.create(newDocument('w2'), now);
		await store.rooms.put(row('s1'));
		await store.rooms.put(row('s2', { workspace: 'w2' }));
		await store.remove('w1', now);
		expect(await store.rooms.get('s1')).toBeDefined();
		await store.purge('2026-12-31T00:00:00.000Z');
		expect(await store.rooms.get('s1')).toBeUndefined();
		expect(await store.rooms.get('s2')).toBeDefined();
	});
});

/** The database as the version before this one made it, with a row in each of its tables. */
async function versionFour(): Promise<void> {
	const db = new Dexie(databaseName, platform);
	db.version(4).stores({
		workspaces: 'id',
		snapshots: 'workspace',
		updates: '++seq, workspace',
		settings: 'key',
		quarantine: '++id, workspace',
		marks: 'id',
		shared: 'workspace',
		outbox: '++seq, workspace',
		flight: '[workspace+counter], workspace',
		aside: '[workspace+seq], workspace',
		changes: 'id, workspace, [workspace+at]'
	});
	await db.open();
	const doc = newDocument('w1');
	const listed = { name: 'Numenia', country: 'Numenia', demo: false, updatedAt: now };
	await db.table('workspaces').add({ id: 'w1', ...listed, deletedAt: '' });
	await db.table('snapshots').add({ workspace: 'w1', state: stateOf(doc), seq: 0 });
	await db.table('updates').add({ workspace: 'w1', update: noteUpdate(doc, 'Kept') });
	await db.table('settings').add({ key: 'contributor', value: 'c1' });
	await db.table('marks').add({ id: 'm1' });
	await db.table('shared').add({ workspace: 'w1', lane: 7 });
	await db.table('outbox').add({ workspace: 'w1', update: new Uint8Array([1]) });
	await db.table('changes').add({ id: 'c1', workspace: 'w1', at: now });
	db.close();
}

test('a database of the version before opens, keeps everything, and takes rooms', async () => {
	await versionFour();
	const store = await dexie();
	expect(noteIn((await store.open('w1')).doc)).toBe('Kept');
	expect(await store.setting('contributor')).toBe('c1');
	expect((await store.sync.get('w1'))?.lane).toBe(7);
	expect(await store.sync.waiting('w1')).toEqual({ outbox: 1, flight: 0 });
	await store.rooms.put(row('s1'));
	expect(await store.rooms.get('s1')).toEqual(row('s1'));
	const raw = await new Promise<IDBDatabase>((done) => {
		const request = platform.indexedDB.open(databaseName);
		request.onsuccess = () => done(request.result);
	});
	for (const table of ['marks', 'changes']) {
		const count = raw.transaction(table).objectStore(table).count();
		await new Promise((done) => (count.onsuccess = done));
		expect(count.result).toBe(1);
	}
	raw.close();
});

test('the lock of the device seals what joins phones and reads what they say (S-21)', async () => {
	const store = await dexie();
	await store.create(newDocument('w1'), now);
	await store.rooms.put(row('s1'));
	const stored = async (): Promise<string> => {
		const raw = await new Promise<IDBDatabase>((done) => {
			const request = platform.indexedDB.open(databaseName);
			request.onsuccess = () => done(request.result);
		});
		const all = raw.transaction('rooms').objectStore('rooms').getAll();
		await new Promise((done) => (all.onsuccess = done));
		raw.close();
		const texts = (all.result as object[]).flatMap((one) => Object.values(one));
		return texts
			.map((value) =>
				Object.prototype.toString.call(value) === '[object Uint8Array]'
					? Buffer.from(value as Uint8Array).toString('latin1')
					: JSON.stringify(value)
			)
			.join();
	};
	expect((await stored()).split(secret)).toHaveLength(3);
	const lock = keep(new DeviceLock(platform));
	await lock.turnOn('four plain words here', 0);
	expect(await stored()).not.toContain(secret);
	await store.rooms.put(row('s2'));
	expect(await stored()).not.toContain(secret);
	closeLock();
	await expect(store.rooms.get('s1')).rejects.toMatchObject({ code: 'locked' });
	await lock.unlock('four plain words here');
	expect(await store.rooms.get('s1')).toEqual(row('s1'));
});
