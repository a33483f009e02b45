import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveBuild } from './fixture.ts';
import { lifeOf } from './static.ts';

let here: Awaited<ReturnType<typeof serveBuild>>;
beforeAll(async () => (here = await serveBuild(null, { 'big.txt': 'x'.repeat(5_000_000) })));
afterAll(() => here.close());

const asPage = { headers: { accept: 'text/html,*/*' } };

describe('the address / leads to the reader’s language', () => {
	it.each([
		['fr-CA,fr;q=0.9,en;q=0.5', '/fr/'],
		['ar', '/ar/'],
		['de', '/en/'],
		['xx', '/en/']
	])('Accept-Language: %s → %s', async (accepted, location) => {
		const answer = await here.ask('/', { headers: { 'accept-language': accepted } });
		expect(answer).toMatchObject({ status: 302, headers: { location, vary: 'Accept-Language' } });
	});

	it('and keeps the query', async () => {
		expect((await here.ask('/?x=1')).headers.location).toBe('/en/?x=1');
	});

	it.each(['/room/', '/room'])('M-2 %s of a phone’s code leads to the room in it', async (path) => {
		const answer = await here.ask(path, { headers: { 'accept-language': 'ar-EG,ar;q=0.9' } });
		expect(answer).toMatchObject({
			status: 302,
			headers: { location: '/ar/room/', vary: 'Accept-Language', 'cache-control': 'no-cache' }
		});
		expect((await here.ask(`${path}?x=1`)).headers.location).toBe('/en/room/?x=1');
		expect((await here.ask('/rooms/')).status).toBe(404);
	});
});

describe('a page', () => {
	it('is served at its address with a slash, and asked for again each time', async () => {
		const answer = await here.ask('/fr/');
		expect(answer.status).toBe(200);
		expect(answer.body).toContain('Bienvenue');
		expect(answer.headers['content-type']).toBe('text/html;charset=utf-8');
		expect(answer.headers['cache-control']).toBe('no-cache');
	});

	it('costs nothing when it has not changed', async () => {
		const { etag = '' } = (await here.ask('/fr/')).headers;
		const again = await here.ask('/fr/', { headers: { 'if-none-match': etag } });
		expect(again).toMatchObject({ status: 304, body: '', headers: { vary: 'Accept-Encoding' } });
		expect(again.headers['cache-control']).toBe('no-cache');
	});

	it('without the slash moves for good to the one with it, with its query', async () => {
		const answer = await here.ask('/en/guides?topic=law');
		expect(answer).toMatchObject({ status: 308, headers: { location: '/en/guides/?topic=law' } });
	});

	it('travels compressed where that is understood', async () => {
		const br = await here.ask('/en/', { headers: { 'accept-encoding': 'gzip, br' } });
		expect(br.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' });
		expect(brotliDecompressSync(br.bytes).toString()).toContain('Welcome');
		const gz = await here.ask('/en/', { headers: { 'accept-encoding': 'gzip' } });
		expect(gunzipSync(gz.bytes).toString()).toContain('Welcome');
		const plain = await here.ask('/en/');
		expect(plain.headers['content-encoding']).toBeUndefined();
		expect(plain.body).toContain('Welcome');
	});

	it('answers HEAD with its headers only', async () => {
		const answer = await here.ask('/fr/', { method: 'HEAD' });
		expect(answer).toMatchObject({ status: 200, body: '' });
		expect(Number(answer.headers['content-length'])).toBeGreaterThan(0);
	});
});

describe('an address that leads nowhere', () => {
	it.each(['/de/', '/en/guides/none/', '/en/none', '/fr/index.html/', '//en/', '/en%2Fguides/'])(
		'%s is 404, as a page for a person',
		async (path) => {
			const answer = await here.ask(path, asPage);
			expect(answer.status).toBe(404);
			expect(answer.body).toContain('No such page');
			expect(answer.headers['content-type']).toBe('text/html;charset=utf-8');
		}
	);

	it('is a line for a script', async () => {
		const answer = await here.ask('/_app/immutable/gone.js', { headers: { accept: '*/*' } });
		expect(answer).toMatchObject({ status: 404, body: 'Not found.\n' });
		expect(answer.headers['cache-control']).toBe('no-cache');
	});

	it.each([
		'/.stamp',
		'/en/index.html.br',
		'/../package.json',
		'/..%2f..%2fetc/passwd',
		'/..%5c..%5cetc',
		'/%2e%2e/%2e%2e/etc/passwd'
	])('%s is nobody’s business', async (path) => {
		expect((await here.ask(path)).status).toBe(404);
	});
});

describe('how long a file may be used without asking', () => {
	it.each([
		['_app/immutable/entry/start.Bx9_k2Qa.js', 'public, max-age=31536000, immutable'],
		['content/cybersecurity/en/index.0a1b2c3d4e.json', 'public, max-age=31536000, immutable'],
		['content/manifest.json', 'no-cache'],
		['content/report.20261122.json', 'no-cache'],
		['content/new-facade-.json', 'no-cache'],
		['content/index.effacede.json', 'no-cache'],
		['icons/icon.0a1b2c3d4e.png', 'no-cache'],
		['_app/version.json', 'no-cache'],
		['service-worker.js', 'no-cache'],
		['manifest.webmanifest', 'no-cache']
	])('%s: %s', (file, life) => {
		expect(lifeOf(file)).toBe(life);
	});

	it('is said in the header, also for the service worker and the manifest', async () => {
		const life = async (path: string) => (await here.ask(path)).headers['cache-control'];
		expect(await life('/_app/immutable/entry/start.Bx9_k2Qa.js')).toContain('immutable');
		expect(await life('/content/cybersecurity/en/index.0a1b2c3d4e.json')).toContain('immutable');
		expect(await life('/service-worker.js')).toBe('no-cache');
		expect(await life('/manifest.webmanifest')).toBe('no-cache');
	});
});

it('the manifest and the worker have the types that browsers insist on', async () => {
	const type = async (path: string) => (await here.ask(path)).headers['content-type'];
	expect(await type('/manifest.webmanifest')).toBe('application/manifest+json');
	expect(await type('/service-worker.js')).toBe('text/javascript');
	expect(await type('/big.txt')).toBe('text/plain;charset=utf-8');
});

describe('what would trouble the file server', () => {
	it.each(['bytes=5-2', 'bytes=-5', 'bytes=x-y', 'lines=1-2', 'bytes=0-1,5-9', 'bytes=99999999-'])(
		'a range of %j gets the whole file',
		async (range) => {
			const answer = await here.ask('/fr/', { headers: { range } });
			expect(answer.status).toBe(200);
			expect(answer.body).toContain('Bienvenue');
		}
	);

	it('a file that vanished cuts one answer, not the server', async () => {
		const file = join(here.folder, 'en/guides/index.html');
		rmSync(file);
		await expect(here.ask('/en/guides/')).rejects.toThrow();
		expect((await here.ask('/fr/')).status).toBe(200);
	});

	it('a reader who leaves in the middle does not keep the file open', async () => {
		const closed = new Promise<boolean>((resolve) => {
			here.server.prependOnceListener('request', (_, response) => {
				response.on('pipe', (source: NodeJS.ReadableStream & { destroyed?: boolean }) => {
					response.on('close', async () => {
						await wait(50);
						resolve(source.destroyed === true);
					});
				});
			});
		});
		const socket = connect(here.port, '127.0.0.1', () => {
			socket.write('GET /big.txt HTTP/1.1\r\nHost: x\r\n\r\n');
			socket.once('data', () => socket.destroy());
		});
		expect(await closed).toBe(true);
	});
});
