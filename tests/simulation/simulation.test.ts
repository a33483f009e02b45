import { expect, test } from 'vitest';
import { kept } from './seeds.ts';
import { simulate } from './run.ts';

const only = process.env.SEED;
const start = Date.now() % 1_000_000_000;
const fresh = Array.from({ length: 5 }, (_, i) => start + i);

/** `npm run soak` makes a thousand; SEED=<n> repeats one. */
test.each(only ? [Number(only)] : [...kept, ...fresh])(
	'devices that lose lines, answers, their apps and their relay end equal, with all words (P5, SEED=%d)',
	{ timeout: 60_000 },
	async (seed) => {
		const { devices } = await simulate(seed);
		expect(devices).toBeGreaterThan(0);
	}
);
