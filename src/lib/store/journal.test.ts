import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type * as Y from 'yjs';
import { sharedRow } from '../../../tests/contract/sync-store.ts';
import { browserStorage } from '../../../tests/fixtures/browser-storage.ts';
import { Problem } from '#lib/model/problem.ts';
import { createDocument, readMeta, setMeta, stateOf } from '#lib/sync/document.ts';
import { DeviceLock } from './device-lock.ts';
import { DexieStore } from './dexie.ts';
import { Journal, takeJournals } from './journal.ts';
import { allLeft, rewriteLeft } from './left-behind.ts';
import { closeLock, noLock } from './lock-state.ts';
import { MemoryStore } from './memory.ts';

const now = '2026-11-23T08:00:00.000Z';
const clock = () => now;
const passphrase = 'four plain words here';

let platform: { indexedDB: IDBFactory; IDBKeyRange: typeof IDBKeyRange };
let open: { close(): void }[] = [];
let kept: Map<string, string>;

const storage = (setItem?: (name: string, text: string) => void) => browserStorage(kept, setItem);

beforeEach(() => {
	platform = { indexedDB: new IDBFactory(), IDBKeyRange };
	kept = new Map();
	vi.stubGlobal('localStorage', storage());
	noLock();
});
afterEach(() => {
	for (const one of open) one.close();
	open = [];
	noLock();
	vi.unstubAllGlobals();
});

const keepOpen = <T extends { close(): void }>(one: T): T => {
	open.push(one);
	return one;
};

/** A store with a workspace `w1`, its document, and what is edited in it from then on. */
async function beginning() {
	const store = keepOpen(new DexieStore(platform));
	await store.ready();
	const doc = createDocument({ id: 'w1', name: 'One', country: '', createdAt: now, demo: false });
	await store.create(doc, now);
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	return { store, doc, updates };
}
const rename = (doc: Y.Doc, name: string) =>
	setMeta(doc, { contributor: 'c', now, origin: null }, { name });
const nameIn = async (store: DexieStore) => readMeta((await store.open('w1')).doc).name;

describe('Journal', () => {
	test('what a window left unsaved is in its workspace once another one took it in, also by its name in the list (P3)', async () => {
		const { store, doc, updates } = await beginning();
		rename(doc, 'Two');
		rename(doc, 'Three');
		expect(new Journal('w1').keep(updates)).toBe(true);
		expect(await nameIn(store)).toBe('One');
		await takeJournals(store, clock);
		expect(await nameIn(store)).toBe('Three');
		expect((await store.list())[0]?.name).toBe('Three');
		expect(kept.size).toBe(0);
	});

	test('taken in any number of times it changes nothing more, and writes nothing more', async () => {
		const { store, doc, updates } = await beginning();
		rename(doc, 'Two');
		for (const update of updates)
			await store.append('w1', update, { name: 'Two', country: '', demo: false, updatedAt: now });
		const [before, rows] = [
			stateOf((await store.open('w1')).doc),
			(await store.since('w1', 0)).updates.length
		];
		new Journal('w1').keep(updates);
		await takeJournals(store, clock);
		expect(stateOf((await store.open('w1')).doc)).toEqual(before);
		expect((await store.since('w1', 0)).updates).toHaveLength(rows);
		expect(kept.size).toBe(0);
	});

	test('a window has one journal at a time, and two windows have two', async () => {
		const { doc, updates } = await beginning();
		rename(doc, 'Two');
		const [one, other] = [new Journal('w1'), new Journal('w1')];
		one.keep(updates);
		other.keep(updates);
		expect(kept.size).toBe(2);
		rename(doc, 'Three');
		one.keep(updates);
		expect(kept.size).toBe(2);
		one.drop();
		other.keep([]);
		expect(kept.size).toBe(0);
	});

	test('whoever takes one in does not remove what its window wrote meanwhile', async () => {
		const { store, doc, updates } = await beginning();
		rename(doc, 'Two');
		const journal = new Journal('w1');
		journal.keep(updates);
		const append = store.append.bind(store);
		vi.spyOn(store, 'append').mockImplementationOnce((...about) => {
			rename(doc, 'Three');
			journal.keep(updates);
			return append(...about);
		});
		await takeJournals(store, clock);
		expect(kept.size).toBe(1);
		await takeJournals(store, clock);
		expect(await nameIn(store)).toBe('Three');
	});

	test('in a shared workspace it waits to be sent, like any edit', async () => {
		const { store, doc, updates } = await beginning();
		await store.sync.start(sharedRow('w1'), false);
		rename(doc, 'Two');
		new Journal('w1').keep(updates);
		await takeJournals(store, clock);
		expect(await store.sync.waiting('w1')).toEqual({ outbox: 1, flight: 0 });
	});

	test('what the store refuses stays, and is taken in once there is room (F-15)', async () => {
		const { store, doc, updates } = await beginning();
		rename(doc, 'Two');
		new Journal('w1').keep(updates);
		vi.spyOn(store, 'append').mockRejectedValueOnce(new Problem('storage-full'));
		await takeJournals(store, clock);
		expect(kept.size).toBe(1);
		await takeJournals(store, clock);
		expect(await nameIn(store)).toBe('Two');
	});

	test.each(['', 'plain:', 'plain:!!', 'plain:AAAA', 'sealed:AAAA', 'of another version:AAAA'])(
		'one that cannot be read is passed over, and others are taken in: %j',
		async (text) => {
			const { store, doc, updates } = await beginning();
			kept.set('unsaved/w1/damaged', text);
			rename(doc, 'Two');
			new Journal('w1').keep(updates);
			await takeJournals(store, clock);
			expect(await nameIn(store)).toBe('Two');
			expect([...kept]).toEqual([['unsaved/w1/damaged', text]]);
		}
	);

	test('updates that do not decode reach neither the workspace nor its outbox (F-42)', async () => {
		const { store } = await beginning();
		new Journal('w1').keep([new Uint8Array([250, 250, 250, 1])]);
		await takeJournals(store, clock);
		expect((await store.since('w1', 0)).seq).toBe(0);
		expect((await store.open('w1')).quarantined).toBe(0);
	});

	test('that of a deleted workspace comes back with it; that of a purged one is gone', async () => {
		const { store, doc, updates } = await beginning();
		rename(doc, 'Two');
		await store.remove('w1', now);
		new Journal('w1').keep(updates);
		await takeJournals(store, clock);
		expect((await store.list())[0]?.deletedAt).toBe(now);
		expect(await nameIn(store)).toBe('Two');
		new Journal('w1').keep(updates);
		await store.purge('2027-01-01');
		await takeJournals(store, clock);
		expect(kept.size).toBe(0);
	});

	test('a window that may not use IndexedDB removes none (F-13)', async () => {
		const { doc, updates } = await beginning();
		rename(doc, 'Two');
		new Journal('w1').keep(updates);
		await takeJournals(new MemoryStore(), clock);
		expect(kept.size).toBe(1);
	});

	test('where localStorage is blocked or full, or the updates are too many, it says no (F-14)', async () => {
		const { store, doc, updates } = await beginning();
		rename(doc, 'Two');
		const journal = new Journal('w1');
		expect(journal.keep([new Uint8Array(2_000_000)])).toBe(false);
		const full = () => {
			throw new DOMException('full', 'QuotaExceededError');
		};
		vi.stubGlobal('localStorage', storage(full));
		expect(journal.keep(updates)).toBe(false);
		vi.stubGlobal('localStorage', undefined);
		expect(journal.keep(updates)).toBe(false);
		expect(journal.keep([])).toBe(true);
		await expect(takeJournals(store, clock)).resolves.toBeUndefined();
	});

	describe('behind a passphrase (S-21)', () => {
		const word = 'Kolibri-Hafen';
		const text = () =>
			[...kept.values()].map((one) => Buffer.from(one, 'latin1').toString()).join();
		/** Every way in which base64 could show the word. */
		const isReadable = () =>
			[...kept.values()].some((one) =>
				Buffer.from(one.slice(one.indexOf(':') + 1), 'base64url')
					.toString('latin1')
					.includes(word)
			);

		test('it is sealed, waits while the device is locked, and is taken in after it', async () => {
			const { store, doc, updates } = await beginning();
			const lock = keepOpen(new DeviceLock(platform));
			await lock.turnOn(passphrase, 0);
			rename(doc, word);
			expect(new Journal('w1').keep(updates)).toBe(true);
			expect(isReadable()).toBe(false);
			closeLock();
			await takeJournals(store, clock);
			expect(kept.size).toBe(1);
			expect(new Journal('w1').keep(updates)).toBe(false);
			expect(text()).not.toContain('plain');
			await lock.unlock(passphrase);
			await takeJournals(store, clock);
			expect(await nameIn(store)).toBe(word);
		});

		test('turning the lock on seals what stands there, and off opens it', async () => {
			const { store, doc, updates } = await beginning();
			rename(doc, word);
			new Journal('w1').keep(updates);
			kept.set('unsaved/w1/damaged', `plain:${word}!`);
			expect(isReadable()).toBe(true);
			const lock = keepOpen(new DeviceLock(platform));
			let left = allLeft();
			await lock.turnOn(passphrase, 0);
			rewriteLeft(left);
			expect(isReadable()).toBe(false);
			expect(kept.size).toBe(1);
			expect(text()).not.toContain(word);
			left = allLeft();
			await lock.turnOff(passphrase);
			rewriteLeft(left);
			await takeJournals(store, clock);
			expect(await nameIn(store)).toBe(word);
		});
	});
});
