import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { serveBuild } from './fixture.ts';

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
	for (const one of open.splice(0)) await one.close();
});
async function serve(host?: string) {
	const here = await serveBuild(null, {}, host);
	open.push(here);
	return here;
}

describe('/api/room (M-7)', () => {
	it('tells this machine where phones find it, and whether one has come', async () => {
		const here = await serve('0.0.0.0');
		const answer = await here.ask('/api/room');
		expect(answer.status).toBe(200);
		expect(answer.headers).toMatchObject({
			'content-type': 'application/json',
			'cache-control': 'no-store'
		});
		const { addresses, ...rest } = JSON.parse(answer.body);
		expect(rest).toEqual({ listens: 'all', seen: 0 });
		for (const address of addresses) expect(address).toMatch(/^http:\/\/[\d.]+:\d+\/$/);
		for (const address of addresses) expect(address).toContain(`:${here.port}/`);
	});

	it('that listens to itself only says so', async () => {
		const here = await serve();
		expect(JSON.parse((await here.ask('/api/room')).body)).toEqual({
			addresses: [],
			listens: 'this machine',
			seen: 0
		});
	});

	it('is nobody else’s: not through a proxy, not for another site, not to be changed', async () => {
		const here = await serve('0.0.0.0');
		for (const name of ['x-forwarded-for', 'via', 'forwarded', 'x-real-ip']) {
			const answer = await here.ask('/api/room', { headers: { [name]: '203.0.113.9' } });
			expect(answer).toMatchObject({ status: 404, body: '{"error":"not-found"}' });
		}
		const headers = { 'sec-fetch-site': 'cross-site' };
		expect((await here.ask('/api/room', { headers })).status).toBe(404);
		expect((await here.ask('/api/room', { method: 'POST' })).status).toBe(405);
		expect((await here.ask('/api/room/')).status).toBe(404);
	});

	it('counts other addresses, each once, and never this machine’s own', async () => {
		const here = await serve('0.0.0.0');
		const seen = async () => JSON.parse((await here.ask('/api/room')).body).seen;
		// What a phone's connection looks like from here: the far end is another machine.
		const from = async (remoteAddress: string, localAddress = '192.168.1.20') => {
			here.server.prependOnceListener('request', ({ socket }) => {
				Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress });
				Object.defineProperty(socket, 'localAddress', { value: localAddress });
			});
			return (await here.ask('/api/room')).status;
		};
		expect(await from('192.168.1.33')).toBe(404);
		expect(await from('192.168.1.33')).toBe(404);
		expect(await from('192.168.1.20')).toBe(404);
		expect(await seen()).toBe(1);
		for (let n = 0; n < 1_100; n++) await from(`10.0.${n >> 8}.${n & 255}`);
		expect(await seen()).toBe(1_000);
	});

	const own = Object.values(networkInterfaces())
		.flatMap((infos) => infos ?? [])
		.find(({ internal, family }) => !internal && family === 'IPv4');
	it.skipIf(!own)('this machine under its address in the network is not a phone', async () => {
		const here = await serve('0.0.0.0');
		const { address } = own!;
		const answer = await fetch(`http://${address}:${here.port}/en/`);
		expect(answer.status).toBe(200);
		expect(JSON.parse((await here.ask('/api/room')).body).seen).toBe(0);
		expect((await fetch(`http://${address}:${here.port}/api/room`)).status).toBe(404);
	});
});
