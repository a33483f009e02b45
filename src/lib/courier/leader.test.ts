import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MemoryStore } from '#lib/store/memory.ts';
import { standFor, times } from './leader.ts';
import type { Election } from './leader.ts';

beforeEach(
	() =>
		void vi.useFakeTimers({
			toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date']
		})
);
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

/** The Web Locks of one browser, as far as they are used here. */
class FakeLocks {
	#held: { name: string; lost: (reason: unknown) => void; done: Promise<unknown> } | null = null;
	#waiting: (() => void)[] = [];

	request = (
		name: string,
		options: { steal?: boolean; signal?: AbortSignal },
		work: () => Promise<void>
	) =>
		new Promise<void>((resolve, reject) => {
			const grant = () => {
				const mine = { name, lost: reject, done: Promise.resolve() };
				this.#held = mine;
				void work().then(() => {
					if (this.#held === mine) this.#free();
					resolve();
				}, reject);
			};
			options.signal?.addEventListener('abort', () => {
				this.#waiting = this.#waiting.filter((one) => one !== grant);
				reject(options.signal?.reason);
			});
			if (options.steal) {
				this.#held?.lost(new DOMException('stolen', 'AbortError'));
				grant();
			} else if (this.#held) this.#waiting.push(grant);
			else grant();
		});

	#free(): void {
		this.#held = null;
		this.#waiting.shift()?.();
	}
}

/** Tabs that hear each other, but for those that are frozen. */
class FakeChannel {
	static open: FakeChannel[] = [];
	static frozen = false;
	listeners: (() => void)[] = [];
	constructor() {
		FakeChannel.open.push(this);
	}
	addEventListener(_: string, listener: () => void) {
		this.listeners.push(listener);
	}
	postMessage() {
		if (FakeChannel.frozen) return;
		for (const one of FakeChannel.open) if (one !== this) for (const hear of one.listeners) hear();
	}
	close() {
		FakeChannel.open = FakeChannel.open.filter((one) => one !== this);
	}
}

function tab(name: string, election: Partial<Election>) {
	const stop = new AbortController();
	const state = { leads: false, terms: 0 };
	const whole = {
		locks: null,
		store: new MemoryStore().sync,
		now: () => Date.now(),
		tab: name,
		...election
	};
	const done = standFor(
		'w1',
		whole,
		async (term) => {
			state.leads = true;
			state.terms++;
			await new Promise<void>((end) => {
				if (term.aborted) end();
				term.addEventListener('abort', () => end());
			});
			state.leads = false;
		},
		stop.signal
	);
	return {
		state,
		close: async () => {
			stop.abort();
			await vi.advanceTimersByTimeAsync(0);
			await done;
		}
	};
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe.each(['Web Locks', 'a lease'])('by %s', (way) => {
	function browser(): Partial<Election> {
		if (way === 'a lease') return { store: new MemoryStore().sync };
		FakeChannel.open = [];
		FakeChannel.frozen = false;
		vi.stubGlobal('BroadcastChannel', FakeChannel);
		return { locks: new FakeLocks() as unknown as LockManager };
	}

	test('one of three tabs leads; when it closes another does, at once or nearly (F-07)', async () => {
		const here = browser();
		const tabs = [tab('a', here), tab('b', here), tab('c', here)];
		await pass(10);
		expect(tabs.map(({ state }) => state.leads)).toEqual([true, false, false]);
		await pass(120_000);
		expect(tabs.map(({ state }) => state.leads)).toEqual([true, false, false]);
		expect(tabs[0]!.state.terms).toBe(1);
		await tabs[0]!.close();
		await pass(times.beat * 2);
		expect(tabs.filter(({ state }) => state.leads)).toHaveLength(1);
		for (const one of tabs.slice(1)) await one.close();
		expect(tabs.some(({ state }) => state.leads)).toBe(false);
	});
});

test('a leader that the browser froze loses its lock within half a minute, and knows it (F-08)', async () => {
	FakeChannel.open = [];
	FakeChannel.frozen = false;
	vi.stubGlobal('BroadcastChannel', FakeChannel);
	const here = { locks: new FakeLocks() as unknown as LockManager };
	const [one, two] = [tab('a', here), tab('b', here)];
	await pass(60_000);
	expect([one.state.leads, two.state.leads]).toEqual([true, false]);
	// Its timers and messages stop; its lock is held all the same.
	FakeChannel.frozen = true;
	await pass(30_000);
	expect(two.state.leads).toBe(true);
	expect(one.state.leads).toBe(false);
	await one.close();
	await two.close();
});

test('where the browser has locks and refuses them, a lease does it', async () => {
	const refuses = () => Promise.reject(new DOMException('opaque origin', 'SecurityError'));
	const one = tab('a', { locks: { request: refuses } as unknown as LockManager });
	await pass(10);
	expect(one.state.leads).toBe(true);
	await one.close();
});

test('a leader whose lease ran out while it was frozen ends its term when it wakes (F-08)', async () => {
	const store = new MemoryStore().sync;
	let frozen = false;
	const sleepy: Election['store'] = {
		lease: (...args) => (frozen ? new Promise(() => {}) : store.lease(...args)),
		release: (...args) => store.release(...args)
	};
	const [one, two] = [tab('a', { store: sleepy }), tab('b', { store })];
	await pass(60_000);
	expect([one.state.leads, two.state.leads]).toEqual([true, false]);
	frozen = true;
	await pass(30_000);
	expect(two.state.leads).toBe(true);
	frozen = false;
	await pass(times.beat);
	expect(one.state.leads).toBe(false);
	await one.close();
	await two.close();
});
