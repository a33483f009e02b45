// `npm run soak`: the trials that take minutes, each a program of tests/soak/ that prints its result and ends
// with an error where it is bad. `npm run soak -- relay-kill` runs some of them.
import './oldest.mjs';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { postgresFolder } from './postgres.mjs';
import { root, runFile } from './runtime.mjs';
import { launch, Stop } from './stop.mjs';

launch(async () => {
	await ensureInstalled();
	const all = readdirSync(join(root, 'tests/soak'))
		.filter((name) => name.endsWith('.ts'))
		.map((name) => name.slice(0, -3));
	const asked = process.argv.slice(2);
	const unknown = asked.find((name) => !all.includes(name));
	if (unknown)
		throw new Stop(`No trial is named "${unknown}": ${all.join(', ')}, or nothing for all.`);
	const POSTGRES_BIN = (await postgresFolder()) ?? '';
	const failed = [];
	for (const name of asked.length ? asked : all) {
		console.log(`\n── ${name} ──`);
		if ((await runFile(`tests/soak/${name}.ts`, [], { POSTGRES_BIN })) !== 0) failed.push(name);
	}
	console.log(failed.length ? `\nFailed: ${failed.join(', ')}` : '\nAll is well.');
	return failed.length ? 1 : 0;
});
