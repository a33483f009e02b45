import * as Y from 'yjs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Problem } from '#lib/model/problem.ts';
import { Saver } from './saver.ts';

/** Ten updates that are ten letters of one text. */
function letters(): Uint8Array[] {
	const doc = new Y.Doc();
	const list: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => list.push(update));
	for (const letter of 'abcdefghij') doc.getText('t').insert(doc.getText('t').length, letter);
	return list;
}
const textOf = (updates: Uint8Array[]) => {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	return doc.getText('t').toString();
};

function saving(append?: (update: Uint8Array) => Promise<void>) {
	const written: Uint8Array[] = [];
	const heard: string[] = [];
	const saver = new Saver(
		async (update) => {
			await append?.(update);
			written.push(update);
		},
		(state, problem) => heard.push(problem ? `${state} ${problem.code}` : state)
	);
	return { saver, written, heard };
}

afterEach(() => vi.useRealTimers());

describe('Saver', () => {
	test('an update is on its way a frame later, and saved when it was read back (P3)', async () => {
		vi.useFakeTimers();
		let readBack = () => {};
		let tries = 0;
		const { saver, heard } = saving(() => {
			tries++;
			return new Promise((resolve) => (readBack = resolve));
		});
		saver.add(letters()[0]!);
		expect(heard).toEqual(['saving']);
		await vi.advanceTimersByTimeAsync(50);
		expect(tries).toBe(1);
		expect(saver.pending).toHaveLength(1);
		readBack();
		await saver.flush();
		expect(heard).toEqual(['saving', 'saved']);
		expect(saver.pending).toHaveLength(0);
	});

	test('what is added in one frame, or while one is written, goes together and in order', async () => {
		const { saver, written, heard } = saving(() => new Promise((done) => setTimeout(done)));
		const [first, second, ...others] = letters();
		saver.add(first!);
		saver.add(second!);
		void saver.flush();
		await Promise.resolve();
		for (const update of others) saver.add(update);
		await saver.flush();
		expect(written).toHaveLength(2);
		expect(textOf(written.slice(0, 1))).toBe('ab');
		expect(textOf(written)).toBe('abcdefghij');
		expect(heard).toEqual(['saving', 'saved']);
	});

	test('nothing is said to be saved while anything is pending', async () => {
		const list = letters();
		const { saver, heard } = saving(async () => {
			const next = list.pop();
			if (next) saver.add(next);
		});
		saver.add(letters()[0]!);
		await saver.flush();
		expect(list).toEqual([]);
		expect(heard).toEqual(['saving', 'saved']);
	});

	test('an update that is added on hearing "saved" is saved too', async () => {
		const [first, second] = letters();
		const written: Uint8Array[] = [];
		const heard: string[] = [];
		const saver: Saver = new Saver(
			async (update) => void written.push(update),
			(state) => {
				heard.push(state);
				if (state === 'saved' && written.length === 1) saver.add(second!);
			}
		);
		saver.add(first!);
		await saver.flush();
		await saver.flush();
		expect(textOf(written)).toBe('ab');
		expect(heard.at(-1)).toBe('saved');
	});

	test('a refusal keeps everything, says why, and the next edit tries again (F-15)', async () => {
		let full = true;
		const { saver, written, heard } = saving(async () => {
			if (full) throw new Problem('storage-full');
		});
		const [first, second] = letters();
		saver.add(first!);
		await saver.flush();
		expect(heard).toEqual(['saving', 'failed storage-full']);
		expect(saver.pending).toEqual([first]);
		full = false;
		saver.add(second!);
		await saver.flush();
		expect(heard.slice(2)).toEqual(['saving', 'saved']);
		expect(textOf(written)).toBe('ab');
	});

	test('a lost connection is tried again by itself, ever less often (F-06)', async () => {
		vi.useFakeTimers();
		let tries = 0;
		const { saver, heard } = saving(async () => {
			if (++tries < 4) throw new Problem('storage-lost');
		});
		saver.add(letters()[0]!);
		await saver.flush();
		expect(tries).toBe(1);
		await vi.advanceTimersByTimeAsync(999);
		expect(tries).toBe(1);
		await vi.advanceTimersByTimeAsync(1);
		expect(tries).toBe(2);
		await vi.advanceTimersByTimeAsync(1000);
		expect(tries).toBe(2);
		await vi.advanceTimersByTimeAsync(5000);
		expect(heard.at(-1)).toBe('saved');
		expect(tries).toBe(4);
	});

	test('flushing nothing says nothing, and flushing never rejects', async () => {
		const { saver, heard } = saving(async () => {
			throw new Error('?');
		});
		await saver.flush();
		expect(heard).toEqual([]);
		saver.add(letters()[0]!);
		await expect(saver.flush()).resolves.toBeUndefined();
		expect(heard.at(-1)).toBe('failed unexpected');
	});

	test('a closed saver is silent', async () => {
		const { saver, heard } = saving();
		saver.close();
		saver.add(letters()[0]!);
		await saver.flush();
		expect(heard).toEqual([]);
	});
});
