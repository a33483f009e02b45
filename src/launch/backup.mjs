// `npm run backup`: a copy of the relay's database while the server runs. `npm run backup -- restore <file>`
// puts one back while it does not.
import './oldest.mjs';
import { ensureInstalled } from './install.mjs';
import { runFile } from './runtime.mjs';
import { launch } from './stop.mjs';

launch(async () => {
	await ensureInstalled();
	return runFile('src/server/backup.ts', process.argv.slice(2));
});
