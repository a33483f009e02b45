import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, test, vi } from 'vitest';
import { MemoryChanges, openChanges, type ChangeRow, type ChangeStore } from './changes.ts';
import { newDocument } from '../../../tests/contract/store.ts';
import { DexieStore } from './dexie.ts';

// On a busy machine these take their time; what must be fast says so itself.
vi.setConfig({ testTimeout: 30_000 });

const row = (n: number, more: Partial<ChangeRow> = {}): ChangeRow => ({
	...{ id: `r${n}`, workspace: 'w1', at: new Date(n * 1000).toISOString(), who: 'me' },
	...{ way: 'here', collection: 'actions', record: 'a', added: false, label: 'A team' },
	fields: [{ field: 'owner', before: undefined, after: `owner ${n}` }],
	...more
});
const stores: [string, () => Promise<ChangeStore>][] = [
	['IndexedDB', () => openChanges(() => ({ indexedDB: new IDBFactory(), IDBKeyRange }))],
	['memory', async () => new MemoryChanges()]
];

describe.each(stores)('changes in %s', (_, open) => {
	test('are given back the newest first, of one workspace', async () => {
		const store = await open();
		await store.put([row(1), row(3), row(2), row(4, { workspace: 'w2' })]);
		expect((await store.of('w1')).map(({ id }) => id)).toEqual(['r3', 'r2', 'r1']);
		expect((await store.of('w1'))[2]).toEqual(row(1));
		store.close();
	});

	test('grow under their id; what came in twice stays as it was first', async () => {
		const store = await open();
		await store.put([row(1)]);
		await store.put([row(1, { label: 'later' })]);
		await store.put([row(1, { label: 'again' }), row(2)], 'stay');
		expect((await store.of('w1')).map(({ label }) => label)).toEqual(['A team', 'later']);
		await store.remove(['r2']);
		await store.forget('w1');
		expect(await store.of('w1')).toEqual([]);
		store.close();
	});

	test('no more than 5,000 are kept, and the oldest go', async () => {
		const store = await open();
		for (let from = 0; from < 5300; from += 300) {
			await store.put(Array.from({ length: 300 }, (_, n) => row(from + n)));
		}
		const kept = await store.of('w1');
		expect(kept).toHaveLength(5000);
		expect(kept[0]?.id).toBe('r5399');
		store.close();
	});
});

test('go with their workspace when it is deleted for good', async () => {
	const platform = { indexedDB: new IDBFactory(), IDBKeyRange };
	const store = new DexieStore(platform);
	await store.ready();
	const now = '2026-03-01T08:00:00.000Z';
	await store.create(newDocument('w1'), now);
	const changes = await openChanges(() => platform);
	await changes.put([row(1), row(2, { workspace: 'w2' })]);
	await store.remove('w1', now);
	await store.purge('2026-04-01T00:00:00.000Z');
	expect(await changes.of('w1')).toEqual([]);
	expect(await changes.of('w2')).toHaveLength(1);
	changes.close();
	store.close();
});
