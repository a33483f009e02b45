import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MemoryStore } from '#lib/store/memory.ts';
import { createDocument, readMeta, setMeta } from '#lib/sync/document.ts';
import { OpenDocument } from './open-document.svelte.ts';

/** What waits for the frame, and whether a letter is being typed. */
const screen = vi.hoisted(() => ({ waits: [] as ((isDeed: boolean) => void)[], isTyping: true }));
vi.mock('#lib/device/after-paint.ts', () => ({
	afterPaint: (work: (isDeed: boolean) => void) => screen.waits.push(work),
	isTyping: () => screen.isTyping
}));

const now = '2026-11-23T08:00:00.000Z';
let open: OpenDocument;

beforeEach(async () => {
	screen.waits = [];
	screen.isTyping = true;
	const store = new MemoryStore();
	const doc = createDocument({ id: 'w1', name: '', country: '', createdAt: now, demo: false });
	await store.create(doc, now);
	const about = { clock: () => now, savedAt: '', onSaved: () => {} };
	open = new OpenDocument(store, 'w1', { doc, seq: 1 }, about);
});
afterEach(() => open.close());

const write = (thing: 'name' | 'country', text: string) =>
	open.edit('c', thing, (doc, by) => setMeta(doc, by, { [thing]: text }));
const shown = () => open.workspace.name + open.workspace.country;

test('the first letter is there in the same turn, the next ones after a frame, all at once', async () => {
	write('name', 'N');
	await Promise.resolve();
	expect(shown()).toBe('N');
	write('name', 'Nu');
	write('name', 'Num');
	await Promise.resolve();
	expect(shown()).toBe('N');
	// What is stored, journalled and sent is the document, which never waits.
	expect(readMeta(open.doc).name).toBe('Num');
	expect(open.save).toBe('saving');
	expect(screen.waits).toHaveLength(1);
	screen.waits[0]!(false);
	expect(shown()).toBe('Num');
});

test('the next deed finds the last letter', async () => {
	write('name', 'N');
	await Promise.resolve();
	write('name', 'Nu');
	screen.waits[0]!(true);
	expect(shown()).toBe('Nu');
});

test('another field, and what is no letter, waits for no frame', async () => {
	write('name', 'N');
	write('country', 'A');
	await Promise.resolve();
	expect(shown()).toBe('NA');
	screen.isTyping = false;
	write('country', 'B');
	await Promise.resolve();
	expect(shown()).toBe('NB');
	expect(screen.waits).toEqual([]);
});

test('what is read at once takes the waiting letters along', async () => {
	write('name', 'N');
	await Promise.resolve();
	write('name', 'Nu');
	write('country', 'A');
	await Promise.resolve();
	expect(shown()).toBe('NuA');
	screen.waits[0]!(false);
	expect(shown()).toBe('NuA');
});
