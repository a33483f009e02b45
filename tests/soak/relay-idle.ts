/**
 * F-52: ten thousand live streams that hear nothing, and three hundred connections that send a letter a second,
 * beside devices that work: what they wait for, before and meanwhile, and what a stream costs in memory.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { bytes64, Device, envelopeOf } from '../../src/server/relay/fixture.ts';
import { launch } from '../../src/server/relay/launched.ts';
import { Line, requestOf } from '../bench/line.ts';

const wanted = Number(process.argv[2] ?? 10_000);
const DATA_DIR = mkdtempSync(join(tmpdir(), 'soak-'));
const server = await launch({ DATA_DIR, SYNC_STREAMS: '1000000' });
const memory = () =>
	Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1000;

const worker = await new Device(server.port).create();
let counter = 0;
/** Of 400 pushes, one every 10 ms, in ms. */
async function waits(): Promise<{ p50: number; p99: number }> {
	const times: number[] = [];
	for (let n = 0; n < 400; n++) {
		const started = performance.now();
		await worker.sync([envelopeOf(++counter)]);
		times.push(performance.now() - started);
		await wait(10);
	}
	times.sort((a, b) => a - b);
	return { p50: times[200]!, p99: times[396]! };
}

await waits();
const before = { streams: 0, memory: memory(), ...(await waits()) };

const idle = await new Device(server.port).create();
const path = `/api/sync/${bytes64(idle.w)}/live?cursor=0`;
const request = requestOf('GET', path, { Authorization: `Bearer ${bytes64(idle.token)}` });
let open = 0;
for (let n = 0; n < wanted; n++) {
	let isOpen = false;
	new Line(server.port).listen(request, () => {
		if (!isOpen) open++;
		isOpen = true;
	});
	if (n % 100 === 99) for (let tries = 0; open < n - 200 && tries < 200; tries++) await wait(10);
}
for (let tries = 0; open < wanted && tries < 300; tries++) await wait(100);
const slow: Socket[] = Array.from({ length: 300 }, () => {
	const socket = connect(server.port, '127.0.0.1', () => socket.write('GET /en/ HTTP/1.1\r\nX: '));
	return socket.on('error', () => {});
});
const letters = setInterval(() => {
	for (const socket of slow) if (!socket.destroyed) socket.write('a');
}, 1_000);
const meanwhile = { streams: open, memory: memory(), ...(await waits()) };
clearInterval(letters);

console.table({ before, meanwhile });
const each = ((meanwhile.memory - before.memory) / open) * 1000;
console.log(`A stream costs ${each.toFixed(1)} KB of the server's memory.`);
await server.kill('SIGTERM');
rmSync(DATA_DIR, { recursive: true });
// Twice the time before is still nobody's trouble; streams that were refused are.
process.exit(open === wanted && meanwhile.p99 < 2 * before.p99 + 25 ? 0 : 1);
