import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
	envelope,
	newHolder,
	newWorkspace,
	now,
	relayStorageContract,
	room
} from '../../../tests/contract/relay-storage.ts';
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

	it('F-53 a process that dies right after it ended somebody has told the others', async () => {
		const url = database.fresh();
		const [one, other] = [await make(url), await make(url)];
		const heard: string[] = [];
		await other.listen((change) => {
			heard.push(change.kind);
		});
		const { w, access } = await newWorkspace(one);
		const said = async (kind: string) => {
			for (let tries = 0; tries < 100 && !heard.includes(kind); tries++) await wait(20);
			return heard.splice(0);
		};
		const link = { ...newHolder(), role: 'view' as const, until: 0, uses: 0 };
		// Nothing but the change itself: whoever made it says no more.
		expect(await one.invite(access, link, room)).toBeNull();
		expect(await said('holders')).toEqual(['holders']);
		const by = (await one.find(w, link.token))!;
		const device = newHolder();
		await one.join(by, device, room, now);
		expect(await said('holders')).toEqual(['holders']);
		const joined = (await one.find(w, device.token))!;
		await one.setCard(joined, Buffer.from('card'));
		expect(await said('holders')).toEqual(['holders']);
		// What was refused is no news.
		expect(await one.revoke(joined, access.id, false)).toEqual({ refused: 'role' });
		expect(await one.revoke(access, device.id, false)).toBeNull();
		expect(await said('holders')).toEqual(['holders']);
		const grants = [access, by].map(({ id }) => ({ id, bytes: randomBytes(9) }));
		await one.rotate(access, { epoch: 2, revoke: [], devices: false, grants }, now);
		expect(await said('holders')).toEqual(['holders']);
		expect(await one.remove(access, now)).toBeNull();
		expect(await said('gone')).toEqual(['gone']);
	});

	it('C-2 a log that is pruned while it is read is not passed over', async () => {
		const url = database.fresh();
		const storage = await make(url);
		const { w, device, access } = await newWorkspace(storage);
		const envelopes = [1, 2, 3, 4].map((counter) => envelope(1, counter));
		await storage.commit([{ w, token: device.token, envelopes }], room, now);
		const client = new pg.Client(url);
		await client.connect();
		try {
			// The log cannot be read while somebody works on it.
			await client.query('BEGIN; LOCK TABLE envelopes IN ACCESS EXCLUSIVE MODE');
			const reading = storage.read(access.ws, { after: 1, except: 0, bytes: 1_000_000 });
			const waits = `SELECT COUNT(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'`;
			for (let tries = 0; tries < 200; tries++) {
				if ((await client.query(waits)).rows[0].n > 0) break;
				await wait(10);
			}
			await client.query(
				'DELETE FROM envelopes WHERE seq <= 3; UPDATE workspaces SET floor = 3; COMMIT'
			);
			const page = await reading;
			// Either what was there before, whole, or that it is gone: never 4 as if 2 and 3 had been given.
			expect(page.floor).toBe(3);
			expect(page.mark).toBeNull();
		} finally {
			await client.end();
		}
	});

	it('two processes may start on an empty database at once', async () => {
		const url = database.fresh();
		const both = await Promise.all([make(url), make(url)]);
		for (const storage of both) expect(await storage.count()).toMatchObject({ workspaces: 0 });
	});
});
