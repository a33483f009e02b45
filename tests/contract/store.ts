/**
 * What every WorkspaceStore promises. Run by `src/lib/store/store.test.ts` on each implementation.
 */
import * as Y from 'yjs';
import { describe, expect, test } from 'vitest';
import type { WorkspaceStore } from '#lib/store/store.ts';
import { compactAfter } from '#lib/store/store.ts';
import {
	applyUpdates,
	createDocument,
	readWorkspace,
	setNote,
	stateOf
} from '#lib/sync/document.ts';

const now = '2026-03-01T08:00:00.000Z';
const later = '2026-03-02T08:00:00.000Z';
const facts = { name: 'Numenia', country: 'Numenia', demo: false, updatedAt: later };
const by = { contributor: 'me', now, origin: 'local' };

export const newDocument = (id: string, name = 'Numenia'): Y.Doc =>
	createDocument({ id, name, country: 'Numenia', createdAt: now, demo: false });

/** The updates that `write` makes in `doc`. */
export function updatesOf(doc: Y.Doc, write: (doc: Y.Doc) => void): Uint8Array[] {
	const updates: Uint8Array[] = [];
	const listen = (update: Uint8Array) => updates.push(update);
	doc.on('update', listen);
	write(doc);
	doc.off('update', listen);
	return updates;
}
export const noteUpdate = (doc: Y.Doc, note: string): Uint8Array =>
	updatesOf(doc, () => setNote(doc, by, 'g/q', note))[0]!;
export const noteIn = (doc: Y.Doc): string | undefined => readWorkspace(doc).contributions[0]?.note;

export function storeContract(name: string, make: () => Promise<WorkspaceStore>): void {
	const problem = (code: string) => expect.objectContaining({ name: 'Problem', code });

	describe(`the store in ${name}`, () => {
		test('starts empty', async () => {
			const store = await make();
			expect(await store.list()).toEqual([]);
			await expect(store.open('w1')).rejects.toEqual(problem('workspace-missing'));
		});

		test('keeps what was created, and refuses to create it again', async () => {
			const store = await make();
			const doc = newDocument('w1');
			setNote(doc, by, 'g/q', 'Kept');
			const listed = { ...facts, id: 'w1', updatedAt: now, deletedAt: '' };
			expect(await store.create(doc, now)).toEqual(listed);
			expect(await store.list()).toEqual([listed]);
			expect(noteIn((await store.open('w1')).doc)).toBe('Kept');
			await expect(store.create(newDocument('w1', 'Other'), later)).rejects.toEqual(
				problem('unexpected')
			);
			expect(await store.list()).toEqual([listed]);
		});

		test('an appended update is in the next opening, and in the list', async () => {
			const store = await make();
			const doc = newDocument('w1');
			await store.create(doc, now);
			const seq = await store.append('w1', noteUpdate(doc, 'First'), facts);
			const opened = await store.open('w1');
			expect(noteIn(opened.doc)).toBe('First');
			expect(opened).toMatchObject({ seq, quarantined: 0 });
			expect((await store.list())[0]).toMatchObject({ updatedAt: later });
		});

		test('what is appended to nothing is refused', async () => {
			const store = await make();
			const update = noteUpdate(newDocument('w1'), 'x');
			await expect(store.append('w1', update, facts)).rejects.toEqual(problem('workspace-missing'));
			expect(await store.list()).toEqual([]);
		});

		test("an opened document is the caller's own: editing it changes nothing that is stored", async () => {
			const store = await make();
			await store.create(newDocument('w1'), now);
			noteUpdate((await store.open('w1')).doc, 'not appended');
			expect(noteIn((await store.open('w1')).doc)).toBeUndefined();
		});

		test('an update that was appended twice counts once', async () => {
			const store = await make();
			const doc = newDocument('w1');
			await store.create(doc, now);
			const update = noteUpdate(doc, 'Once');
			await store.append('w1', update, facts);
			await store.append('w1', update, facts);
			expect(noteIn((await store.open('w1')).doc)).toBe('Once');
		});

		test('numbers grow, and "since" gives what came after one, whoever wrote it', async () => {
			const store = await make();
			const doc = newDocument('w1');
			await store.create(doc, now);
			await store.create(newDocument('w2'), now);
			const { seq, doc: other } = await store.open('w1');
			const one = await store.append('w1', noteUpdate(doc, 'One'), facts);
			await store.append('w2', noteUpdate(newDocument('w2'), 'Elsewhere'), facts);
			const two = await store.append('w1', noteUpdate(doc, 'One, two'), facts);
			expect(one).toBeGreaterThan(seq);
			expect(two).toBeGreaterThan(one);
			const news = await store.since('w1', seq);
			expect(news.seq).toBe(two);
			expect(news.updates).toHaveLength(2);
			applyUpdates(other, news.updates);
			expect(noteIn(other)).toBe('One, two');
			expect((await store.since('w1', one)).updates).toHaveLength(1);
			expect(await store.since('w1', two)).toEqual({ updates: [], seq: two });
		});

		test('compaction loses nothing: not for the next opening, nor for a tab that is behind', async () => {
			const store = await make();
			const doc = newDocument('w1');
			await store.create(doc, now);
			const behind = await store.open('w1');
			const seqs = [];
			for (const note of ['a', 'ab', 'abc']) {
				seqs.push(await store.append('w1', noteUpdate(doc, note), facts));
			}
			await store.compact('w1');
			const opened = await store.open('w1');
			expect(noteIn(opened.doc)).toBe('abc');
			expect(opened.seq).toBe(seqs[2]);
			const news = await store.since('w1', behind.seq);
			applyUpdates(behind.doc, news.updates);
			expect(noteIn(behind.doc)).toBe('abc');
			expect(news.seq).toBe(seqs[2]);
			const next = await store.append('w1', noteUpdate(doc, 'abcd'), facts);
			expect(next).toBeGreaterThan(seqs[2]!);
			expect(noteIn((await store.open('w1')).doc)).toBe('abcd');
		});

		test(`more than ${compactAfter} updates are made into one state`, async () => {
			const store = await make();
			const doc = newDocument('w1');
			await store.create(doc, now);
			let note = '';
			for (let i = 0; i <= compactAfter; i++) {
				note += 'x';
				await store.append('w1', noteUpdate(doc, note), facts);
			}
			expect((await store.since('w1', 0)).updates).toHaveLength(1);
			const { doc: opened } = await store.open('w1');
			expect(noteIn(opened)).toBe(note);
			expect(stateOf(opened)).toEqual(stateOf(doc));
		});

		test('a malformed update is put aside and costs nothing else (F-42)', async () => {
			const store = await make();
			const doc = newDocument('w1');
			await store.create(doc, now);
			await store.append('w1', noteUpdate(doc, 'Before'), facts);
			await store.append('w1', new Uint8Array(40).fill(0xff), facts);
			await store.append('w1', noteUpdate(doc, 'Before, after'), facts);
			const opened = await store.open('w1');
			expect(opened.quarantined).toBe(1);
			expect(noteIn(opened.doc)).toBe('Before, after');
			await store.compact('w1');
			expect(noteIn((await store.open('w1')).doc)).toBe('Before, after');
		});

		test('a deleted workspace can come back, until it is purged', async () => {
			const store = await make();
			const doc = newDocument('w1');
			setNote(doc, by, 'g/q', 'Kept');
			await store.create(doc, now);
			await store.create(newDocument('w2'), now);
			await store.remove('w1', now);
			expect((await store.list()).map(({ id, deletedAt }) => [id, deletedAt])).toEqual([
				['w1', now],
				['w2', '']
			]);
			await store.purge(now);
			await store.restore('w1');
			expect(noteIn((await store.open('w1')).doc)).toBe('Kept');
			await store.remove('w1', now);
			await store.purge(later);
			expect((await store.list()).map(({ id }) => id)).toEqual(['w2']);
			await expect(store.open('w1')).rejects.toEqual(problem('workspace-missing'));
			await expect(store.restore('w1')).rejects.toEqual(problem('workspace-missing'));
			await expect(store.remove('w1', now)).resolves.toBeUndefined();
		});

		test('a copy is a workspace of its own', async () => {
			const store = await make();
			const doc = newDocument('w1');
			await store.create(doc, now);
			await store.append('w1', noteUpdate(doc, 'Shared'), facts);
			const copy = await store.duplicate('w1', { id: 'w2', name: 'Copy', now: later });
			expect(copy).toEqual({ ...facts, id: 'w2', name: 'Copy', deletedAt: '' });
			const { doc: copied } = await store.open('w2');
			expect(noteIn(copied)).toBe('Shared');
			await store.append('w2', noteUpdate(copied, 'Changed'), facts);
			expect(noteIn((await store.open('w1')).doc)).toBe('Shared');
		});

		test('the list shows the last changed first', async () => {
			const store = await make();
			for (const id of ['a', 'b', 'c']) await store.create(newDocument(id), now);
			await store.append('b', noteUpdate(newDocument('b'), 'x'), facts);
			expect((await store.list()).map(({ id }) => id)).toEqual(['b', 'a', 'c']);
		});

		test('settings are kept, and the first of two tabs chooses', async () => {
			const store = await make();
			expect(await store.setting('contributor')).toBeUndefined();
			const [one, two] = await Promise.all([
				store.ensureSetting('contributor', 'x1'),
				store.ensureSetting('contributor', 'x2')
			]);
			expect(one).toBe('x1');
			expect(two).toBe('x1');
			await store.saveSetting('contributor', { id: 'x3' });
			expect(await store.setting('contributor')).toEqual({ id: 'x3' });
		});
	});
}
