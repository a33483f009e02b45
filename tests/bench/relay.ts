/**
 * The relay under load: bytes of an edit, what a day away costs, pushes a second against the yardstick
 * (`bare.ts`) in the same run, times, processor and memory. See the README of this folder.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import { toBase64url } from '#lib/crypto/bytes.ts';
import { hashToken, newAddress, newDeviceKeys, newHolderId } from '#lib/crypto/keys.ts';
import { randomBytes } from '#lib/crypto/random.ts';
import { createDocument, setAnswer } from '#lib/sync/document.ts';
import { sealUpdate } from '#lib/sync/envelope.ts';
import { parseFrames, roles, writeRequest } from '#lib/sync/protocol.ts';
import { writeBuild } from '../../src/server/fixture.ts';
import { Line, requestOf } from './line.ts';
import type { Load, Loaded } from './load.ts';
import type { Figure } from './run.ts';

const workspaces = 200;
const devices = 5;
const ticks = 100;

export async function relay(): Promise<Figure[]> {
	const build = writeBuild();
	try {
		return [
			...(await withServer(build.folder, (server) => bytes(server.port))),
			...(await throughput(build.folder)),
			...(await large(build.folder))
		];
	} finally {
		build.remove();
	}
}

interface Running {
	port: number;
	/** Seconds of processor time so far, and megabytes now. */
	cpu: () => number;
	memory: () => number;
	/** Megabytes at most so far. */
	peak: () => number;
}

/** Runs `use` with a relay in a folder of its own, on the disk that holds temporary files. */
async function withServer<T>(site: string, use: (server: Running) => Promise<T>): Promise<T> {
	const folder = mkdtempSync(join(tmpdir(), 'bench-'));
	const env = {
		...process.env,
		PORT: '0',
		HOST: '127.0.0.1',
		DATA_DIR: folder,
		DATABASE_URL: process.env.BENCH_DATABASE_URL ?? '',
		// Everybody comes from one address, and as fast as can be.
		SYNC_ADDRESS_RATE: '100000000',
		SYNC_RATE: '1000000',
		SYNC_CREATE_RATE: '1000000',
		SYNC_STREAMS: '100000'
	};
	return run(['src/server/main.ts', site], env, folder, use);
}

/** Runs `use` with a yardstick, likewise. */
async function withBare<T>(
	way: 'loop' | 'together',
	use: (server: Running) => Promise<T>
): Promise<T> {
	const folder = mkdtempSync(join(tmpdir(), 'bench-'));
	return run(['tests/bench/bare.ts', folder, way], process.env, folder, use);
}

async function run<T>(
	args: string[],
	env: NodeJS.ProcessEnv,
	folder: string,
	use: (server: Running) => Promise<T>
): Promise<T> {
	const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
	try {
		const port = await portOf(child);
		const status = (name: string) => {
			const text = readFileSync(`/proc/${child.pid}/status`, 'utf8');
			return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)?.[1]) / 1000;
		};
		return await use({
			port,
			cpu: () => {
				const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
				return (Number(fields[11]) + Number(fields[12])) / ticks;
			},
			memory: () => status('VmRSS'),
			peak: () => status('VmHWM')
		});
	} finally {
		const ended = once(child, 'exit');
		child.kill('SIGTERM');
		await ended;
		rmSync(folder, { recursive: true, force: true });
	}
}

function portOf(child: ChildProcess): Promise<number> {
	return new Promise((resolve, reject) => {
		let said = '';
		child.stdout!.on('data', (chunk) => {
			said += chunk;
			const port = /localhost:(\d+)\/[^]*Ctrl-C/.exec(said)?.[1];
			if (port) resolve(Number(port));
		});
		child.on('exit', () => reject(new Error(`it did not start: ${said}`)));
	});
}

async function loaded(server: Running, load: Omit<Load, 'port'>) {
	const args = ['tests/bench/load.ts', JSON.stringify({ ...load, port: server.port })];
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
	let out = '';
	let cpu = 0;
	let trouble = '';
	child.stdout.on('data', (chunk) => (out += chunk));
	child.stderr.on('data', (chunk: Buffer) => {
		const said = chunk.toString();
		if (said.includes('begin')) cpu = -server.cpu();
		else if (said.includes('end')) cpu += server.cpu();
		else trouble += said;
	});
	await once(child, 'close');
	if (!out) throw new Error(`the load ended: ${trouble}`);
	const result: Loaded = JSON.parse(out);
	return { ...result, cpuPer1000: (cpu / result.pushes) * 1000 };
}

/** Envelopes of an answer with two lines of note, as measured with the client's own code. */
async function bytes(port: number): Promise<Figure[]> {
	const edits = editor();
	const two = await pair(port);
	const [typical] = edits(1);
	const alone = two.first.seal(typical!);
	const before = two.heard();
	const sent = await two.first.push([alone]);
	await two.quiet();
	const down = two.heard() - before;
	const ten = await two.first.push(edits(10).map((update) => two.first.seal(update)));

	// A day: the other has written 500 changes, one envelope each; this one 50, which the client merges.
	two.close();
	for (let n = 0; n < 500; n += 50) {
		await two.first.push(edits(50).map((update) => two.first.seal(update)));
	}
	const own = two.second.seal(Y.mergeUpdates(edits(50)));
	const line = new Line(port);
	const kinds = await two.second.push([own], line);
	const day = (line.sent + line.received) / 1000;
	line.close();
	return [
		{ what: 'an edit alone, up', value: sent, unit: 'bytes', limit: 330 },
		{ what: 'an edit in a batch of ten, up', value: ten / 10, unit: 'bytes', limit: 190 },
		{ what: 'an edit, down to each receiver', value: down, unit: 'bytes', limit: 330 },
		{ what: `a day away, both ways (${kinds} bytes up)`, value: day, unit: 'kB', limit: 55 }
	];
}

/** Updates of somebody who answers question after question. */
function editor(): (count: number) => Uint8Array[] {
	const now = new Date().toISOString();
	const doc = createDocument({
		id: 'w',
		name: 'Numenia',
		country: 'Numenia',
		createdAt: now,
		demo: false
	});
	let n = 0;
	return (count) => {
		const updates: Uint8Array[] = [];
		const keep = (update: Uint8Array) => updates.push(update);
		doc.on('update', keep);
		while (updates.length < count) {
			const key = `cybersecurity/question-${n % 57}` as const;
			const by = {
				contributor: 'c4f1a2b3',
				now: new Date(Date.now() + n).toISOString(),
				origin: 'me'
			};
			setAnswer(doc, by, key, { kind: 'level', level: ((n + Math.floor(n / 57)) % 5) as 0 });
			n++;
		}
		doc.off('update', keep);
		return updates;
	};
}

/** Two devices of a workspace, the second with a live stream. */
async function pair(port: number) {
	const w = newAddress();
	const address = toBase64url(w);
	const keyring = [{ epoch: 1, key: randomBytes(32) }];
	const control = new Line(port);
	const part = () => {
		const { token } = newDeviceKeys();
		const json = {
			id: newHolderId(),
			token: toBase64url(hashToken(token)),
			card: toBase64url(randomBytes(150)),
			grant: toBase64url(randomBytes(106)),
			epoch: 1
		};
		return { token: toBase64url(token), json };
	};
	const ask = async (path: string, token: string, value: object) => {
		const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {};
		const body = Buffer.from(JSON.stringify(value));
		await control.ask(requestOf('POST', `/api/sync${path}`, headers, body));
	};
	const [one, link, other] = [part(), part(), part()];
	await ask('', '', { w: address, device: one.json, code: '' });
	await ask(`/${address}/holders`, one.token, { ...link.json, role: 'edit' });
	await ask(`/${address}/join`, link.token, other.json);
	control.close();

	const device = (token: string, lane: number) => {
		let counter = 0;
		let cursor = 0;
		let mark: Uint8Array = new Uint8Array(8);
		const own = new Line(port);
		const headers = { Authorization: `Bearer ${token}` };
		return {
			seal: (update: Uint8Array) => {
				const sender = { keyring, w, role: roles.edit, lane, nextCounter: () => ++counter };
				const [envelope, ...rest] = sealUpdate(update, sender);
				if (!envelope || rest.length) throw new Error('one envelope was expected');
				return envelope;
			},
			/** Bytes that it cost, up. */
			push: async (envelopes: Uint8Array[], line = own) => {
				const before = line.sent;
				const body = writeRequest({ own: false, grant: false, cursor, mark, envelopes });
				const answer = await line.ask(requestOf('POST', `/api/sync/${address}`, headers, body));
				const frames = parseFrames(new Uint8Array(answer));
				for (const frame of frames) if (frame.kind === 'end') ({ seq: cursor, mark } = frame);
				return line.sent - before;
			},
			listen: () => {
				const stream = new Line(port);
				const path = `/api/sync/${address}/live?cursor=${cursor}&mark=${toBase64url(mark)}`;
				stream.listen(requestOf('GET', path, headers), () => {});
				return stream;
			}
		};
	};
	const [first, second] = [device(one.token, 1), device(other.token, 2)];
	// The grant comes once, with the first look.
	await second.push([]);
	const stream = second.listen();
	const quiet = () => new Promise((resolve) => setTimeout(resolve, 300));
	await quiet();
	return { first, second, quiet, heard: () => stream.received, close: () => stream.close() };
}

async function throughput(site: string): Promise<Figure[]> {
	const load = { workspaces, devices, size: 110, warm: 2 };
	// By turns, because other work on the machine comes and goes.
	const ours: Awaited<ReturnType<typeof loaded>>[] = [];
	const theirs = { loop: [] as typeof ours, together: [] as typeof ours };
	for (let round = 0; round < 3; round++) {
		for (const way of ['loop', 'together'] as const) {
			theirs[way].push(
				await withBare(way, (server) =>
					loaded(server, { ...load, kind: 'bare', rate: 0, seconds: 8 })
				)
			);
		}
		ours.push(
			await withServer(site, (server) =>
				loaded(server, { ...load, kind: 'relay', rate: 0, seconds: 8 })
			)
		);
	}
	const perSecond = ({ pushes, seconds }: Loaded) => pushes / seconds;
	const best = (all: typeof ours) => Math.max(...all.map(perSecond));
	const calm = await withServer(site, async (server) => ({
		...(await loaded(server, { ...load, kind: 'relay', rate: 100, seconds: 20 })),
		memory: server.peak()
	}));
	return [
		{ what: '1,000 devices, pushes a second on disk', value: best(ours), unit: 'a second' },
		{ what: 'bare loop, pushes a second on disk', value: best(theirs.loop), unit: 'a second' },
		{ what: 'relay ÷ bare loop', value: best(ours) / best(theirs.loop), unit: 'ratio', limit: 0.8 },
		{
			what: 'bare loop with the same group commit',
			value: best(theirs.together),
			unit: 'a second'
		},
		{ what: 'relay ÷ that', value: best(ours) / best(theirs.together), unit: 'ratio' },
		{
			what: 'processor for 1,000 edits, as fast as can be',
			value: Math.min(...ours.map(({ cpuPer1000 }) => cpuPer1000)),
			unit: 's',
			limit: 1.8
		},
		{ what: '100 pushes a second: answer, median', value: calm.p50, unit: 'ms' },
		{ what: '100 pushes a second: answer, p99', value: calm.p99, unit: 'ms', limit: 25 },
		{ what: '100 pushes a second: with the others, p99', value: calm.seen99, unit: 'ms' },
		{
			what: 'processor for 1,000 edits, at 100 a second',
			value: calm.cpuPer1000,
			unit: 's',
			limit: 1.8
		},
		{ what: 'memory with 1,000 live devices, most', value: calm.memory, unit: 'MB', limit: 200 }
	];
}

/** Workspaces of 30 MB each, read by twenty devices at once. */
async function large(site: string): Promise<Figure[]> {
	return withServer(site, async (server) => {
		const { first, second } = await pair(server.port);
		for (let n = 0; n < 120; n++) {
			await first.push(Array.from({ length: 20 }, () => first.seal(randomBytes(11_900))));
		}
		const empty = server.memory();
		const readers = Array.from({ length: 20 }, () => second.listen());
		const least = () => Math.min(...readers.map(({ received }) => received));
		for (let tries = 0; least() < 28_000_000; tries++) {
			if (tries > 600) throw new Error(`a reader has only ${least()} bytes`);
			await new Promise((resolve) => setTimeout(resolve, 200));
		}
		for (const reader of readers) reader.close();
		return [
			{ what: 'memory after 30 MB in one workspace', value: empty, unit: 'MB' },
			{
				what: 'memory while 20 devices read them, most',
				value: server.peak(),
				unit: 'MB',
				limit: 200
			}
		];
	});
}
