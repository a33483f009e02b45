// `npm start`: installs and builds what is missing, then hands over to the server.
import './oldest.mjs';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { runFile } from './runtime.mjs';
import { launch } from './stop.mjs';

launch(async () => {
	await ensureInstalled();
	await ensureBuilt();
	return runFile('src/server/main.ts', process.argv.slice(2));
});
