/** Keys that come late, twice or not at all, over a real relay. Rules (H-1a …) are those of sync/SPEC.md. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newest } from '#lib/crypto/keyring.ts';
import { markOf } from '#lib/crypto/keys.ts';
import type { Frame } from '#lib/sync/protocol.ts';
import { Device, quickly } from '../../../tests/fixtures/devices.ts';
import { TestRelay } from '../../../tests/fixtures/relay-line.ts';
import { revoke } from './members.ts';
import { accessOf, keyringOf, Session, start } from './session.ts';

vi.setConfig({ testTimeout: 60_000 });
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, 20_000);

let relay: TestRelay;
let devices: Device[];
beforeEach(async () => {
	relay = new TestRelay();
	await relay.start();
	devices = [];
});
afterEach(async () => {
	for (const device of devices) await device.stop();
	await relay.remove();
	vi.restoreAllMocks();
});
function device(name: string): Device {
	const made = new Device(relay, name);
	devices.push(made);
	return made;
}
async function founder(): Promise<Device> {
	const ada = await device('ada').found();
	await ada.sync();
	return ada;
}
/** The relay as it is now; what it gives brings that back. The first request after each is lost. */
async function backUp(): Promise<() => Promise<void>> {
	const restore = await relay.backUp();
	for (const one of devices) await reconnect(one);
	return async () => {
		await restore();
		for (const one of devices) await reconnect(one);
	};
}
const reconnect = async (one: Device): Promise<unknown> =>
	one.world.relay.snapshots(accessOf(await one.row())).catch(() => []);
const putOut = async (by: Device, whom: Device): Promise<void> =>
	revoke(new Session(by.id, by.world), [(await whom.row()).holder]);
const epochOf = async (one: Device): Promise<number> => newest(keyringOf(await one.row())).epoch;
const asides = async (one: Device) =>
	(await one.store.sync.aside(one.id)).map(({ why, lane }) => `${why} of ${lane}`);

describe('an epoch that was made twice, behind a relay that was set back (H-1a)', () => {
	test('both keys open, everybody gets both, and no word is lost', async () => {
		const ada = await founder();
		const bo = await device('bo').joins(await ada.invites());
		const cy = await device('cy').joins(await ada.invites('contribute'));
		const own = `c-${(await cy.row()).lane}`;
		const [di, ed] = [
			await device('di').joins(await ada.invites('edit', 1)),
			await device('ed').joins(await ada.invites('edit', 1))
		];
		const restore = await backUp();
		await putOut(ada, di);
		await cy.sync();
		expect([await epochOf(ada), await epochOf(cy), await epochOf(bo)]).toEqual([2, 2, 1]);
		await restore();
		// Bo never heard of that, and makes the second epoch once more.
		await putOut(bo, ed);
		await bo.note('q1', 'With the key of Bo');
		await bo.sync();
		await ada.note('q2', 'With the key of Ada');
		await cy.note('q3', 'With the key of Ada, too', own);
		for (let round = 0; round < 4; round++) {
			for (const one of [cy, ada, bo]) await one.sync().catch(() => {});
		}
		for (const one of [ada, bo, cy]) {
			expect(await one.notes()).toEqual([
				'q1/bo: With the key of Bo',
				'q2/ada: With the key of Ada',
				`q3/${own}: With the key of Ada, too`
			]);
			expect(await one.waiting()).toBe(0);
			expect(await asides(one)).toEqual([]);
			expect(await epochOf(one)).toBe(3);
		}
		const late = await device('late').joins(await bo.invites());
		expect(await late.notes()).toEqual(await ada.notes());
		expect(await asides(late)).toEqual([]);
	});

	test('where only a contributor has the key before, its words come again with the other', async () => {
		const ada = await founder();
		const bo = await device('bo').joins(await ada.invites());
		const cy = await device('cy').joins(await ada.invites('contribute'));
		const own = `c-${(await cy.row()).lane}`;
		const [di, ed] = [
			await device('di').joins(await ada.invites('edit', 1)),
			await device('ed').joins(await ada.invites('edit', 1))
		];
		const restore = await backUp();
		await putOut(ada, di);
		await cy.sync();
		await restore();
		await putOut(bo, ed);
		await cy.note('q3', 'Sealed with a key that nobody else has', own);
		for (const one of [cy, cy, bo]) await one.sync().catch(() => {});
		expect(await bo.notes()).toEqual([`q3/${own}: Sealed with a key that nobody else has`]);
		await cy.note('q4', 'And after', own);
		await cy.sync();
		await bo.sync();
		expect(await bo.read()).toEqual(await cy.read());
	});
});

describe('a contributor behind a relay that has lost a rotation (H-1a)', () => {
	test('reads on without reading the log again and again, and sends when an editor has been there', async () => {
		const ada = await founder();
		const bo = await device('bo').joins(await ada.invites());
		const cy = await device('cy').joins(await ada.invites('contribute'));
		const own = `c-${(await cy.row()).lane}`;
		const di = await device('di').joins(await ada.invites('edit', 1));
		await ada.note('q0', 'Before');
		await ada.sync();
		const restore = await backUp();
		await putOut(ada, di);
		await cy.sync();
		await restore();
		await cy.note('q1', 'Waits for the keys', own);
		cy.line.asked = [];
		const run = cy.start();
		await eventually(() => expect(run.facts.reason).toBe('sync-unavailable'));
		await eventually(() => expect(run.facts).toMatchObject({ busy: false, live: true }));
		cy.line.asked = [];
		// What others write in the old epoch comes, as ever.
		await bo.note('q2', 'Read all the same');
		await bo.sync();
		await eventually(async () => expect(await cy.notes()).toContain('q2/bo: Read all the same'));
		await new Promise((done) => setTimeout(done, 600));
		expect(cy.line.count('POST', '')).toBeLessThan(3);
		expect(run.facts).toMatchObject({ reason: 'sync-unavailable', waiting: 1 });

		await ada.note('q3', 'Ada is back');
		for (let i = 0; i < 3; i++) await ada.sync().catch(() => {});
		await eventually(async () => expect(await cy.waiting()).toBe(0));
		await eventually(() => expect(run.facts).toMatchObject({ reason: '', inStep: true }));
		await ada.sync();
		expect(await ada.notes()).toContain(`q1/${own}: Waits for the keys`);
	});
});

describe('a stream that says less than it should', () => {
	/** Bo listens to what the test says, and does nothing by the clock. */
	async function listening(): Promise<{ ada: Device; bo: Device; say: (frames: Frame[]) => void }> {
		const ada = await founder();
		const bo = await device('bo').joins(await ada.invites());
		const di = await device('di').joins(await ada.invites());
		Object.assign(bo.world, { waits: { ...quickly, poll: 60_000, stream: 60_000 } });
		let say: (frames: Frame[]) => void = () => {};
		vi.spyOn(bo.world.relay, 'live').mockImplementation((_, __, heard) => {
			say = heard;
			return new Promise(() => {});
		});
		const run = bo.start();
		await eventually(() => expect(run.facts.inStep).toBe(true));
		await putOut(ada, di);
		await ada.note('q1', 'With the new key');
		await ada.sync();
		expect(await epochOf(bo)).toBe(1);
		return { ada, bo, say: (frames) => say(frames) };
	}

	test('a newer epoch in its greeting: the keys are asked for (J-6, flag 2)', async () => {
		const { bo, say } = await listening();
		const { cursor } = await bo.row();
		const place = { now: Date.now(), epoch: 2, head: cursor, floor: 0 };
		say([
			{ kind: 'hello', versions: [1], ...place },
			{ kind: 'end', seq: cursor, mark: (await bo.row()).mark }
		]);
		await eventually(async () => expect(await epochOf(bo)).toBe(2));
		await eventually(async () => expect(await bo.notes()).toEqual(['q1/ada: With the new key']));
	});

	test('an envelope without its key: the keys are asked for once, and it is read', async () => {
		const { ada, bo, say } = await listening();
		const { relay: client } = ada.world;
		const reply = await client.exchange(accessOf(await ada.row()), {
			...{ own: true, grant: false, ...start },
			envelopes: []
		});
		const last = reply.frames.findLast((frame) => frame.kind === 'envelope')!;
		say([last, { kind: 'end', seq: last.seq, mark: markOf(last.envelope) }]);
		await eventually(async () => expect(await bo.notes()).toEqual(['q1/ada: With the new key']));
		expect(await asides(bo)).toEqual([]);
	});
});

describe('who comes back as another lane (H-2)', () => {
	test('and dies before what is in flight is sealed as from there: nothing of it is garbage', async () => {
		const ada = await founder();
		const bo = await device('bo').joins(await ada.invites());
		await bo.note('q1', 'In flight');
		bo.line.next = ['cut'];
		await bo.sync().catch(() => {});
		expect(await bo.store.sync.flight(bo.id)).toHaveLength(1);
		await ada.world.relay.revoke(accessOf(await ada.row()), (await bo.row()).holder);
		vi.spyOn(bo.store.sync, 'sealAgain').mockReturnValue(new Promise(() => {}));
		void bo.sync().catch(() => {});
		await eventually(() => expect(bo.store.sync.sealAgain).toHaveBeenCalled());
		vi.restoreAllMocks();
		bo.skew = 2 * 3_600_000;
		for (let i = 0; i < 3; i++) await bo.sync().catch(() => {});
		await ada.sync();
		expect(await ada.notes()).toEqual(['q1/bo: In flight']);
		expect(await asides(ada)).toEqual([]);
		expect(await bo.waiting()).toBe(0);
	});
});

test('a copy of a browser profile that dies before it has read its own lane reads it when it comes again (X-4)', async () => {
	const ada = await founder();
	const bo = await device('bo').joins(await ada.invites());
	const twin = device('twin');
	const { doc } = await bo.store.open(bo.id);
	twin.id = (await twin.store.create(doc, '2026-01-01T00:00:00Z')).id;
	await twin.store.sync.start(await bo.row(), false);
	await bo.note('q1', 'From the original');
	await twin.note('q2', 'From the copy');
	await bo.sync();
	const receive = vi.spyOn(twin.store.sync, 'receive').mockReturnValue(new Promise(() => {}));
	void twin.sync().catch(() => {});
	await eventually(() => expect(receive).toHaveBeenCalled());
	vi.restoreAllMocks();
	for (let i = 0; i < 2; i++) await twin.sync().catch(() => {});
	expect(await twin.notes()).toEqual(['q1/bo: From the original', 'q2/twin: From the copy']);
	await ada.sync();
	expect(await ada.read()).toEqual(await twin.read());
});
