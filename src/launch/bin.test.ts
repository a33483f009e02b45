import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { binOf } from './bin.mjs';
import { folderWith } from './fixture.ts';

it.each(['vite', 'vitest', 'svelte-kit', 'svelte-check', 'playwright', 'prettier', 'eslint'])(
	'%s is a file of ours',
	(name) => {
		expect(existsSync(binOf(name))).toBe(true);
	}
);

it('a package of our own comes before the same command deep inside another', () => {
	const folder = folderWith({
		'package-lock.json': {
			packages: {
				'': { bin: { tool: 'ours.js' } },
				'node_modules/a/node_modules/tool': { bin: { tool: 'old.js' } },
				'node_modules/tool': { bin: { tool: 'new.js' } }
			}
		}
	});
	expect(binOf('tool', folder)).toBe(join(folder, 'node_modules/tool/new.js'));
});

it('a command that no package brings is named', () => {
	expect(() => binOf('rm')).toThrow('No package in package-lock.json brings a command named "rm".');
});
