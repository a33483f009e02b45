/** Streams in the moments that a test has to make: between two steps of the relay, and long after. */
import { IncomingMessage, ServerResponse } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FrameReader, type Frame } from '#lib/sync/protocol.ts';
import { openSqlite } from '../storage/sqlite.ts';
import { StorageError, type Access, type Page, type RelayStorage } from '../storage/storage.ts';
import { bytes64, Device, envelopeOf, startRelay, watched, type Place } from './fixture.ts';
import { Hub } from './hub.ts';
import { Metrics } from './metrics.ts';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
	vi.useRealTimers();
	for (const end of ends.splice(0).reverse()) await end();
});

/** A relay in which `between` happens after a token was looked up, and before its stream is there to hear. */
async function relayWith(between: { now: (() => Promise<unknown>) | null }): Promise<Place> {
	const folder = mkdtempSync(join(tmpdir(), 'relay-'));
	const storage = openSqlite(folder);
	const place = await startRelay(
		{},
		watched(storage, {
			read: async (ws, reading) => {
				const { now } = between;
				between.now = null;
				await now?.();
				return storage.read(ws, reading);
			}
		})
	);
	ends.push(() => rmSync(folder, { recursive: true, force: true }), place.close);
	return place;
}

describe('F-53 what changes in the moment in which a stream opens', () => {
	it.each(['view', 'edit', 'participate'])('who is ended (%s) hears it', async (role) => {
		const between = { now: null as (() => Promise<unknown>) | null };
		const { port } = await relayWith(between);
		const one = await new Device(port).create();
		const other = await one.with(role);
		between.now = () => one.json('DELETE', `/holders/${other.id}`);
		const listening = await other.listen();
		expect(listening.status).toBe(200);
		await listening.until('gone');
		await listening.ended;
	});

	it('a workspace that is deleted ends it', async () => {
		const between = { now: null as (() => Promise<unknown>) | null };
		const { port } = await relayWith(between);
		const one = await new Device(port).create();
		const other = await one.with('edit');
		between.now = () => one.json('DELETE', '');
		const listening = await other.listen();
		await listening.until('gone');
	});

	it('a new key comes to a viewer, who would never be told by a push', async () => {
		const between = { now: null as (() => Promise<unknown>) | null };
		const { port } = await relayWith(between);
		const one = await new Device(port).create();
		const link = await one.invite('view');
		const viewer = await link.joined();
		await one.sync([envelopeOf(1)]);
		await viewer.sync();
		const grants = Object.fromEntries(
			[one, viewer, link].map(({ id }) => [id, bytes64(Buffer.from('second'))])
		);
		between.now = () => one.json('POST', '/rotate', { epoch: 2, grants });
		const listening = await viewer.listen();
		const { grant } = (await listening.until('grant')) as Frame & { kind: 'grant' };
		expect(Buffer.from(grant).toString()).toBe('second');
		await wait(50);
		// Nothing about people has changed since: it need not fetch them.
		expect(listening.frames.map(({ kind }) => kind)).toEqual(['hello', 'grant']);
		listening.close();
	});
});

const w = randomBytes(16);
const access: Access = {
	...{ ws: 1, w, deleted: false, epoch: 1, head: 0, floor: 0, id: randomBytes(16) },
	...{ kind: 'device', role: 'edit', lane: 1, grantEpoch: 1, seen: 0 }
};
const page: Page = {
	...{ epoch: 1, head: 0, floor: 0, mark: new Uint8Array(8), markEpoch: 0, envelopes: [] },
	...{ upTo: 0, upToMark: new Uint8Array(8), more: false }
};

/** A hub over a storage that only does what is said, and one stream of it. */
function oneStream(does: Partial<RelayStorage>) {
	const storage = watched({} as RelayStorage, { read: async () => page, ...does });
	const hub = new Hub(storage, new Metrics());
	const response = new ServerResponse(new IncomingMessage(new Socket()));
	const reader = new FrameReader();
	const kinds: string[] = [];
	const heard = { write: () => {} };
	vi.spyOn(response, 'write').mockImplementation((bytes: Uint8Array) => {
		kinds.push(...reader.push(bytes).map(({ kind }) => kind));
		heard.write();
		return true;
	});
	ends.push(() => hub.close());
	const open = (first = page, cursor = 0) =>
		hub.open(response, access, randomBytes(32), first, cursor);
	return { hub, response, kinds, heard, open };
}

describe('a stream that looks', () => {
	it('hears a change that comes at the very end of looking', async () => {
		let looks = 0;
		const { hub, kinds, heard, open } = oneStream({
			find: async () => {
				looks++;
				return access;
			}
		});
		open();
		await wait(10);
		looks = 0;
		// Right after the last thing that looking does, and before anybody knows that it is over.
		heard.write = () => {
			heard.write = () => {};
			queueMicrotask(() => hub.hear({ kind: 'holders', w }));
		};
		hub.hear({ kind: 'holders', w });
		await wait(10);
		expect(looks).toBe(2);
		expect(kinds).toEqual(['holders', 'holders']);
	});

	it('looks again within a minute or so, unasked, and says nothing where nothing changed', async () => {
		vi.useFakeTimers();
		let found: Access | null = access;
		let looks = 0;
		const { response, kinds, open } = oneStream({
			find: async () => {
				looks++;
				return found;
			}
		});
		open();
		await vi.advanceTimersByTimeAsync(10);
		looks = 0;
		await vi.advanceTimersByTimeAsync(200_000);
		expect(looks).toBeGreaterThanOrEqual(3);
		expect(looks).toBeLessThanOrEqual(4);
		expect(new Set(kinds)).toEqual(new Set(['ping']));
		// Another process ended it, and its word was lost.
		found = null;
		await vi.advanceTimersByTimeAsync(62_000);
		expect(kinds.at(-1)).toBe('gone');
		expect(response.writableEnded).toBe(true);
	});

	it('F-48 stays open while the storage is away, and looks when that is back', async () => {
		vi.useFakeTimers();
		let isAway = false;
		const { response, kinds, open } = oneStream({
			find: async () => {
				if (isAway) throw new StorageError('unavailable');
				return null;
			}
		});
		isAway = true;
		open();
		await vi.advanceTimersByTimeAsync(130_000);
		expect(response.writableEnded).toBe(false);
		isAway = false;
		await vi.advanceTimersByTimeAsync(62_000);
		expect(kinds.at(-1)).toBe('gone');
	});
});

it('C-2 a reader that is behind when the log is pruned is not led past what went', async () => {
	const late = envelopeOf(9);
	const { hub, response, kinds, open } = oneStream({
		find: async () => ({ ...access, head: 9 }),
		read: async () => ({
			...{ ...page, head: 9, floor: 8, mark: null },
			envelopes: [{ seq: 9, lane: 2, role: 'edit' as const, bytes: late }],
			...{ upTo: 9, upToMark: new Uint8Array(8) }
		})
	});
	open({ ...page, head: 3, upTo: 3 }, 3);
	hub.hear({ kind: 'log', w, head: 9 });
	await wait(20);
	expect(kinds).not.toContain('envelope');
	// Its client comes again with its cursor, and gets the snapshot.
	expect(response.writableEnded).toBe(true);
	expect(kinds).not.toContain('gone');
});

it('C-2, C-5 the log from the floor is given whole although that rises between two reads', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'relay-'));
	const storage = openSqlite(folder);
	const day = 86_400_000;
	const prune = () => storage.upkeep({ now: Date.now() + 15 * day, grace: 14 * day, retention: 0 });
	let readings = 0;
	const place = await startRelay(
		{},
		watched(storage, {
			read: async (ws, reading) => {
				if (++readings === 2) await prune();
				return storage.read(ws, reading);
			}
		})
	);
	ends.push(() => rmSync(folder, { recursive: true, force: true }), place.close);
	const one = await new Device(place.port).create();
	const viewer = await one.with('view');
	await one.sync(Array.from({ length: 6 }, (_, n) => envelopeOf(n + 1)));
	const put = (covers: number) =>
		one.ask(`/snapshot?covers=${covers}&part=0&of=1&epoch=1`, {
			method: 'POST',
			body: randomBytes(90)
		});
	expect((await put(2)).status).toBe(200);
	await prune();
	expect((await put(4)).status).toBe(200);
	readings = 0;
	const frames = await viewer.sync([], { log: true });
	expect(readings).toBeGreaterThanOrEqual(2);
	const seqs = frames.flatMap((frame) => (frame.kind === 'envelope' ? [frame.seq] : []));
	// What `hello` says is where what follows begins: from 4 on, and not from 2.
	expect(frames[0]).toMatchObject({ kind: 'hello', floor: 4, head: 6 });
	expect(seqs).toEqual([5, 6]);
});
