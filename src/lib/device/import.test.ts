import type * as Y from 'yjs';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Problem } from '#lib/model/problem.ts';
import { MemoryStore } from '#lib/store/memory.ts';
import {
	assemble,
	createDocument,
	readWorkspace,
	setAnswer,
	setMeta,
	stateOf
} from '#lib/sync/document.ts';
import { importProjectFile } from './import.ts';
import { writeProjectFile } from './project.ts';

const now = '2026-03-01T08:00:00.000Z';
const by = (contributor: string) => ({ contributor, now, origin: null });
const level = (n: 1 | 2 | 3) => ({ kind: 'level', level: n }) as const;
const start = (id: string, name = id) =>
	createDocument({ id, name, country: 'Numenia', createdAt: now, demo: false });
const fileOf = (doc: Y.Doc) => writeProjectFile(doc, { appVersion: '1', guides: {} });
const copyOf = (doc: Y.Doc) => assemble([stateOf(doc)]).doc;

let store: MemoryStore;
const read = async (id: string) => readWorkspace((await store.open(id)).doc);
const everything = async () => {
	const list = await store.list();
	return Promise.all(
		list.map(async (listed) => [listed, stateOf((await store.open(listed.id)).doc)])
	);
};
beforeEach(() => {
	store = new MemoryStore();
});

describe('importing a project file', () => {
	test('of an unknown workspace makes it', async () => {
		const doc = start('w1', 'Health');
		setAnswer(doc, by('health'), 'g/q', level(2));
		expect(await importProjectFile(store, await fileOf(doc), { now })).toEqual({
			id: 'w1',
			name: 'Health',
			merged: false,
			brought: null,
			changes: []
		});
		expect(await read('w1')).toEqual(readWorkspace(doc));
	});

	test('of a known one merges: nobody is overwritten, twice changes nothing more (P5)', async () => {
		const mine = start('w1');
		const theirs = copyOf(mine);
		setAnswer(mine, by('health'), 'g/q', level(2));
		setAnswer(theirs, by('telecom'), 'g/q', level(3));
		await store.create(mine, now);
		const file = await fileOf(theirs);
		expect(await importProjectFile(store, file, { now })).toMatchObject({ id: 'w1', merged: true });
		const after = await read('w1');
		expect(after.contributions.map((c) => [c.contributor, c.answer])).toEqual([
			['health', level(2)],
			['telecom', level(3)]
		]);
		const append = vi.spyOn(store, 'append');
		await importProjectFile(store, file, { now });
		expect(append).not.toHaveBeenCalled();
		expect(await read('w1')).toEqual(after);
	});

	test('into another workspace brings the contributions, and that one keeps its name', async () => {
		const mine = start('w1', 'National');
		const theirs = start('w2', 'Health ministry');
		setMeta(theirs, by('health'), { name: 'Health ministry 2' });
		setAnswer(theirs, by('health'), 'g/q', level(3));
		await store.create(mine, now);
		const file = await fileOf(theirs);
		for (let times = 0; times < 2; times++) {
			const result = await importProjectFile(store, file, { now, into: 'w1' });
			expect(result).toMatchObject({ id: 'w1', name: 'National', merged: true });
		}
		expect(await read('w1')).toMatchObject({
			id: 'w1',
			name: 'National',
			contributions: [{ contributor: 'health' }]
		});
		expect(await store.list()).toHaveLength(1);
	});

	test('brings a deleted workspace back', async () => {
		const doc = start('w1');
		await store.create(doc, now);
		await store.remove('w1', now);
		await importProjectFile(store, await fileOf(doc), { now });
		expect((await store.list())[0]!.deletedAt).toBe('');
	});
});

describe('what is refused changes nothing (F-17, F-35)', () => {
	test('a damaged file, an empty one, a workspace without an id, a missing target', async () => {
		await store.create(start('w1'), now);
		const before = await everything();
		const nameless = start('w1');
		nameless.getMap('meta').set('id', '../../x');
		const good = await fileOf(start('w3'));
		const cases: [Uint8Array, string | undefined, string][] = [
			[good.slice(0, -10), undefined, 'file-damaged'],
			[new Uint8Array(), undefined, 'file-empty'],
			[await fileOf(nameless), undefined, 'file-damaged'],
			[good, 'w9', 'workspace-missing']
		];
		for (const [bytes, into, code] of cases) {
			await expect(importProjectFile(store, bytes, { now, into })).rejects.toMatchObject({ code });
		}
		expect(await everything()).toEqual(before);
	});

	test('a full disk in the middle', async () => {
		const mine = start('w1');
		await store.create(mine, now);
		const theirs = copyOf(mine);
		setAnswer(theirs, by('telecom'), 'g/q', level(3));
		const before = await everything();
		vi.spyOn(store, 'append').mockRejectedValue(new Problem('storage-full'));
		const failing = importProjectFile(store, await fileOf(theirs), { now });
		await expect(failing).rejects.toMatchObject({ code: 'storage-full' });
		expect(await everything()).toEqual(before);
	});
});
