import { afterEach, describe, expect, test, vi } from 'vitest';
import { contentType, writeFrame } from '#lib/sync/protocol.ts';
import type { Frame } from '#lib/sync/protocol.ts';
import { patience, RelayClient } from './relay-client.ts';
import { syncProblem } from './relay-error.ts';
import type { RelayError } from './relay-error.ts';
import { start } from './session.ts';

const usual = { ...patience };
afterEach(() => void Object.assign(patience, usual));

const access = { address: new Uint8Array(16), token: new Uint8Array(16).fill(1) };
const request = { own: false, grant: false, ...start, envelopes: [] };
const hello: Frame = { kind: 'hello', versions: [1], now: 0, epoch: 1, head: 0, floor: 0 };
const bytesOf = (...frames: Frame[]) => {
	const all = frames.map((frame) => [...writeFrame(frame)]).flat();
	return new Uint8Array(all);
};
const answering = (body: BodyInit | null, init: ResponseInit = {}) =>
	new RelayClient(async () => new Response(body, init), { origin: 'https://relay.test' });
const json = (status: number, value: unknown, headers = {}) =>
	answering(JSON.stringify(value), {
		status,
		headers: { 'content-type': 'application/json', ...headers }
	});
const failure = async (call: Promise<unknown>): Promise<RelayError> =>
	call.then(
		() => expect.unreachable(),
		(thrown) => thrown as RelayError
	);

describe('what is believed (X-9, F-27)', () => {
	const html = { headers: { 'content-type': 'text/html' } };
	test.each([
		['a log-in page', answering('<html>', html)],
		[
			'our type without a greeting',
			answering(bytesOf({ kind: 'ping' }), { headers: { 'content-type': contentType } })
		],
		['our type and nothing', answering('', { headers: { 'content-type': contentType } })],
		['a page of "not found"', answering('<html>', { status: 404, ...html })],
		['a JSON that is not ours', json(404, { message: 'not found' })],
		['a status that does not go with the code', json(403, { error: 'unknown' })],
		['JSON where frames should be', json(200, { ok: true })]
	])('%s is somebody else', async (_, relay) => {
		expect((await failure(relay.exchange(access, request))).code).toBe('portal');
		expect(syncProblem(await failure(relay.exchange(access, request))).code).toBe('sync-portal');
	});

	test('frames that are none are no answer, and nothing of them is taken', async () => {
		const relay = answering(new Uint8Array([1, 255, 255, 255, 255, 255, 255, 255, 255, 255]), {
			headers: { 'content-type': contentType }
		});
		expect((await failure(relay.exchange(access, request))).code).toBe('unreachable');
	});

	test('a page in the place of people is somebody else, too', async () => {
		expect((await failure(answering('<html>', html).holders(access))).code).toBe('portal');
		expect((await failure(json(200, { epoch: 1, holders: 'all' }).holders(access))).code).toBe(
			'portal'
		);
		expect((await failure(answering('<html>', html).part(access, 1, 0))).code).toBe('portal');
	});
});

describe('what the relay refuses (X-8)', () => {
	test.each([
		[403, 'role', 'sync-role'],
		[403, 'code', 'sync-code'],
		[404, 'unknown', 'sync-revoked'],
		[410, 'deleted', 'sync-deleted'],
		[413, 'too-large', 'sync-full'],
		[426, 'version', 'sync-too-old'],
		[429, 'slow-down', 'sync-slow-down'],
		[503, 'unavailable', 'sync-unavailable'],
		[507, 'full', 'sync-full']
	])('%i %s reads as %s', async (status, error, code) => {
		const thrown = await failure(json(status, { error }).exchange(access, request));
		expect(thrown.code).toBe(error);
		expect(syncProblem(thrown).code).toBe(code);
	});

	test('an old client meets a relay that does not speak its version any more (V-1, F-25)', async () => {
		const relay = json(426, { error: 'version', versions: [3, 2], more: 'in any form' });
		expect((await failure(relay.exchange(access, request))).code).toBe('version');
	});

	test('it says how long to wait, and is believed up to an hour', async () => {
		const wait = async (seconds: string) =>
			(
				await failure(
					json(503, { error: 'unavailable' }, { 'retry-after': seconds }).holders(access)
				)
			).wait;
		expect(await wait('7')).toBe(7000);
		expect(await wait('999999999')).toBe(3_600_000);
		expect(await wait('soon')).toBe(0);
		expect(await wait('-5')).toBe(0);
	});

	test('a gateway whose server is away is no refusal', async () => {
		const gone = answering('<html>', { status: 502, headers: { 'content-type': 'text/html' } });
		expect((await failure(gone.exchange(access, request))).code).toBe('unreachable');
	});
});

describe('time', () => {
	/** Gives the first bytes, and then nothing more. */
	const stalling = (first: Uint8Array) => {
		const cancelled = vi.fn();
		const body = new ReadableStream({ start: (out) => out.enqueue(first), cancel: cancelled });
		return { relay: answering(body, { headers: { 'content-type': contentType } }), cancelled };
	};

	test('a relay that accepts and says nothing is given up', async () => {
		patience.answer = 30;
		const silent = new RelayClient(
			(_, init) =>
				new Promise((_, reject) =>
					init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
				)
		);
		expect((await failure(silent.exchange(access, request))).code).toBe('unreachable');
		expect((await failure(silent.holders(access))).code).toBe('unreachable');
	});

	test('of an answer that stops in the middle, the whole frames count (F-59)', async () => {
		patience.silence = 30;
		const end: Frame = { kind: 'end', seq: 3, mark: new Uint8Array(8) };
		const cut = bytesOf(hello, end, end).slice(0, -4);
		const { relay, cancelled } = stalling(cut);
		const reply = await relay.exchange(access, request);
		expect(reply).toMatchObject({ whole: false, frames: [hello, end] });
		expect(cancelled).toHaveBeenCalled();
	});

	test('a stream without a greeting, or without a frame for long, is over (L-2)', async () => {
		patience.hello = 30;
		patience.frame = 30;
		const stop = new AbortController().signal;
		const heard = vi.fn();
		const silent = stalling(new Uint8Array());
		expect((await failure(silent.relay.live(access, start, heard, stop))).code).toBe('unreachable');
		expect(heard).not.toHaveBeenCalled();
		const greeted = stalling(bytesOf(hello));
		expect((await failure(greeted.relay.live(access, start, heard, stop))).code).toBe(
			'unreachable'
		);
		expect(heard).toHaveBeenCalledExactlyOnceWith([hello]);
		expect(greeted.cancelled).toHaveBeenCalled();
	});

	test('who leaves does not wait', async () => {
		const { relay, cancelled } = stalling(bytesOf(hello));
		const leave = new AbortController();
		const over = relay.live(access, start, () => leave.abort(), leave.signal);
		await expect(over).rejects.toMatchObject({ name: 'AbortError' });
		expect(cancelled).toHaveBeenCalled();
	});
});

test('what a request says: token and address in their places, nothing in a cache or a cookie', async () => {
	const asked: [string, RequestInit | undefined][] = [];
	const relay = new RelayClient(
		async (url, init) => {
			asked.push([String(url), init]);
			return new Response(bytesOf(hello), { headers: { 'content-type': contentType } });
		},
		{ origin: 'https://relay.test' }
	);
	await relay.exchange(access, request);
	const [[url, init]] = asked as [[string, RequestInit]];
	expect(url).toBe('https://relay.test/api/sync/AAAAAAAAAAAAAAAAAAAAAA');
	expect(init).toMatchObject({
		method: 'POST',
		cache: 'no-store',
		credentials: 'omit',
		redirect: 'error'
	});
	expect(init.headers).toEqual({
		authorization: 'Bearer AQEBAQEBAQEBAQEBAQEBAQ',
		'content-type': contentType
	});
});
