import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));
const modules = readdirSync(here).filter((name) => name.endsWith('.mjs'));
/** At the start of a line: what stands in a string is code for others. */
const statement = /^(?:import|export)\s[^'";]*?from '([^']+)'|^import '([^']+)'/gm;
const importsOf = (name: string) =>
	[...readFileSync(here + name, 'utf8').matchAll(statement)].map(
		([, from, bare]) => from ?? bare ?? ''
	);

it.each(modules)(
	'%s runs before anything is installed: it leans on Node and its neighbours',
	(name) => {
		for (const path of importsOf(name)) {
			const isNode = builtinModules.includes(path.replace(/^node:/, ''));
			expect(isNode || path.startsWith('./'), path).toBe(true);
		}
	}
);

it.each(['start', 'test', 'check', 'bench', 'run', 'build'])(
	'%s.mjs looks at the version of Node before all else',
	(name) => {
		expect(importsOf(`${name}.mjs`)[0]).toBe('./oldest.mjs');
	}
);

it('too old a Node ends with a sentence', () => {
	const pretend =
		"Object.defineProperty(process, 'versions', { value: { node: '18.19.0' } });" +
		`await import(${JSON.stringify(here + 'start.mjs')})`;
	const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', pretend], {
		encoding: 'utf8'
	});
	expect(stderr).toMatch(/^Node 18\.19\.0 \(.*\) is too old: at least Node 20 is needed .*\n$/);
	expect(status).toBe(1);
});
