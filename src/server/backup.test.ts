import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Device, envelopeOf } from './relay/fixture.ts';
import { endAll, launch } from './relay/launched.ts';

const folders: string[] = [];
function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'backup-'));
	folders.push(folder);
	return folder;
}
afterEach(endAll);
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const file = fileURLToPath(new URL('./backup.ts', import.meta.url));
function backup(env: Record<string, string>, ...args: string[]) {
	const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
		env: { PATH: '', ...env },
		encoding: 'utf8'
	});
	return { status, said: stdout + stderr };
}

describe('a backup', { timeout: 30_000 }, () => {
	it('F-55 is made while the server runs, put back, and the devices notice and heal', async () => {
		const DATA_DIR = newFolder();
		const server = await launch({ DATA_DIR });
		const one = await new Device(server.port).create();
		const two = await one.with('edit');
		await one.sync([envelopeOf(1), envelopeOf(2)]);
		await two.sync();

		const to = join(newFolder(), 'copy.db');
		const made = backup({ DATA_DIR }, to);
		expect(made).toMatchObject({ status: 0 });
		expect(made.said).toContain('1 workspaces, 2 envelopes');
		expect(statSync(to).mode & 0o077).toBe(0);
		const late = envelopeOf(3);
		await one.sync([late]);
		expect(backup({ DATA_DIR }, 'restore', to)).toMatchObject({
			status: 1,
			said: expect.stringContaining('stop it first')
		});

		await server.kill('SIGKILL');
		const restored = backup({ DATA_DIR }, 'restore', to);
		expect(restored).toMatchObject({ status: 0 });
		expect(readdirSync(DATA_DIR).some((name) => name.startsWith('relay-before-'))).toBe(true);
		const again = await launch({ DATA_DIR });
		Object.assign(one, { port: again.port });
		Object.assign(two, { port: again.port });
		const frames = await one.sync();
		expect(frames.map(({ kind }) => kind)).toContain('rewound');
		// What the relay lost comes back from who has it; the other one hears it.
		one.cursor = 0;
		await one.sync([late]);
		const heard = await two.sync();
		expect(heard.filter(({ kind }) => kind === 'envelope')).toMatchObject([{ seq: 3 }]);
	});

	it('H-2 nobody new gets the lane of a device that joined since, and that one gets it back', async () => {
		const DATA_DIR = newFolder();
		const server = await launch({ DATA_DIR });
		const one = await new Device(server.port).create();
		const link = await one.invite('contribute');
		const two = await link.joined();
		const to = join(newFolder(), 'copy.db');
		backup({ DATA_DIR }, to);
		const three = await link.joined();
		const four = await link.joined();
		expect([two, three, four].map(({ lane }) => lane)).toEqual([2, 3, 4]);
		await server.kill('SIGTERM');
		expect(backup({ DATA_DIR }, 'restore', to)).toMatchObject({ status: 0 });
		const { port } = await launch({ DATA_DIR });
		Object.assign(link, { port });
		Object.assign(four, { port });

		expect((await link.joined()).lane).toBe(1_005);
		expect((await four.exchange()).status).toBe(404);
		const again = { ...four.part(), lane: 4 };
		expect(await link.json('POST', '/join', again)).toMatchObject({ status: 200, lane: 4 });
		// The answer was lost; and its old token holds again.
		expect(await link.json('POST', '/join', again)).toMatchObject({ status: 200, lane: 4 });
		const [ack] = (await four.sync([envelopeOf(9)])).filter(({ kind }) => kind === 'ack');
		expect(ack).toMatchObject({ counter: 9 });
		const liar = new Device(port, one.w);
		expect(await link.json('POST', '/join', { ...liar.part(), lane: 4 })).toMatchObject({
			lane: 1_006
		});
		const odd = { ...new Device(port, one.w).part(), lane: 'x' };
		expect(await link.json('POST', '/join', odd)).toMatchObject({ status: 400 });
		expect((await link.joined(port)).lane).toBe(1_007);
	});

	it('H-2 put back twice, the second time leaves out the lanes of the first', async () => {
		const DATA_DIR = newFolder();
		const server = await launch({ DATA_DIR });
		const one = await new Device(server.port).create();
		const link = await one.invite('contribute');
		const to = join(newFolder(), 'copy.db');
		backup({ DATA_DIR }, to);
		await server.kill('SIGKILL');
		const lanes: number[] = [];
		for (let time = 0; time < 2; time++) {
			expect(backup({ DATA_DIR }, 'restore', to)).toMatchObject({ status: 0 });
			const again = await launch({ DATA_DIR });
			Object.assign(link, { port: again.port });
			lanes.push((await link.joined()).lane);
			await again.kill('SIGKILL');
		}
		expect(lanes).toEqual([1_002, 2_003]);
	});

	it('goes to a folder of its own where no file is named', async () => {
		const DATA_DIR = newFolder();
		await (await launch({ DATA_DIR })).kill('SIGTERM');
		expect(backup({ DATA_DIR })).toMatchObject({ status: 0 });
		const [name] = readdirSync(join(DATA_DIR, 'backups'));
		expect(name).toMatch(/^relay-.*\.db$/);
	});

	it('never writes over anything, and never calls half a copy whole', async () => {
		const DATA_DIR = newFolder();
		await (await launch({ DATA_DIR })).kill('SIGTERM');
		const there = join(newFolder(), 'notes.txt');
		writeFileSync(there, 'mine');
		expect(backup({ DATA_DIR }, there)).toMatchObject({ status: 1 });
		const to = join(newFolder(), 'copy.db');
		backup({ DATA_DIR }, to);
		truncateSync(to, 9_000);
		expect(backup({ DATA_DIR }, 'restore', to)).toMatchObject({
			status: 1,
			said: expect.stringContaining('no whole copy')
		});
		expect(backup({ DATA_DIR }, 'restore', there)).toMatchObject({ status: 1 });
		expect(backup({ DATA_DIR }, 'restore')).toMatchObject({ status: 1 });
	});

	it('where there is nothing, or another database, says so in a sentence and fails', () => {
		expect(backup({ DATA_DIR: newFolder() })).toMatchObject({
			status: 1,
			said: expect.stringContaining('no database')
		});
		const of = backup({ DATABASE_URL: 'postgres://me:secret@db/app' });
		expect(of).toMatchObject({ status: 1, said: expect.stringContaining('pg_dump') });
		expect(of.said).not.toContain('secret');
		expect(of.said).toContain(
			'psql "$DATABASE_URL" --command=\'UPDATE workspaces SET lanes = lanes + 1000\''
		);
		expect(backup({ SYNC: 'off' })).toMatchObject({ status: 1 });
	});
});
