import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';

// Each test is a window of its own.
beforeEach(() => vi.resetModules());
const inWindow = async () => ({
	...(await import('./has-store.ts')),
	...(await import('./open.ts'))
});

test('asks without making one; another window sees the one that is there', async () => {
	const { hasStore, openStore } = await inWindow();
	const platform = { indexedDB: new IDBFactory(), IDBKeyRange };
	expect(await hasStore(platform)).toBe(false);
	expect(await platform.indexedDB.databases()).toEqual([]);
	const store = await openStore(() => platform);
	vi.resetModules();
	expect(await (await inWindow()).hasStore(platform)).toBe(true);
	store.close();
});

test.each([
	['has no IndexedDB', undefined],
	['has no list of databases', { open: () => {} }],
	['refuses it', { databases: () => Promise.reject(new DOMException('no', 'SecurityError')) }]
])('a browser that %s does not say: opening it tells', async (_, indexedDB) => {
	const { hasStore } = await inWindow();
	expect(await hasStore({ indexedDB: indexedDB as unknown as IDBFactory })).toBe(true);
});

test('a window whose store forgets has one (F-13)', async () => {
	const { hasStore, openStore } = await inWindow();
	const platform = { indexedDB: new IDBFactory() };
	expect(await hasStore(platform)).toBe(false);
	const store = await openStore(() => platform);
	expect(store.forgets).toBe(true);
	expect(await hasStore(platform)).toBe(true);
});
