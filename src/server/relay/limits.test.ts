/** What the operator allows, and what only the operator may see. */
import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { ask, Device, envelopeOf, startRelay, type Place } from './fixture.ts';
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
