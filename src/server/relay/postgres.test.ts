/** Several relays on one PostgreSQL, and a PostgreSQL that dies. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasPostgres, startPostgres, type Database } from '../../../tests/fixtures/postgres.ts';
import { ask, bytes64, Device, envelopeOf } from './fixture.ts';
import { endAll, launch } from './launched.ts';
import { killUnderLoad } from './trials.ts';

let database: Database;

describe.skipIf(!hasPostgres)('on PostgreSQL', { timeout: 90_000 }, () => {
	beforeAll(async () => void (database = await startPostgres()), 180_000);
	afterAll(() => database?.remove(), 60_000);
	afterEach(endAll);

	it('F-61 two processes hand live changes to each other, in order and without a gap', async () => {
		const DATABASE_URL = database.fresh();
		const [a, b] = [await launch({ DATABASE_URL }), await launch({ DATABASE_URL })];
		const one = await new Device(a.port).create();
		const two = await one.with('edit', b.port);
		const [first, second] = [await one.listen(), await two.listen()];
		await Promise.all(
			Array.from({ length: 30 }, async (_, i) => {
				await one.exchange([envelopeOf(i + 1)]);
				await two.exchange([envelopeOf(i + 1)]);
			})
		);
		const isLast = (frame: object) => 'seq' in frame && frame.seq === 60;
		for (const listening of [first, second]) {
			// The last one may be the device's own, of which it hears an end.
			await Promise.race([listening.until('envelope', isLast), listening.until('end', isLast)]);
			const seqs = listening.frames.flatMap((frame) =>
				frame.kind === 'envelope' ? [frame.seq] : []
			);
			expect(seqs).toHaveLength(30);
			expect([...seqs].sort((x, y) => x - y)).toEqual(seqs);
		}

		const note = new Uint8Array([7, 7, 7]);
		await one.ask('/here', { method: 'POST', body: note });
		expect(await second.until('here')).toEqual({ kind: 'here', lane: 1, role: 1, note });
		await two.json('DELETE', `/holders/${two.id}`);
		await second.until('gone');
		await first.until('holders');
		const other = await one.with('view', b.port);
		const third = await other.listen();
		await one.json('DELETE', `/holders/${other.id}`);
		await third.until('gone');
		first.close();
	});

	it('M-4 a phone at another process is given scenes, and nothing of the others', async () => {
		const DATABASE_URL = database.fresh();
		const [a, b] = [await launch({ DATABASE_URL }), await launch({ DATABASE_URL })];
		const host = await new Device(a.port).create();
		const link = await host.invite('participate');
		const [one, two] = [await link.joined(b.port), await link.joined(a.port)];
		const listening = await one.listen();
		await listening.until('hello');
		await two.exchange([envelopeOf(1)]);
		await two.ask('/here', { method: 'POST', body: new Uint8Array([7]) });
		await two.json('PUT', '/card', { card: 'YQ' });
		const scene = envelopeOf(1);
		await host.exchange([scene]);
		expect(await listening.until('envelope')).toMatchObject({ seq: 2, lane: 1, envelope: scene });
		await one.exchange([envelopeOf(1)]);
		await host.exchange([envelopeOf(2)]);
		await listening.until('envelope', (frame) => 'seq' in frame && frame.seq === 4);
		await host.json('DELETE', `/holders/${one.id}`);
		await listening.until('gone');
		const kinds = new Set(listening.frames.map(({ kind }) => kind));
		expect([...kinds].filter((kind) => kind === 'here' || kind === 'holders')).toEqual([]);
		const seqs = listening.frames.flatMap((one) => (one.kind === 'envelope' ? [one.seq] : []));
		expect(seqs).toEqual([2, 4]);
	});

	it('F-61 one process is killed: its devices go on at the other with their cursor', async () => {
		const DATABASE_URL = database.fresh();
		const [a, b] = [await launch({ DATABASE_URL }), await launch({ DATABASE_URL })];
		const one = await new Device(a.port).create();
		const two = await one.with('edit', b.port);
		await one.sync([envelopeOf(1)]);
		await two.sync();
		const listening = await two.listen();
		await b.kill('SIGKILL');
		await listening.ended;
		await one.sync([envelopeOf(2)]);
		two.port = a.port;
		const again = await two.listen();
		await again.until('envelope', (frame) => 'seq' in frame && frame.seq === 2);
		again.close();
	});

	it('F-45 killed under load: nothing acknowledged is lost, nothing is doubled', async () => {
		const DATABASE_URL = database.fresh();
		const start = (port: number) => launch({ DATABASE_URL, PORT: String(port) });
		const trial = await killUnderLoad(start, 2);
		expect(trial).toMatchObject({ kills: 2, lost: 0, doubled: 0, misplaced: 0 });
		expect(trial.acknowledged).toBeGreaterThan(20);
	});

	it('F-48 the database dies and comes back: 503, no acknowledgement, no crash, and on it goes', async () => {
		const server = await launch({ DATABASE_URL: database.fresh() });
		const one = await new Device(server.port).create();
		const two = await one.with('edit');
		await one.sync([envelopeOf(1)]);
		await two.sync();
		const listening = await two.listen();
		await listening.until('hello');
		await database.kill();
		const refused = await one.exchange([envelopeOf(2)]);
		expect(refused.status).toBe(503);
		expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
		expect(JSON.parse(refused.bytes.toString())).toEqual({ error: 'unavailable' });
		const health = await ask(server.port, '/api/health');
		expect(JSON.parse(health.bytes.toString())).toMatchObject({
			status: 'degraded',
			storage: 'postgres'
		});
		expect((await ask(server.port, '/en/')).status).toBe(200);

		await database.start();
		const push = [envelopeOf(3)];
		let status = 0;
		for (let tries = 0; status !== 200 && tries < 100; tries++) {
			status = (await one.exchange(push)).status;
			if (status !== 200) await wait(100);
		}
		expect(status).toBe(200);
		// The stream stayed open, and has what was committed while nobody could say so.
		await listening.until('envelope', (frame) => 'seq' in frame && frame.seq === 2);
		const isBack = await ask(server.port, '/api/health');
		expect(JSON.parse(isBack.bytes.toString())).toMatchObject({ status: 'ok' });
		expect(server.said().match(/"event":"storage"/g)).toHaveLength(2);
		expect(server.said()).not.toContain('"event":"error"');
		listening.close();
		expect(await server.kill('SIGTERM')).toBe(0);
	});

	it('S-14 the database’s files hold no token', async () => {
		const server = await launch({ DATABASE_URL: database.fresh() });
		const one = await new Device(server.port).create();
		await one.sync([envelopeOf(1)]);
		const { readFileSync, readdirSync, statSync } = await import('node:fs');
		const { join } = await import('node:path');
		let files = 0;
		for (const name of readdirSync(database.folder, { recursive: true, encoding: 'utf8' })) {
			const path = join(database.folder, name);
			const isFile = (() => {
				try {
					return statSync(path).isFile();
				} catch {
					return false;
				}
			})();
			if (!isFile) continue;
			const bytes = readFileSync(path);
			files++;
			expect(bytes.includes(Buffer.from(one.token))).toBe(false);
			expect(bytes.includes(bytes64(one.token))).toBe(false);
		}
		expect(files).toBeGreaterThan(100);
	});
});
