// The runtime: the Node that runs our TypeScript as it is. The one that started us where it is new
// enough, else the one that the project brings as an npm package.
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './child.mjs';
import { Stop } from './stop.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const needed = 24;

/** The path of a Node >= 24, or null where there is none yet. */
export function findRuntime(folder = root, current = process) {
	if (Number(current.versions.node.split('.')[0]) >= needed) return current.execPath;
	const { platform, arch } = current;
	const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
	const file = join(
		folder,
		'node_modules',
		name,
		'bin',
		platform === 'win32' ? 'node.exe' : 'node'
	);
	return existsSync(file) ? file : null;
}

/** Like `findRuntime`, but absence stops with what is too old and what to do. */
export function requireRuntime(folder = root, current = process) {
	const found = findRuntime(folder, current);
	if (found) return found;
	throw new Stop(
		`Node ${current.versions.node} is too old: the project runs on Node ${needed} or newer, and no ` +
			`package brings one for ${current.platform} on ${current.arch}. Install Node ${needed} from ` +
			'https://nodejs.org and try again.'
	);
}

/**
 * Runs a JavaScript or TypeScript file under the runtime, from the project's folder.
 * Resolves to its exit code. Programs that it starts as `node` get the same runtime.
 */
export function runFile(file, args = [], env = {}) {
	const runtime = requireRuntime();
	const PATH = dirname(runtime) + delimiter + (process.env.PATH ?? '');
	return run(runtime, [file, ...args], { cwd: root, env: { ...process.env, PATH, ...env } });
}
