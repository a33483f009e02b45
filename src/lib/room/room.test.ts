/** Phones, a relay with a real database and a real port, and the facilitator's device. Faults of issue 6. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Facilitator, guest, Phone, Pocket } from '../../../tests/fixtures/room.ts';
import { TestLine, TestRelay } from '../../../tests/fixtures/relay-line.ts';

vi.setConfig({ testTimeout: 40_000 });

let relay: TestRelay;
let ending: { stop(): void }[] = [];
beforeEach(async () => {
	relay = new TestRelay();
	await relay.start();
});
afterEach(async () => {
	for (const one of ending) one.stop();
	ending = [];
	await relay.remove();
});

async function facilitator(more: ConstructorParameters<typeof Facilitator>[2] = {}) {
	const one = new Facilitator(relay.origin, undefined, more);
	ending.push(one);
	return one.opens();
}
function phone(more: ConstructorParameters<typeof Phone>[1] = {}): Phone {
	const one = new Phone(relay.origin, more);
	ending.push(one);
	return one;
}
const until = async (is: () => unknown, ms = 8_000) => {
	const late = performance.now() + ms;
	while (!is()) {
		if (performance.now() > late) throw new Error(`never ${is}`);
		await new Promise((done) => setTimeout(done, 5));
	}
};

test('a phone scans, joins, votes, sees the reveal; before it nobody sees what was said', async () => {
	const host = await facilitator();
	const ama = await phone().joins(host.link, guest('Ama'));
	await ama.sees((body) => body.kind === 'session');
	expect(ama.state.scene).toMatchObject({ title: 'National day', rehearsal: false });
	await host.openBallot();
	await ama.sees((body) => body.kind === 'ballot' && body.open);
	ama.votes(3);
	await ama.sent();
	await until(() => host.round.voters.length === 1);
	expect(host.round.votes).toBeNull();
	await host.reveal();
	await ama.sees((body) => body.kind === 'ballot' && body.tally?.counts[3] === 1);
	expect(host.round.votes).toEqual([{ voter: host.workshop.people[0]!.id, level: 3 }]);
	expect(host.workshop.people).toMatchObject([
		{ name: 'Ama', organisation: 'Ministry', consent: true, present: true }
	]);
});
