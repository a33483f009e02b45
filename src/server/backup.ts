/**
 * Backup and restore of the relay's SQLite file (`npm run backup`).
 *
 *   backup.ts [<file>]        a whole, compact copy, made while the server runs, and checked
 *   backup.ts restore <file>  puts a copy back; the server must be stopped, and what was there is kept. Lanes that were
 *                             given since the copy was made are left out, so that nobody new gets one of them
 *
 * Of a PostgreSQL database it says what to do, and ends with an error: a plan for the night that copies
 * nothing must not look as if it had.
 */
import {
	closeSync,
	copyFileSync,
	existsSync,
	fsyncSync,
	mkdirSync,
	openSync,
	renameSync,
	rmSync,
	statSync
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ConfigError, readConfig } from './config.ts';

/** One sentence for the operator. */
class BackupError extends Error {}

/** More devices than join a workspace between two backups (H-2). */
const leaveOutLanes = 'UPDATE workspaces SET lanes = lanes + 1000';

function main(args: string[]): string {
	const { sync } = readConfig(process.env);
	if (!sync) throw new BackupError('SYNC is off: this server keeps nothing that could be copied.');
	if (sync.database) {
		throw new BackupError(
			'The relay keeps its data in PostgreSQL (DATABASE_URL), which brings its own tool. To copy it while ' +
				'the server runs:\n  pg_dump --format=custom --file=relay.dump "$DATABASE_URL"\nTo put it back ' +
				'into an empty database:\n  pg_restore --no-owner --dbname="$DATABASE_URL" relay.dump\n' +
				'and then, before the server starts, so that no new device gets the number of one that joined since:\n' +
				`  psql "$DATABASE_URL" --command='${leaveOutLanes}'`
		);
	}
	const [first, second] = args;
	if (first === 'restore') return restore(sync.dataDir, second);
	return backUp(sync.dataDir, first);
}

function backUp(folder: string, wanted: string | undefined): string {
	const from = join(folder, 'relay.db');
	if (!existsSync(from)) {
		throw new BackupError(
			`There is no database in ${JSON.stringify(folder)}; set DATA_DIR as for the server.`
		);
	}
	const stamp = new Date().toISOString().replace(/[:.]/g, '-');
	const to = resolve(wanted ?? join(folder, 'backups', `relay-${stamp}.db`));
	if (existsSync(to)) throw new BackupError(`${to} is there already; nothing was written.`);
	mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
	const half = `${to}.half`;
	rmSync(half, { force: true });
	const db = new DatabaseSync(from, { timeout: 10_000 });
	try {
		// Made by the owner alone, before anything is in it.
		closeSync(openSync(half, 'wx', 0o600));
		db.prepare('VACUUM INTO ?').run(half);
	} finally {
		db.close();
	}
	const { workspaces, envelopes } = check(half);
	flush(half);
	renameSync(half, to);
	const size = (statSync(to).size / 1_000_000).toFixed(1);
	return `${to}: ${workspaces} workspaces, ${envelopes} envelopes, ${size} MB. It was read again and is whole.`;
}

function restore(folder: string, file: string | undefined): string {
	if (!file || !existsSync(file)) {
		throw new BackupError('Say which copy to put back: npm run backup -- restore <file>');
	}
	const { workspaces, envelopes } = check(file);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const lock = new DatabaseSync(join(folder, 'relay.lock'), { timeout: 0 });
	try {
		lock.exec('BEGIN EXCLUSIVE');
	} catch {
		throw new BackupError(
			`A server uses the folder ${JSON.stringify(folder)}: stop it first. Nothing was changed.`
		);
	}
	const now = join(folder, 'relay.db');
	const stamp = new Date().toISOString().replace(/[:.]/g, '-');
	const before = join(folder, `relay-before-${stamp}.db`);
	const next = join(folder, 'relay.db.next');
	copyFileSync(file, next);
	const db = new DatabaseSync(next);
	db.exec('PRAGMA journal_mode = DELETE');
	// A copy that is put back a second time must not give the lanes of the first time once more.
	const raise = db.prepare('UPDATE workspaces SET lanes = MAX(lanes, ?) WHERE w = ?');
	for (const { w, lanes } of lanesIn(now)) raise.run(lanes, w);
	db.exec(leaveOutLanes);
	db.close();
	flush(next);
	// What is still in the write-ahead log belongs to the old file, and would spoil the new one.
	for (const end of ['', '-wal', '-shm']) {
		if (existsSync(now + end)) renameSync(now + end, before + end);
	}
	renameSync(next, now);
	lock.close();
	return (
		`Put back: ${workspaces} workspaces, ${envelopes} envelopes. What was there before is ${before}. ` +
		'Start the server: devices notice that it went back, and bring what is missing.'
	);
}

/** How many lanes the database that is replaced has given; none where it cannot be read any more. */
function lanesIn(file: string): { w: Uint8Array; lanes: number }[] {
	if (!existsSync(file)) return [];
	try {
		const db = new DatabaseSync(file, { readOnly: true });
		const rows = db.prepare('SELECT w, lanes FROM workspaces').all();
		db.close();
		return rows.flatMap(({ w, lanes }) =>
			w instanceof Uint8Array && typeof lanes === 'number' ? [{ w, lanes }] : []
		);
	} catch {
		return [];
	}
}

/** Throws `BackupError` when it is no whole database of ours. */
function check(file: string): { workspaces: number; envelopes: number } {
	try {
		const db = new DatabaseSync(file, { readOnly: true });
		const [row] = db.prepare('PRAGMA integrity_check').all();
		if (row?.integrity_check !== 'ok') throw new Error('damaged');
		const count = (table: string) =>
			Number(db.prepare(`SELECT COUNT(*) AS n FROM ${table}`).get()?.n);
		const found = { workspaces: count('workspaces'), envelopes: count('envelopes') };
		db.close();
		return found;
	} catch {
		throw new BackupError(`${file} is no whole copy of the relay's database.`);
	}
}

function flush(file: string): void {
	const handle = openSync(file, 'r+');
	fsyncSync(handle);
	closeSync(handle);
}

try {
	console.log(main(process.argv.slice(2)));
} catch (error) {
	if (!(error instanceof BackupError || error instanceof ConfigError)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
