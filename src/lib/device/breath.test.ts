import { afterEach, expect, test, vi } from 'vitest';
import { breath, breather, drawn } from './breath.ts';

const work = (ms: number) => {
	for (const end = performance.now() + ms; performance.now() < end;);
};

test('whatever else waits has its turn during a breath', async () => {
	let heard = false;
	const key = new MessageChannel();
	key.port1.onmessage = () => {
		heard = true;
		key.port1.close();
	};
	key.port2.postMessage('key');
	await Promise.resolve();
	expect(heard).toBe(false);
	await breath();
	await breath();
	expect(heard).toBe(true);
});

test('long work is cut, short work is not', async () => {
	let turns = 0;
	const timer = setInterval(() => turns++, 1);
	const breathe = breather(20);
	for (let n = 0; n < 3; n++) await breathe();
	expect(turns).toBe(0);
	for (let n = 0; n < 4; n++) {
		work(25);
		await breathe();
	}
	clearInterval(timer);
	expect(turns).toBeGreaterThanOrEqual(2);
});

afterEach(() => vi.unstubAllGlobals());

test('what waits for the drawing comes after the frame, and on a hidden page all the same', async () => {
	const frames: (() => void)[] = [];
	vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
	let isDrawn = false;
	const waiting = drawn().then(() => (isDrawn = true));
	await breath();
	expect(isDrawn).toBe(false);
	for (const frame of frames) frame();
	// Still within the frame.
	expect(isDrawn).toBe(false);
	await waiting;
	vi.unstubAllGlobals();
	await drawn();
});
