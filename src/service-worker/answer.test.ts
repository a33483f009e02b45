import { beforeEach, describe, expect, test } from 'vitest';
import { cut, fakeWorld, portal, silent } from '#lib/courier/fakes.ts';
import { commitGuide, downloadGuide, planGuide } from '#lib/courier/guides.ts';
import type { Manifest } from '#lib/model/guide.ts';
import { answer, wayOf, type Answering } from './answer.ts';
import { install } from './install.ts';

const origin = 'https://app.test';
let { world, caches, server } = fakeWorld();
let to: Answering;

beforeEach(async () => {
	({ world, caches, server } = fakeWorld());
	to = { caches, fetch: server.fetch, origin, version: '1', timeout: 30 };
	server.guides({ 'en/cyber': { a: 'one' }, 'en/health': { b: 'two' } });
	const plan = await planGuide(world, 'cyber', 'en');
	await downloadGuide(world, plan);
	await commitGuide(world, plan);
	server.app('1', [
		server.file('/_app/immutable/a.js', 'code of 1'),
		server.file('/icons/icon.png', 'icon'),
		server.file('/en/shell.html', 'English shell of 1', 'en'),
		server.file('/fr/shell.html', 'French shell of 1', 'fr')
	]);
	await install(world, '1');
	server.asked.length = 0;
});

/** A navigation, as the browser's own: a script cannot construct one. */
function navigation(path: string): Request {
	const request = new Request(origin + path);
	return Object.defineProperty(request, 'mode', { value: 'navigate' });
}
const open = async (path: string) => (await answer(navigation(path), to)).text();
const ask = async (path: string, init?: RequestInit) =>
	(await answer(new Request(origin + path, init), to)).text();

const trouble: [string, () => Promise<Response> | Response][] = [
	['is gone', cut],
	['accepts and never answers', silent],
	['answers 500', () => new Response('broken', { status: 500 })],
	['is behind a captive portal', portal]
];

describe.each(trouble)('P2: with a server that %s', (_, instead) => {
	beforeEach(() => {
		server.instead = instead;
	});

	test.each([
		'/',
		'/?source=home-screen',
		'/en',
		'/en/',
		'/en?q=1',
		'/en/guides/cyber/lead-authority/',
		'/en/guides/cyber/lead-authority',
		'/en/search/?q=risk&from=nav'
	])('%s opens from the device, without asking it', async (path) => {
		expect(await open(path)).toBe('English shell of 1');
		expect(server.asked).toEqual([]);
	});

	test('code, content, icons and the manifest come from the device, without asking it', async () => {
		const manifest = JSON.parse(await ask('/content/manifest.json')) as Manifest;
		const { index } = manifest.guides.find((g) => g.id === 'cyber')!;
		expect(await ask(index.url)).toContain('"id":"cyber"');
		expect(await ask('/_app/immutable/a.js')).toBe('code of 1');
		expect(await ask('/icons/icon.png?v=2')).toBe('icon');
		expect(server.asked).toEqual([]);
	});
});

test.each(trouble.slice(0, 3))(
	'a language that is not kept falls back to a kept shell when the server %s',
	async (_, instead) => {
		server.instead = instead;
		expect(await open('/fr/guides/')).toBe('English shell of 1');
	}
);

test('a language that is not kept comes from the network where there is one', async () => {
	server.files.set('/fr/guides/', 'French page');
	expect(await open('/fr/guides/')).toBe('French page');
});

test('F-24: a page is the shell of this version, never of another', async () => {
	server.app('2', [server.file('/en/shell.html', 'English shell of 2', 'en')]);
	await install(world, '2');
	expect(await open('/en/')).toBe('English shell of 1');
});

test('F-24: a page of the version before still finds its chunks', async () => {
	server.app('2', [server.file('/en/shell.html', 'English shell of 2', 'en')]);
	await install(world, '2');
	server.instead = cut;
	to.version = '2';
	expect(await ask('/_app/immutable/a.js')).toBe('code of 1');
});

test('a kept guide is listed in the kept edition, the others as the server last said', async () => {
	server.guides({ 'en/cyber': { a: 'newer' }, 'en/health': { b: 'two' } });
	const { guides } = JSON.parse(await ask('/content/manifest.json')) as Manifest;
	expect(guides.map((g) => g.id)).toEqual(['cyber', 'health']);
	expect(await ask(guides[0]!.index.url)).toContain('"id":"cyber"');
	expect(server.asked).toEqual([]);
});

test('F-28: who asks for the server itself gets the server, also of what is kept', async () => {
	server.guides({ 'en/cyber': { a: 'newer' } });
	await ask('/content/manifest.json?fresh');
	await ask('/content/manifest.json', { cache: 'no-store' });
	await ask('/kept.json');
	expect(server.asked).toHaveLength(3);
});

test('F-29: with the caches gone, everything comes from the network again', async () => {
	for (const name of await caches.keys()) await caches.delete(name);
	server.files.set('/en/', 'page of the network');
	expect(await open('/en/')).toBe('page of the network');
	expect(await ask('/_app/immutable/a.js')).toBe('code of 1');
	expect(await ask('/content/manifest.json')).toContain('cyber');
	expect(await caches.keys()).toEqual([]);
});

test('F-29: caches that the browser cannot read count as none', async () => {
	const broken = Promise.reject(new DOMException('Unexpected internal error', 'UnknownError'));
	broken.catch(() => {});
	caches.match = () => broken;
	server.files.set('/en/', 'page of the network');
	expect(await open('/en/')).toBe('page of the network');
	expect(await ask('/_app/immutable/a.js')).toBe('code of 1');
	expect(await ask('/content/manifest.json')).toContain('cyber');
});

test('what is not kept and does not come is a failed request, not a made-up answer', async () => {
	server.instead = cut;
	await expect(ask('/_app/immutable/other.js')).rejects.toThrow();
	await expect(ask('/content/health/x.0123456789.json')).rejects.toThrow();
});

test('nothing that the network answers enters a cache', async () => {
	const before = await Promise.all((await caches.keys()).map((name) => caches.namesIn(name)));
	server.instead = portal;
	await open('/fr/');
	await ask('/_app/immutable/other.js');
	await ask('/robots.txt');
	const after = await Promise.all((await caches.keys()).map((name) => caches.namesIn(name)));
	expect(after).toEqual(before);
});

describe('the worker has no part in', () => {
	const way = (url: string, init: Partial<Request> = {}) =>
		wayOf({ method: 'GET', url, mode: 'cors', cache: 'default', ...init }, origin);
	test.each([
		['the relay', way(`${origin}/api/health`)],
		['the relay as a page', way(`${origin}/api/health`, { mode: 'navigate' })],
		['another origin', way('https://elsewhere.test/_app/immutable/a.js')],
		['anything but GET', way(`${origin}/en/`, { method: 'POST' })],
		['itself', way(`${origin}/service-worker.js`)]
	])('%s', (_, found) => expect(found).toBe('leave'));

	test('an address that only begins like the relay is a page', () => {
		expect(way(`${origin}/apiary/`, { mode: 'navigate' })).toBe('page');
	});
	test('a file that is opened as a page is that file', () => {
		expect(way(`${origin}/icons/icon.svg`, { mode: 'navigate' })).toBe('app');
	});
});
