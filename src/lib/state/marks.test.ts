import { beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '#lib/model/problem.ts';
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

beforeEach(() => {
	const stored = new Map<string, string>();
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => stored.get(key) ?? null,
		setItem: (key: string, value: string) => void stored.set(key, value)
	});
});

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
