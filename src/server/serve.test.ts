import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveBuild } from './fixture.ts';

let here: Awaited<ReturnType<typeof serveBuild>>;
beforeAll(async () => (here = await serveBuild()));
afterAll(() => here.close());

describe('the API of this version', () => {
	it('says that it is well, which version it is, and that it stores nothing', async () => {
		const answer = await here.ask('/api/health');
		expect(answer.status).toBe(200);
		expect(JSON.parse(answer.body)).toEqual({ status: 'ok', version: '1.2.3', storage: 'none' });
		expect(answer.headers['cache-control']).toBe('no-store');
		expect(await here.ask('/api/health', { method: 'HEAD' })).toMatchObject({
			status: 200,
			body: ''
		});
	});

	it.each(['/api', '/api/', '/api/health/', '/api/sync/push', '/api/../api/x'])(
		'%s does not exist, and says so as JSON',
		async (path) => {
			const answer = await here.ask(path, { headers: { accept: 'text/html' } });
			expect(answer).toMatchObject({ status: 404, body: '{"error":"not-found"}' });
			expect(answer.headers['content-type']).toBe('application/json');
		}
	);

	it('an address that only begins alike is a page', async () => {
		expect((await here.ask('/apis/')).body).not.toContain('{');
	});
});

describe('methods', () => {
	it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
		'%s of a page is refused',
		async (method) => {
			const answer = await here.ask('/en/', { method });
			expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
		}
	);

	it('POST to the API finds nothing that takes it', async () => {
		expect((await here.ask('/api/health', { method: 'POST' })).status).toBe(405);
		expect((await here.ask('/api/push', { method: 'POST' })).status).toBe(404);
	});
});

describe('S-20 a request that another site made the browser send', () => {
	const own = () => `http://127.0.0.1:${here.port}`;

	it.each(['cross-site', 'same-site', 'nonsense'])('Sec-Fetch-Site: %s', async (site) => {
		const headers = { 'sec-fetch-site': site };
		expect((await here.ask('/api/push', { method: 'POST', headers })).status).toBe(403);
		expect((await here.ask('/en/', { method: 'POST', headers })).status).toBe(403);
	});

	it.each(['https://evil.example', 'null'])('Origin: %s', async (origin) => {
		expect((await here.ask('/api/push', { method: 'POST', headers: { origin } })).status).toBe(403);
	});

	it('is told from our own', async () => {
		const status = async (headers: Record<string, string>) =>
			(await here.ask('/api/push', { method: 'POST', headers })).status;
		expect(await status({ 'sec-fetch-site': 'same-origin' })).toBe(404);
		expect(await status({ origin: own() })).toBe(404);
		expect(await status({})).toBe(404);
	});

	it('may follow a link to a page', async () => {
		const headers = { 'sec-fetch-site': 'cross-site' };
		expect((await here.ask('/en/', { headers })).status).toBe(200);
	});
});

describe('F-63 malformed request targets', () => {
	it.each(['/%', '/%zz', '/%ff', '/en/%00', '/en/?q=%', '/en/?q=%00', '/%c0%af', '*', 'x'])(
		'%s is refused',
		async (path) => {
			const heard = await here.sendBytes(
				`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`
			);
			expect(heard).toMatch(/^HTTP\/1\.1 400 /);
			expect(heard).toContain('x-content-type-options: nosniff');
		}
	);

	it.each([
		['a NUL in the target', 'GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n'],
		['a NUL in a header', 'GET / HTTP/1.1\r\nHost: x\0\r\n\r\n'],
		['no host', 'GET /en/ HTTP/1.1\r\nConnection: close\r\n\r\n'],
		['no HTTP', 'hello\r\n\r\n'],
		[
			'two lengths',
			'POST /en/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'
		]
	])('%s is refused', async (_, bytes) => {
		const heard = await here.sendBytes(bytes);
		expect(heard).toMatch(/^HTTP\/1\.1 400 /);
		expect(heard).toContain('x-content-type-options: nosniff');
	});

	it('after a request in progress gets no answer in the middle of the first', async () => {
		const heard = await here.sendBytes('GET /en/ HTTP/1.1\r\nHost: x\r\n\r\n\0garbage\r\n\r\n');
		expect(heard).not.toContain(' 400 ');
	});
});

describe('F-51 what is too large', () => {
	it('headers over 16 KB are refused before they are read to their end', async () => {
		const heard = await here.sendBytes(
			`GET /en/ HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(64 * 1024)}\r\n\r\n`
		);
		expect(heard).toMatch(/^HTTP\/1\.1 431 /);
		expect(heard).toContain("content-security-policy: default-src 'none'");
	});

	it('a body that waits to be asked for is not asked for', async () => {
		const heard = await here.sendBytes(
			'POST /en/ HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1000000000\r\n\r\n'
		);
		expect(heard).toMatch(/^HTTP\/1\.1 405 /);
	});

	it('a body that comes unasked is not read: the connection closes', async () => {
		const started = Date.now();
		const heard = await here.sendBytes(
			'POST /en/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\naaaa'
		);
		expect(heard).toMatch(/^HTTP\/1\.1 405 /);
		expect(heard).toMatch(/\r\nconnection: close/i);
		expect(Date.now() - started).toBeLessThan(2000);
	});
});

describe('F-52 who is too slow', () => {
	it('headers that do not arrive within 10 s are refused', { timeout: 20_000 }, async () => {
		const started = Date.now();
		const heard = await here.sendBytes('GET /en/ HTTP/1.1\r\nHost: x\r\nX-Slow: ');
		expect(heard).toMatch(/^HTTP\/1\.1 408 /);
		expect(Date.now() - started).toBeLessThan(13_000);
	});

	it('others are served meanwhile', async () => {
		const slow = Array.from({ length: 200 }, () => connect(here.port, '127.0.0.1'));
		await wait(50);
		expect((await here.ask('/fr/')).status).toBe(200);
		for (const socket of slow) socket.destroy();
	});
});
