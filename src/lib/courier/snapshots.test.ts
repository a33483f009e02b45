/** Snapshots over a real relay: when one is made, and of what. Rules (C-1 …) are those of sync/SPEC.md. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Device } from '../../../tests/fixtures/devices.ts';
import { TestRelay } from '../../../tests/fixtures/relay-line.ts';
import { revoke } from './members.ts';
import { sealer } from './outgoing.ts';
import { accessOf, senderOf, Session } from './session.ts';
import { isDue, lookAfter, snapshotAfter } from './snapshots.ts';

vi.setConfig({ testTimeout: 60_000 });

let relay: TestRelay;
let devices: Device[];
const usual = { ...snapshotAfter };
beforeEach(async () => {
	relay = new TestRelay();
	await relay.start();
	devices = [];
});
afterEach(async () => {
	for (const device of devices) await device.stop();
	await relay.remove();
	Object.assign(snapshotAfter, usual);
});
function device(name: string): Device {
	const made = new Device(relay, name);
	devices.push(made);
	return made;
}
/** Editors that are in step, the first of whom shared the workspace. */
async function team(...names: string[]): Promise<Device[]> {
	const first = await device(names[0]!).found();
	await first.sync();
	const others: Device[] = [];
	for (const name of names.slice(1)) others.push(await device(name).joins(await first.invites()));
	return [first, ...others];
}
const sessionOf = (one: Device): Session => new Session(one.id, one.world);
const there = async (one: Device) => one.world.relay.snapshots(accessOf(await one.row()));
/** A connection that the relay closed when it was restarted fails once. */
const reconnect = (one: Device) => there(one).catch(() => []);

/** Text that does not pack. */
function noise(length: number): string {
	const bytes = crypto.getRandomValues(new Uint8Array(length));
	return Array.from(bytes, (byte) => 'abcdefghijklmnopqrstuvwxyz0123456789'[byte % 36]).join('');
}

/** Of a change in pieces the first alone are sent; gives what sends the rest. */
async function halfSent(from: Device, text: string): Promise<() => Promise<void>> {
	await from.note('large', text);
	await from.store.sync.depart(from.id, 1, sealer(senderOf(await from.row())));
	const row = await from.row();
	const flights = await from.store.sync.flight(from.id);
	expect(flights.length).toBeGreaterThan(2);
	const { cursor, mark } = row;
	const envelopes = flights.slice(0, 2).map(({ envelope }) => envelope);
	await from.world.relay.exchange(accessOf(row), {
		own: false,
		grant: false,
		cursor,
		mark,
		envelopes
	});
	return () => from.sync();
}

describe('none is made', () => {
	test('while pieces of a change wait for their rest: newcomers would never have it (C-6)', async () => {
		snapshotAfter.envelopes = 4;
		const [ada, bo] = (await team('ada', 'bo')) as [Device, Device];
		const large = noise(40_000);
		const sendRest = await halfSent(bo, large);
		for (let i = 0; i < 6; i++) {
			await ada.note(`q${i}`, `Note ${i}`);
			await ada.sync();
		}
		expect((await ada.store.sync.aside(ada.id)).map(({ why }) => why)).toEqual(['piece', 'piece']);
		expect(await isDue(sessionOf(ada))).toBe(false);
		await lookAfter(sessionOf(ada));
		expect(await there(ada)).toEqual([]);

		await sendRest();
		await ada.sync();
		expect(await isDue(sessionOf(ada))).toBe(true);
		await lookAfter(sessionOf(ada));
		const cy = await device('cy').joins(await ada.invites());
		expect(await cy.notes()).toContain(`large/bo: ${large}`);
	});

	test('and once whoever never sent the rest is put out, one is made (C-6)', async () => {
		snapshotAfter.envelopes = 2;
		const [ada, bo] = (await team('ada', 'bo')) as [Device, Device];
		await halfSent(bo, noise(40_000));
		for (let i = 0; i < 9; i++) {
			await ada.note(`q${i}`, `Note ${i}`);
			await ada.sync();
		}
		// Long overdue, the relay is asked; it says that the device takes part.
		expect(await isDue(sessionOf(ada))).toBe(true);
		await lookAfter(sessionOf(ada));
		expect(await there(ada)).toEqual([]);
		await revoke(sessionOf(ada), [(await bo.row()).holder]);
		await lookAfter(sessionOf(ada));
		expect(await there(ada)).toMatchObject([{ complete: true }]);
	});

	test('by a device that has read what the relay has lost since (H-1, F-55)', async () => {
		const [ada, bo, cy] = (await team('ada', 'bo', 'cy')) as [Device, Device, Device];
		const restore = await relay.backUp();
		for (const one of [ada, bo, cy]) await reconnect(one);
		await ada.note('q1', 'Lost there');
		await ada.sync();
		await restore();
		for (const one of [ada, bo, cy]) await reconnect(one);
		await bo.note('q2', 'Since');
		await bo.sync();
		// The log is as long as it was, so that the place itself is there.
		expect(await lookAfter(sessionOf(ada))).toBe(false);
		expect(await there(ada)).toEqual([]);
		for (const one of [ada, cy, bo]) await one.sync();
		for (const one of [ada, bo, cy]) {
			expect(await one.notes()).toEqual(['q1/ada: Lost there', 'q2/bo: Since']);
		}
	});
});

describe('one that somebody else has made', () => {
	test('is not passed over while own words wait: it is judged later (C-4)', async () => {
		const [ada, bo] = (await team('ada', 'bo')) as [Device, Device];
		await ada.note('q1', 'In it');
		await ada.sync();
		await lookAfter(sessionOf(ada));
		await bo.sync();
		await bo.note('q2', 'Waiting');
		await lookAfter(sessionOf(bo));
		expect(await there(bo)).toMatchObject([{ confirmed: false }]);
		expect((await bo.row()).since.covers).toBe(0);
		await bo.sync();
		await lookAfter(sessionOf(bo));
		expect(await there(bo)).toMatchObject([{ confirmed: true }]);
	});
});

describe('one that was begun', () => {
	/** Ada has sent the first part of several. */
	async function begun(): Promise<[Device, Device]> {
		const [ada, bo] = (await team('ada', 'bo')) as [Device, Device];
		for (let i = 0; i < 3; i++) await ada.note(`q${i}`, noise(60_000));
		await ada.sync();
		await bo.sync();
		let parts = 0;
		ada.line.only = (method, path) =>
			method === 'POST' && path.startsWith('/snapshot') && parts++ > 0;
		ada.line.always = 'cut';
		await expect(lookAfter(sessionOf(ada))).rejects.toMatchObject({ code: 'unreachable' });
		ada.line.always = null;
		expect(await there(ada)).toMatchObject([{ complete: false, have: [0] }]);
		return [ada, bo];
	}

	test('goes on where it stopped (C-1)', async () => {
		const [ada] = await begun();
		ada.line.asked = [];
		await lookAfter(sessionOf(ada));
		const sent = ada.line.asked.filter(({ path }) => path.startsWith('/snapshot?'));
		expect(sent.every(({ path }) => !path.includes('part=0'))).toBe(true);
		expect(await there(ada)).toMatchObject([{ complete: true }]);
	});

	test('before a rotation is made anew with the new key', async () => {
		const [ada, bo] = await begun();
		await revoke(sessionOf(ada), [(await bo.row()).holder]);
		await lookAfter(sessionOf(ada));
		expect(await there(ada)).toMatchObject([{ complete: true, epoch: 2 }]);
		const cy = await device('cy').joins(await ada.invites());
		expect(await cy.notes()).toEqual(await ada.notes());
	});

	test('and whose parts are gone here is not mixed with another', async () => {
		const [ada] = await begun();
		await ada.store.saveSetting(`snapshot/${ada.id}`, null);
		await lookAfter(sessionOf(ada));
		// Nothing is sent for the same place; with the next change there is another one.
		expect(await there(ada)).toMatchObject([{ have: [0] }]);
		await ada.note('q9', 'One more');
		await ada.sync();
		await lookAfter(sessionOf(ada));
		const cy = await device('cy').joins(await ada.invites());
		expect(await cy.notes()).toEqual(await ada.notes());
	});
});

test('a part that is gone is not taken for counters that were used twice (X-4, C-2)', async () => {
	snapshotAfter.envelopes = 4;
	const [ada, bo] = (await team('ada', 'bo')) as [Device, Device];
	const cy = await device('cy').joins(await ada.invites());
	for (let i = 0; i < 6; i++) {
		await ada.note(`q${i}`, noise(30_000));
		await ada.sync();
	}
	await lookAfter(sessionOf(ada));
	await bo.sync();
	await lookAfter(sessionOf(bo));
	await relay.upkeep(90);
	const before = await cy.row();
	await cy.note('mine', 'Kept');
	const part = cy.world.relay.part.bind(cy.world.relay);
	const gone = vi.spyOn(cy.world.relay, 'part');
	// Another one came between the relay's word and the request.
	gone.mockImplementationOnce((access, covers) => part(access, covers, 600));
	await expect(cy.sync()).rejects.toMatchObject({ code: 'sync-unavailable' });
	await cy.sync();
	const after = await cy.row();
	expect(after.counter - before.counter).toBeLessThan(10);
	expect(after.healedAt).toBe('');
	expect(await cy.notes()).toHaveLength(7);
});
