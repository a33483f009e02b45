/**
 * The code's version: a hash over all that becomes script, style, interface word or thesaurus. Guides
 * are left out on purpose, so that a corrected sentence changes no script (and so no service worker).
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const parts = [
	'src',
	'static',
	'content/languages',
	'package-lock.json',
	'svelte.config.js',
	'vite.config.ts'
];
const notShipped = /\.test\.ts$|\.md$|^src\/(server|launch)\//;

export function codeVersion(root = process.cwd()) {
	const hash = createHash('sha256');
	for (const part of [...parts, ...thesauri(root)]) {
		for (const file of filesBelow(join(root, part))) {
			const name = relative(root, file).replaceAll('\\', '/');
			if (!notShipped.test(name)) hash.update(name).update(readFileSync(file));
		}
	}
	return hash.digest('hex').slice(0, 12);
}

/** Beside the shared pages, which are no script. */
function thesauri(root) {
	const shared = join('content', 'shared');
	if (!existsSync(join(root, shared))) return [];
	return readdirSync(join(root, shared))
		.sort()
		.map((lang) => join(shared, lang, 'thesaurus.json'));
}

function filesBelow(path) {
	if (!existsSync(path)) return [];
	if (!statSync(path).isDirectory()) return [path];
	return readdirSync(path)
		.sort()
		.flatMap((name) => filesBelow(join(path, name)));
}
