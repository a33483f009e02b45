/** A relay that listens, and devices that talk to it without being able to seal anything, for the tests. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FrameReader, parseFrames, writeRequest, type Frame } from '#lib/sync/protocol.ts';
import { writeBuild } from '../fixture.ts';
import { securityHeaders } from '../headers.ts';
import { createService, type Patience } from '../serve.ts';
import { openSite } from '../site.ts';
import { openSqlite } from '../storage/sqlite.ts';
import type { RelayStorage } from '../storage/storage.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { Relay } from './relay.ts';

export const bytes64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
export const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
export const noMark = new Uint8Array(8);
export const markOf = (envelope: Uint8Array): Uint8Array => sha256(envelope).subarray(0, 8);

export interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	/** Names as they came, with their values. */
	raw: string[];
	bytes: Buffer;
}

export interface Asking {
	method?: string;
	token?: Uint8Array | string;
	body?: Uint8Array | string;
	headers?: Record<string, string>;
	agent?: Agent;
}

/** One request, as written. */
export function ask(port: number, path: string, how: Asking = {}): Promise<Answer> {
	const { method = 'GET', token, body, headers, agent } = how;
	const bearer = typeof token === 'string' ? token : token && bytes64(token);
	return new Promise((resolve, reject) => {
		const asking = request({
			host: '127.0.0.1',
			port,
			path,
			method,
			agent: agent ?? false,
			headers: {
				...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
				...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
				...headers
			}
		});
		asking.on('error', reject);
		asking.on('response', (response) => {
			response.on('error', reject);
			response.toArray().then((chunks) => {
				resolve({
					status: response.statusCode ?? 0,
					headers: response.headers,
					raw: response.rawHeaders,
					bytes: Buffer.concat(chunks)
				});
			}, reject);
		});
		asking.end(body);
	});
}

/** Bytes that look like a sealed envelope; `words` stand where the ciphertext does. */
export function envelopeOf(counter: number, epoch = 1, words: Uint8Array = randomBytes(60)) {
	const head: number[] = [];
	for (let left of [epoch, counter]) {
		for (; left > 127; left = Math.floor(left / 128)) head.push((left % 128) + 128);
		head.push(left);
	}
	return new Uint8Array(Buffer.concat([Buffer.from(head), randomBytes(40), words]));
}

export interface NewPart {
	id: string;
	token: string;
	card: string;
	grant: string;
	epoch: number;
}

/** Somebody with a token at a workspace. */
export class Device {
	port: number;
	readonly w: Uint8Array;
	readonly token: Uint8Array = randomBytes(16);
	readonly id = bytes64(randomBytes(16));
	lane = 0;
	cursor = 0;
	mark: Uint8Array = noMark;
	agent: Agent | undefined;

	constructor(port: number, w: Uint8Array = randomBytes(16)) {
		this.port = port;
		this.w = w;
	}

	/** What it says of itself when it joins. */
	part(epoch = 1): NewPart {
		const grant = bytes64(Buffer.from(`grant of ${this.id}`));
		return { id: this.id, token: bytes64(sha256(this.token)), card: 'Y2FyZA', grant, epoch };
	}

	ask(path: string, how: Asking = {}): Promise<Answer> {
		const address = `/api/sync/${bytes64(this.w)}${path}`;
		const own = this.agent ? { agent: this.agent } : {};
		return ask(this.port, address, { token: this.token, ...own, ...how });
	}

	async json(method: string, path: string, value?: unknown) {
		const body = value === undefined ? {} : { body: JSON.stringify(value) };
		const answer = await this.ask(path, { method, ...body });
		return { status: answer.status, ...JSON.parse(answer.bytes.toString() || '{}') };
	}

	async create(code = ''): Promise<this> {
		const value = { w: bytes64(this.w), device: this.part(), code };
		const answer = await ask(this.port, '/api/sync', {
			method: 'POST',
			body: JSON.stringify(value)
		});
		if (answer.status !== 200) throw new Error(`${answer.status} ${answer.bytes}`);
		this.lane = JSON.parse(answer.bytes.toString()).lane;
		return this;
	}

	/** An invitation of this device's, as somebody with a token. */
	async invite(role: string, more: object = {}): Promise<Device> {
		const invitation = new Device(this.port, this.w);
		const value = { ...invitation.part(), role, ...more };
		const answer = await this.json('POST', '/holders', value);
		if (answer.status !== 200) throw new Error(JSON.stringify(answer));
		return invitation;
	}

	/** A new device by this invitation. */
	async joined(port = this.port): Promise<Device> {
		const device = new Device(port, this.w);
		const answer = await this.json('POST', '/join', device.part());
		if (answer.status !== 200) throw new Error(JSON.stringify(answer));
		device.lane = answer.lane;
		return device;
	}

	/** Another device in the workspace. */
	async with(role: string, port = this.port): Promise<Device> {
		return (await this.invite(role)).joined(port);
	}

	/** Pushes and pulls, as the answer came. */
	exchange(envelopes: Uint8Array[] = [], more: object = {}): Promise<Answer> {
		const { cursor, mark } = this;
		const body = writeRequest({ own: false, grant: false, cursor, mark, envelopes, ...more });
		return this.ask('', { method: 'POST', body });
	}

	/** Pushes and pulls, and goes on to where the answer ends. */
	async sync(envelopes: Uint8Array[] = [], more: object = {}): Promise<Frame[]> {
		const answer = await this.exchange(envelopes, more);
		if (answer.status !== 200) throw new Error(`${answer.status} ${answer.bytes}`);
		const frames = parseFrames(new Uint8Array(answer.bytes));
		for (const frame of frames) {
			if (frame.kind === 'end') [this.cursor, this.mark] = [frame.seq, frame.mark];
		}
		return frames;
	}

	/** Opens the live stream at the cursor. */
	listen(more = ''): Promise<Listening> {
		return listen(this, more);
	}
}

export interface Listening {
	status: number;
	headers: IncomingHttpHeaders;
	frames: Frame[];
	/** Bytes of what came. */
	bytes: () => number;
	/** Resolves when a frame of this kind is there that `is` what is wanted. */
	until: (kind: Frame['kind'], is?: (frame: Frame) => boolean) => Promise<Frame>;
	ended: Promise<void>;
	close: () => void;
}

function listen(device: Device, more: string): Promise<Listening> {
	const { port, w, token, cursor, mark } = device;
	const path = `/api/sync/${bytes64(w)}/live?cursor=${cursor}&mark=${bytes64(mark)}${more}`;
	return new Promise((resolve, reject) => {
		const asking = request({
			host: '127.0.0.1',
			port,
			path,
			agent: false,
			headers: { authorization: `Bearer ${bytes64(token)}` }
		});
		asking.on('error', reject);
		asking.on('response', (response) => {
			const reader = new FrameReader();
			const frames: Frame[] = [];
			const waiting = new Set<() => void>();
			let size = 0;
			response.on('error', () => {});
			response.on('data', (chunk: Buffer) => {
				size += chunk.length;
				if (response.statusCode === 200) frames.push(...reader.push(new Uint8Array(chunk)));
				for (const look of waiting) look();
			});
			const ended = new Promise<void>((end) => response.on('close', () => end()));
			resolve({
				status: response.statusCode ?? 0,
				headers: response.headers,
				frames,
				bytes: () => size,
				until: (kind, is = () => true) =>
					new Promise((found, fail) => {
						const late = setTimeout(
							() => fail(new Error(`no ${kind} among ${frames.map((one) => one.kind).join()}`)),
							8_000
						);
						const look = () => {
							const frame = frames.find((one) => one.kind === kind && is(one));
							if (!frame) return;
							clearTimeout(late);
							waiting.delete(look);
							found(frame);
						};
						waiting.add(look);
						look();
					}),
				ended,
				close: () => asking.destroy()
			});
		});
		asking.end();
	});
}

export interface Place {
	port: number;
	relay: Relay;
	storage: RelayStorage;
	folder: string;
	close: () => Promise<void>;
}

/** The storage, but for what `instead` does: where a test has to come between two steps. */
export function watched(storage: RelayStorage, instead: Partial<RelayStorage>): RelayStorage {
	return new Proxy(storage, {
		get(target, name) {
			const value: unknown = Reflect.get(name in instead ? instead : target, name);
			return typeof value === 'function' ? value.bind(target) : value;
		}
	});
}

/** A relay over its own SQLite folder, or over `storage`. */
export async function startRelay(
	limits: Partial<Limits> = {},
	storage?: RelayStorage,
	patience?: Patience
): Promise<Place> {
	const build = writeBuild();
	const folder = mkdtempSync(join(tmpdir(), 'relay-'));
	const own = storage ?? openSqlite(folder);
	const relay = new Relay({
		storage: own,
		limits: { ...defaultLimits, createRate: 10_000, ...limits },
		origin: null,
		always: securityHeaders(null)
	});
	await relay.start();
	const server = createService({
		site: openSite(build.folder),
		origin: null,
		host: '127.0.0.1',
		version: '1.2.3',
		relay,
		connections: 10_000,
		patience
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		port,
		relay,
		storage: own,
		folder,
		close: async () => {
			await relay.stop();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			await relay.close();
			build.remove();
			rmSync(folder, { recursive: true, force: true });
		}
	};
}
