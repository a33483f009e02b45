/** What the operator allows, and what only the operator may see. */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { writeRequest } from '#lib/sync/protocol.ts';
import { createService, patience } from '../serve.ts';
import { ask, bytes64, Device, envelopeOf, startRelay, type Place } from './fixture.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { Rate } from './rates.ts';

const open: Place[] = [];
afterEach(async () => {
	for (const place of open.splice(0)) await place.close();
});
async function relayWith(limits: Partial<Limits>): Promise<Place> {
	const place = await startRelay(limits);
	open.push(place);
	return place;
}
const room = defaultLimits.room;
const errorOf = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString());

describe('the creation code of a closed server (O-1)', () => {
	it('is asked for, and any other is 403', async () => {
		const { port } = await relayWith({ code: 'numenia-2026' });
		await expect(new Device(port).create()).rejects.toThrow('403 {"error":"code"}');
		await expect(new Device(port).create('numenia-2025')).rejects.toThrow('403');
		const one = await new Device(port).create('numenia-2026');
		expect((await one.with('edit')).lane).toBe(2);
	});
});

describe('S-16 quotas', () => {
	it('a full workspace is 507, is read as before, and others go on', async () => {
		const { port } = await relayWith({ room: { ...room, bytes: 5_000 } });
		const one = await new Device(port).create();
		await one.sync([envelopeOf(1, 1, randomBytes(4_000))]);
		const refused = await one.exchange([envelopeOf(2, 1, randomBytes(4_000))]);
		expect(refused.status).toBe(507);
		expect(errorOf(refused.bytes)).toEqual({ error: 'full' });
		const two = await one.with('view');
		expect((await two.sync()).filter(({ kind }) => kind === 'envelope')).toHaveLength(1);
		const other = await new Device(port).create();
		expect((await other.exchange([envelopeOf(1)])).status).toBe(200);
	});

	it('a server with no room for another workspace, and a workspace with none for another holder', async () => {
		const { port } = await relayWith({ room: { ...room, workspaces: 1, holders: 3 } });
		const one = await new Device(port).create();
		await expect(new Device(port).create()).rejects.toThrow('507');
		const link = await one.invite('edit');
		await link.joined();
		await expect(link.joined()).rejects.toThrow('full');
	});
});

describe('F-52 who sends slowly', () => {
	const brief = { headers: 300, request: 900, look: 100 };
	/** Sends a request of `size` bytes of body, `step` at a time; what came back, and after how long. */
	const trickle = async (
		device: Device,
		{ size, step, every }: { size: number; step: number; every: number },
		body: Uint8Array = new Uint8Array(size)
	) => {
		const started = performance.now();
		const socket = connect(device.port, '127.0.0.1');
		let heard = '';
		socket.setEncoding('latin1');
		socket.on('data', (part) => (heard += part));
		socket.on('error', () => {});
		const closed = new Promise((resolve) => socket.once('close', resolve));
		socket.write(
			`POST /api/sync/${bytes64(device.w)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n` +
				`Authorization: Bearer ${bytes64(device.token)}\r\nContent-Length: ${size}\r\n\r\n`
		);
		for (let at = 0; at < size && !socket.destroyed; at += step) {
			socket.write(body.subarray(at, at + step));
			await wait(every);
		}
		await closed;
		return { heard, took: performance.now() - started };
	};

	it('a body that never ends is ended with its connection, and others go on', async () => {
		const place = await startRelay({}, undefined, brief);
		open.push(place);
		const one = await new Device(place.port).create();
		const slow = trickle(one, { size: 1_000, step: 1, every: 50 });
		const other = await new Device(place.port).create();
		expect((await other.exchange([envelopeOf(1)])).status).toBe(200);
		const { heard, took } = await slow;
		expect(heard).toBe('');
		expect(took).toBeGreaterThan(brief.request - 50);
		expect(took).toBeLessThan(5_000);
	});

	it('a push that takes a while, and less than that, is taken', async () => {
		const place = await startRelay({}, undefined, { ...brief, request: 5_000 });
		open.push(place);
		const one = await new Device(place.port).create();
		const envelopes = [envelopeOf(1, 1, randomBytes(900))];
		const push = { own: false, grant: false, cursor: 0, mark: new Uint8Array(8), envelopes };
		const body = writeRequest(push);
		// Longer than the headers may take.
		const { heard } = await trickle(one, { size: body.length, step: 100, every: 60 }, body);
		expect(heard).toMatch(/^HTTP\/1\.1 200 /);
	});

	it('X-10 a client gives up before the server does, and headers are quick all the same', async () => {
		expect(patience.headers).toBe(10_000);
		expect(patience.request).toBeGreaterThan(120_000);
		const server = createService({
			site: { folder: '', files: new Set(), policies: new Map(), languages: [], notFound: null },
			...{ origin: null, host: '', version: '', relay: null, connections: 1 }
		});
		expect(server).toMatchObject({
			headersTimeout: patience.headers,
			requestTimeout: patience.request
		});
	});

	it('F-53 who is ended while its request arrives is given nothing', async () => {
		const { port } = await relayWith({});
		const one = await new Device(port).create();
		const other = await one.with('edit');
		await one.sync([envelopeOf(1)]);
		const asked = { own: false, grant: false, cursor: 0, mark: new Uint8Array(8), envelopes: [] };
		const body = writeRequest(asked);
		const slow = trickle(other, { size: body.length, step: 1, every: 80 }, body);
		await wait(200);
		await one.json('DELETE', `/holders/${other.id}`);
		expect((await slow).heard).toMatch(/^HTTP\/1\.1 404 /);
		// The same as slow, by somebody who is still there.
		const still = await trickle(one, { size: body.length, step: 1, every: 80 }, body);
		expect(still.heard).toMatch(/^HTTP\/1\.1 200 /);
	});
});

describe('F-51 a body that its sender may not send is not read', () => {
	it.each([
		['view', 'POST', ''],
		['view', 'POST', '/holders'],
		['contribute', 'POST', '/rotate'],
		['participate', 'POST', '/rotate'],
		['participate', 'POST', '/snapshot?covers=1&part=0&of=1&epoch=1']
	])('%s: %s %s', async (role, method, path) => {
		const { port } = await relayWith({});
		const one = await new Device(port).create();
		const other = await one.with(role);
		const socket = connect(port, '127.0.0.1');
		let heard = '';
		socket.setEncoding('latin1');
		socket.on('data', (part) => (heard += part));
		socket.write(
			`${method} /api/sync/${bytes64(other.w)}${path} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n` +
				`Authorization: Bearer ${bytes64(other.token)}\r\nContent-Length: 40000\r\n\r\n`
		);
		await new Promise((resolve) => socket.once('close', resolve));
		expect(heard).toMatch(/^HTTP\/1\.1 403 /);
		expect(heard).toContain('{"error":"role"}');
	});
});

describe('S-16 rates', () => {
	it('a device, an address, and new workspaces have their own; all say when to come again', async () => {
		const { port } = await relayWith({ rate: 5, createRate: 1 });
		const one = await new Device(port).create();
		await expect(new Device(port).create()).rejects.toThrow('429');
		const answers = [];
		for (let n = 0; n < 7; n++) answers.push(await one.exchange());
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
		expect(Number(answers[6]!.headers['retry-after'])).toBeGreaterThan(5);
		expect(errorOf(answers[6]!.bytes)).toEqual({ error: 'slow-down' });

		const all = await relayWith({ addressRate: 3 });
		const strange = new Device(all.port);
		const statuses = [];
		for (let n = 0; n < 4; n++) statuses.push((await strange.exchange()).status);
		expect(statuses).toEqual([404, 404, 404, 429]);
	});

	it('behind a trusted proxy people are told apart by what it says, and by nothing that they say', async () => {
		const { port } = await relayWith({ addressRate: 2, proxies: 1 });
		const from = async (said: string) => {
			const headers = { 'x-forwarded-for': said };
			return (await new Device(port).ask('', { method: 'POST', headers })).status;
		};
		expect([await from('10.0.0.1'), await from('10.0.0.1'), await from('10.0.0.1')]).toEqual([
			404, 404, 429
		]);
		expect(await from('10.0.0.2')).toBe(404);
		expect(await from('10.9.9.9, 10.0.0.1')).toBe(429);
	});

	it('a bucket fills evenly, and never beyond its size', () => {
		const rate = new Rate(2, 1_000);
		expect([rate.take('a', 0), rate.take('a', 0), rate.take('a', 0)]).toEqual([0, 0, 1]);
		expect(rate.take('b', 0)).toBe(0);
		expect([rate.take('a', 500), rate.take('a', 500)]).toEqual([0, 1]);
		expect([1, 2, 3].map(() => rate.take('a', 60_000))).toEqual([0, 0, 1]);
		// A clock that jumps back takes nothing away.
		expect(rate.take('c', 1_000)).toBe(0);
		expect(rate.take('c', 0)).toBe(0);
	});
});

describe('the operator’s numbers', () => {
	it('are for this machine, not through a proxy on it', async () => {
		const { port } = await relayWith({});
		const one = await new Device(port).create();
		await one.sync([envelopeOf(1)]);
		await new Device(port).exchange();
		const answer = await ask(port, '/api/metrics');
		expect(answer.headers['content-type']).toContain('text/plain; version=0.0.4');
		const lines = answer.bytes.toString().trim().split('\n');
		expect(lines).toContain('relay_envelopes_total 1');
		expect(lines).toContain('relay_workspaces 1');
		expect(lines).toContain('relay_refusals_total{code="unknown"} 1');
		expect(lines).toContain('relay_commit_seconds_count 1');
		for (const line of lines)
			expect(line).toMatch(/^# (HELP|TYPE) \w+ .+$|^\w+(\{\w+="[^"]+"\})? [\d.e+-]+$/);
		const headers = { 'x-forwarded-for': '203.0.113.9' };
		expect((await ask(port, '/api/metrics', { headers })).status).toBe(404);
	});

	it('with a token are for who has it, from anywhere', async () => {
		const { port } = await relayWith({ metricsToken: 'a-token-of-sixteen' });
		expect((await ask(port, '/api/metrics')).status).toBe(404);
		expect((await ask(port, '/api/metrics', { token: 'another-token-16' })).status).toBe(404);
		const headers = { 'x-forwarded-for': '203.0.113.9' };
		const answer = await ask(port, '/api/metrics', { token: 'a-token-of-sixteen', headers });
		expect(answer.status).toBe(200);
	});

	it('health says which storage it is', async () => {
		const { port } = await relayWith({});
		const answer = await ask(port, '/api/health');
		expect(errorOf(answer.bytes)).toEqual({ status: 'ok', version: '1.2.3', storage: 'sqlite' });
	});
});
