/**
 * P5: a thousand random runs of several devices over the real courier and relay (`tests/simulation/`).
 * Prints every seed that failed, with its story; `SEED=<n>` repeats one, a number runs that many.
 */
import { simulate } from '../simulation/run.ts';
import { kept, open } from '../simulation/seeds.ts';

const count = Number(process.argv[2] ?? 1000);
const only = process.env.SEED;
const start = Date.now() % 1_000_000_000;
const fresh = Array.from({ length: count }, (_, i) => start + i);
const seeds = only ? [Number(only)] : [...kept, ...open, ...fresh];

const failed: number[] = [];
const happened = new Map<string, number>();
let devices = 0;
let words = 0;
for (const [i, seed] of seeds.entries()) {
	try {
		const told = await simulate(seed);
		devices += told.devices;
		words += told.words;
		for (const [what, times] of told.counts) happened.set(what, (happened.get(what) ?? 0) + times);
	} catch (error) {
		failed.push(seed);
		console.error(`SEED=${seed}: ${error instanceof Error ? error.message : String(error)}`);
	}
	if (i % 100 === 99) console.log(`${i + 1} runs, ${failed.length} failed`);
}
console.table(Object.fromEntries([...happened].sort(([, a], [, b]) => b - a)));
console.log(
	`${seeds.length} runs (seeds ${seeds[0]} to ${seeds.at(-1)}): ${devices} devices ended equal, with ` +
		`${words} words. Failed: ${failed.length > 0 ? failed.join(', ') : 'none'}.`
);
process.exit(failed.length > 0 ? 1 : 0);
