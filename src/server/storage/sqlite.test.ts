import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { relayStorageContract } from '../../../tests/contract/relay-storage.ts';
import { sqliteSteps } from './schema.ts';
import { findAccess } from './sql.ts';
import { FolderError, openSqlite } from './sqlite.ts';
import type { RelayStorage } from './storage.ts';

const open: RelayStorage[] = [];
const folders: string[] = [];
const newFolder = () => {
	const folder = mkdtempSync(join(tmpdir(), 'relay-'));
	folders.push(folder);
	return folder;
};
function make(folder = newFolder()): RelayStorage {
	const storage = openSqlite(folder);
	open.push(storage);
	return storage;
}
afterEach(async () => {
	for (const storage of open.splice(0)) await storage.close();
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

relayStorageContract('SQLite', async () => make());

it('O-7, F-53 a token is looked for before the workspace: an unknown one costs the same', () => {
	const db = new DatabaseSync(':memory:');
	for (const text of sqliteSteps.flat()) db.exec(text);
	const plan = db
		.prepare(`EXPLAIN QUERY PLAN ${findAccess}`)
		.all(new Uint8Array(32), new Uint8Array(16));
	expect(plan.map(({ detail }) => String(detail).replace(/ \(.*/, ''))).toEqual([
		'SEARCH h USING INDEX holders_token',
		'SEARCH s USING INTEGER PRIMARY KEY'
	]);
	db.close();
});

describe('the folder', () => {
	it('is made, and belongs to its owner only', () => {
		const folder = join(newFolder(), 'a', 'b');
		make(folder);
		expect(statSync(folder).mode & 0o777).toBe(0o700);
		for (const name of ['relay.db', 'relay.db-wal']) {
			expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
		}
	});

	it('serves one server at a time', async () => {
		const folder = newFolder();
		const first = make(folder);
		expect(() => openSqlite(folder)).toThrow(FolderError);
		expect(() => openSqlite(folder)).toThrow('in use by another server');
		await first.close();
		open.length = 0;
		make(folder);
	});
});
