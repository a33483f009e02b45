// `npm run soak`: the same set-up as the tests, then what takes minutes. `npm run soak -- simulation`
// (or another file of tests/soak) runs that one, and passes on what follows.
import './oldest.mjs';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { postgresFolder } from './postgres.mjs';
import { runFile } from './runtime.mjs';
import { launch } from './stop.mjs';

launch(async () => {
	await ensureInstalled();
	await ensureBuilt();
	await postgresFolder();
	return runFile('tests/soak/run.ts', process.argv.slice(2));
});
