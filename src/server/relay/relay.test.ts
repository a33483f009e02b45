import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { limits as wire, parseFrames, type Frame } from '#lib/sync/protocol.ts';
import { ask, bytes64, Device, envelopeOf, markOf, startRelay, type Place } from './fixture.ts';

// On a busy machine everything takes longer, and is as right.
vi.setConfig({ testTimeout: 30_000 });

let place: Place;
beforeAll(async () => (place = await startRelay()));
afterAll(() => place.close());

const newWorkspace = () => new Device(place.port).create();
const kinds = (frames: Frame[]) => frames.map(({ kind }) => kind);
const envelopesIn = (frames: Frame[]) =>
	frames.flatMap((frame) => (frame.kind === 'envelope' ? [frame] : []));
const same = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('exchange (X)', () => {
	it('X-1, X-2 pushes and pulls in one request', async () => {
		const one = await newWorkspace();
		const two = await one.with('contribute');
		const [a, b, c] = [envelopeOf(1), envelopeOf(2), envelopeOf(1)];
		const pushed = await one.sync([a, b]);
		expect(kinds(pushed)).toEqual(['hello', 'ack', 'ack', 'end']);
		expect(pushed[1]).toEqual({ kind: 'ack', counter: 1, seq: 1 });
		expect(pushed[2]).toEqual({ kind: 'ack', counter: 2, seq: 2 });

		const both = await two.sync([c]);
		expect(kinds(both)).toEqual(['hello', 'ack', 'envelope', 'envelope', 'end']);
		expect(both[0]).toMatchObject({ versions: [1], epoch: 1, head: 3, floor: 0 });
		expect(envelopesIn(both).map(({ seq, lane, role }) => [seq, lane, role])).toEqual([
			[1, 1, 1],
			[2, 1, 1]
		]);
		expect(both.at(-1)).toEqual({ kind: 'end', seq: 3, mark: new Uint8Array(markOf(c)) });

		const rest = await one.sync();
		expect(envelopesIn(rest).map(({ envelope }) => same(envelope))).toEqual([same(c)]);
		expect(envelopesIn(rest)[0]).toMatchObject({ lane: 2, role: 2 });
	});

	it('X-1 flag 1 includes the device’s own', async () => {
		const one = await newWorkspace();
		await one.sync([envelopeOf(1)]);
		one.cursor = 0;
		expect(envelopesIn(await one.sync())).toEqual([]);
		one.cursor = 0;
		expect(envelopesIn(await one.sync([], { own: true }))).toHaveLength(1);
	});

	it('X-2 a reply stops at its size and says that there is more', async () => {
		const one = await newWorkspace();
		const two = await one.with('edit');
		const large = (counter: number) => envelopeOf(counter, 1, randomBytes(60_000));
		await one.sync([large(1), large(2), large(3), large(4)]);
		await one.sync([large(5), large(6)]);
		const first = await two.sync();
		expect(envelopesIn(first)).toHaveLength(4);
		expect(kinds(first).at(-1)).toBe('more');
		const second = await two.sync();
		expect(envelopesIn(second).map(({ seq }) => seq)).toEqual([5, 6]);
		expect(kinds(second).at(-1)).toBe('end');
	});

	it('X-4, F-49 the answer was lost and the same comes again: the same seq, once for the others', async () => {
		const one = await newWorkspace();
		const two = await one.with('edit');
		const push = [envelopeOf(1), envelopeOf(2)];
		await one.exchange(push);
		expect((await one.sync(push)).slice(1, 3)).toEqual([
			{ kind: 'ack', counter: 1, seq: 1 },
			{ kind: 'ack', counter: 2, seq: 2 }
		]);
		expect(envelopesIn(await two.sync())).toHaveLength(2);
	});

	it('X-4, F-50 other bytes under a counter are 409', async () => {
		const one = await newWorkspace();
		await one.sync([envelopeOf(1)]);
		const answer = await one.exchange([envelopeOf(1)]);
		expect(answer).toMatchObject({ status: 409 });
		expect(JSON.parse(answer.bytes.toString())).toEqual({ error: 'conflict' });
	});

	it('X-6, F-55 a cursor that is not where it was: rewound, and what was pushed is kept', async () => {
		const one = await newWorkspace();
		await one.sync([envelopeOf(1)]);
		one.mark = randomBytes(8);
		expect(kinds(await one.sync([envelopeOf(2)]))).toEqual(['hello', 'ack', 'rewound']);
		one.cursor = 9;
		expect(kinds(await one.sync())).toEqual(['hello', 'grant', 'rewound']);
	});

	it('J-6 the grant comes to who has nothing, and to who asks', async () => {
		const one = await newWorkspace();
		const two = await one.with('edit');
		await one.sync([envelopeOf(1)]);
		expect(kinds(await two.sync())).toEqual(['hello', 'grant', 'envelope', 'end']);
		expect(kinds(await two.sync())).toEqual(['hello', 'end']);
		expect(kinds(await two.sync([], { grant: true }))).toEqual(['hello', 'grant', 'end']);
	});

	it('R-1 who may only view is refused what it pushes, and may pull', async () => {
		const one = await newWorkspace();
		const viewer = await one.with('view');
		const answer = await viewer.exchange([envelopeOf(1)]);
		expect(answer.status).toBe(403);
		expect(JSON.parse(answer.bytes.toString())).toEqual({ error: 'role' });
		expect(kinds(await viewer.sync())).toContain('end');
	});
});

describe('what is malformed (S-16, F-51, F-63)', () => {
	const send = async (device: Device, body: Uint8Array) => {
		const answer = await device.ask('', { method: 'POST', body });
		return { status: answer.status, ...JSON.parse(answer.bytes.toString()) };
	};

	it('V-1 another version is 426 with those that are spoken', async () => {
		const one = await newWorkspace();
		expect(await send(one, Buffer.from([9, 0, 0]))).toEqual({
			status: 426,
			error: 'version',
			versions: [1]
		});
		const live = await one.listen('&version=9');
		expect(live.status).toBe(426);
	});

	it('an empty, cut or endless body is 400', async () => {
		const one = await newWorkspace();
		const malformed = { status: 400, error: 'malformed' };
		expect(await send(one, new Uint8Array(0))).toEqual(malformed);
		expect(await send(one, Buffer.from([1, 0, 0, 1, 2]))).toEqual(malformed);
		const cut = Buffer.concat([Buffer.from([1, 0, 0]), Buffer.alloc(8), Buffer.from([200, 1, 5])]);
		expect(await send(one, cut)).toEqual(malformed);
	});

	it('E-6 too many, or too large, is 413 with the limit', async () => {
		const one = await newWorkspace();
		const many = Array.from({ length: wire.envelopes + 1 }, (_, i) => envelopeOf(i + 1));
		expect(JSON.parse((await one.exchange(many)).bytes.toString())).toEqual({
			error: 'too-large',
			limit: wire.envelopes
		});
		const body = Buffer.alloc(wire.push + 1);
		expect(await send(one, body)).toEqual({
			status: 413,
			error: 'too-large',
			limit: wire.push
		});
	});

	it.each([
		['no JSON', '{'],
		['a list', '[]'],
		['a name twice', '{"card":"YQ","card":"Yg"}'],
		['a name twice in a corner', '{"card":"YQ","x":[{"a":"b\\",\\"a\\":","a":1}]}'],
		['no base64url', '{"card":"a+b"}'],
		['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d])]
	])('a card of %s is 400', async (_, body) => {
		const one = await newWorkspace();
		expect((await one.ask('/card', { method: 'PUT', body })).status).toBe(400);
	});

	it('a name that looks like two is none', async () => {
		const one = await newWorkspace();
		const body = '{"card":"YQ","note":"\\"card\\":", "list":["a",":"]}';
		expect((await one.ask('/card', { method: 'PUT', body })).status).toBe(200);
	});

	it.each(['/live?cursor=1&cursor=2', '/live?cursor=-1', '/live?cursor=1e3', '/snapshot/1/99999'])(
		'%s is refused',
		async (path) => {
			const one = await newWorkspace();
			expect([400, 404]).toContain((await one.ask(path)).status);
		}
	);

	it.each([
		['/api/sync/short', 404],
		['/api/sync/AAAAAAAAAAAAAAAAAAAAAB', 404],
		['/api/syncs', 404],
		['/api/sync/%00', 400]
	])('%s is no address', async (path, status) => {
		expect((await ask(place.port, path, { method: 'POST' })).status).toBe(status);
	});

	it('an address that there is, asked in another way, is 405 with the ways that there are', async () => {
		const one = await newWorkspace();
		const answer = await one.ask('/holders', { method: 'PATCH' });
		expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, POST' } });
		expect((await one.ask('/nothing')).status).toBe(404);
	});
});

describe('S-20 a request that another site made the browser send', () => {
	it.each([
		['POST', ''],
		['GET', '/live'],
		['GET', '/holders']
	])('%s %s', async (method, path) => {
		const one = await newWorkspace();
		const headers = { 'sec-fetch-site': 'cross-site' };
		expect((await one.ask(path, { method, headers })).status).toBe(403);
		const preflight = await one.ask(path, { method: 'OPTIONS', headers });
		expect(preflight.status).toBe(403);
		expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
	});
});

describe('S-15, F-53 who is nobody here', () => {
	const paths: [string, string][] = [
		['POST', ''],
		['GET', '/live'],
		['POST', '/here'],
		['GET', '/holders'],
		['POST', '/holders'],
		['PUT', '/card'],
		['POST', '/rotate'],
		['GET', '/snapshot'],
		['POST', '/snapshot?covers=1&part=0&of=1&epoch=1'],
		['GET', '/snapshot/1/0'],
		['POST', '/snapshot/confirm?covers=1'],
		['POST', '/snapshot/refuse?covers=1'],
		['DELETE', '/holders/AAAAAAAAAAAAAAAAAAAAAA'],
		['DELETE', '']
	];

	it.each(paths)('%s %s is the same 404 for all of them', async (method, path) => {
		const one = await newWorkspace();
		const other = await newWorkspace();
		const revoked = await one.with('edit');
		await one.json('DELETE', `/holders/${revoked.id}`);
		const strange = new Device(place.port, one.w);
		const nowhere = new Device(place.port);
		const foreign = new Device(place.port, one.w);
		Object.assign(foreign, { token: other.token });
		const link = await one.invite('edit');
		const answers = await Promise.all([
			...[strange, nowhere, foreign, revoked].map((who) => who.ask(path, { method })),
			one.ask(path, { method, token: 'nonsense' }),
			one.ask(path, { method, headers: { authorization: 'Basic eA==' } }),
			link.ask(path, { method })
		]);
		// What an invitation may not do it may as little as a stranger, or hears that its role may not.
		const last = answers.pop()!;
		expect([400, 403, 404]).toContain(last.status);
		for (const answer of answers) {
			expect(answer.status).toBe(404);
			expect(answer.bytes.toString()).toBe('{"error":"unknown"}');
			const { date: _, ...headers } = answer.headers;
			const { date: __, ...first } = answers[0]!.headers;
			expect(headers).toEqual(first);
		}
	});

	it('F-53 revoking stops push and pull at once', async () => {
		const one = await newWorkspace();
		const two = await one.with('edit');
		await two.sync([envelopeOf(1)]);
		await one.json('DELETE', `/holders/${two.id}`);
		expect((await two.exchange([envelopeOf(2)])).status).toBe(404);
		expect((await two.exchange()).status).toBe(404);
	});
});

describe('people (O, J)', () => {
	it('O-2, J-3 an invitation shows its role, its card and its grant, and gives a lane', async () => {
		const one = await newWorkspace();
		const link = await one.invite('contribute', { uses: 2 });
		const view = await link.json('GET', '/invitation');
		expect(view).toMatchObject({ status: 200, role: 'contribute', epoch: 1, left: 2, devices: 1 });
		expect(Buffer.from(view.grant, 'base64url').toString()).toBe(`grant of ${link.id}`);
		const two = await link.joined();
		expect(two.lane).toBe(2);
		expect(await link.json('POST', '/join', two.part())).toMatchObject({ lane: 2 });
		expect(await link.json('GET', '/invitation')).toMatchObject({ left: 1, devices: 2 });
		await link.joined();
		expect(await link.json('GET', '/invitation')).toMatchObject({ status: 403, error: 'ended' });
		const late = new Device(place.port, one.w);
		expect(await link.json('POST', '/join', late.part())).toMatchObject({ error: 'ended' });
	});

	it('O-3, J-3 the list of holders says what the relay knows, and no token', async () => {
		const one = await newWorkspace();
		const two = await one.with('view');
		await two.json('PUT', '/card', { card: bytes64(Buffer.from('sealed')) });
		const { holders, epoch } = await one.json('GET', '/holders');
		expect(epoch).toBe(1);
		expect(holders).toHaveLength(3);
		const row = holders.find(({ id }: { id: string }) => id === two.id);
		expect(row).toEqual({
			id: two.id,
			kind: 'device',
			role: 'view',
			lane: 2,
			card: bytes64(Buffer.from('sealed')),
			by: expect.stringMatching(/^.{22}$/),
			revoked: false,
			seen: new Date().toISOString().slice(0, 10),
			until: 0,
			uses: 0,
			used: 0
		});
		expect(JSON.stringify(holders)).not.toContain(two.part().token);
	});

	it('O-5, O-6 rotation: who left is out, an old seal is 409, the grant comes, and it goes on', async () => {
		const one = await newWorkspace();
		const link = await one.invite('edit');
		const [stays, goes] = [await link.joined(), await link.joined()];
		await one.sync([envelopeOf(1)]);
		await stays.sync();
		const listening = await stays.listen();
		const left = await goes.listen();
		const grants = Object.fromEntries(
			[one, stays, link].map(({ id }) => [id, bytes64(Buffer.from('second'))])
		);
		expect(await one.json('POST', '/rotate', { epoch: 2, revoke: [goes.id], grants: {} })).toEqual({
			status: 409,
			error: 'conflict',
			missing: expect.arrayContaining([one.id, stays.id, link.id])
		});
		const rotation = { epoch: 2, revoke: [goes.id], devices: false, grants };
		expect(await one.json('POST', '/rotate', rotation)).toEqual({ status: 200, epoch: 2 });
		expect(await one.json('POST', '/rotate', rotation)).toMatchObject({ error: 'epoch', epoch: 2 });

		await left.until('gone');
		await left.ended;
		expect(await listening.until('grant')).toEqual({
			kind: 'grant',
			grant: new Uint8Array(Buffer.from('second'))
		});
		const refused = await stays.exchange([envelopeOf(1)]);
		expect(refused.status).toBe(409);
		expect(JSON.parse(refused.bytes.toString())).toEqual({ error: 'epoch', epoch: 2 });
		expect(kinds(await stays.sync())).toEqual(['hello', 'grant', 'end']);
		expect(kinds(await stays.sync([envelopeOf(2, 2)]))).toEqual(['hello', 'ack', 'end']);
		listening.close();
	});

	it('O-8 deleting: 410 for those who were in it, and their streams end', async () => {
		const one = await newWorkspace();
		const two = await one.with('edit');
		const listening = await two.listen();
		expect(await one.json('DELETE', '')).toEqual({ status: 200 });
		await listening.until('gone');
		const answer = await two.exchange([envelopeOf(1)]);
		expect(answer.status).toBe(410);
		expect(JSON.parse(answer.bytes.toString())).toEqual({ error: 'deleted' });
		expect((await new Device(place.port, one.w).exchange()).status).toBe(404);
	});
});

describe('live (L)', () => {
	it('L-1 gives what is after the cursor, then each envelope as it comes; its own as an end', async () => {
		const one = await newWorkspace();
		const two = await one.with('edit');
		await one.sync([envelopeOf(1)]);
		const listening = await two.listen();
		expect(listening.headers['content-type']).toBe('application/vnd.e-strategy.sync');
		await listening.until('envelope', (frame) => 'seq' in frame && frame.seq === 1);
		const second = envelopeOf(2);
		await one.sync([second]);
		expect(await listening.until('envelope', (f) => 'seq' in f && f.seq === 2)).toEqual({
			kind: 'envelope',
			seq: 2,
			lane: 1,
			role: 1,
			envelope: second
		});
		const own = envelopeOf(1);
		await two.exchange([own]);
		expect(
			await listening.until('end', (frame) => 'seq' in frame && frame.seq === 3)
		).toMatchObject({
			mark: new Uint8Array(markOf(own))
		});
		expect(kinds(listening.frames)[0]).toBe('hello');
		listening.close();
	});

	it('L-1 nothing is missed or doubled, whenever one begins to listen', async () => {
		const one = await newWorkspace();
		const two = await one.with('edit');
		const streams: Awaited<ReturnType<Device['listen']>>[] = [];
		for (let counter = 1; counter <= 40; counter++) {
			const push = one.exchange([envelopeOf(counter)]);
			if (counter % 4 === 0) streams.push(await two.listen());
			await push;
		}
		for (const listening of streams) {
			await listening.until('envelope', (frame) => 'seq' in frame && frame.seq === 40);
			expect(envelopesIn(listening.frames).map(({ seq }) => seq)).toEqual(
				Array.from({ length: 40 }, (_, i) => i + 1)
			);
			listening.close();
		}
	});

	it('L-1 something about people changed: all who listen hear it', async () => {
		const one = await newWorkspace();
		const listening = await one.listen();
		await one.with('view');
		await listening.until('holders');
		listening.close();
	});

	it('L-3 a note goes to those who listen, not to who sent it, and once in a while', async () => {
		const one = await newWorkspace();
		const two = await one.with('contribute');
		const [first, second] = [await one.listen(), await two.listen()];
		const note = new Uint8Array(randomBytes(70));
		expect((await two.ask('/here', { method: 'POST', body: note })).status).toBe(200);
		expect(await first.until('here')).toEqual({ kind: 'here', lane: 2, role: 2, note });
		const again = await two.ask('/here', { method: 'POST', body: note });
		expect(again).toMatchObject({ status: 429 });
		expect(Number(again.headers['retry-after'])).toBeGreaterThan(0);
		await wait(50);
		expect(kinds(second.frames)).not.toContain('here');
		const large = await one.ask('/here', { method: 'POST', body: randomBytes(wire.here + 1) });
		expect(large.status).toBe(413);
		first.close();
		second.close();
	});

	it('a reader who takes nothing costs no memory, and gets everything when it reads again', async () => {
		const one = await newWorkspace();
		const two = await one.with('edit');
		const listening = await two.listen();
		const large = (counter: number) => envelopeOf(counter, 1, randomBytes(60_000));
		for (let n = 0; n < 40; n += 4) {
			await one.exchange([large(n + 1), large(n + 2), large(n + 3), large(n + 4)]);
		}
		await listening.until('envelope', (frame) => 'seq' in frame && frame.seq === 40);
		expect(envelopesIn(listening.frames)).toHaveLength(40);
		listening.close();
	});
});

describe('snapshots (C)', () => {
	it('C-1, C-2 uploaded in parts, given to a newcomer, and the log goes on from there', async () => {
		const one = await newWorkspace();
		await one.sync([envelopeOf(1), envelopeOf(2), envelopeOf(3)]);
		const parts = [randomBytes(40_000), randomBytes(9_000)];
		for (const [part, body] of parts.entries()) {
			const query = `/snapshot?covers=2&part=${part}&of=2&epoch=1`;
			expect((await one.ask(query, { method: 'POST', body })).status).toBe(200);
		}
		expect(await one.json('GET', '/snapshot')).toEqual({
			status: 200,
			floor: 0,
			snapshots: [
				{
					covers: 2,
					of: 2,
					epoch: 1,
					lane: 1,
					role: 'edit',
					have: [0, 1],
					complete: true,
					confirmed: false
				}
			]
		});
		const two = await one.with('edit');
		const frames = await two.sync();
		expect(kinds(frames)).toEqual(['hello', 'grant', 'snapshot', 'end']);
		expect(two.cursor).toBe(2);
		expect(envelopesIn(await two.sync()).map(({ seq }) => seq)).toEqual([3]);
		two.cursor = 0;
		expect(frames[2]).toEqual({ kind: 'snapshot', covers: 2, parts: 2, epoch: 1 });
		const fetched = await two.ask('/snapshot/2/1');
		expect(fetched.headers['content-type']).toBe('application/vnd.e-strategy.sync');
		expect(same(fetched.bytes)).toBe(same(parts[1]!));
		const listening = await two.listen();
		await listening.until('snapshot');
		await listening.ended;

		// C-5 the log is still there for whoever wants it.
		const log = await two.sync([], { log: true });
		expect(envelopesIn(log).map(({ seq }) => seq)).toEqual([1, 2, 3]);
		expect(await two.json('POST', '/snapshot/confirm?covers=2')).toEqual({ status: 200 });
		expect(await one.json('POST', '/snapshot/refuse?covers=2')).toEqual({ status: 200 });
		expect((await two.ask('/snapshot/2/1')).status).toBe(409);
	});

	it('C-2 after pruning, a cursor before the floor gets the snapshot, one at the floor goes on', async () => {
		const one = await newWorkspace();
		const two = await one.with('view');
		await one.sync([envelopeOf(1)]);
		await two.sync();
		const old = { cursor: two.cursor, mark: two.mark };
		await one.sync([envelopeOf(2), envelopeOf(3)]);
		const query = '/snapshot?covers=2&part=0&of=1&epoch=1';
		await one.ask(query, { method: 'POST', body: randomBytes(90) });
		const later = Date.now() + 15 * 86_400_000;
		await place.storage.upkeep({ now: later, grace: 14 * 86_400_000, retention: 0 });
		Object.assign(two, old);
		expect(kinds(await two.sync())).toEqual(['hello', 'grant', 'snapshot', 'end']);
		expect(envelopesIn(await two.sync()).map(({ seq }) => seq)).toEqual([3]);
		Object.assign(two, old);
		expect(envelopesIn(await two.sync([], { log: true })).map(({ seq }) => seq)).toEqual([3]);
		expect(parseFrames(new Uint8Array((await two.exchange()).bytes))[0]).toMatchObject({
			floor: 2,
			head: 3
		});
	});

	it('S-16 a part that is too large, or of too many, is refused', async () => {
		const one = await newWorkspace();
		await one.sync([envelopeOf(1)]);
		const put = (query: string, body: Uint8Array) =>
			one.ask(`/snapshot?${query}`, { method: 'POST', body });
		const large = randomBytes(wire.sealedPart + 1);
		expect((await put('covers=1&part=0&of=1&epoch=1', large)).status).toBe(413);
		const small = randomBytes(9);
		expect((await put('covers=1&part=1&of=1&epoch=1', small)).status).toBe(400);
		expect((await put(`covers=1&part=0&of=${wire.parts + 1}&epoch=1`, small)).status).toBe(400);
		expect((await put('covers=2&part=0&of=1&epoch=1', small)).status).toBe(409);
	});
});

describe('the head of an answer', () => {
	it('S-01, S-03 is small, and says what it must', async () => {
		const one = await newWorkspace();
		const answer = await one.exchange([envelopeOf(1)]);
		const { 'content-length': _, connection: __, ...headers } = answer.headers;
		expect(headers).toEqual({
			'content-security-policy': "default-src 'none'",
			'x-content-type-options': 'nosniff',
			'cache-control': 'no-store',
			'content-type': 'application/vnd.e-strategy.sync'
		});
	});

	it('of a refusal carries all security headers', async () => {
		const answer = await new Device(place.port).exchange();
		expect(answer.headers).toMatchObject({
			'x-content-type-options': 'nosniff',
			'referrer-policy': 'no-referrer',
			'cross-origin-resource-policy': 'same-origin',
			'cache-control': 'no-store'
		});
	});
});
