import { beforeEach, describe, expect, test } from 'vitest';
import { cut, fakeWorld, portal, silent, stalled } from './fakes.ts';
import { fill, missingIn } from './fill.ts';
import { hashHeader } from './verified.ts';

let { world, caches, server } = fakeWorld();
beforeEach(() => ({ world, caches, server } = fakeWorld()));

const twenty = () =>
	Array.from({ length: 20 }, (_, n) => server.file(`/_app/immutable/${n}.js`, `file ${n}`));
const problem = (code: string) => expect.objectContaining({ code });

test('all files arrive, six at a time, and progress ends at the sum of their bytes', async () => {
	const files = twenty();
	const seen: [number, number][] = [];
	const cache = await caches.open('app-1');
	await fill(world, cache, files, { onProgress: (done, total) => seen.push([done, total]) });
	expect(caches.namesIn('app-1')).toHaveLength(20);
	expect(server.mostAtOnce).toBe(6);
	const total = files.reduce((sum, file) => sum + file.bytes, 0);
	expect(seen[0]).toEqual([0, total]);
	expect(seen.at(-1)).toEqual([total, total]);
	expect(seen.every(([done], n) => n === 0 || done >= seen[n - 1]![0])).toBe(true);
});

test('F-23: after a link that dropped, only the missing files are asked for', async () => {
	const files = twenty();
	const cache = await caches.open('app-1');
	let answered = 0;
	server.instead = () => (++answered > 12 ? cut() : undefined);
	await expect(fill(world, cache, files)).rejects.toEqual(problem('pack-unreachable'));
	const there = caches.namesIn('app-1');
	expect(there).toHaveLength(12);

	server.instead = () => undefined;
	server.asked.length = 0;
	await fill(world, cache, files);
	expect(server.asked).toHaveLength(8);
	expect(server.asked.filter((name) => there.includes(name))).toEqual([]);
});

test('F-16: without room, what this call added goes, and what was there stays', async () => {
	const files = twenty();
	const cache = await caches.open('guides');
	await fill(world, cache, files.slice(0, 5));
	caches.room = 9;
	await expect(fill(world, cache, files)).rejects.toEqual(problem('storage-full'));
	expect(caches.namesIn('guides')).toEqual(
		files
			.slice(0, 5)
			.map((file) => file.url)
			.sort()
	);
});

describe('F-26: nothing enters the cache but the promised bytes', () => {
	const stays = async (code: string) => {
		const cache = await caches.open('app-1');
		const files = [server.file('/_app/immutable/a.js', 'good')];
		await expect(fill(world, cache, files, { silence: 30 })).rejects.toEqual(problem(code));
		expect(caches.namesIn('app-1')).toEqual([]);
	};
	test('not the page of a captive portal', () => {
		server.instead = portal;
		return stays('pack-unreachable');
	});
	test('not a page under the type of a script', () => {
		server.instead = () =>
			new Response('<html>', { headers: { 'content-type': 'text/javascript' } });
		return stays('pack-broken');
	});
	test('not an error page', () => {
		server.instead = () =>
			new Response('good', { status: 500, headers: { 'content-type': 'text/javascript' } });
		return stays('pack-unreachable');
	});
	test('nothing from a server that never answers, and the wait ends', () => {
		server.instead = silent;
		return stays('pack-unreachable');
	});
	test('not a file whose second half never comes', () => {
		server.instead = () => stalled('go', 'text/javascript');
		return stays('pack-unreachable');
	});
	test('F-24: not the bytes of another version under the same name', () => {
		server.instead = () =>
			new Response('newer', { headers: { 'content-type': 'text/javascript' } });
		return stays('pack-broken');
	});
});

test('a slow file is not a dead one: bytes that keep coming reset the patience', async () => {
	const slow = server.file('/_app/immutable/a.js', 'slowly');
	server.instead = () => {
		const letters = [...'slowly'];
		const body = new ReadableStream({
			async pull(out) {
				await new Promise((resolve) => setTimeout(resolve, 30));
				const letter = letters.shift();
				if (letter) out.enqueue(new TextEncoder().encode(letter));
				else out.close();
			}
		});
		return new Response(body, { headers: { 'content-type': 'text/javascript' } });
	};
	await fill(world, await caches.open('app-1'), [slow], { silence: 100 });
	expect(caches.namesIn('app-1')).toEqual([slow.url]);
	expect(server.asked).toHaveLength(1);
});

test('a lost packet or a server that restarts is tried again', async () => {
	const files = twenty();
	server.instead = (name) =>
		server.asked.filter((asked) => asked === name).length === 1 ? cut() : undefined;
	await fill(world, await caches.open('app-1'), files);
	expect(caches.namesIn('app-1')).toHaveLength(20);
});

test('stale bytes in the HTTP cache are asked for once more, past that cache', async () => {
	const file = server.file('/_app/immutable/a.js', 'new');
	const modes: unknown[] = [];
	const fetch: typeof globalThis.fetch = (input, init) => {
		modes.push(init?.cache);
		if (init?.cache === 'reload') return server.fetch(input, init);
		return Promise.resolve(new Response('old', { headers: { 'content-type': 'text/javascript' } }));
	};
	await fill({ ...world, fetch }, await caches.open('app-1'), [file]);
	expect(modes).toEqual(['default', 'reload']);
});

test('a file that is gone is not insisted on', async () => {
	const file = server.file('/_app/immutable/a.js', 'x');
	server.files.clear();
	await expect(fill(world, await caches.open('app-1'), [file])).rejects.toEqual(
		expect.objectContaining({ values: expect.objectContaining({ status: 404 }) })
	);
	expect(server.asked).toHaveLength(1);
});

test('an older cache gives what did not change, and never a page', async () => {
	const script = server.file('/_app/immutable/a.js', 'same');
	const shell = server.file('/en/shell.html', 'same page');
	const changed = server.file('/icons/icon.png', 'before');
	const older = await caches.open('app-1');
	await fill(world, older, [script, shell, changed]);
	const newer = server.file('/icons/icon.png', 'after');
	server.asked.length = 0;
	await fill(world, await caches.open('app-2'), [script, shell, newer], { from: [older] });
	expect(server.asked.sort()).toEqual(['/en/shell.html', '/icons/icon.png']);
});

test('what is cached can answer a navigation: a page keeps its policy, and nothing of the way here', async () => {
	const shell = server.file('/en/shell.html', '<html>');
	server.instead = () =>
		new Response('<html>', {
			headers: {
				'content-type': 'text/html',
				'content-security-policy': "default-src 'none'",
				vary: 'Accept-Encoding',
				'content-encoding': 'br'
			}
		});
	const cache = await caches.open('app-1');
	await fill(world, cache, [shell]);
	const { headers } = (await cache.match(shell.url))!;
	expect(Object.fromEntries(headers)).toEqual({
		'content-type': 'text/html',
		'content-security-policy': "default-src 'none'",
		[hashHeader]: shell.sha256
	});
});

test('an abort ends the filling with its reason; what arrived stays', async () => {
	const files = twenty();
	const control = new AbortController();
	const cache = await caches.open('app-1');
	const stop = (done: number) => done > 40 && control.abort('cancelled');
	await expect(
		fill(world, cache, files, { signal: control.signal, onProgress: stop })
	).rejects.toBe('cancelled');
	const there = caches.namesIn('app-1').length;
	expect(there).toBeGreaterThan(0);
	expect(there).toBeLessThan(20);
	expect(await missingIn(cache, files)).toHaveLength(20 - there);
});
