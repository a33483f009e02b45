// The JavaScript file behind a command of node_modules, as the lock file knows it: the same on every
// system, where node_modules/.bin holds links on one and batch files on another.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './runtime.mjs';
import { Stop } from './stop.mjs';

/** The path of a command such as `vite` or `svelte-kit`. */
export function binOf(name, folder = root) {
	const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
	const nested = (path) => path.split('node_modules/').length;
	const [found] = Object.entries(packages)
		.filter(([path, entry]) => path !== '' && entry.bin?.[name])
		.sort(([one], [other]) => nested(one) - nested(other));
	if (!found) throw new Stop(`No package in package-lock.json brings a command named "${name}".`);
	return join(folder, found[0], found[1].bin[name]);
}
