/**
 * `npm run soak`: every suite of this folder, each a program of its own that prints what it found and ends
 * with 0 where that is good. `npm run soak -- simulation 200` runs one, with its arguments.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;
const suites = readdirSync(folder)
	.filter((file) => file.endsWith('.ts') && file !== 'run.ts')
	.map((file) => file.slice(0, -'.ts'.length))
	.sort();
const [only, ...args] = process.argv.slice(2);
if (only !== undefined && !suites.includes(only)) {
	console.error(`No suite is named "${only}": ${suites.join(', ')}, or nothing for all.`);
	process.exit(2);
}

const results: { suite: string; result: string; seconds: number }[] = [];
for (const suite of only === undefined ? suites : [only]) {
	console.log(`\n── ${suite} ──`);
	const began = performance.now();
	const isGood = await passes(suite);
	const seconds = Math.round((performance.now() - began) / 1000);
	results.push({ suite, result: isGood ? 'good' : 'FAILED', seconds });
}
console.table(results);
process.exitCode = results.every(({ result }) => result === 'good') ? 0 : 1;

function passes(suite: string): Promise<boolean> {
	return new Promise((resolve) => {
		const program = [join(folder, `${suite}.ts`), ...args];
		const child = spawn(process.execPath, program, { stdio: 'inherit' });
		child.on('error', () => resolve(false));
		child.on('close', (code) => resolve(code === 0));
	});
}
