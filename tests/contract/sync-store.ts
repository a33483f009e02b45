/**
 * What the sync half of every WorkspaceStore promises. Run by `src/lib/store/sync-store.test.ts`.
 * Rules (E-4, H-3 …) are those of src/lib/sync/SPEC.md.
 */
import { describe, expect, test } from 'vitest';
import type { Arrival, Flight, Shared } from '#lib/store/shared.ts';
import type { WorkspaceStore } from '#lib/store/store.ts';
import { compactAfter } from '#lib/store/store.ts';
import { assemble, stateOf } from '#lib/sync/document.ts';
import { newDocument, noteIn, noteUpdate } from './store.ts';

const now = '2026-03-01T08:00:00.000Z';
const facts = { name: 'Numenia', country: 'Numenia', demo: false, updatedAt: now };
const mark = (n: number) => new Uint8Array(8).fill(n);

export const sharedRow = (workspace: string, more: Partial<Shared> = {}): Shared => ({
	workspace,
	address: new Uint8Array(16).fill(1),
	holder: 'h1',
	token: new Uint8Array(16).fill(2),
	privateKey: new Uint8Array(32).fill(3),
	publicKey: new Uint8Array(32).fill(4),
	lane: 1,
	role: 'edit',
	keyring: new Uint8Array(33),
	invitation: null,
	made: {},
	recovery: '',
	me: { name: 'Ada', organisation: 'Ministry of Health' },
	cursor: 0,
	mark: mark(0),
	trail: [],
	counter: 0,
	since: { envelopes: 0, bytes: 0, covers: 0 },
	bytes: { sent: 0, received: 0, since: now },
	lastSuccess: '',
	paused: false,
	revoked: [],
	refused: '',
	rejoinAt: '',
	healedAt: '',
	...more
});

/** Not a seal at all: what a store does must not depend on what the bytes are. */
export const plain = (updates: Uint8Array[], next: () => number): Flight[] =>
	updates.map((envelope) => ({ counter: next(), epoch: 1, changes: 1, envelope }));

const arrival = (updates: Uint8Array[], cursor: number, more: Partial<Arrival> = {}): Arrival => ({
	updates,
	cursor,
	mark: mark(cursor),
	aside: [],
	taken: [],
	envelopes: updates.length,
	bytes: updates.reduce((sum, { length }) => sum + length, 0),
	...more
});

export function syncStoreContract(name: string, make: () => Promise<WorkspaceStore>): void {
	const problem = (code: string) => expect.objectContaining({ name: 'Problem', code });
	async function started({ everything = false, more = {} as Partial<Shared> } = {}) {
		const store = await make();
		const doc = newDocument('w1');
		await store.create(doc, now);
		await store.sync.start(sharedRow('w1', more), everything);
		return { store, doc };
	}

	describe(`the sync half of the store in ${name}`, () => {
		test('nothing is shared until it is, and nothing waits there', async () => {
			const store = await make();
			const doc = newDocument('w1');
			await store.create(doc, now);
			await store.append('w1', noteUpdate(doc, 'Alone'), facts);
			expect(await store.sync.all()).toEqual([]);
			expect(await store.sync.get('w1')).toBeUndefined();
			expect(await store.sync.waiting('w1')).toEqual({ outbox: 0, flight: 0 });
			await expect(store.sync.change('w1', { paused: true })).rejects.toEqual(
				problem('workspace-missing')
			);
			await expect(store.sync.start(sharedRow('w2'), true)).rejects.toEqual(
				problem('workspace-missing')
			);
		});

		test('sharing sends what is there already, and every edit from then on', async () => {
			const store = await make();
			const doc = newDocument('w1');
			await store.create(doc, now);
			await store.append('w1', noteUpdate(doc, 'Before'), facts);
			await store.sync.start(sharedRow('w1'), true);
			expect(await store.sync.get('w1')).toEqual(sharedRow('w1'));
			await store.append('w1', noteUpdate(doc, 'Before, after'), facts);
			expect(await store.sync.waiting('w1')).toEqual({ outbox: 2, flight: 0 });
			const flights = await store.sync.depart('w1', 1e6, plain);
			const there = assemble(flights.map(({ envelope }) => envelope)).doc;
			expect(stateOf(there)).toEqual(stateOf(doc));
		});

		test('a viewer has nothing to send', async () => {
			const { store, doc } = await started({ more: { role: 'view' } });
			await store.append('w1', noteUpdate(doc, 'x'), facts);
			expect(await store.sync.waiting('w1')).toEqual({ outbox: 0, flight: 0 });
		});

		test('a change waits, flies as bytes that stay the same, and lands (H-3)', async () => {
			const { store, doc } = await started();
			const updates = [noteUpdate(doc, 'One'), noteUpdate(doc, 'One, two')];
			for (const update of updates) await store.append('w1', update, facts);
			const flights = await store.sync.depart('w1', 1e6, plain);
			expect(flights.map(({ counter }) => counter)).toEqual([1, 2]);
			expect(await store.sync.waiting('w1')).toEqual({ outbox: 0, flight: 2 });
			expect(await store.sync.flight('w1')).toEqual(flights);
			await store.append('w1', noteUpdate(doc, 'One, two, three'), facts);
			expect(await store.sync.waiting('w1')).toEqual({ outbox: 1, flight: 2 });
			await store.sync.landed('w1', [1]);
			expect(await store.sync.flight('w1')).toEqual(flights.slice(1));
			await store.sync.landed('w1', [1, 2]);
			expect(await store.sync.waiting('w1')).toEqual({ outbox: 1, flight: 0 });
			// Each counts once as seen, however often it is acknowledged (C-6).
			const bytes = flights.reduce((sum, { envelope }) => sum + envelope.length, 0);
			expect((await store.sync.get('w1'))?.since).toEqual({ envelopes: 2, bytes, covers: 0 });
		});

		test('what departs is limited in bytes, but never less than one change (X-10)', async () => {
			const { store, doc } = await started();
			for (const note of ['a', 'ab', 'abc']) await store.append('w1', noteUpdate(doc, note), facts);
			expect(await store.sync.depart('w1', 1, plain)).toHaveLength(1);
			const size = (await store.sync.flight('w1'))[0]!.envelope.length;
			expect(size).toBeGreaterThan(1);
			expect(await store.sync.depart('w1', 1e6, plain)).toHaveLength(2);
			expect(await store.sync.depart('w1', 1e6, plain)).toEqual([]);
		});

		test('a seal that fails leaves everything waiting, and no counter spent half (E-4)', async () => {
			const { store, doc } = await started({ more: { counter: 7 } });
			await store.append('w1', noteUpdate(doc, 'Kept'), facts);
			const breaks = (updates: Uint8Array[], next: () => number) => {
				plain(updates, next);
				throw new TypeError('no key');
			};
			await expect(store.sync.depart('w1', 1e6, breaks)).rejects.toThrow();
			expect(await store.sync.waiting('w1')).toEqual({ outbox: 1, flight: 0 });
			expect((await store.sync.depart('w1', 1e6, plain))[0]).toMatchObject({ counter: 8 });
			expect((await store.sync.get('w1'))?.counter).toBe(8);
		});

		test('counters grow whatever is changed beside them, and sealing again takes new ones (E-4, O-6)', async () => {
			const { store, doc } = await started();
			await store.append('w1', noteUpdate(doc, 'One'), facts);
			await store.sync.depart('w1', 1e6, plain);
			const changed = await store.sync.change('w1', ({ bytes }) => ({
				bytes: { ...bytes, sent: bytes.sent + 9 }
			}));
			expect(changed).toMatchObject({ counter: 1, bytes: { sent: 9 } });
			const again = (flights: Flight[], next: () => number) =>
				flights.map((one) => ({ ...one, epoch: 2, counter: next() }));
			await store.sync.sealAgain('w1', again, { skip: 100, change: { refused: 'sync-role' } });
			expect(await store.sync.get('w1')).toMatchObject({ refused: 'sync-role', counter: 102 });
			expect(await store.sync.flight('w1')).toMatchObject([{ counter: 102, epoch: 2, changes: 1 }]);
			await store.append('w1', noteUpdate(doc, 'One, two'), facts);
			expect(await store.sync.depart('w1', 1e6, plain)).toMatchObject([{ counter: 103 }]);
		});

		test('what arrives is stored with its cursor, heard of, and never sent back', async () => {
			const { store, doc } = await started();
			const behind = await store.open('w1');
			const heard: unknown[] = [];
			const stop = store.onHere((news, own) => heard.push([news, own]));
			const updates = [noteUpdate(doc, 'From'), noteUpdate(doc, 'From afar')];
			const seq = await store.sync.receive('w1', arrival(updates, 5), facts);
			expect(noteIn((await store.open('w1')).doc)).toBe('From afar');
			expect(await store.sync.waiting('w1')).toEqual({ outbox: 0, flight: 0 });
			expect(await store.sync.get('w1')).toMatchObject({
				cursor: 5,
				mark: mark(5),
				since: { envelopes: 2, bytes: updates[0]!.length + updates[1]!.length }
			});
			expect((await store.since('w1', behind.seq)).seq).toBe(seq);
			const own = await store.append('w1', noteUpdate(doc, 'Mine'), facts);
			expect(heard).toEqual([
				[{ workspace: 'w1', seq }, false],
				[{ workspace: 'w1', seq: own }, true]
			]);
			stop();
		});

		test('an arrival of nothing moves the cursor and wakes nobody', async () => {
			const { store } = await started();
			const heard: unknown[] = [];
			store.onHere((news) => heard.push(news));
			await store.sync.receive('w1', arrival([], 9), { ...facts, name: 'Not taken' });
			expect(await store.sync.get('w1')).toMatchObject({ cursor: 9 });
			expect((await store.list())[0]).toMatchObject({ name: 'Numenia' });
			expect(heard).toEqual([]);
		});

		test('places of the log are remembered some apart, and those of a lost log are not (C-4, H-1)', async () => {
			const { store } = await started();
			const trail = async () => (await store.sync.get('w1'))?.trail.map(({ cursor }) => cursor);
			for (let at = 10; at <= 90; at += 10) await store.sync.receive('w1', arrival([], at), facts);
			expect(await trail()).toEqual([30, 60, 90]);
			await store.sync.receive('w1', arrival([], 40), facts);
			expect(await trail()).toEqual([]);
		});

		test('what cannot be read yet is kept aside until it is taken (E-2, E-5)', async () => {
			const { store } = await started();
			const piece = (seq: number) => ({
				seq,
				lane: 2,
				role: 0,
				why: 'piece' as const,
				envelope: mark(seq)
			});
			await store.sync.receive('w1', arrival([], 2, { aside: [piece(2), piece(1)] }), facts);
			expect(await store.sync.aside('w1')).toEqual([piece(1), piece(2)]);
			await store.sync.receive('w1', arrival([], 3, { aside: [piece(3)], taken: [1] }), facts);
			expect(await store.sync.aside('w1')).toEqual([piece(2), piece(3)]);
		});

		test('making one state of many updates loses nothing that is unsent', async () => {
			const { store, doc } = await started();
			let note = '';
			const made = [];
			for (let i = 0; i <= compactAfter; i++) {
				made.push(noteUpdate(doc, (note += 'x')));
				await store.append('w1', made.at(-1)!, facts);
			}
			expect((await store.since('w1', 0)).updates).toHaveLength(1);
			expect(await store.sync.waiting('w1')).toEqual({ outbox: made.length, flight: 0 });
			const flights = await store.sync.depart('w1', 1e9, plain);
			expect(flights.map(({ envelope }) => envelope)).toEqual(made);
		});

		test('one workspace is not the other: each has its own counters, outbox and flight', async () => {
			const { store, doc } = await started();
			const other = newDocument('w2');
			await store.create(other, now);
			await store.sync.start(sharedRow('w2', { counter: 40 }), false);
			await store.append('w1', noteUpdate(doc, 'One'), facts);
			await store.append('w2', noteUpdate(other, 'Two'), facts);
			await store.sync.depart('w2', 1e6, plain);
			expect(await store.sync.waiting('w1')).toEqual({ outbox: 1, flight: 0 });
			expect(await store.sync.flight('w2')).toMatchObject([{ counter: 41 }]);
			await store.sync.landed('w1', [41]);
			expect(await store.sync.flight('w2')).toHaveLength(1);
			await store.sync.stop('w2');
			expect((await store.sync.all()).map(({ workspace }) => workspace)).toEqual(['w1']);
			expect(await store.sync.waiting('w2')).toEqual({ outbox: 0, flight: 0 });
			expect(noteIn((await store.open('w2')).doc)).toBe('Two');
		});

		test('what is purged is gone from this half, too; a copy is not shared', async () => {
			const { store, doc } = await started();
			await store.append('w1', noteUpdate(doc, 'One'), facts);
			await store.duplicate('w1', { id: 'w9', name: 'Copy', now });
			expect(await store.sync.get('w9')).toBeUndefined();
			await store.remove('w1', now);
			await store.purge('2026-03-02T08:00:00.000Z');
			expect(await store.sync.all()).toEqual([]);
			expect(await store.sync.waiting('w1')).toEqual({ outbox: 0, flight: 0 });
		});

		test('a lease is one holder’s, until it is over; a clock set back ends it (F-07, F-08, F-18)', async () => {
			const { sync } = await make();
			expect(await sync.lease('w1', 'a', 1000, 500)).toBe(true);
			expect(await sync.lease('w1', 'b', 1400, 500)).toBe(false);
			expect(await sync.lease('w1', 'a', 1400, 500)).toBe(true);
			expect(await sync.lease('w1', 'b', 1600, 500)).toBe(false);
			expect(await sync.lease('w2', 'b', 1600, 500)).toBe(true);
			expect(await sync.lease('w1', 'b', 1900, 500)).toBe(true);
			await sync.release('w1', 'a');
			expect(await sync.lease('w1', 'a', 1950, 500)).toBe(false);
			await sync.release('w1', 'b');
			expect(await sync.lease('w1', 'a', 1950, 500)).toBe(true);
			expect(await sync.lease('w1', 'b', 5, 500)).toBe(true);
		});
	});
}
