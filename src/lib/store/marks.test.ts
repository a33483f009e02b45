import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Mark } from '#lib/model/mark.ts';
import { newDocument, noteIn, noteUpdate } from '../../../tests/contract/store.ts';
import { stateOf } from '#lib/sync/document.ts';
import { DexieStore } from './dexie.ts';
import { MemoryMarks, openMarks, type MarkStore } from './marks.ts';
import { databaseName } from './has-store.ts';

// On a busy machine these take their time; what must be fast says so itself.
vi.setConfig({ testTimeout: 30_000 });
afterEach(() => {
	vi.restoreAllMocks();
});

const mark: Mark = {
	id: 'm1',
	kind: 'highlight',
	guide: 'cyber',
	section: 'law',
	title: 'The law',
	lang: 'en',
	quote: { text: 'a law', before: 'Make ', after: ' soon.' },
	text: 'Ours?',
	at: '2026-03-01T08:00:00.000Z'
};
const stores: [string, () => Promise<MarkStore>][] = [
	['IndexedDB', () => openMarks(() => ({ indexedDB: new IDBFactory(), IDBKeyRange }))],
	['memory', async () => new MemoryMarks()]
];

describe.each(stores)('marks in %s', (_, open) => {
	test('a mark is kept, changed and taken away', async () => {
		const store = await open();
		await store.put(mark);
		await store.put({ ...mark, text: 'Theirs' });
		expect(await store.all()).toEqual([{ ...mark, text: 'Theirs' }]);
		await store.remove('m1');
		await store.remove('m1');
		expect(await store.all()).toEqual([]);
		store.close();
	});
});

test('a database of version 1 gets the table, and its workspaces stay as they were (F-11)', async () => {
	const platform = { indexedDB: new IDBFactory(), IDBKeyRange };
	const old = new Dexie(databaseName, platform);
	old.version(1).stores({
		workspaces: 'id',
		snapshots: 'workspace',
		updates: '++seq, workspace',
		settings: 'key',
		quarantine: '++id, workspace'
	});
	const facts = { name: 'N', country: 'N', demo: false, updatedAt: mark.at };
	const doc = newDocument('w1');
	await old.table('workspaces').add({ id: 'w1', ...facts, deletedAt: '' });
	noteUpdate(doc, 'Kept');
	await old.table('snapshots').add({ workspace: 'w1', state: stateOf(doc), seq: 0 });
	await old.table('settings').add({ key: 'contributor', value: 'me' });
	old.close();

	const marks = await openMarks(() => platform);
	await marks.put(mark);
	const store = new DexieStore(platform);
	await store.ready();
	expect(noteIn((await store.open('w1')).doc)).toBe('Kept');
	expect(await store.setting('contributor')).toBe('me');
	expect(await marks.all()).toEqual([mark]);
	marks.close();
	store.close();
});

test('marks are in no list and no document of a workspace', async () => {
	const platform = { indexedDB: new IDBFactory(), IDBKeyRange };
	const marks = await openMarks(() => platform);
	await marks.put(mark);
	const store = new DexieStore(platform);
	await store.ready();
	expect(await store.list()).toEqual([]);
	marks.close();
	store.close();
});

test('what is no mark is passed over, and a full disk is said (F-15)', async () => {
	const platform = { indexedDB: new IDBFactory(), IDBKeyRange };
	const store = await openMarks(() => platform);
	await store.put(mark);
	await store.put({ ...mark, id: 'm2', guide: '../x' });
	expect((await store.all()).map(({ id }) => id)).toEqual(['m1']);
	vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
		throw new DOMException('no room', 'QuotaExceededError');
	});
	await expect(store.put(mark)).rejects.toEqual(expect.objectContaining({ code: 'storage-full' }));
	store.close();
});

test('where IndexedDB is denied, marks are forgotten, and the store says so (F-13)', async () => {
	const denied = new IDBFactory();
	denied.open = () => {
		throw new DOMException('denied', 'SecurityError');
	};
	const store = await openMarks(() => ({ indexedDB: denied, IDBKeyRange }));
	expect(store.forgets).toBe(true);
});
