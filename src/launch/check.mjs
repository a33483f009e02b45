// `npm run check`: looks, lint, types, content. Every step runs, so that all that is wrong shows at once.
import './oldest.mjs';
import { binOf } from './bin.mjs';
import { ensureInstalled } from './install.mjs';
import { syncTypes } from './prepare.mjs';
import { runFile } from './runtime.mjs';
import { isEntry, launch } from './stop.mjs';

const steps = {
	format: () => runFile(binOf('prettier'), ['--check', '.']),
	lint: () => runFile(binOf('eslint'), ['.']),
	types: async () =>
		(await syncTypes()) || runFile(binOf('svelte-check'), ['--tsconfig', './tsconfig.json']),
	content: () => runFile('src/lib/guide/check.ts')
};

/** Runs every step and resolves to the names of those that passed and those that failed. */
export async function check() {
	const passed = [];
	const failed = [];
	for (const [name, step] of Object.entries(steps)) {
		console.log(`\n── check: ${name} ──`);
		((await step()) === 0 ? passed : failed).push(name);
	}
	return { passed, failed };
}

if (isEntry(import.meta)) {
	launch(async () => {
		await ensureInstalled();
		const { passed, failed } = await check();
		console.log(
			failed.length ? `\nFailed: ${failed.join(', ')}` : `\nAll passed: ${passed.join(', ')}`
		);
		return failed.length ? 1 : 0;
	});
}
