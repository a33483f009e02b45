// Runs a command of node_modules, or a file of ours, under the runtime:
//   node src/launch/run.mjs vite dev
//   node src/launch/run.mjs src/lib/guide/check.ts
import './oldest.mjs';
import { binOf } from './bin.mjs';
import { ensureInstalled } from './install.mjs';
import { runFile } from './runtime.mjs';
import { launch, Stop } from './stop.mjs';

const [what, ...args] = process.argv.slice(2);

launch(async () => {
	if (!what) throw new Stop('Say what to run: a command such as "vite dev", or a file.');
	await ensureInstalled();
	return runFile(/\.(ts|js|mjs)$/.test(what) ? what : binOf(what), args);
});
