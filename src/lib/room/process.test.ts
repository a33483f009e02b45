/** A room on a server process of its own, over its own disk: many at once, and killed in the middle. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { endAll, launch } from '../../server/relay/launched.ts';
import { Facilitator, guest, Phone } from '../../../tests/fixtures/room.ts';

vi.setConfig({ testTimeout: 60_000 });

const folders: string[] = [];
let ending: { stop(): void }[] = [];
afterEach(() => {
	for (const one of ending) one.stop();
	ending = [];
	endAll();
	for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
async function server() {
	const DATA_DIR = mkdtempSync(join(tmpdir(), 'room-'));
	folders.push(DATA_DIR);
	const first = await launch({ DATA_DIR });
	return {
		...first,
		origin: `http://127.0.0.1:${first.port}`,
		again: () => launch({ DATA_DIR, PORT: String(first.port) })
	};
}
const open = async (origin: string): Promise<Facilitator> => {
	const host = new Facilitator(origin);
	ending.push(host);
	return host.opens();
};
function phone(origin: string): Phone {
	const one = new Phone(origin);
	ending.push(one);
	return one;
}
async function until(is: () => unknown, ms = 20_000): Promise<void> {
	const late = performance.now() + ms;
	while (!is()) {
		if (performance.now() > late) throw new Error(`never ${String(is)}`);
		await new Promise((done) => setTimeout(done, 10));
	}
}

test('forty join in one second: forty people, each once, each sees the room', async () => {
	const { origin } = await server();
	const host = await open(origin);
	const phones = Array.from({ length: 40 }, () => phone(origin));
	await Promise.all(
		phones.map(async (one, i) => {
			await new Promise((done) => setTimeout(done, i * 25));
			await one.joins(host.link, guest(`Person ${i % 20}`, `Ministry ${i}`));
		})
	);
	await Promise.all(phones.map((one) => one.sees((body) => body.kind === 'session')));
	await until(() => host.workshop.people.length === 40);
	const lanes = host.workshop.people.map((one) => one.phone);
	expect(new Set(lanes).size).toBe(40);
	expect(new Set(host.workshop.people.map(({ name }) => name)).size).toBe(40);
});

test('the server is killed while votes are on their way: each is counted, and once (F-45, F-49)', async () => {
	const { origin, kill, again } = await server();
	const host = await open(origin);
	const phones = Array.from({ length: 12 }, () => phone(origin));
	await Promise.all(phones.map((one, i) => one.joins(host.link, guest(`Person ${i}`))));
	await host.openBallot();
	await Promise.all(phones.map((one) => one.sees((body) => body.kind === 'ballot')));
	const all = phones.map(async (one, i) => {
		await new Promise((done) => setTimeout(done, i * 10));
		one.votes(2);
	});
	await new Promise((done) => setTimeout(done, 60));
	await kill('SIGKILL');
	await Promise.all(all);
	const before = phones.filter((one) => one.state.kept!.waiting.length > 0).length;
	expect(before).toBeGreaterThan(0);
	await again();
	await Promise.all(phones.map((one) => one.sent()));
	await until(() => host.round.voters.length === 12);
	await host.reveal();
	await Promise.all(
		phones.map((one) => one.sees((body) => body.kind === 'ballot' && body.tally?.counts[2] === 12))
	);
	expect(host.round.late).toEqual([]);
});
