import { expect, test } from 'vitest';
import { everyday, kept } from './seeds.ts';
import { simulate } from './run.ts';

const only = process.env.SEED;

/** `npm run soak` makes a thousand fresh ones; SEED=<n> repeats one. */
test.each(only ? [Number(only)] : [...kept, ...everyday])(
	'devices that lose lines, answers, their apps and their relay end equal, with all words (P5, SEED=%d)',
	{ timeout: 60_000 },
	async (seed) => {
		const { devices } = await simulate(seed);
		expect(devices).toBeGreaterThan(0);
	}
);
