/** The relay as a process that is killed, stopped, starved and listened to. SQLite; see also postgres.test.ts. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { parseFrames } from '#lib/sync/protocol.ts';
import { ask, bytes64, Device, envelopeOf } from './fixture.ts';
import { endAll, launch } from './launched.ts';
import { killUnderLoad } from './trials.ts';

const folders: string[] = [];
function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'relay-'));
	folders.push(folder);
	return folder;
}
afterEach(endAll);
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const has = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
const isLinux = process.platform === 'linux';

describe('F-45 killed under load', () => {
	it('nothing acknowledged is lost, nothing is doubled', { timeout: 60_000 }, async () => {
		const DATA_DIR = newFolder();
		const start = (port: number) => launch({ DATA_DIR, PORT: String(port) });
		const trial = await killUnderLoad(start, 3);
		expect(trial).toMatchObject({ kills: 3, lost: 0, doubled: 0, misplaced: 0 });
		expect(trial.acknowledged).toBeGreaterThan(50);
		expect(trial.repeated).toBeGreaterThan(0);
	});
});

describe('F-62 a stop under load', () => {
	it('answers what it took, ends streams, refuses what is new', { timeout: 20_000 }, async () => {
		const DATA_DIR = newFolder();
		const server = await launch({ DATA_DIR });
		const one = await new Device(server.port).create();
		const listening = await one.listen();
		await listening.until('hello');
		const answers = Array.from({ length: 30 }, (_, i) =>
			one.exchange([envelopeOf(i + 1)]).then(
				({ status }) => status,
				() => 0
			)
		);
		await Promise.race(answers);
		const started = Date.now();
		server.child.kill('SIGTERM');
		const statuses = await Promise.all(answers);
		expect(await server.ended).toBe(0);
		expect(Date.now() - started).toBeLessThan(5_000);
		await listening.ended;
		expect(listening.frames.map(({ kind }) => kind)).not.toContain('gone');
		for (const status of statuses) expect([0, 200, 503]).toContain(status);

		const again = await launch({ DATA_DIR });
		const reader = await Object.assign(one, { port: again.port }).with('view');
		const found = (await reader.sync()).filter(({ kind }) => kind === 'envelope').length;
		expect(found).toBeGreaterThanOrEqual(statuses.filter((status) => status === 200).length);
	});
});

const hasStrace = isLinux && has('strace', '-V');
if (!hasStrace)
	console.warn('*** strace is not installed: F-46 IS SKIPPED (apt-get install strace). ***');

describe.skipIf(!hasStrace)('F-46, X-3 the order of system calls', () => {
	it(
		'between the receipt of a push and its acknowledgement lies a flush',
		{ timeout: 30_000 },
		async () => {
			const DATA_DIR = newFolder();
			const trace = join(newFolder(), 'trace');
			const calls = 'trace=read,recvfrom,readv,write,writev,sendto,sendmsg,fsync,fdatasync';
			const server = await launch({ DATA_DIR }, [
				'strace',
				'-f',
				'-s',
				'48',
				'-e',
				calls,
				'-o',
				trace
			]);
			const one = await new Device(server.port).create();
			for (let n = 1; n <= 5; n++) await one.sync([envelopeOf(n)]);
			server.child.kill('SIGTERM');
			await server.ended;
			const address = `POST /api/sync/${bytes64(one.w)} `;
			let pushes = 0;
			let flushed: boolean | null = null;
			for (const line of readFileSync(trace, 'latin1').split('\n')) {
				if (line.includes(address)) [flushed, pushes] = [false, pushes + 1];
				else if (/\bf(data)?sync\(/.test(line) && flushed === false) flushed = true;
				else if (line.includes('HTTP/1.1 200') && flushed !== null) {
					expect(flushed, line).toBe(true);
					flushed = null;
				}
			}
			expect(pushes).toBe(5);
		}
	);
});

const mayMount = isLinux && process.getuid?.() === 0;
if (!mayMount) console.warn('*** Not root: F-47 with a real full disk IS SKIPPED. ***');

describe.skipIf(!mayMount)('F-47 a full disk', () => {
	it(
		'refuses pushes with 507, reads on, recovers by itself, and is whole',
		{ timeout: 30_000 },
		async (context) => {
			const DATA_DIR = newFolder();
			if (!has('mount', '-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', DATA_DIR)) {
				console.warn('*** No tmpfs can be mounted here: F-47 IS SKIPPED. ***');
				return context.skip();
			}
			try {
				const server = await launch({ DATA_DIR });
				const one = await new Device(server.port).create();
				const ballast = join(DATA_DIR, 'ballast');
				const statuses: number[] = [];
				let counter = 0;
				for (; counter < 200 && statuses.at(-1) !== 507;) {
					const answer = await one.exchange([envelopeOf(++counter, 1, randomBytes(40_000))]);
					statuses.push(answer.status);
					if (statuses.length === 5) writeFileSync(ballast, Buffer.alloc(500_000));
				}
				expect(new Set(statuses)).toEqual(new Set([200, 507]));
				const kept = statuses.filter((status) => status === 200).length;
				one.cursor = 0;
				const read = await one.sync([], { own: true });
				expect(read.filter(({ kind }) => kind === 'envelope').length).toBeGreaterThan(0);
				expect((await ask(server.port, '/en/')).status).toBe(200);

				rmSync(ballast);
				expect((await one.exchange([envelopeOf(counter + 1)])).status).toBe(200);
				const last = await one.sync([envelopeOf(counter + 2)]);
				expect(last.find(({ kind }) => kind === 'ack')).toMatchObject({ seq: kept + 2 });
				expect(await server.kill('SIGTERM')).toBe(0);
				const db = new DatabaseSync(join(DATA_DIR, 'relay.db'));
				expect(db.prepare('PRAGMA integrity_check').get()).toMatchObject({ integrity_check: 'ok' });
				expect(db.prepare('SELECT COUNT(*) AS n FROM envelopes').get()).toMatchObject({
					n: kept + 2
				});
				db.close();
				expect(server.said()).toContain('"event":"storage"');
			} finally {
				endAll();
				await wait(200);
				spawnSync('umount', ['-l', DATA_DIR]);
			}
		}
	);
});

describe.skipIf(!isLinux)('F-51 an endless body', () => {
	it('is refused before it is buffered: memory stays flat', { timeout: 30_000 }, async () => {
		const server = await launch({ DATA_DIR: newFolder() });
		const one = await new Device(server.port).create();
		const memory = () =>
			Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1000;
		const send = (head: string, chunk: Buffer, count: number) =>
			new Promise<string>((resolve) => {
				let heard = '';
				const socket = connect(server.port, '127.0.0.1', () => {
					socket.write(
						`POST /api/sync/${bytes64(one.w)} HTTP/1.1\r\nHost: x\r\n` +
							`Authorization: Bearer ${bytes64(one.token)}\r\n${head}\r\n\r\n`
					);
					let left = count;
					const more = () => {
						while (left-- > 0 && !socket.destroyed) if (!socket.write(chunk)) return;
						socket.end();
					};
					socket.on('drain', more);
					more();
				});
				socket.setEncoding('latin1');
				socket.on('data', (part) => (heard += part));
				socket.on('error', () => {});
				socket.on('close', () => resolve(heard));
			});
		const before = memory();
		const said = await send('Content-Length: 1000000000', Buffer.alloc(65_536), 1_000);
		expect(said).toMatch(/^HTTP\/1\.1 413 /);
		const chunk = Buffer.concat([
			Buffer.from('10000\r\n'),
			Buffer.alloc(65_536),
			Buffer.from('\r\n')
		]);
		const unsaid = await Promise.all(
			Array.from({ length: 20 }, () => send('Transfer-Encoding: chunked', chunk, 1_000))
		);
		// Whoever goes on sending may lose the answer with the connection.
		for (const answer of unsaid) expect(answer).toMatch(/^(HTTP\/1\.1 413 |$)/);
		expect(memory() - before).toBeLessThan(60);
		expect((await one.exchange([envelopeOf(1)])).status).toBe(200);
	});
});

describe('S-14, S-19 what the server keeps and says', () => {
	it(
		'holds no words, no tokens, no codes: nothing that was planted',
		{ timeout: 20_000 },
		async () => {
			const DATA_DIR = newFolder();
			const code = 'planted-code-4711';
			const server = await launch({
				DATA_DIR,
				SYNC_CODE: code,
				SYNC_METRICS_TOKEN: 'planted-token-4711'
			});
			const one = await new Device(server.port).create(code);
			const two = await one.with('edit');
			const planted = ['Ministry of Plums', 'Ada Nightingale', 'planted-name'];
			// Words where only a mistake would put them: in addresses, headers, and bodies that are refused.
			const words = encodeURIComponent(planted[0]!);
			await one.ask(`/live?cursor=${words}`);
			await one.ask(`/holders?who=${words}`, {
				headers: { 'user-agent': planted[1]!, referer: `http://x/${words}` }
			});
			await one.ask('/card', { method: 'PUT', body: JSON.stringify({ card: planted[1] }) });
			await one.ask('', { method: 'POST', body: Buffer.from(planted[2]!) });
			await ask(server.port, '/api/sync', {
				method: 'POST',
				body: JSON.stringify({ w: planted[0] })
			});
			await ask(server.port, `/api/sync/${words}`, { method: 'POST' });
			await one.sync([envelopeOf(1)]);
			await two.listen();
			const metrics = await ask(server.port, '/api/metrics', { token: 'planted-token-4711' });
			expect(metrics.bytes.toString()).toContain('relay_envelopes_total 1');
			expect(await server.kill('SIGTERM')).toBe(0);

			const secrets = [one, two].flatMap(({ token }) => [
				Buffer.from(token),
				Buffer.from(bytes64(token)),
				Buffer.from(Buffer.from(token).toString('hex'))
			]);
			const marks = [...planted, words, code, 'planted-token-4711'].flatMap((word) => [
				Buffer.from(word),
				Buffer.from(word, 'utf16le'),
				Buffer.from(Buffer.from(word).toString('base64').replace(/=+$/, '').slice(0, -1))
			]);
			const kept = readdirSync(DATA_DIR).map((name) => readFileSync(join(DATA_DIR, name)));
			kept.push(Buffer.from(server.said()), metrics.bytes);
			expect(Buffer.concat(kept).length).toBeGreaterThan(10_000);
			for (const mark of [...secrets, ...marks]) {
				for (const file of kept) expect(file.includes(mark), mark.toString('hex')).toBe(false);
			}
			// And the search finds what is there.
			expect(kept.some((file) => file.includes(Buffer.from('relay_workspaces')))).toBe(true);
			for (const line of server.said().split('\n')) {
				if (line.startsWith('{')) expect(() => JSON.parse(line)).not.toThrow();
			}
		}
	);
});

describe('a connection too many', () => {
	it('F-52 of one address is closed; streams beyond their number hear when to come again', async () => {
		const server = await launch({ DATA_DIR: newFolder(), SYNC_STREAMS: '3' });
		const one = await new Device(server.port).create();
		const streams = [await one.listen(), await one.listen(), await one.listen()];
		const refused = await one.listen();
		expect(refused.status).toBe(429);
		streams[0]!.close();
		await wait(100);
		expect((await one.listen()).status).toBe(200);
		const sockets = Array.from({ length: 560 }, () =>
			connect(server.port, '127.0.0.1').on('error', () => {})
		);
		let closed = 0;
		for (const socket of sockets) socket.on('close', () => closed++);
		await wait(400);
		expect(closed).toBeGreaterThan(20);
		expect(closed).toBeLessThan(120);
		for (const socket of sockets) socket.destroy();
		await wait(50);
		expect((await one.exchange([envelopeOf(1)])).status).toBe(200);
	});
});

it('an upgrade of the tables that was killed half-way is made again', async () => {
	const DATA_DIR = newFolder();
	mkdirSync(DATA_DIR, { recursive: true });
	const db = new DatabaseSync(join(DATA_DIR, 'relay.db'));
	db.exec('PRAGMA journal_mode = WAL; BEGIN; CREATE TABLE workspaces (x)');
	db.close();
	const server = await launch({ DATA_DIR });
	const one = await new Device(server.port).create();
	const frames = parseFrames(new Uint8Array((await one.exchange([envelopeOf(1)])).bytes));
	expect(frames.map(({ kind }) => kind)).toContain('ack');
});
