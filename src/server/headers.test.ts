import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveBuild } from './fixture.ts';

let here: Awaited<ReturnType<typeof serveBuild>>;
beforeAll(async () => (here = await serveBuild(null, { 'en/odd.html': '<p>no policy</p>' })));
afterAll(() => here.close());

const policy = async (path: string, headers = {}) =>
	(await here.ask(path, { headers })).headers['content-security-policy'];

const everything: [string, string, number][] = [
	['GET', '/en/', 200],
	['HEAD', '/en/', 200],
	['GET', '/', 302],
	['GET', '/en', 308],
	['GET', '/none/', 404],
	['GET', '/%zz', 400],
	['POST', '/en/', 405],
	['GET', '/api/health', 200],
	['GET', '/api/none', 404],
	['GET', '/service-worker.js', 200],
	['GET', '/_app/version.json', 200]
];

describe('S-03 every response', () => {
	it.each(everything)('%s %s (%d) carries the security headers', async (method, path, status) => {
		const answer = await here.ask(path, { method });
		expect(answer.status).toBe(status);
		expect(answer.headers).toMatchObject({
			'x-content-type-options': 'nosniff',
			'referrer-policy': 'no-referrer',
			'cross-origin-opener-policy': 'same-origin',
			'cross-origin-resource-policy': 'same-origin'
		});
		expect(answer.headers['permissions-policy']).toContain('camera=(), ');
		expect(answer.headers['access-control-allow-origin']).toBeUndefined();
		expect(answer.headers['set-cookie']).toBeUndefined();
		expect(answer.headers['x-powered-by']).toBeUndefined();
	});

	it.each(everything)('S-04 %s %s (%d) may not be framed', async (method, path) => {
		const answer = await here.ask(path, { method });
		expect(answer.headers['content-security-policy']).toMatch(/; frame-ancestors 'none'$/);
	});

	it('the 304 carries them too', async () => {
		const { etag = '' } = (await here.ask('/en/')).headers;
		const answer = await here.ask('/en/', { headers: { 'if-none-match': etag } });
		expect(answer.status).toBe(304);
		expect(answer.headers['content-security-policy']).toBe(await policy('/en/'));
	});
});

describe('S-01 the policy', () => {
	it('of a page is the one in its own HTML', async () => {
		expect(await policy('/en/')).toBe(`${here.policy}; frame-ancestors 'none'`);
		expect(await policy('/en/index.html')).toBe(`${here.policy}; frame-ancestors 'none'`);
	});

	it('of the page for unknown addresses is its own as well', async () => {
		const found = await policy('/none/', { accept: 'text/html' });
		expect(found).toBe(`${here.policy}; frame-ancestors 'none'`);
	});

	it('of a page that the build did not list allows nothing', async () => {
		expect(await policy('/en/odd.html')).toBe("default-src 'none'; frame-ancestors 'none'");
	});

	it('lets the service worker and other workers fetch from here, and nothing more', async () => {
		const worker =
			"default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'";
		expect(await policy('/service-worker.js')).toBe(worker);
		expect(await policy('/_app/immutable/workers/search.js')).toBe(worker);
	});

	it('of everything else allows nothing', async () => {
		const nothing = "default-src 'none'; frame-ancestors 'none'";
		expect(await policy('/_app/version.json')).toBe(nothing);
		expect(await policy('/_app/immutable/entry/start.Bx9_k2Qa.js')).toBe(nothing);
		expect(await policy('/none/')).toBe(nothing);
		expect(await policy('/api/health')).toBe(nothing);
	});
});

describe('S-03 HSTS', () => {
	const hsts = async (origin: string | null) => {
		const there = await serveBuild(origin);
		const { headers } = await there.ask('/en/');
		await there.close();
		return headers['strict-transport-security'];
	};

	it('is promised for a year where people come by https', async () => {
		expect(await hsts('https://strategy.gov.example')).toBe('max-age=31536000; includeSubDomains');
	});

	it('is not promised otherwise', async () => {
		expect(await hsts('http://strategy.gov.example')).toBeUndefined();
		expect(await hsts(null)).toBeUndefined();
	});
});
