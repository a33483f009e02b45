/** Rooms (SPEC.md, M): what a phone may do at the relay, what it is given, and how many come at once. */
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { limits as wire, type Frame } from '#lib/sync/protocol.ts';
import { Device, envelopeOf, markOf, startRelay, type Place } from './fixture.ts';

vi.setConfig({ testTimeout: 30_000 });

let place: Place;
beforeAll(async () => (place = await startRelay()));
afterAll(() => place.close());

/** A room with its host, and the invitation that its phones share. */
async function newRoom(port = place.port) {
	const host = await new Device(port).create();
	return { host, link: await host.invite('participate') };
}
const kinds = (frames: Frame[]) => frames.map(({ kind }) => kind);
const seqs = (frames: Frame[]) =>
	frames.flatMap((frame) => (frame.kind === 'envelope' ? [frame.seq] : []));
const errorOf = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString());
const note = (counter: number, size = 60) => envelopeOf(counter, 1, randomBytes(size));

describe('what a phone may do (M-3)', () => {
	it.each([
		['GET', '/holders'],
		['POST', '/holders'],
		['POST', '/rotate'],
		['GET', '/snapshot'],
		['POST', '/snapshot?covers=1&part=0&of=1&epoch=1'],
		['GET', '/snapshot/1/0'],
		['POST', '/snapshot/confirm?covers=1'],
		['POST', '/snapshot/refuse?covers=1'],
		['DELETE', '']
	])('%s %s is 403 role', async (method, path) => {
		const { host, link } = await newRoom();
		const phone = await link.joined();
		await host.sync([note(1)]);
		const bodies: { [path: string]: object } = {
			'/holders': { ...new Device(place.port).part(), role: 'edit' },
			'/rotate': { epoch: 2, grants: {} }
		};
		const value = bodies[path];
		const body = method === 'POST' ? (value ? JSON.stringify(value) : randomBytes(9)) : undefined;
		const answer = await phone.ask(path, { method, ...(body && { body }) });
		expect(answer.status).toBe(403);
		expect(errorOf(answer.bytes)).toEqual({ error: 'role' });
	});

	it('it may not end the host or another phone, and may end itself', async () => {
		const { host, link } = await newRoom();
		const [one, two] = [await link.joined(), await link.joined()];
		for (const id of [host.id, two.id, link.id]) {
			expect(await one.json('DELETE', `/holders/${id}`)).toMatchObject({ error: 'role' });
		}
		expect(await one.json('DELETE', `/holders/${one.id}?devices=1`)).toMatchObject({
			error: 'role'
		});
		expect(await one.json('DELETE', `/holders/${one.id}`)).toEqual({ status: 200 });
		expect((await one.exchange()).status).toBe(404);
		expect((await two.exchange()).status).toBe(200);
	});

	it('it pushes notes, puts its own card and says that it is here', async () => {
		const { host, link } = await newRoom();
		const phone = await link.joined();
		const listening = await host.listen();
		expect(kinds(await phone.sync([note(1)]))).toEqual(['hello', 'ack', 'end']);
		expect(await listening.until('envelope')).toMatchObject({ lane: phone.lane, role: 4 });
		expect(await phone.json('PUT', '/card', { card: 'YQ' })).toEqual({ status: 200 });
		await listening.until('holders');
		const said = new Uint8Array(randomBytes(60));
		expect((await phone.ask('/here', { method: 'POST', body: said })).status).toBe(200);
		expect(await listening.until('here')).toEqual({
			kind: 'here',
			lane: phone.lane,
			role: 4,
			note: said
		});
		listening.close();
	});

	it('a note of over 4 KB and a push of over 60 are 413; the host’s scenes may be larger', async () => {
		const { host, link } = await newRoom();
		const phone = await link.joined();
		const large = envelopeOf(1, 1, randomBytes(wire.note - 42 + 1));
		expect(large).toHaveLength(wire.note + 1);
		const refused = await phone.exchange([large]);
		expect(refused.status).toBe(413);
		expect(errorOf(refused.bytes)).toEqual({ error: 'too-large', limit: 4096 });
		expect((await phone.exchange([large.subarray(0, wire.note)])).status).toBe(200);
		const many = Array.from({ length: 61 }, (_, n) => note(n + 2));
		const tooMany = await phone.exchange(many);
		expect(tooMany.status).toBe(413);
		expect(errorOf(tooMany.bytes)).toEqual({ error: 'too-large', limit: 60 });
		expect((await host.exchange([note(1, 60_000)])).status).toBe(200);
	});

	it('sixty in a minute, then 429 with when to come again; others are not held up', async () => {
		const { host, link } = await newRoom();
		const [loud, calm] = [await link.joined(), await link.joined()];
		const first = Array.from({ length: 50 }, (_, n) => note(n + 1));
		expect((await loud.exchange(first)).status).toBe(200);
		for (let n = 51; n <= 60; n++) expect((await loud.exchange([note(n)])).status).toBe(200);
		const refused = await loud.exchange([note(61), note(62)]);
		expect(refused.status).toBe(429);
		expect(errorOf(refused.bytes)).toEqual({ error: 'slow-down' });
		expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
		expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(2);
		expect(await loud.json('PUT', '/card', { card: 'YQ' })).toMatchObject({ error: 'slow-down' });
		expect(await host.json('PUT', '/card', { card: 'YQ' })).toEqual({ status: 200 });
		// It still hears what is shown.
		expect((await loud.exchange()).status).toBe(200);
		expect((await calm.exchange([note(1)])).status).toBe(200);
		const hosts = Array.from({ length: 100 }, (_, n) => note(n + 1));
		expect((await host.exchange(hosts)).status).toBe(200);
	});
});

describe('what a phone is given (M-4, M-5)', () => {
	it('by exchange: the newest scene, no notes, neither others’ nor its own', async () => {
		const { host, link } = await newRoom();
		const [one, two] = [await link.joined(), await link.joined()];
		await host.sync([note(1)]);
		await two.exchange([note(1)]);
		const scene = note(2);
		await host.sync([scene]);
		const last = note(2);
		await two.exchange([last]);

		const frames = await one.sync();
		expect(kinds(frames)).toEqual(['hello', 'grant', 'envelope', 'end']);
		expect(frames[2]).toMatchObject({ seq: 3, role: 1, envelope: scene });
		expect(frames[3]).toEqual({ kind: 'end', seq: 4, mark: new Uint8Array(markOf(last)) });
		expect(kinds(await one.sync())).toEqual(['hello', 'end']);
		// Its own, asked for as who begins from nothing does, and the log.
		two.cursor = 0;
		expect(seqs(await two.sync([], { own: true, log: true }))).toEqual([3]);
		expect(kinds(await one.sync([note(1)]))).toEqual(['hello', 'ack', 'end']);
		expect(one.cursor).toBe(5);
	});

	it('a snapshot of the host’s does not come between', async () => {
		const { host, link } = await newRoom();
		const phone = await link.joined();
		await host.sync([note(1), note(2)]);
		const query = '/snapshot?covers=1&part=0&of=1&epoch=1';
		expect((await host.ask(query, { method: 'POST', body: randomBytes(90) })).status).toBe(200);
		expect(seqs(await phone.sync())).toEqual([2]);
		phone.cursor = 0;
		const listening = await phone.listen();
		expect(await listening.until('envelope')).toMatchObject({ seq: 2 });
		listening.close();
	});

	it('X-6 a cursor that is not where it was is rewound, as for all', async () => {
		const { host, link } = await newRoom();
		const phone = await link.joined();
		await host.sync([note(1)]);
		await phone.sync();
		phone.mark = randomBytes(8);
		expect(kinds(await phone.sync())).toContain('rewound');
		const listening = await phone.listen();
		await listening.until('rewound');
		await listening.ended;
	});

	it('live: scenes as they come, and no byte for what others say', async () => {
		const { host, link } = await newRoom();
		const [one, two] = [await link.joined(), await link.joined()];
		await host.sync([note(1)]);
		await one.sync();
		const listening = await one.listen();
		await listening.until('hello');
		await wait(50);
		const before = listening.bytes();
		await two.exchange([note(1)]);
		await two.ask('/here', { method: 'POST', body: randomBytes(60) });
		await two.json('PUT', '/card', { card: 'YQ' });
		await link.joined();
		await one.exchange([note(1)]);
		await host.ask('/here', { method: 'POST', body: randomBytes(60) });
		await wait(100);
		expect(listening.bytes()).toBe(before);

		const scene = note(2);
		await host.sync([scene]);
		expect(await listening.until('envelope')).toEqual({
			kind: 'envelope',
			seq: 4,
			lane: 1,
			role: 1,
			envelope: scene
		});
		listening.close();
		// It goes on where its last scene stood, whatever was said since.
		await two.exchange([note(2)]);
		[one.cursor, one.mark] = [4, markOf(scene)];
		expect(kinds(await one.sync())).toEqual(['hello', 'end']);
		await host.sync([note(3), note(4)]);
		const again = await one.listen();
		await again.until('envelope');
		await wait(50);
		expect(seqs(again.frames)).toEqual([7]);
		again.close();
	});

	it('live: of scenes that come at once the last, whoever pushes between', async () => {
		const { host, link } = await newRoom();
		const [one, two] = [await link.joined(), await link.joined()];
		const listening = await one.listen();
		await listening.until('hello');
		for (let n = 0; n < 20; n++) {
			const counter = 2 * n + 1;
			await Promise.all([
				host.exchange([note(counter), note(counter + 1)]),
				two.exchange([note(n + 1)])
			]);
		}
		const last = (await host.sync([note(99)])).find((frame) => frame.kind === 'ack')!;
		await listening.until('envelope', (frame) => 'seq' in frame && frame.seq === last.seq);
		const given = listening.frames.flatMap((frame) => (frame.kind === 'envelope' ? [frame] : []));
		for (const { role, lane } of given) expect([role, lane]).toEqual([1, 1]);
		const order = given.map(({ seq }) => seq);
		expect([...order].sort((a, b) => a - b)).toEqual(order);
		expect(new Set(order).size).toBe(order.length);
		listening.close();
	});

	it('live: who is ended hears it, and a room that is closed is 410', async () => {
		const { host, link } = await newRoom();
		const [one, two] = [await link.joined(), await link.joined()];
		const [first, second] = [await one.listen(), await two.listen()];
		await host.json('DELETE', `/holders/${one.id}`);
		await first.until('gone');
		await first.ended;
		expect(kinds(second.frames)).not.toContain('gone');
		await host.json('DELETE', '');
		await second.until('gone');
		expect((await two.exchange()).status).toBe(410);
	});

	it('M-5 after a rotation it gets its grant', async () => {
		const { host, link } = await newRoom();
		const phone = await link.joined();
		const listening = await phone.listen();
		const grants = Object.fromEntries([host, phone, link].map(({ id }) => [id, 'c2Vjb25k']));
		expect(await host.json('POST', '/rotate', { epoch: 2, grants })).toMatchObject({ epoch: 2 });
		await listening.until(
			'grant',
			(frame) => 'grant' in frame && Buffer.from(frame.grant).toString() === 'second'
		);
		expect(kinds(listening.frames)).not.toContain('holders');
		listening.close();
	});
});

describe('F-67 a hotel', () => {
	it('forty phones join in one second from one address, by the limits as they are', async () => {
		const { host, link } = await newRoom();
		const listening = await host.listen();
		await host.sync([note(1)]);
		const phones = await Promise.all(
			Array.from({ length: 40 }, async () => {
				// All that a phone asks before it shows anything, each on a line of its own.
				expect((await link.json('GET', '/invitation')).status).toBe(200);
				const phone = await link.joined();
				expect(await phone.json('PUT', '/card', { card: 'YQ' })).toEqual({ status: 200 });
				const stream = await phone.listen();
				expect(stream.status).toBe(200);
				await stream.until('envelope');
				expect((await phone.exchange([note(1)])).status).toBe(200);
				const body = randomBytes(60);
				expect((await phone.ask('/here', { method: 'POST', body })).status).toBe(200);
				return { phone, stream };
			})
		);
		expect(new Set(phones.map(({ phone }) => phone.lane)).size).toBe(40);
		const { holders } = await host.json('GET', '/holders');
		expect(holders).toHaveLength(42);
		await listening.until('envelope', (frame) => 'seq' in frame && frame.seq === 41);

		// All vote at once, again and again, as in a workshop of an hour.
		for (let round = 2; round <= 15; round++) {
			const statuses = await Promise.all(
				phones.map(async ({ phone }) => (await phone.exchange([note(round)])).status)
			);
			expect(new Set(statuses)).toEqual(new Set([200]));
		}
		for (const { stream } of phones) stream.close();
		listening.close();
	});
});
