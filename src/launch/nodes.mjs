/**
 * Vite's side of SvelteKit's nodes (a layout or a page with its `load`), each a file of its own.
 *
 * On a slow line a file costs four hundred bytes of head before its first byte. The nodes that every
 * page of a guide has hold nothing but names of the frame, which is there anyway: they are made part
 * of the app's start. And a node brings its `load` by name instead of as a namespace, for which the
 * bundler would add a file of helpers to every page. For the same reason SvelteKit's start takes of
 * Svelte what it calls.
 *
 * The app's start names two hundred files, and every reader pays for each letter of those names. Seven letters
 * of a hash (42 bits) instead of eight: among the files of fifty releases, one chance in 30,000 that two share a name.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The root, its error page, the frame of a language, the frame of a guide. */
const everywhere = [/\/src\/routes\/\+layout\./, /\/src\/routes\/\+error\./, /\]\/\+layout\./];
const start = /[\\/]@sveltejs[\\/]kit[\\/]src[\\/]runtime[\\/]client[\\/]client\.js$/;
const generated = /[\\/]generated[\\/]client(?:-optimized)?[\\/](app|nodes[\\/]\d+)\.js$/;

export function nodes() {
	return {
		name: 'nodes',
		enforce: 'pre',
		outputOptions(options) {
			if (this.environment?.name !== 'client') return;
			for (const kind of ['entryFileNames', 'chunkFileNames', 'assetFileNames']) {
				if (typeof options[kind] === 'string')
					options[kind] = options[kind].replace('[hash]', '[hash:7]');
			}
		},
		transform(code, id) {
			if (this.environment?.name !== 'client' || this.environment.mode !== 'build')
				return undefined;
			if (start.test(id)) return { code: withoutRest(code), map: null };
			const [, name] = generated.exec(id) ?? [];
			if (!name) return undefined;
			return { code: name === 'app' ? withNodes(code, dirname(id)) : byName(code, id), map: null };
		}
	};
}

/**
 * SvelteKit's start takes all of Svelte as a namespace, for versions that lack one of its functions:
 * with it comes what the app never calls. It gets those that it calls; `fork` is for an option that is off.
 */
const withoutRest = (code) =>
	code.replace(
		"import * as svelte from 'svelte';",
		"import { onMount as a, settled as b, tick as c, untrack as d } from 'svelte';\n" +
			'const svelte = { onMount: a, settled: b, tick: c, untrack: d };'
	);

/** The app's list of nodes, with those that are everywhere in it. */
function withNodes(code, folder) {
	const imports = [];
	const list = code.replace(/\(\) => import\('(\.\/nodes\/(\d+))'\)/g, (lazy, path, number) => {
		const id = join(folder, `${path}.js`);
		if (!isEverywhere(id)) return lazy;
		const node = readFileSync(id, 'utf8');
		const parts = [...node.matchAll(/\bexport \{ (?:default as )?(\w+) \}/g)].map(
			([, part]) => part
		);
		const names = parts.map((part) => `${part} as ${part}${number}`).join(', ');
		imports.push(['import {', names, '} from', JSON.stringify(`${path}.js`)].join(' '));
		const fields = parts.map((part) => `${part}: ${part}${number}`).join(', ');
		return `() => Promise.resolve({ ${fields} })`;
	});
	return `${imports.join(';\n')};\n${list}`;
}

/** Whether the file `id` is a node of every page. The numbers are SvelteKit's, and change. */
export function isEverywhere(id) {
	if (!/^nodes/.test(generated.exec(id)?.[1] ?? '')) return false;
	const code = readFileSync(id, 'utf8');
	return !code.includes('(work)') && everywhere.some((path) => path.test(code));
}

/** `import * as universal` as an object of the names that the file exports. */
function byName(code, id) {
	const [whole, path] = /import \* as universal from "([^"]+)";/.exec(code) ?? [];
	if (!whole) return code;
	const source = readFileSync(join(dirname(id), path), 'utf8');
	const names = [...source.matchAll(/^export (?:const|async function|function) (\w+)/gm)].map(
		([, name]) => name
	);
	return code
		.replace(whole, `import { ${names.join(', ')} } from "${path}";`)
		.replace('export { universal };', `export const universal = { ${names.join(', ')} };`);
}
