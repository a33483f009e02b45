// `npm run bench`: the same set-up as the tests, then the measurements.
import './oldest.mjs';
import { browserPath } from './browser.mjs';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { runFile } from './runtime.mjs';
import { launch } from './stop.mjs';

launch(async () => {
	await ensureInstalled();
	await ensureBuilt();
	const CHROMIUM_PATH = await browserPath();
	return runFile('tests/bench/run.ts', process.argv.slice(2), { CHROMIUM_PATH });
});
