import { expect, test } from 'vitest';
import { Problem } from '#lib/model/problem.ts';
import { fakeWorld, portal, silent, stalled } from './fakes.ts';
import { fetchJson } from './fetch.ts';

const problem = (code: string, values: object = {}) =>
	expect.objectContaining({ code, values: expect.objectContaining(values) });

test('JSON comes back parsed, from an address or a reference', async () => {
	const { server } = fakeWorld();
	const ref = server.content('a', { words: 3 });
	expect(await fetchJson(server.fetch, ref)).toEqual({ words: 3 });
	expect(await fetchJson(server.fetch, ref.url)).toEqual({ words: 3 });
});

test('a server that accepts and never answers is unreachable after the time-out', async () => {
	const { server } = fakeWorld();
	server.instead = silent;
	const before = Date.now();
	await expect(fetchJson(server.fetch, '/a.json', { timeout: 30 })).rejects.toEqual(
		problem('pack-unreachable', { status: 0 })
	);
	expect(Date.now() - before).toBeLessThan(2_000);
});

test('a body that stops half-way is unreachable after the time-out, too', async () => {
	const { server } = fakeWorld();
	server.instead = () => stalled('[1,', 'application/json');
	await expect(fetchJson(server.fetch, '/a.json', { timeout: 30 })).rejects.toEqual(
		problem('pack-unreachable')
	);
});

test('F-27: a captive portal that answers 200 with a page counts as no network', async () => {
	const { server } = fakeWorld();
	server.instead = portal;
	await expect(fetchJson(server.fetch, '/a.json')).rejects.toEqual(
		problem('pack-unreachable', { type: 'text/html' })
	);
});

test('a status other than 200 is said in the problem', async () => {
	const { server } = fakeWorld();
	await expect(fetchJson(server.fetch, '/gone.json')).rejects.toEqual(
		problem('pack-unreachable', { status: 404 })
	);
	server.instead = () => new Response('{}', { status: 500 });
	await expect(fetchJson(server.fetch, '/a.json')).rejects.toEqual(
		problem('pack-unreachable', { status: 500 })
	);
});

test('JSON by type that does not parse is broken, not unreachable', async () => {
	const { server } = fakeWorld();
	server.file('/a.json', '{"cut of');
	await expect(fetchJson(server.fetch, '/a.json')).rejects.toEqual(problem('pack-broken'));
});

test('leaving the page is not a problem: the reason of the abort comes back', async () => {
	const { server } = fakeWorld();
	server.instead = silent;
	const control = new AbortController();
	const reading = fetchJson(server.fetch, '/a.json', { signal: control.signal });
	control.abort(new DOMException('left', 'AbortError'));
	const thrown: unknown = await reading.catch((reason: unknown) => reason);
	expect(thrown).not.toBeInstanceOf(Problem);
	expect(thrown).toBe(control.signal.reason);
});
