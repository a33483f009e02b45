/**
 * Trials: a server that is killed under load, and the proof afterwards that nothing acknowledged is missing and
 * nothing is there twice (F-45). Short in the tests beside, long in `tests/soak/`.
 */
import { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { parseFrames } from '#lib/sync/protocol.ts';
import { Device, envelopeOf } from './fixture.ts';
import type { Launched } from './launched.ts';

export interface Trial {
	kills: number;
	pushed: number;
	acknowledged: number;
	/** Pushes that got no answer, or another than an acknowledgement, and were sent again. */
	repeated: number;
	/** Acknowledged, and not there. Has to be 0. */
	lost: number;
	/** There more than once. Has to be 0. */
	doubled: number;
	/** Seqs that do not follow each other, or are not those that were acknowledged. Has to be 0. */
	misplaced: number;
}

/** `start` starts a server on the port (0: any) over what is there already. */
export async function killUnderLoad(
	start: (port: number) => Promise<Launched>,
	kills: number,
	between = 400
): Promise<Trial> {
	let server = await start(0);
	const { port } = server;
	const trial = { kills: 0, pushed: 0, acknowledged: 0, repeated: 0 };
	const agent = new Agent({ keepAlive: true, maxSockets: 100 });
	const writers: { device: Device; sent: Map<number, Uint8Array>; acks: Map<number, number> }[] =
		[];
	for (let n = 0; n < 4; n++) {
		const first = await new Device(port).create();
		for (const device of [first, await first.with('edit'), await first.with('contribute')]) {
			device.agent = agent;
			writers.push({ device, sent: new Map(), acks: new Map() });
		}
	}

	let running = true;
	const write = async ({ device, sent, acks }: (typeof writers)[number]) => {
		for (let counter = 1; running;) {
			const count = 1 + (counter % 3);
			const push = Array.from({ length: count }, (_, i) => envelopeOf(counter + i));
			for (const [i, bytes] of push.entries()) sent.set(counter + i, bytes);
			trial.pushed += count;
			// The same bytes again until they are acknowledged (H-3).
			for (;;) {
				try {
					const answer = await device.exchange(push);
					if (answer.status !== 200) throw new Error(String(answer.status));
					for (const frame of parseFrames(new Uint8Array(answer.bytes))) {
						if (frame.kind === 'ack') acks.set(frame.counter, frame.seq);
					}
					break;
				} catch {
					trial.repeated++;
					if (!running) return;
					await wait(20);
				}
			}
			counter += count;
		}
	};
	const all = writers.map(write);
	for (; trial.kills < kills; trial.kills++) {
		await wait(between * (0.5 + Math.random()));
		await server.kill('SIGKILL');
		server = await start(port);
	}
	await wait(between);
	running = false;
	await Promise.all(all);
	agent.destroy();

	let lost = 0;
	let doubled = 0;
	let misplaced = 0;
	for (let n = 0; n < writers.length; n += 3) {
		const group = writers.slice(n, n + 3);
		const reader = await group[0]!.device.with('view');
		const seen = new Map<string, number>();
		for (let more = true; more;) {
			more = false;
			const at = reader.cursor;
			let expected = at;
			for (const frame of await reader.sync()) {
				if (frame.kind === 'more') more = true;
				if (frame.kind !== 'envelope') continue;
				if (frame.seq !== ++expected) misplaced++;
				const key = Buffer.from(frame.envelope).toString('hex');
				if (seen.has(key)) doubled++;
				seen.set(key, frame.seq);
			}
		}
		for (const { sent, acks } of group) {
			trial.acknowledged += acks.size;
			for (const [counter, seq] of acks) {
				const found = seen.get(Buffer.from(sent.get(counter)!).toString('hex'));
				if (found === undefined) lost++;
				else if (found !== seq) misplaced++;
			}
		}
	}
	await server.kill('SIGTERM');
	return { ...trial, lost, doubled, misplaced };
}
