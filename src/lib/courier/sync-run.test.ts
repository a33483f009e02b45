/** Rules (X-4, H-1 …) are those of sync/SPEC.md, faults (F-49 …) those that the app must survive. */
import { cpSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sealSnapshot, sealUpdate } from '#lib/sync/envelope.ts';
import { stateOf } from '#lib/sync/document.ts';
import { headOf } from '#lib/sync/protocol.ts';
import { fetchGrant, revoke } from './members.ts';
import { sealedAgain, sealer } from './outgoing.ts';
import { accessOf, senderOf, Session, start } from './session.ts';
import { snapshotAfter } from './snapshots.ts';
import { Device, newDocument, quickly } from '../../../tests/fixtures/devices.ts';
import { TestRelay } from '../../../tests/fixtures/relay-line.ts';

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
	snapshotAfter.envelopes = 500;
});
function device(name: string, ...more: never[]): Device {
	const made = new Device(relay, name, ...more);
	devices.push(made);
	return made;
}
/** Two devices of editors that are in step. */
async function pair(): Promise<[Device, Device]> {
	const ada = await device('ada').found();
	await ada.sync();
	const bo = await device('bo').joins(await ada.invites());
	return [ada, bo];
}

describe('exchange', () => {
	test('what one writes, the other reads; nothing waits then', async () => {
		const [ada, bo] = await pair();
		await ada.answer('q1', 3);
		await ada.note('q1', 'From Ada');
		await bo.note('q2', 'From Bo');
		expect(await ada.waiting()).toBe(2);
		await ada.sync();
		expect(await ada.waiting()).toBe(0);
		await bo.sync();
		await ada.sync();
		expect(await ada.notes()).toEqual(['q1/ada: From Ada', 'q2/bo: From Bo']);
		expect(await bo.read()).toEqual(await ada.read());
		expect((await ada.row()).lastSuccess).not.toBe('');
	});
});

describe('a bad line', () => {
	test('an answer that is lost after the commit: sent again as the same bytes, there once (F-49, X-4, H-3)', async () => {
		const [ada, bo] = await pair();
		await ada.note('q1', 'Once');
		ada.line.next = ['lost'];
		await expect(ada.sync()).rejects.toMatchObject({ code: 'sync-unreachable' });
		expect(await ada.waiting()).toBe(1);
		const flying = await ada.store.sync.flight(ada.id);
		expect(flying).toHaveLength(1);
		await ada.sync();
		expect(await ada.waiting()).toBe(0);
		const before = (await bo.row()).cursor;
		await bo.sync();
		expect((await bo.row()).cursor).toBe(before + 1);
		expect(await bo.notes()).toEqual(['q1/ada: Once']);
		expect((await ada.row()).counter).toBe(flying[0]!.counter);
	});

	test.each(['cut', 'lost', 'half', 'portal', 'gateway', 'twice'] as const)(
		'%s, whenever it happens: everything arrives, and once',
		async (fault) => {
			const [ada, bo] = await pair();
			for (let i = 0; i < 12; i++) {
				await (i % 2 ? ada : bo).note(`q${i}`, `Note ${i}`);
				const one = i % 3 ? ada : bo;
				one.line.next = [fault];
				await one.sync().catch(() => {});
			}
			for (const one of [ada, bo, ada, bo]) await one.sync();
			expect(await ada.read()).toEqual(await bo.read());
			expect(await ada.notes()).toHaveLength(12);
			expect((await ada.waiting()) + (await bo.waiting())).toBe(0);
		}
	);

	test('a log-in page that answers everything with 200 is no success, and a 404 of it no expulsion (F-27)', async () => {
		const [ada] = await pair();
		await ada.note('q1', 'Kept');
		ada.line.always = 'portal';
		const run = ada.start();
		await eventually(() => expect(run.facts.reason).toBe('sync-portal'));
		expect(await ada.waiting()).toBe(1);
		expect((await ada.row()).refused).toBe('');
		ada.line.always = null;
		await eventually(async () => expect(await ada.waiting()).toBe(0));
		await eventually(() => expect(run.facts).toMatchObject({ reason: '', inStep: true }));
	});

	test('the line goes away in mid-edit, and comes back: it goes on by itself (F-01)', async () => {
		const [ada, bo] = await pair();
		const run = ada.start();
		await eventually(() => expect(run.facts.inStep).toBe(true));
		await relay.stop();
		await ada.note('q1', 'Written without a line');
		await eventually(() =>
			expect(run.facts).toMatchObject({ reason: 'sync-unreachable', waiting: 1 })
		);
		await relay.start();
		await eventually(async () => expect(await ada.waiting()).toBe(0));
		await bo.sync();
		expect(await bo.notes()).toEqual(['q1/ada: Written without a line']);
	});

	test('requests of at most 16 KB, and more of them only after quick ones (X-10, F-59)', async () => {
		const [ada, bo] = await pair();
		for (let i = 0; i < 12; i++) await ada.note(`q${i}`, noise(8000));
		ada.line.asked = [];
		await ada.sync();
		await bo.sync();
		expect(await bo.read()).toEqual(await ada.read());
		const sizes = ada.line.asked.map(({ sent }) => sent);
		expect(sizes[0]).toBeLessThanOrEqual(16_384);
		expect(Math.max(...sizes)).toBeGreaterThan(16_384);
		expect(Math.max(...sizes)).toBeLessThanOrEqual(262_144);
		// A line on which every other request is lost never gets more than 16 KB at once.
		for (let i = 0; i < 6; i++) await ada.note(`r${i}`, noise(8000));
		ada.line.asked = [];
		for (let i = 0; i < 30 && (await ada.waiting()) > 0; i++) {
			ada.line.next = [i % 2 ? null : 'lost', 'cut'];
			await ada.sync().catch(() => {});
		}
		expect(await ada.waiting()).toBe(0);
		expect(Math.max(...ada.line.asked.map(({ sent }) => sent))).toBeLessThanOrEqual(16_384);
	});

	test('a text larger than an envelope arrives in pieces, over any number of cuts (E-2)', async () => {
		const [ada, bo] = await pair();
		const text = noise(90_000);
		await ada.note('q1', text);
		for (let i = 0; i < 40 && (await ada.waiting()) > 0; i++) {
			ada.line.next = [null, 'cut'];
			await ada.sync().catch(() => {});
			bo.line.next = [i % 2 ? 'half' : null];
			await bo.sync().catch(() => {});
		}
		await bo.sync();
		expect(await bo.notes()).toEqual([`q1/ada: ${text}`]);
		expect(await bo.store.sync.aside(bo.id)).toEqual([]);
	});

	test('pieces outlive a restart of the reader: those that came before are kept (E-2)', async () => {
		const [ada, bo] = await pair();
		await ada.note('q1', noise(60_000));
		ada.line.next = [null, 'cut'];
		await ada.sync().catch(() => {});
		await bo.sync();
		expect((await bo.store.sync.aside(bo.id)).length).toBeGreaterThan(0);
		expect(await bo.notes()).toEqual([]);
		await ada.sync();
		// `sync` is a run of its own each time: nothing is left in memory between two.
		await bo.sync();
		expect(await bo.read()).toEqual(await ada.read());
		expect(await bo.store.sync.aside(bo.id)).toEqual([]);
	});

	test('pieces that come once more under new counters, long after their change was complete, wait for nothing (O-6, E-2)', async () => {
		const [ada, bo] = await pair();
		const cy = await device('cy').joins(await ada.invites());
		await bo.note('q1', noise(40_000));
		// All of it arrives; none of the acks does, and then the key is changed.
		const row = await bo.row();
		const flights = await bo.store.sync.depart(bo.id, 1, sealer(senderOf(row)));
		expect(flights.length).toBeGreaterThan(2);
		const envelopes = flights.map(({ envelope }) => envelope);
		await bo.world.relay.exchange(accessOf(row), { own: false, grant: false, ...start, envelopes });
		await ada.sync();
		expect(await ada.notes()).toHaveLength(1);
		await revoke(new Session(ada.id, ada.world), [(await cy.row()).holder]);
		const { sync } = bo.store;
		await fetchGrant(new Session(bo.id, bo.world));
		const sender = senderOf(await bo.row());
		await sync.sealAgain(bo.id, (flights, next) =>
			// The first has landed before: what is left does not make the change anew.
			sealedAgain(sender, sender)(flights.slice(1), next)
		);
		await bo.sync();
		// A run of its own: nothing of the first time is in memory.
		await ada.sync();
		expect(await ada.store.sync.aside(ada.id)).toEqual([]);
		expect(await ada.read()).toEqual(await bo.read());
	});

	test('a crash between sealing and sending: the same bytes go, and no counter twice (H-3, E-4)', async () => {
		const [ada, bo] = await pair();
		await ada.note('q1', 'First');
		ada.line.next = ['cut'];
		await ada.sync().catch(() => {});
		const [flying] = await ada.store.sync.flight(ada.id);
		await ada.note('q2', 'Second');
		const sent: Uint8Array[] = [];
		const exchange = ada.world.relay.exchange.bind(ada.world.relay);
		vi.spyOn(ada.world.relay, 'exchange').mockImplementation((access, request, signal) => {
			sent.push(...request.envelopes);
			return exchange(access, request, signal);
		});
		await ada.sync();
		expect(sent[0]).toEqual(flying!.envelope);
		const counters = sent.map((envelope) => headOf(envelope).counter);
		expect(new Set(counters).size).toBe(counters.length);
		await bo.sync();
		expect(await bo.notes()).toEqual(['q1/ada: First', 'q2/ada: Second']);
	});
});

describe('the stream', () => {
	test('brings what others write within a moment; one’s own comes back as a place only (L-1)', async () => {
		const [ada, bo] = await pair();
		const [a, b] = [ada.start(), bo.start()];
		await eventually(() => expect([a.facts.live, b.facts.live]).toEqual([true, true]));
		await ada.note('q1', 'Live');
		await eventually(async () => expect(await bo.notes()).toEqual(['q1/ada: Live']));
		await eventually(async () => expect((await ada.row()).cursor).toBe((await bo.row()).cursor));
		expect(bo.line.count('POST', '')).toBe(2);
	});

	test('where a proxy holds it back, exchanges by the clock do (L-2, F-60)', async () => {
		const [ada, bo] = await pair();
		bo.line.only = (_, path) => path.startsWith('/live');
		bo.line.always = 'portal';
		const run = bo.start();
		await eventually(() => expect(run.facts.inStep).toBe(true));
		await ada.note('q1', 'By the clock');
		await ada.sync();
		await eventually(async () => expect(await bo.notes()).toEqual(['q1/ada: By the clock']));
		expect(run.facts.live).toBe(false);
	});

	test('a relay that restarts is found again, and nothing is missing in between (F-61)', async () => {
		const [ada, bo] = await pair();
		const run = bo.start();
		await eventually(() => expect(run.facts.live).toBe(true));
		await relay.stop();
		await eventually(() => expect(run.facts.live).toBe(false));
		await relay.start();
		await ada.note('q1', 'While it was away');
		await ada.sync();
		await eventually(async () => expect(await bo.notes()).toEqual(['q1/ada: While it was away']));
		await eventually(() => expect(run.facts.live).toBe(true));
	});

	test('who is here, and where, is heard by those who listen, sealed (L-3)', async () => {
		const [ada, bo] = await pair();
		const [a, b] = [ada.start(), bo.start()];
		await eventually(() => expect([a.facts.live, b.facts.live]).toEqual([true, true]));
		ada.run!.sayWhere('assess');
		await eventually(() => expect(b.facts.here).toMatchObject([{ lane: 1, where: 'assess' }]));
	});

	test('paused, nothing leaves and nothing comes; what is written waits', async () => {
		const [ada, bo] = await pair();
		const run = ada.start();
		await eventually(() => expect(run.facts.live).toBe(true));
		await ada.store.sync.change(ada.id, { paused: true });
		run.wake();
		await eventually(() => expect(run.facts.live).toBe(false));
		ada.line.asked = [];
		await ada.note('q1', 'Later');
		await new Promise((done) => setTimeout(done, 200));
		expect(ada.line.asked).toEqual([]);
		expect(await ada.waiting()).toBe(1);
		await ada.store.sync.change(ada.id, { paused: false });
		run.wake();
		await eventually(async () => expect(await ada.waiting()).toBe(0));
		await bo.sync();
		expect(await bo.notes()).toEqual(['q1/ada: Later']);
	});
});

describe('clocks', () => {
	test('a year off, and backwards in between: all in order, and it is said (F-18, H-4)', async () => {
		const [ada, bo] = await pair();
		const day = 86_400_000;
		ada.skew = 365 * day;
		const run = ada.start();
		await eventually(() => expect(run.facts.skew).toBeCloseTo(365 * 24 * 60, -1));
		await ada.note('q1', 'From next year');
		await eventually(async () => expect(await ada.waiting()).toBe(0));
		ada.skew = -365 * day;
		await ada.note('q1', 'From last year, later');
		await eventually(async () => expect(await ada.waiting()).toBe(0));
		bo.skew = -20 * 365 * day;
		await bo.sync();
		expect(await bo.notes()).toEqual(['q1/ada: From last year, later']);
		ada.skew = 0;
		run.wake();
		await eventually(() => expect(run.facts.skew).toBe(0));
	});
});

describe('people', () => {
	test('a key that was changed while one was away: sealed again under new counters, nothing dropped (O-6)', async () => {
		const [ada, bo] = await pair();
		const cy = await device('cy').joins(await ada.invites());
		await bo.note('q1', 'Written before the change');
		bo.line.next = ['cut'];
		await bo.sync().catch(() => {});
		const [before] = await bo.store.sync.flight(bo.id);
		await revoke(new Session(ada.id, ada.world), [(await cy.row()).holder]);
		await bo.note('q2', 'And after');
		await bo.sync().catch(() => {});
		await bo.sync();
		expect(await bo.waiting()).toBe(0);
		expect((await bo.row()).counter).toBeGreaterThan(before!.counter);
		await ada.sync();
		expect(await ada.notes()).toEqual(['q1/bo: Written before the change', 'q2/bo: And after']);
	});

	test('who is put out gets and gives nothing more, keeps everything, and is told (F-53, O-4)', async () => {
		const [ada, bo] = await pair();
		const invitation = await ada.invites('edit', 1);
		const cy = await device('cy').joins(invitation);
		const run = cy.start();
		await eventually(() => expect(run.facts.inStep).toBe(true));
		await revoke(new Session(ada.id, ada.world), [(await cy.row()).holder]);
		await ada.note('q1', 'Not for Cy');
		await ada.sync();
		await cy.note('q2', 'Mine');
		await eventually(() => expect(run.facts.reason).toBe('sync-revoked'));
		expect(await cy.notes()).toEqual(['q2/cy: Mine']);
		expect(await cy.waiting()).toBe(1);
		await bo.sync();
		expect(await bo.notes()).toEqual(['q1/ada: Not for Cy']);
		expect((await cy.row()).refused).toBe('sync-revoked');
	});

	test('a relay that forgot a device lets it back by its invitation, as another lane, once an hour (H-2)', async () => {
		const [ada, bo] = await pair();
		await bo.note('q1', 'Before');
		await bo.sync();
		const { lane, holder } = await bo.row();
		await ada.world.relay.revoke(accessOf(await ada.row()), holder);
		await bo.note('q2', 'After');
		const run = bo.start();
		await eventually(async () => expect(await bo.waiting()).toBe(0));
		await eventually(() => expect(run.facts.reason).toBe(''));
		expect((await bo.row()).lane).toBeGreaterThan(lane);
		await ada.sync();
		expect(await ada.notes()).toEqual(['q1/bo: Before', 'q2/bo: After']);
		// And not again within the hour: whoever was put out twice is out.
		await ada.world.relay.revoke(accessOf(await ada.row()), (await bo.row()).holder);
		run.wake();
		await eventually(() => expect(run.facts.reason).toBe('sync-revoked'));
	});

	test('a viewer sends nothing, and a relay takes nothing from one (R-1, R-2)', async () => {
		const [ada] = await pair();
		const vi_ = await device('vi').joins(await ada.invites('view'));
		await ada.note('q1', 'To be read');
		await ada.sync();
		await vi_.note('q1', 'Scribbled');
		await vi_.sync();
		expect(await vi_.waiting()).toBe(0);
		expect(await vi_.notes()).toContain('q1/ada: To be read');
		const row = await vi_.row();
		const forged = sealUpdate(stateOf((await vi_.store.open(vi_.id)).doc), {
			...senderOf(row),
			nextCounter: () => 1
		});
		const request = { own: false, grant: false, ...start, envelopes: forged };
		await expect(vi_.world.relay.exchange(accessOf(row), request)).rejects.toMatchObject({
			code: 'role'
		});
	});

	test('a contributor’s own answers arrive; one that writes another’s is put aside whole, and said (R-3)', async () => {
		const [ada, bo] = await pair();
		const co = await device('co').joins(await ada.invites('contribute'));
		const own = `c-${(await co.row()).lane}`;
		await co.note('q1', 'My own', own);
		await co.sync();
		co.reload();
		await co.note('q1', 'In the name of Ada', 'ada');
		await co.sync();
		// What the same session writes after it builds on it, and waits with it: a session is honest or not.
		co.reload();
		await co.note('q2', 'My own again', own);
		await co.sync();
		await ada.sync();
		expect(await ada.notes()).toEqual([`q1/${own}: My own`, `q2/${own}: My own again`]);
		expect(await ada.store.sync.aside(ada.id)).toMatchObject([
			{ why: 'not-allowed', lane: (await co.row()).lane }
		]);
		const run = bo.start();
		await eventually(() =>
			expect(run.facts.unreadable).toEqual([{ lane: expect.any(Number), count: 1 }])
		);
		expect(await bo.notes()).toEqual(await ada.notes());
	});

	test('an invitation for one device is not for two, and an ended one for none (O-2)', async () => {
		const [ada] = await pair();
		const invitation = await ada.invites('edit', 1);
		await device('cy').joins(invitation);
		await expect(device('di').joins(invitation)).rejects.toMatchObject({ code: 'ended' });
	});

	test('who opens the link a second time is no second device', async () => {
		const [ada, bo] = await pair();
		const invitation = await ada.invites();
		const { lane } = await bo.row();
		expect(await bo.joins(invitation)).toBe(bo);
		expect((await bo.row()).lane).toBe(lane);
	});

	test('a device that has the workspace already joins with what it wrote, and nothing is overwritten', async () => {
		const [ada] = await pair();
		await ada.note('q1', 'Shared');
		await ada.sync();
		const cy = device('cy');
		cy.id = (await cy.store.create((await ada.store.open(ada.id)).doc, '2026-01-01T00:00:00Z')).id;
		await cy.note('q2', 'From a file');
		await cy.joins(await ada.invites());
		await cy.sync();
		await ada.sync();
		expect(await ada.notes()).toEqual(['q1/ada: Shared', 'q2/cy: From a file']);
		expect(await cy.read()).toEqual(await ada.read());
	});

	test('sharing that was stopped is said, for good, and every copy stays (O-8)', async () => {
		const [ada, bo] = await pair();
		await ada.world.relay.remove(accessOf(await ada.row()));
		await bo.note('q1', 'Mine');
		await expect(bo.sync()).rejects.toMatchObject({ code: 'sync-deleted' });
		expect((await bo.row()).refused).toBe('sync-deleted');
		bo.line.asked = [];
		await expect(bo.sync()).rejects.toMatchObject({ code: 'sync-deleted' });
		expect(bo.line.asked).toEqual([]);
		expect(await bo.notes()).toEqual(['q1/bo: Mine']);
	});
});

describe('what cannot be read', () => {
	test('garbage, other keys and unsound updates cost themselves alone (E-5, F-42, F-54, F-56)', async () => {
		const [ada, bo] = await pair();
		const row = await bo.row();
		const sender = senderOf(row);
		let counter = 900;
		const nextCounter = () => ++counter;
		const seal = (update: Uint8Array, more = {}) =>
			sealUpdate(update, { ...sender, nextCounter, ...more })[0]!;
		const sound = new Uint8Array([0, 0]);
		const flipped = seal(sound).map((byte, i, all) => (i === all.length - 1 ? byte ^ 1 : byte));
		const envelopes = [
			flipped,
			seal(new Uint8Array(40).fill(0xff)),
			seal(sound, { keyring: [{ epoch: 1, key: new Uint8Array(32).fill(7) }] }),
			seal(sound, { lane: sender.lane + 5 }),
			seal(sound, { w: new Uint8Array(16) })
		];
		const { cursor, mark } = row;
		const request = { own: false, grant: false, cursor, mark, envelopes };
		await bo.world.relay.exchange(accessOf(row), request);
		await bo.note('q1', 'After all that');
		await bo.sync();
		await ada.sync();
		expect(await ada.notes()).toEqual(['q1/bo: After all that']);
		const aside = await ada.store.sync.aside(ada.id);
		expect(aside.map(({ why, lane }) => [why, lane])).toEqual(
			envelopes.map(() => ['unreadable', row.lane])
		);
	});
});

describe('healing', () => {
	/** Copies the relay's folder; what it gives puts the copy in the place of what is there then. */
	async function backUp(): Promise<() => Promise<void>> {
		const backup = `${relay.folder}.backup`;
		await relay.stop();
		cpSync(relay.folder, backup, { recursive: true });
		await relay.start();
		for (const one of devices) await one.sync().catch(() => {});
		return async () => {
			await relay.stop();
			rmSync(relay.folder, { recursive: true });
			cpSync(backup, relay.folder, { recursive: true });
			rmSync(backup, { recursive: true });
			await relay.start();
			// The first request of each meets a connection that the old relay has closed.
			for (const one of devices)
				await one.world.relay.snapshots(accessOf(await one.row())).catch(() => {});
		};
	}

	test('a relay that forgot a rotation gets the same keys again, and who was put out stays out (H-1a)', async () => {
		const [ada, bo] = await pair();
		const cy = await device('cy').joins(await ada.invites('edit', 1));
		const restore = await backUp();
		await revoke(new Session(ada.id, ada.world), [(await cy.row()).holder]);
		await ada.note('q1', 'Under the new key');
		await ada.sync();
		await bo.sync();
		await restore();
		await ada.note('q2', 'After the restore');
		for (const one of [ada, ada, bo, bo]) await one.sync().catch(() => {});
		await ada.sync();
		await bo.sync();
		expect(await bo.notes()).toEqual(['q1/ada: Under the new key', 'q2/ada: After the restore']);
		expect((await ada.waiting()) + (await bo.waiting())).toBe(0);
		await expect(cy.sync()).rejects.toMatchObject({ code: 'sync-revoked' });
		expect(await cy.notes()).toEqual([]);
		const { epoch } = await ada.world.relay.holders(accessOf(await ada.row()));
		expect(epoch).toBe(2);
	});

	test('a device that joined since the backup comes back by its invitation, with all its words (H-2, F-55)', async () => {
		const [ada] = await pair();
		const invitation = await ada.invites();
		const restore = await backUp();
		const cy = await device('cy').joins(invitation);
		await cy.note('q1', 'Before the restore');
		await cy.sync();
		await ada.sync();
		await restore();
		await cy.note('q2', 'After');
		for (let i = 0; i < 3; i++) await cy.sync().catch(() => {});
		expect(await cy.waiting()).toBe(0);
		const di = await device('di').joins(await cy.invites());
		expect(await di.notes()).toEqual(['q1/cy: Before the restore', 'q2/cy: After']);
		await ada.sync();
		expect(await ada.read()).toEqual(await di.read());
	});

	test('a relay that came back as it was yesterday gets everything again, and it is said (H-1, F-55)', async () => {
		const [ada, bo] = await pair();
		await ada.note('q1', 'Yesterday');
		await ada.sync();
		await bo.sync();
		const restore = await backUp();
		await ada.note('q2', 'Lost there');
		await bo.note('q3', 'Lost there, too');
		for (const one of [ada, bo, ada]) await one.sync();
		await restore();
		const cy = device('cy');
		await bo.note('q4', 'Since');
		await bo.sync();
		await cy.joins(await bo.invites());
		expect(await cy.notes()).toEqual(await bo.notes());
		expect(await cy.notes()).toHaveLength(4);
		expect((await bo.row()).healedAt).not.toBe('');
		await ada.sync();
		expect(await ada.read()).toEqual(await cy.read());
		expect(await ada.waiting()).toBe(0);
	});

	test.each(['cut after the ack', 'dies after the ack'] as const)(
		'a change whose ack came, and the relay’s word of its place did not (%s), is not lost with the relay’s disk (H-1, X-3)',
		async (how) => {
			const [ada, bo] = await pair();
			await ada.note('q1', 'Before');
			await ada.sync();
			const restore = await backUp();
			// Enough to read that the answer can be cut between the ack and what follows it.
			await ada.note('q2', noise(2000));
			await ada.sync();
			await bo.note('q3', 'Acknowledged');
			const before = (await bo.row()).cursor;
			if (how === 'dies after the ack') {
				vi.spyOn(bo.store.sync, 'receive').mockReturnValue(new Promise(() => {}));
				void bo.sync().catch(() => {});
				await vi.waitFor(() => expect(bo.store.sync.receive).toHaveBeenCalled());
				vi.restoreAllMocks();
			} else {
				bo.line.next = ['half'];
				await bo.sync().catch(() => {});
			}
			expect((await bo.row()).cursor).toBe(before);
			await restore();
			// The place where it stands is there as it was: nothing tells it of the loss.
			for (const one of [bo, ada, bo, ada]) await one.sync();
			expect(await ada.notes()).toContain('q3/bo: Acknowledged');
			expect(await ada.read()).toEqual(await bo.read());
			expect((await ada.waiting()) + (await bo.waiting())).toBe(0);
		}
	);

	test('what was acknowledged during a long reading goes once more, and is there once (X-4)', async () => {
		const [ada, bo] = await pair();
		for (let i = 0; i < 9; i++) {
			await ada.note(`q${i}`, noise(60_000));
			await ada.sync();
		}
		for (let i = 0; i < 3; i++) await bo.note(`own-${i}`, `Of Bo ${i}`);
		const exchange = bo.world.relay.exchange.bind(bo.world.relay);
		const sent: number[] = [];
		vi.spyOn(bo.world.relay, 'exchange').mockImplementation((access, request, signal) => {
			sent.push(request.envelopes.length);
			return exchange(access, request, signal);
		});
		await bo.sync();
		expect(await bo.waiting()).toBe(0);
		// Not with each page of what is read.
		expect(sent).toEqual([1, 0, 1]);
		const { cursor } = await bo.row();
		await ada.sync();
		expect((await ada.row()).cursor).toBe(cursor);
		expect(await ada.read()).toEqual(await bo.read());
	});

	test('two copies of one browser profile go on side by side, and neither loses a word (X-4 conflict)', async () => {
		const [ada, bo] = await pair();
		const twin = device('twin');
		twin.id = (
			await twin.store.create((await bo.store.open(bo.id)).doc, '2026-01-01T00:00:00Z')
		).id;
		await twin.store.sync.start(await bo.row(), false);
		await bo.note('q1', 'From the original');
		await twin.note('q2', 'From the copy');
		await bo.sync();
		await twin.sync().catch(() => {});
		await twin.sync();
		await ada.sync();
		expect(await ada.notes()).toEqual(['q1/bo: From the original', 'q2/twin: From the copy']);
		expect(await twin.notes()).toEqual(await ada.notes());
	});

	test('a relay without room gives what it has; what it does not take waits, and it is said (F-47)', async () => {
		await relay.remove();
		relay = new TestRelay({ room: { bytes: 40_000, holders: 100, workspaces: 10 } });
		await relay.start();
		const [ada, bo] = await pair();
		await ada.note('q1', 'There is room for this');
		await ada.sync();
		await ada.note('q2', noise(60_000));
		await expect(ada.sync()).rejects.toMatchObject({ code: 'sync-full' });
		const waiting = await ada.waiting();
		expect(waiting).toBeGreaterThan(0);
		await bo.sync();
		expect(await bo.notes()).toContain('q1/ada: There is room for this');
	});
});

describe('snapshots', () => {
	test('after enough envelopes an editor makes one, another compares it, a third starts from it (C-1, C-2, C-4, F-58)', async () => {
		snapshotAfter.envelopes = 6;
		const [ada, bo] = await pair();
		for (let i = 0; i < 8; i++) {
			await ada.note(`q${i}`, noise(9000));
			await ada.sync();
		}
		await bo.sync();
		const [a] = [ada.start()];
		await eventually(() => expect(a.facts.inStep).toBe(true));
		const access = accessOf(await ada.row());
		const there = () => ada.world.relay.snapshots(access);
		await bo.note('q9', 'One more');
		await bo.sync();
		await eventually(async () => expect((await there())[0]).toMatchObject({ complete: true }));
		expect((await there())[0]!.of).toBeGreaterThan(1);
		const b = bo.start();
		await eventually(() => expect(b.facts.inStep).toBe(true));
		await eventually(async () => expect((await there())[0]).toMatchObject({ confirmed: true }));
		const invitation = await ada.invites();
		const cy = device('cy');
		cy.line.next = [null, null, null, null, null, 'cut'];
		await cy.joins(invitation).catch(() => {});
		cy.line.next = [];
		cy.line.asked = [];
		const cut = device('cut');
		await cut.joins(invitation);
		expect(
			cut.line.asked.filter(({ path }) => path.startsWith('/snapshot/')).length
		).toBeGreaterThan(1);
		expect(await cut.read()).toEqual(await ada.read());
		await cut.note('q10', 'And goes on');
		await cut.sync();
		await eventually(async () => expect(await ada.notes()).toContain('q10/cut: And goes on'));
	});

	test('three months away, and the log is gone meanwhile: a snapshot and its tail, and one’s own words with them (F-58, C-2)', async () => {
		snapshotAfter.envelopes = 6;
		const [ada, bo] = await pair();
		const cy = await device('cy').joins(await ada.invites());
		await cy.note('mine', 'Written on the road');
		for (let i = 0; i < 60; i++) {
			await ada.note(`q${i}`, noise(9000));
			if (i % 20 === 19) await ada.sync();
		}
		// More than one reply holds (256 KB).
		bo.line.asked = [];
		await bo.sync();
		expect(bo.line.count('POST', '')).toBeGreaterThan(1);
		expect(await bo.read()).toEqual(await ada.read());
		const access = accessOf(await ada.row());
		const there = () => ada.world.relay.snapshots(access);
		ada.start();
		await eventually(async () => expect((await there())[0]).toMatchObject({ complete: true }));
		bo.start();
		await eventually(async () => expect((await there())[0]).toMatchObject({ confirmed: true }));
		await relay.upkeep(90);
		await ada.note('after', 'The tail');
		await eventually(async () => expect(await ada.waiting()).toBe(0));
		cy.line.asked = [];
		await cy.sync();
		expect(cy.line.asked.some(({ path }) => path.startsWith('/snapshot/'))).toBe(true);
		expect(await cy.notes()).toHaveLength(62);
		await eventually(async () => expect(await bo.read()).toEqual(await cy.read()));
		expect((await cy.row()).healedAt).toBe('');
	});

	test('who started from one that left things out reads the log when later words miss them (C-5)', async () => {
		const [ada, bo] = await pair();
		await ada.note('q0', 'In the snapshot');
		await ada.sync();
		await bo.sync();
		const old = stateOf((await bo.store.open(bo.id)).doc);
		for (let i = 1; i < 6; i++) await ada.note(`q${i}`, `Left out ${i}`);
		await ada.sync();
		await bo.sync();
		const row = await bo.row();
		const { cursor: covers, address: w } = row;
		const { keyring } = senderOf(row);
		const { parts, epoch } = sealSnapshot(old, { keyring, w, covers });
		for (const [part, bytes] of parts.entries()) {
			await bo.world.relay.putPart(accessOf(row), { covers, part, of: parts.length, epoch }, bytes);
		}
		await ada.note('q6', 'Builds on what was left out');
		await ada.sync();
		const cy = await device('cy').joins(await ada.invites());
		expect(await cy.notes()).toEqual(['q0/ada: In the snapshot']);
		await cy.sync();
		expect(await cy.read()).toEqual(await ada.read());
		expect(await cy.notes()).toHaveLength(7);
	});

	test('one that leaves things out is refused, and what it left out is in the log (C-4, F-50)', async () => {
		snapshotAfter.envelopes = 6;
		const [ada, bo] = await pair();
		for (let i = 0; i < 8; i++) {
			await ada.note(`q${i}`, `Note ${i}`);
			await ada.sync();
		}
		await bo.sync();
		const row = await bo.row();
		const { cursor: covers } = row;
		const { parts, epoch } = sealSnapshot(stateOf(newDocument()), {
			keyring: senderOf(row).keyring,
			w: row.address,
			covers
		});
		for (const [part, bytes] of parts.entries()) {
			await bo.world.relay.putPart(accessOf(row), { covers, part, of: parts.length, epoch }, bytes);
		}
		const run = ada.start();
		await eventually(() => expect(run.facts.inStep).toBe(true));
		await bo.note('q9', 'Wake');
		await bo.sync();
		await eventually(async () =>
			expect(await ada.world.relay.snapshots(accessOf(row))).not.toContainEqual(
				expect.objectContaining({ covers })
			)
		);
	});
});

describe('bytes', () => {
	test('after a day away, 500 changes by others and 50 own: one round trip, under 55 KB (F-57)', async () => {
		const [ada, bo] = await pair();
		await bo.sync();
		const seal = sealer(senderOf(await ada.row()));
		// As people work: answers, and notes that grow word by word.
		for (let i = 0; i < 500; i++) {
			const question = `country-environment-${i % 50}`;
			const round = Math.floor(i / 50);
			if (round < 3) await ada.answer(question, round as 0);
			else await ada.note(question, words(round - 3));
			// Each is an envelope of its own, as with somebody who types while the line is there.
			await ada.store.sync.depart(ada.id, 1, seal);
		}
		// Connections that were idle for long are closed; a browser tries again by itself, Node does not.
		for (const one of [ada, bo])
			await one.world.relay.snapshots(accessOf(await one.row())).catch(() => {});
		await ada.sync();
		for (let i = 0; i < 50; i++) await bo.note(`own-${i % 10}`, words(Math.floor(i / 10)));
		expect((await ada.row()).cursor - (await bo.row()).cursor).toBeGreaterThanOrEqual(500);
		bo.line.asked = [];
		// On a busy machine the next exchange by the clock would come before this one is looked at.
		Object.assign(bo.world, { waits: { ...quickly, poll: 60_000 } });
		await bo.sync();
		expect(bo.line.count('POST', '')).toBe(1);
		expect(await bo.waiting()).toBe(0);
		const day = bo.line.asked.find(({ path }) => path === '')!;
		// With the heads that a browser and the relay put before it.
		expect(day.sent + day.received + 650).toBeLessThan(55_000);
		expect(day.received).toBeGreaterThan(20_000);
		await ada.sync();
		expect(await ada.read()).toEqual(await bo.read());
	});
});

/** Text that does not pack. */
function noise(length: number): string {
	const bytes = new Uint8Array(length);
	for (let at = 0; at < length; at += 60_000) {
		crypto.getRandomValues(bytes.subarray(at, at + 60_000));
	}
	return Array.from(bytes, (byte) => 'abcdefghijklmnopqrstuvwxyz0123456789'[byte % 36]).join('');
}
const words = (count: number): string =>
	'The national team has met, and a budget line exists since March'
		.split(' ')
		.slice(0, count + 1)
		.join(' ');
