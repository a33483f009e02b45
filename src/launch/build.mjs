// The build: build/ as the sources say. Its stamp is removed before and written after, so that a build
// that was killed counts as none. Started by itself, this file builds in any case.
import './oldest.mjs';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { binOf } from './bin.mjs';
import { ensureInstalled } from './install.mjs';
import { withLock } from './lock.mjs';
import { root, runFile } from './runtime.mjs';
import { isEntry, launch, Stop } from './stop.mjs';

const sources = [
	'content',
	'src',
	'static',
	'package.json',
	'package-lock.json',
	'svelte.config.js',
	'tsconfig.json',
	'vite.config.ts'
];
const stamp = join(root, 'build', '.stamp');

/** Builds when build/ is missing or was made from other sources; else does nothing. */
export async function ensureBuilt() {
	if (isBuilt()) return;
	await withLock(async () => {
		if (!isBuilt()) await build();
	});
}

async function build() {
	const started = Date.now();
	console.log('Building the app into build/ (vite build) …');
	const digest = digestOf(root);
	rmSync(stamp, { force: true });
	const code = await runFile(binOf('vite'), ['build']);
	if (code !== 0) throw new Stop(`The build failed with code ${code}; the reason stands above.`);
	writeFileSync(stamp, digest);
	console.log(`Built in ${Math.round((Date.now() - started) / 1000)} s.`);
}

const isBuilt = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === digestOf(root);

/** One hash over the names and bytes of everything that the build is made from. */
export function digestOf(folder) {
	const hash = createHash('sha256');
	for (const name of sources.flatMap((source) => filesIn(folder, source))) {
		const bytes = readFileSync(join(folder, name));
		hash.update(`${name}\0${bytes.length}\0`).update(bytes);
	}
	return hash.digest('hex');
}

function filesIn(folder, name) {
	const path = join(folder, name);
	if (!existsSync(path)) return [];
	if (!statSync(path).isDirectory()) return [name];
	return readdirSync(path)
		.sort()
		.flatMap((child) => filesIn(folder, `${name}/${child}`));
}

if (isEntry(import.meta)) {
	launch(async () => {
		await ensureInstalled();
		await withLock(build);
		return 0;
	});
}
