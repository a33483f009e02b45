import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { browserStorage } from '../../../tests/fixtures/browser-storage.ts';
import type { Mark } from '#lib/model/mark.ts';
import { Problem } from '#lib/model/problem.ts';
import { allLeft, rewriteLeft } from '#lib/store/left-behind.ts';
import { closeLock, noLock, openWith } from '#lib/store/lock-state.ts';
import { MemoryMarks, type MarkStore } from '#lib/store/marks.ts';
import { LiveMarks, type NewMark } from './marks.svelte.ts';
import { hasMarks } from './reading.ts';

const note: NewMark = {
	kind: 'note',
	guide: 'cyber',
	section: 'law',
	title: 'The law',
	lang: '',
	quote: { text: '', before: '', after: '' },
	text: 'Ask'
};
const settled = () => new Promise((done) => setTimeout(done));

/** What localStorage holds. */
let stored: Map<string, string>;

beforeEach(() => {
	stored = new Map<string, string>();
	vi.stubGlobal('localStorage', browserStorage(stored));
	noLock();
});
afterEach(noLock);

test('a note shows at once, and is called saved when the store has it', async () => {
	const store = new MemoryMarks();
	const marks = new LiveMarks(async () => store);
	marks.add(note);
	expect(marks.of('cyber', { id: 'law' })).toHaveLength(1);
	expect(marks.save).toBe('saving');
	await settled();
	expect(marks.save).toBe('saved');
	expect(await store.all()).toEqual(marks.all);
});

test('what was removed comes back as it was', async () => {
	const store = new MemoryMarks();
	const marks = new LiveMarks(async () => store);
	const added = marks.add(note);
	marks.remove(added.id);
	expect(marks.all).toEqual([]);
	marks.put(added);
	await settled();
	expect(await store.all()).toEqual([added]);
});

test('a page knows from a short list whether it has marks at all', async () => {
	const marks = new LiveMarks(async () => new MemoryMarks());
	const { id } = marks.add(note);
	expect(hasMarks('cyber', { id: 'law' })).toBe(true);
	expect(hasMarks('cyber', { id: 'la' })).toBe(false);
	// The section has another id in a later edition.
	expect(hasMarks('cyber', { id: 'act', was: ['law'] })).toBe(true);
	expect(marks.of('cyber', { id: 'act', was: ['law'] })).toHaveLength(1);
	marks.remove(id);
	expect(hasMarks('cyber', { id: 'law' })).toBe(false);
});

test('a store that refuses is said, keeps the words on the page, and may work later', async () => {
	let isFull = true;
	const store: MarkStore = new MemoryMarks();
	const put = store.put.bind(store);
	store.put = async (mark) => {
		if (isFull) throw new Problem('storage-full');
		await put(mark);
	};
	const marks = new LiveMarks(async () => store);
	const { id } = marks.add(note);
	await settled();
	expect(marks.save).toBe('failed');
	expect(marks.all).toHaveLength(1);
	isFull = false;
	marks.write(id, 'Ask again');
	await settled();
	expect(marks.save).toBe('saved');
	expect((await store.all())[0]?.text).toBe('Ask again');
});

describe('a page that goes before its note is stored (P3)', () => {
	/** A store of this device: what its window writes while `goes` never ends. */
	class DeviceMarks implements MarkStore {
		readonly forgets = false;
		goes = false;
		#marks = new MemoryMarks();
		all = () => this.#marks.all();
		remove = (id: string) => this.#marks.remove(id);
		close = () => {};
		put(mark: Mark): Promise<void> {
			return this.goes ? new Promise(() => {}) : this.#marks.put(mark);
		}
	}
	const left = () => [...stored.keys()].filter((name) => name.startsWith('unsaved'));
	/** One window, its store read. */
	async function open(store: MarkStore): Promise<LiveMarks> {
		const marks = new LiveMarks(async () => store);
		await marks.refresh();
		return marks;
	}

	test('the next window has its last words, and nothing is left behind', async () => {
		const store = new DeviceMarks();
		const gone = await open(store);
		const { id } = gone.add(note);
		await settled();
		expect(left()).toEqual([]);
		store.goes = true;
		gone.write(id, 'Ask the');
		gone.write(id, 'Ask the ministry');
		expect(left()).toHaveLength(1);
		await settled();
		store.goes = false;
		const next = await open(store);
		expect(next.all.map(({ text }) => text)).toEqual(['Ask the ministry']);
		expect(await store.all()).toEqual(next.all);
		expect(left()).toEqual([]);
	});

	test('what another window wrote later stays', async () => {
		const store = new DeviceMarks();
		const gone = await open(store);
		const { id } = gone.add(note);
		await settled();
		store.goes = true;
		gone.write(id, 'older');
		await settled();
		store.goes = false;
		const later = { ...note, id, text: 'later', at: '2999-01-01T00:00:00.000Z' };
		await store.put(later);
		expect((await open(store)).all).toEqual([later]);
		expect(left()).toEqual([]);
	});

	test('what was deleted does not come back', async () => {
		const store = new DeviceMarks();
		const gone = await open(store);
		store.goes = true;
		const { id } = gone.add(note);
		gone.remove(id);
		await settled();
		store.goes = false;
		expect(left()).toEqual([]);
		expect((await open(store)).all).toEqual([]);
	});

	test('what the store refuses waits for the next window; a damaged entry hurts nobody', async () => {
		const store = new DeviceMarks();
		stored.set('unsaved-mark/x', 'plain:!');
		const put = store.put.bind(store);
		store.put = () => Promise.reject(new Problem('storage-full'));
		const gone = await open(store);
		gone.add(note);
		await settled();
		expect(gone.save).toBe('failed');
		// The disk is full: what was written is shown with all else, and said to be unsaved.
		const full = await open(store);
		expect(full.all.map(({ text }) => text)).toEqual(['Ask']);
		expect(full.problem?.code).toBe('storage-full');
		store.put = put;
		expect((await open(store)).all.map(({ text }) => text)).toEqual(['Ask']);
		expect(left()).toEqual(['unsaved-mark/x']);
	});

	test('behind a passphrase it is sealed; before the store is open nothing is left (S-21)', async () => {
		const swap = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 255);
		openWith({ seal: swap, open: swap });
		const store = new DeviceMarks();
		const gone = await open(store);
		store.goes = true;
		gone.add(note);
		expect(left().map((name) => stored.get(name)?.split(':')[0])).toEqual(['sealed']);
		closeLock();
		await settled();
		store.goes = false;
		expect((await open(store)).all).toEqual([]);
		openWith({ seal: swap, open: swap });
		const rows = allLeft();
		noLock();
		rewriteLeft(rows);
		expect(left().map((name) => stored.get(name)?.split(':')[0])).toEqual(['plain']);
		expect((await open(store)).all.map(({ text }) => text)).toEqual(['Ask']);
		new LiveMarks(async () => store).add(note);
		expect(left()).toEqual([]);
	});
});
