// A lock, so that `npm start` in one terminal and `npm test` in another do not install or build into
// the same folders at once. It lives outside node_modules, which an installation deletes. The holder
// keeps touching it: process ids repeat after a restart in a container, and would lock it for ever.
import { createHash } from 'node:crypto';
import { rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from './runtime.mjs';

const name = createHash('sha256').update(`${root}\0${userInfo().uid}`).digest('hex').slice(0, 16);
const usual = join(tmpdir(), `e-strategy-guide-${name}.lock`);

const beat = 1000;
const dead = 10_000;

/** Does the work while no other process of this user does any; resolves to what the work resolves to. */
export async function withLock(work, file = usual) {
	for (let said = false; !take(file); said = true) {
		if (!said) console.log('Waiting for another process that sets up the same folder …');
		await wait(300);
	}
	const release = () => rmSync(file, { force: true });
	const heart = setInterval(() => touch(file), beat);
	process.once('exit', release);
	try {
		return await work();
	} finally {
		clearInterval(heart);
		process.off('exit', release);
		release();
	}
}

function take(file) {
	const { mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? {};
	if (mtimeMs !== undefined && Date.now() - mtimeMs > dead) rmSync(file, { force: true });
	try {
		writeFileSync(file, '', { flag: 'wx' });
		return true;
	} catch (error) {
		if (error.code === 'EEXIST') return false;
		throw error;
	}
}

function touch(file) {
	try {
		utimesSync(file, new Date(), new Date());
	} catch {
		// Somebody emptied the folder for temporary files: the work goes on without the lock.
	}
}
