// The installation: node_modules as package-lock.json says. Install scripts stay off; the packages
// that we hire work without.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { run } from './child.mjs';
import { syncTypes } from './prepare.mjs';
import { root } from './runtime.mjs';
import { Stop } from './stop.mjs';

/** Installs when node_modules is missing or was made from another lock file; else does nothing. */
export async function ensureInstalled() {
	if (isInstalled()) return;
	await withLock(async () => {
		if (!isInstalled()) await install();
	});
}

/** True when the folder's node_modules was made from its package-lock.json. */
export function isInstalled(folder = root) {
	const stamp = stampOf(folder);
	const digest = digestOf(folder);
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return true;
	if (!agrees(folder)) return false;
	writeFileSync(stamp, digest);
	return true;
}

async function install() {
	const started = Date.now();
	console.log('Installing the pinned packages into node_modules (npm ci) …');
	// With NODE_ENV=production npm would leave out what the build needs.
	const args = 'ci --ignore-scripts --no-audit --no-fund --include=dev --include=optional'.split(
		' '
	);
	const code = await npm([...args, '--loglevel=error']);
	if (code !== 0) {
		throw new Stop(
			`The packages could not be installed: npm ci ended with code ${code}, and says why above. ` +
				'The first start needs a line to the npm registry; later starts do not.'
		);
	}
	writeFileSync(stampOf(root), digestOf(root));
	// npm would have done this in the prepare hook, which is a script too.
	await syncTypes();
	console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

function npm(args) {
	const cli = process.env.npm_execpath;
	if (cli?.endsWith('npm-cli.js')) return run(process.execPath, [cli, ...args], { cwd: root });
	// On Windows npm is a batch file, which only a shell starts.
	return run('npm', args, { cwd: root, shell: process.platform === 'win32' });
}

const stampOf = (folder) => join(folder, 'node_modules', '.lock-stamp');

const digestOf = (folder) =>
	createHash('sha256')
		.update(readFileSync(join(folder, 'package-lock.json')))
		.digest('hex');

/**
 * Somebody may have installed by hand, so that there is no stamp: npm's own record of what it put into
 * node_modules tells. Optional packages of other platforms may be absent; nothing may be different.
 */
function agrees(folder) {
	const record = join(folder, 'node_modules', '.package-lock.json');
	if (!existsSync(record)) return false;
	const wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
	const present = JSON.parse(readFileSync(record, 'utf8')).packages;
	const same = Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
		if (path === '') return true;
		const other = present[path];
		return other ? other.version === version && other.integrity === integrity : optional === true;
	});
	return same && Object.keys(present).every((path) => path in wanted);
}
