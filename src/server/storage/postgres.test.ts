import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { relayStorageContract } from '../../../tests/contract/relay-storage.ts';
import { hasPostgres, startPostgres, type Database } from '../../../tests/fixtures/postgres.ts';
import { openPostgres } from './postgres.ts';
import type { RelayStorage } from './storage.ts';

let database: Database;
const open: RelayStorage[] = [];

describe.skipIf(!hasPostgres)('with a real server', { timeout: 60_000 }, () => {
	beforeAll(async () => void (database = await startPostgres('fsync=off')), 180_000);
	afterAll(() => database?.remove(), 60_000);
	afterEach(async () => {
		for (const storage of open.splice(0)) await storage.close();
	});
	const make = async (url = database.fresh()) => {
		const storage = await openPostgres(url);
		open.push(storage);
		return storage;
	};

	relayStorageContract('PostgreSQL', make);

	it('a server that does not wait for its disk is named', async () => {
		const storage = await openPostgres(database.fresh());
		open.push(storage);
		expect(storage.notices.join()).toContain('fsync = off');
	});

	it('two processes may start on an empty database at once', async () => {
		const url = database.fresh();
		const both = await Promise.all([make(url), make(url)]);
		for (const storage of both) expect(await storage.count()).toMatchObject({ workspaces: 0 });
	});
});
