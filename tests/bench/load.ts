/**
 * Load on a relay, or on the yardstick: workspaces with live devices, each with a stream and a line to push
 * on. A process of its own, so that its work is not the server's. Reads one JSON object from its arguments,
 * says "begin" and "end" of what it counts on standard error, and prints one JSON object.
 */
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { FrameReader, parseFrames, writeRequest } from '#lib/sync/protocol.ts';
import { Chunks, Line, requestOf } from './line.ts';

export interface Load {
	port: number;
	kind: 'relay' | 'bare';
	workspaces: number;
	devices: number;
	/** Bytes of an envelope. */
	size: number;
	/** Pushes a second of all together; 0: each as soon as its last one was answered. */
	rate: number;
	seconds: number;
	/** Seconds before what is counted begins. */
	warm: number;
}

export interface Loaded {
	pushes: number;
	seconds: number;
	/** Of the answers, in ms. */
	p50: number;
	p99: number;
	/** Until another device had it, in ms. */
	seen99: number;
	/** Envelopes that reached other devices. */
	delivered: number;
}

interface Device {
	line: Line;
	stream: Line;
	push: (stamp: number) => Buffer;
	/** Takes in the answer to a push. */
	hear: (body: Buffer) => void;
}

const load: Load = JSON.parse(process.argv[2] ?? '{}');
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64url');
const seen: number[] = [];
let delivered = 0;

/** Where an envelope says when it was sent, for the stream that gives it to somebody else. */
const marker = Buffer.from('stamp---');

function envelope(counter: number, stamp: number): Buffer {
	const bytes = Buffer.alloc(load.size);
	bytes[0] = 1;
	let at = 1;
	for (; counter > 127; counter = Math.floor(counter / 128)) bytes[at++] = (counter % 128) + 128;
	bytes[at++] = counter;
	marker.copy(bytes, 30);
	bytes.writeDoubleBE(stamp, 38);
	return bytes;
}

function hear(chunk: Buffer): void {
	for (let at = chunk.indexOf(marker); at >= 0; at = chunk.indexOf(marker, at + 16)) {
		delivered++;
		if (chunk.length >= at + 16) seen.push(performance.now() - chunk.readDoubleBE(at + 8));
	}
}

async function bareDevice(n: number): Promise<Device> {
	const path = `/p/${n}`;
	const stream = new Line(load.port);
	stream.listen(requestOf('GET', path, {}), hear);
	let counter = 0;
	const push = (stamp: number) => requestOf('POST', path, {}, envelope(++counter, stamp));
	return { line: new Line(load.port), stream, push, hear: () => {} };
}

async function relayDevices(): Promise<Device[]> {
	const line = new Line(load.port);
	const w = randomBytes(16).toString('base64url');
	const part = () => {
		const token = randomBytes(16);
		const json = {
			id: randomBytes(16).toString('base64url'),
			token: hash(token),
			card: randomBytes(150).toString('base64url'),
			grant: randomBytes(106).toString('base64url'),
			epoch: 1
		};
		return { token: token.toString('base64url'), json };
	};
	const send = (path: string, token: string, value: object) => {
		const headers = token ? { Authorization: `Bearer ${token}` } : {};
		const body = Buffer.from(JSON.stringify(value));
		return line.ask(requestOf('POST', `/api/sync${path}`, headers, body));
	};
	const [first, link] = [part(), part()];
	await send('', '', { w, device: first.json, code: '' });
	await send(`/${w}/holders`, first.token, { ...link.json, role: 'edit' });
	const tokens = [first.token];
	while (tokens.length < load.devices) {
		const { token, json } = part();
		await send(`/${w}/join`, link.token, json);
		tokens.push(token);
	}
	line.close();
	return tokens.map((token) => {
		const headers = { Authorization: `Bearer ${token}` };
		const stream = new Line(load.port);
		const chunks = new Chunks();
		const reader = new FrameReader();
		let cursor = 0;
		let mark: Uint8Array = new Uint8Array(8);
		const goTo = (seq: number, its: () => Uint8Array) => {
			if (seq > cursor) [cursor, mark] = [seq, its()];
		};
		stream.listen(requestOf('GET', `/api/sync/${w}/live?cursor=0`, headers), (chunk) => {
			for (const frame of chunks.push(chunk).flatMap((bytes) => reader.push(bytes))) {
				if (frame.kind === 'end') goTo(frame.seq, () => frame.mark);
				if (frame.kind !== 'envelope') continue;
				const { seq, envelope } = frame;
				goTo(seq, () => createHash('sha256').update(envelope).digest().subarray(0, 8));
				hear(Buffer.from(envelope));
			}
		});
		let counter = 0;
		const push = (stamp: number) => {
			const envelopes = [envelope(++counter, stamp)];
			const body = writeRequest({ own: false, grant: false, cursor, mark, envelopes });
			return requestOf('POST', `/api/sync/${w}`, headers, body);
		};
		const hearReply = (body: Buffer) => {
			const end = parseFrames(new Uint8Array(body)).find((frame) => frame.kind === 'end');
			if (end) goTo(end.seq, () => end.mark);
		};
		return { line: new Line(load.port), stream, push, hear: hearReply };
	});
}

const devices: Device[] = [];
for (let n = 0; n < load.workspaces; n++) {
	if (load.kind === 'relay') devices.push(...(await relayDevices()));
	else for (let i = 0; i < load.devices; i++) devices.push(await bareDevice(n));
}
await wait(500);

const times: number[] = [];
let running = true;
let counting = false;
async function pushOnce(device: Device): Promise<void> {
	const started = performance.now();
	device.hear(await device.line.ask(device.push(started)));
	if (counting) times.push(performance.now() - started);
}

const busy = new Set<Promise<void>>();
if (load.rate === 0) {
	for (const device of devices) {
		const loop = async () => {
			while (running) await pushOnce(device);
		};
		busy.add(loop());
	}
} else {
	const every = 1000 / load.rate;
	let next = performance.now();
	const order = Array.from(devices.keys()).sort(() => Math.random() - 0.5);
	let n = 0;
	const timer = setInterval(() => {
		if (!running) return clearInterval(timer);
		for (; next <= performance.now(); next += every) {
			const device = devices[order[n++ % order.length]!]!;
			const push = pushOnce(device).finally(() => busy.delete(push));
			busy.add(push);
		}
	}, 1);
}
await wait(load.warm * 1000);
process.stderr.write('begin\n');
counting = true;
seen.length = 0;
delivered = 0;
const started = performance.now();
await wait(load.seconds * 1000);
counting = false;
const seconds = (performance.now() - started) / 1000;
process.stderr.write('end\n');
running = false;
await Promise.race([Promise.all(busy), wait(3000)]);
await wait(300);

const at = (values: number[], share: number) =>
	values.sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? NaN;
const loaded: Loaded = {
	pushes: times.length,
	seconds,
	p50: at(times, 0.5),
	p99: at(times, 0.99),
	seen99: at(seen, 0.99),
	delivered
};
console.log(JSON.stringify(loaded));
process.exit(0);
