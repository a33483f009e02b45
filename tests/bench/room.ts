/**
 * A hundred phones in a room: they vote within ten seconds, and see the reveal. The server is a process of
 * its own with the limits that it ships with; phones and the facilitator's device are the very code of
 * the pages, without the pages, in this process. See the README of this folder.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { lineTimes } from '#lib/room/line.ts';
import { endAll, launch } from '../../src/server/relay/launched.ts';
import { Facilitator, guest, Phone } from '../fixtures/room.ts';
import type { Figure } from './run.ts';

const people = 100;
/** Milliseconds in which they vote, and in which they come. */
const voting = 10_000;
const coming = 10_000;
const rounds = 3;

export async function room(): Promise<Figure[]> {
	const folder = mkdtempSync(join(tmpdir(), 'bench-room-'));
	// What `launch` makes generous for tests, as it is without settings.
	const shipped = { SYNC_ADDRESS_RATE: '12000', SYNC_RATE: '600', SYNC_CREATE_RATE: '60' };
	const server = await launch({ DATA_DIR: folder, ...shipped });
	const origin = `http://127.0.0.1:${server.port}`;
	const memory = (name: string) => {
		const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
		return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1000;
	};
	const before = memory('VmRSS');
	let sent = 0;
	let received = 0;
	const spent = (out: number, back: number) => {
		sent += out;
		received += back;
	};
	const host = await new Facilitator(origin, undefined, { times: lineTimes }).opens();
	const phones = Array.from(
		{ length: people },
		() => new Phone(origin, { times: lineTimes, spent })
	);
	try {
		const joins = await Promise.all(
			phones.map(async (phone, i) => {
				await wait((i * coming) / people);
				const scanned = performance.now();
				await phone.joins(host.link, guest(`Person ${i}`, `Ministry ${i % 12}`));
				await phone.sees((body) => body.kind === 'session');
				return performance.now() - scanned;
			})
		);
		const joining = (sent + received) / people;
		const reveals: number[] = [];
		let lost = 0;
		for (let n = 0; n < rounds; n++) {
			const ballot = `b${n}`;
			await host.openBallot(ballot);
			await Promise.all(
				phones.map((phone) => phone.sees((body) => body.kind === 'ballot' && body.id === ballot))
			);
			const all = () => host.workshop.ballots.find(({ id }) => id === ballot)!.rounds[0];
			let last = 0;
			const votes = phones.map(async (phone, i) => {
				// In no order, and the last one at the end.
				await wait(i === 0 ? voting : Math.random() * voting);
				last = performance.now();
				phone.votes((i % 5) as 0, { ballot });
			});
			const seen = Promise.all(
				phones.map(async (phone) => {
					await phone.until(
						({ body }) => body?.kind === 'ballot' && body.id === ballot && body.tally,
						voting + 20_000
					);
				})
			);
			await Promise.all(votes);
			// The facilitator shows the votes in the moment in which the last one is there.
			while (all().voters.length < people && performance.now() - last < 10_000) await wait(2);
			lost += people - all().voters.length;
			await host.reveal(1, ballot);
			await seen;
			reveals.push(performance.now() - last);
		}
		return [
			{
				what: 'room: last vote to the reveal on the last phone',
				value: Math.max(...reveals),
				unit: 'ms',
				limit: 2000
			},
			{ what: 'room: votes lost', value: lost, unit: 'count', limit: 0 },
			{ what: 'room: server, most memory', value: memory('VmHWM'), unit: 'MB', limit: 300 },
			{ what: 'room: server, memory before', value: before, unit: 'MB' },
			{
				what: 'room: from scan to room, the slowest',
				value: Math.max(...joins),
				unit: 'ms',
				limit: 5000
			},
			{
				what: 'room: bytes that joining costs a phone',
				value: joining,
				unit: 'bytes',
				limit: 120_000
			},
			{
				what: 'room: bytes of three ballots for a phone',
				value: (sent + received) / people - joining,
				unit: 'bytes'
			}
		];
	} finally {
		for (const phone of phones) phone.stop();
		host.stop();
		endAll();
		rmSync(folder, { recursive: true, force: true });
	}
}
