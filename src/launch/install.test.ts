import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folderWith } from './fixture.ts';
import { isInstalled } from './install.mjs';

const one = { version: '1.0.0', integrity: 'sha512-one' };
const other = { version: '2.0.0', integrity: 'sha512-other' };
const record = 'node_modules/.package-lock.json';

const lock = (packages: object) => ({ packages: { '': { name: 'app' }, ...packages } });

it('nothing is installed where node_modules is missing', () => {
	expect(isInstalled(folderWith({ 'package-lock.json': lock({}) }))).toBe(false);
});

it('an installation that was cut off counts as none', () => {
	const folder = folderWith({
		'package-lock.json': lock({ 'node_modules/one': one }),
		'node_modules/one/package.json': one
	});
	expect(isInstalled(folder)).toBe(false);
});

it('packages that somebody installed by hand from the same lock file are taken, and stamped', () => {
	const folder = folderWith({
		'package-lock.json': lock({
			'node_modules/one': one,
			'node_modules/for-another-system': { ...other, optional: true }
		}),
		[record]: { packages: { 'node_modules/one': one } }
	});
	expect(isInstalled(folder)).toBe(true);
	expect(existsSync(join(folder, 'node_modules/.lock-stamp'))).toBe(true);
});

it.each([
	['a package of another version', { 'node_modules/one': other }],
	['a package that is missing', {}],
	['a package too many', { 'node_modules/one': one, 'node_modules/other': other }]
])('%s means another lock file', (_, packages) => {
	const folder = folderWith({
		'package-lock.json': lock({ 'node_modules/one': one }),
		[record]: { packages }
	});
	expect(isInstalled(folder)).toBe(false);
});

it('a lock file that changed since asks for another installation', () => {
	const folder = folderWith({
		'package-lock.json': lock({ 'node_modules/one': one }),
		[record]: { packages: { 'node_modules/one': one } }
	});
	expect(isInstalled(folder)).toBe(true);
	const stamp = readFileSync(join(folder, 'node_modules/.lock-stamp'), 'utf8');
	writeFileSync(
		join(folder, 'package-lock.json'),
		JSON.stringify(lock({ 'node_modules/one': other }))
	);
	expect(isInstalled(folder)).toBe(false);
	expect(readFileSync(join(folder, 'node_modules/.lock-stamp'), 'utf8')).toBe(stamp);
});
