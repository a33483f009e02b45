import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { ask, writeBuild } from './fixture.ts';

// A process takes a while to start on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const build = writeBuild({ 'big.txt': 'x'.repeat(20_000_000) });
const running = new Set<ChildProcess>();
afterEach(() => running.forEach((child) => child.kill('SIGKILL')));
afterAll(() => build.remove());

function launch(env: Record<string, string>, folder = build.folder) {
	const DATA_DIR = mkdtempSync(join(build.folder, '.data-'));
	const child = spawn(process.execPath, [main, folder], { env: { PATH: '', DATA_DIR, ...env } });
	running.add(child);
	const said = { out: '', err: '' };
	child.stdout.on('data', (part) => (said.out += part));
	child.stderr.on('data', (part) => (said.err += part));
	const ended = new Promise<number | null>((resolve) =>
		child.on('close', (code) => {
			running.delete(child);
			resolve(code);
		})
	);
	const ready = async () => {
		while (!said.out.includes('Ctrl-C')) await wait(20);
		const port = Number(/localhost:(\d+)/.exec(said.out)?.[1]);
		return port;
	};
	return { child, said, ended, ready };
}

const lines = (text: string) =>
	text
		.trim()
		.split('\n')
		.map((line): unknown => JSON.parse(line));

describe('a start', () => {
	it('says where, and logs one line of JSON each for start and stop', async () => {
		const { child, said, ended, ready } = launch({ PORT: '0' });
		const port = await ready();
		expect((await ask(port, '/api/health')).status).toBe(200);
		child.kill('SIGTERM');
		expect(await ended).toBe(0);
		expect(said.out).toContain(`e-Strategy Guide is ready at http://localhost:${port}/`);
		expect(lines(said.err)).toMatchObject([{ event: 'start', port }, { event: 'stop' }]);
	});

	it('for a room says the address of the room', async () => {
		const { said, ready } = launch({ PORT: '0', HOST: '0.0.0.0' });
		const port = await ready();
		expect((await ask(port, '/en/')).status).toBe(200);
		expect(said.out).toContain(`http://localhost:${port}/`);
	});

	it('without sync stores nothing and says so', async () => {
		const { said, ready } = launch({ PORT: '0', SYNC: 'off' });
		const port = await ready();
		expect(JSON.parse((await ask(port, '/api/health')).body)).toMatchObject({ storage: 'none' });
		expect((await ask(port, '/api/sync', { method: 'POST' })).status).toBe(404);
		expect(lines(said.err)).toMatchObject([{ event: 'start', storage: 'none' }]);
	});

	it('with sync stores in SQLite, for its owner only', async () => {
		const { said, ready } = launch({ PORT: '0' });
		const port = await ready();
		expect(JSON.parse((await ask(port, '/api/health')).body)).toMatchObject({
			status: 'ok',
			storage: 'sqlite'
		});
		expect(lines(said.err)).toMatchObject([{ event: 'start', storage: 'sqlite' }]);
	});
});

describe('a start that cannot be ends with one sentence and no stack', () => {
	it.each<[string, Record<string, string>, RegExp]>([
		['a malformed port', { PORT: 'abc' }, /^PORT is set to "abc"; expected is a whole number.*\n$/],
		['an unknown limit', { SYNC_LIMIT: '1' }, /^SYNC_LIMIT is set, but .*\n$/],
		['a foreign address', { PORT: '0', HOST: '203.0.113.7' }, /^HOST is set to "203.0.113.7".*\n$/]
	])('%s', async (_, env, sentence) => {
		const { said, ended } = launch(env);
		expect(await ended).toBe(1);
		expect(said.err).toMatch(sentence);
	});

	it('a folder that another server uses', async () => {
		const DATA_DIR = mkdtempSync(join(build.folder, '.data-'));
		await launch({ PORT: '0', DATA_DIR }).ready();
		const { said, ended } = launch({ PORT: '0', DATA_DIR });
		expect(await ended).toBe(1);
		expect(said.err).toMatch(/^The folder .* is in use by another server\. .*\n$/);
	});

	it('a folder that is none', async () => {
		const { said, ended } = launch({ PORT: '0', DATA_DIR: main });
		expect(await ended).toBe(1);
		expect(said.err).toMatch(/^DATA_DIR is set to .*, where this program may not write.*\n$/);
	});

	it('a database that is not there, without its password', async () => {
		const DATABASE_URL = 'postgres://me:secret@127.0.0.1:9/app';
		const { said, ended } = launch({ PORT: '0', DATABASE_URL });
		expect(await ended).toBe(1);
		expect(said.err).toMatch(/^The database of DATABASE_URL cannot be used: nothing answers.*\n$/);
		expect(said.err).not.toContain('secret');
	});

	it('a port that is taken', async () => {
		const other = createServer().listen(0, '127.0.0.1');
		await new Promise((resolve) => other.once('listening', resolve));
		const { port } = other.address() as AddressInfo;
		const { said, ended } = launch({ PORT: String(port) });
		expect(await ended).toBe(1);
		expect(said.err).toBe(
			`Port ${port} is taken by another program. ` +
				`Stop that program, or choose another port: PORT=${port + 1} npm start\n`
		);
		other.close();
	});

	it('a build that is not there', async () => {
		const { said, ended } = launch({ PORT: '0' }, '/nowhere');
		expect(await ended).toBe(1);
		expect(said.err).toMatch(/^\/nowhere holds no built app: run "npm start".*\n$/);
	});

	it('a build whose list of languages is damaged', async () => {
		const odd = writeBuild({ 'languages.json': '[1]' });
		const { said, ended } = launch({ PORT: '0' }, odd.folder);
		expect(await ended).toBe(1);
		expect(said.err).toMatch(/^languages\.json of the build is not .*\n$/);
		odd.remove();
	});
});

describe('F-62 a stop under load', () => {
	it('finishes what it was answering and takes nothing new', async () => {
		const { child, ended, ready } = launch({ PORT: '0' });
		const port = await ready();
		let heard = 0;
		const reader = connect(port, '127.0.0.1', () => {
			reader.write('GET /big.txt HTTP/1.1\r\nHost: x\r\n\r\n');
		});
		await new Promise((resolve) => reader.once('data', resolve));
		reader.on('data', (part: Buffer) => (heard += part.length));
		reader.pause();
		child.kill('SIGTERM');
		await wait(300);
		await expect(ask(port, '/en/')).rejects.toThrow('ECONNREFUSED');
		reader.resume();
		const resumed = Date.now();
		expect(await ended).toBe(0);
		expect(Date.now() - resumed).toBeLessThan(2000);
		expect(heard).toBeGreaterThan(19_000_000);
	});

	it('ends within 5 s although a reader takes nothing', { timeout: 10_000 }, async () => {
		const { child, ended, ready } = launch({ PORT: '0' });
		const port = await ready();
		const reader = connect(port, '127.0.0.1', () => {
			reader.write('GET /big.txt HTTP/1.1\r\nHost: x\r\n\r\n');
		});
		reader.on('error', () => {});
		await new Promise((resolve) => reader.once('readable', resolve));
		const started = Date.now();
		child.kill('SIGTERM');
		expect(await ended).toBe(0);
		expect(Date.now() - started).toBeLessThan(5000);
		reader.destroy();
	});

	it('ends at once although connections idle', async () => {
		const { child, ended, ready } = launch({ PORT: '0' });
		const port = await ready();
		const idle = connect(port, '127.0.0.1', () =>
			idle.write('GET /fr/ HTTP/1.1\r\nHost: x\r\n\r\n')
		);
		await new Promise((resolve) => idle.once('data', resolve));
		const started = Date.now();
		child.kill('SIGINT');
		expect(await ended).toBe(0);
		expect(Date.now() - started).toBeLessThan(1500);
	});
});
