import { afterEach, expect, test, vi } from 'vitest';
import { smallSearch } from '../../../tests/fixtures/small-search.ts';
import { replyTo, parseRequest } from '#lib/guide/search-protocol.ts';
import { createSearch } from '#lib/guide/search.ts';
import { Problem } from '#lib/model/problem.ts';
import { EngineLost, pageEngine, workerEngine, type WorkerPort } from './search-engine.ts';

/** A worker as a page sees it: what it hears it answers by `answers`, a moment later. */
function fakeWorker(answers: (message: unknown) => unknown) {
	const heard = new Map<string, (event: { data?: unknown }) => void>();
	const state = { ended: false };
	const port: WorkerPort = {
		addEventListener: (type, listener) => void heard.set(type, listener),
		postMessage: (message: unknown) => {
			const reply = answers(structuredClone(message));
			if (reply !== undefined) queueMicrotask(() => heard.get('message')?.({ data: reply }));
		},
		terminate: () => void (state.ended = true)
	};
	return { port, state, fail: () => heard.get('error')?.({}) };
}

function realWorker() {
	const search = createSearch();
	return fakeWorker((message) => {
		const request = parseRequest(message);
		return request && replyTo(search, request);
	});
}

afterEach(() => void vi.useRealTimers());

test('here and in a worker the same files give the same answers', async () => {
	const { titles, pieces } = smallSearch();
	const engines = [pageEngine(), workerEngine(realWorker().port)];
	const answers = await Promise.all(
		engines.map(async (engine) => {
			await engine.add('titles', titles);
			for (const piece of pieces) await engine.add('piece', piece);
			return [await engine.search('stategy', 5), await engine.search('budget', 5)];
		})
	);
	expect(answers[0]?.[0]).toMatchObject({ corrected: 'strategy', total: 2 });
	expect(answers[1]).toEqual(answers[0]);
});

test('a damaged file is a problem with the pack, here and there', async () => {
	for (const engine of [pageEngine(), workerEngine(realWorker().port)]) {
		const refused = expect(engine.add('piece', { guide: 7 }));
		await refused.rejects.toMatchObject({
			name: 'Problem',
			code: 'pack-broken'
		} satisfies Partial<Problem>);
	}
});

test('a worker that breaks ends everything that waits for it, and what comes later', async () => {
	const { port, state, fail } = fakeWorker(() => undefined);
	const engine = workerEngine(port);
	const waiting = [engine.search('a', 1), engine.add('titles', {})];
	fail();
	for (const asked of waiting) await expect(asked).rejects.toThrow(EngineLost);
	await expect(engine.search('b', 1)).rejects.toThrow(EngineLost);
	expect(state.ended).toBe(true);
});

test('a worker that never answers is given up after a time', async () => {
	vi.useFakeTimers();
	const engine = workerEngine(fakeWorker(() => undefined).port, 1000);
	const asked = expect(engine.search('a', 1)).rejects.toThrow(EngineLost);
	await vi.advanceTimersByTimeAsync(1001);
	await asked;
});

test('an answer of another form, or to nothing that was asked, is not one', async () => {
	vi.useFakeTimers();
	const replies = [{ id: 99, type: 'taken' }, 'x', { id: 1, type: 'answer', answer: {} }];
	for (const reply of replies) {
		const engine = workerEngine(fakeWorker(() => reply).port, 1000);
		const asked = expect(engine.search('a', 1)).rejects.toThrow(EngineLost);
		await vi.advanceTimersByTimeAsync(1001);
		await asked;
	}
});
