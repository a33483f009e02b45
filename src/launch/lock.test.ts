import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { folderWith } from './fixture.ts';
import { withLock } from './lock.mjs';

const lockFile = () => join(folderWith({}), 'lock');
vi.spyOn(console, 'log').mockImplementation(() => {});

it('two that want to set up do so one after the other', async () => {
	const file = lockFile();
	let inside = 0;
	let most = 0;
	const work = async () => {
		most = Math.max(most, ++inside);
		await wait(50);
		inside--;
	};
	await Promise.all([withLock(work, file), withLock(work, file), withLock(work, file)]);
	expect(most).toBe(1);
	expect(existsSync(file)).toBe(false);
});

it('gives back what the work gives, and lets go when it fails', async () => {
	const file = lockFile();
	expect(await withLock(async () => 7, file)).toBe(7);
	const failing = withLock(async () => {
		throw new Error('no');
	}, file);
	await expect(failing).rejects.toThrow('no');
	expect(existsSync(file)).toBe(false);
});

it('a lock that a killed process left behind is taken after ten seconds without a sign', async () => {
	const file = lockFile();
	writeFileSync(file, '');
	const before = new Date(Date.now() - 11_000);
	utimesSync(file, before, before);
	expect(await withLock(async () => 'mine', file)).toBe('mine');
});
