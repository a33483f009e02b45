import { expect, test } from 'vitest';
import { breath, breather } from './breath.ts';

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
