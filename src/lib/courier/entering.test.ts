/** Entering over a real relay. Rules (J-2, R-5 …) are those of sync/SPEC.md. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Device, newDocument } from '../../../tests/fixtures/devices.ts';
import { TestRelay } from '../../../tests/fixtures/relay-line.ts';
import { structLimit } from '#lib/sync/updates.ts';
import { isBytes } from '#lib/store/row-bytes.ts';
import { drawnFrom } from './drawn.ts';
import { look } from './entering.ts';
import { joinWorkspace, shareWorkspace } from './joining.ts';
import { isRecord } from './kept-list.ts';
import { members, revoke } from './members.ts';
import { accessOf, keyringOf, Session } from './session.ts';

vi.setConfig({ testTimeout: 60_000 });

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
	await ada.note('q1', 'Of Ada');
	await ada.sync();
	return ada;
}
/** What a try to share has kept. */
function drawnOf(kept: unknown) {
	const drawn =
		isRecord(kept) && isBytes(kept.address) ? drawnFrom(kept, kept.address)?.member : null;
	if (!drawn) throw new Error('nothing was kept');
	return drawn;
}
async function people(by: Device) {
	const row = await by.row();
	const all = await members(by.world.relay, { ...accessOf(row), keyring: keyringOf(row) });
	return {
		devices: all.filter(({ kind }) => kind === 'device'),
		invitation: all.find(({ kind }) => kind === 'invitation')!
	};
}

describe('a try to join that was cut off', () => {
	test.each([
		['before it arrived', '/join', 'cut', 'edit'],
		['when its answer was lost', '/join', 'lost', 'edit'],
		['before the device had said who it is', '/card', 'cut', 'contribute'],
		['while the workspace was fetched', '', 'lost', 'edit']
	] as const)(
		'%s goes on as the same device, and uses its invitation once (J-2)',
		async (_, path, fault, role) => {
			const ada = await founder();
			const invitation = await ada.invites(role, 1);
			const bo = device('bo');
			bo.line.only = (method, asked) => method !== 'GET' && asked === path;
			bo.line.next = [fault];
			await expect(bo.joins(invitation)).rejects.toMatchObject({ code: 'unreachable' });
			expect(await bo.store.sync.all()).toEqual([]);
			await bo.joins(invitation);
			expect(await bo.notes()).toEqual(['q1/ada: Of Ada']);
			const { devices, invitation: used } = await people(ada);
			expect(devices.map(({ about }) => about?.name)).toEqual(['ada', 'bo']);
			expect(used.used).toBe(1);
			// Nothing of the try is kept then.
			const other = await ada.invites();
			expect(await bo.joins(other)).toBe(bo);
			expect((await people(ada)).devices).toHaveLength(2);
		}
	);

	test('and whose device was put out meanwhile begins as another one', async () => {
		const ada = await founder();
		const invitation = await ada.invites('contribute');
		const bo = device('bo');
		bo.line.only = (method, asked) => method === 'PUT' && asked === '/card';
		bo.line.next = ['cut'];
		await expect(bo.joins(invitation)).rejects.toMatchObject({ code: 'unreachable' });
		const [, nameless] = (await people(ada)).devices;
		await revoke(new Session(ada.id, ada.world), [nameless!.id]);
		await bo.joins(invitation);
		expect(await bo.notes()).toEqual(['q1/ada: Of Ada']);
		expect((await bo.row()).holder).not.toBe(nameless!.id);
	});

	test.each(['cut', 'lost'] as const)(
		'to share, with the request or its answer %s, makes one workspace at the relay (J-2)',
		async (fault) => {
			const ada = device('ada');
			ada.line.next = [fault];
			await expect(ada.found()).rejects.toMatchObject({ code: 'unreachable' });
			const [listed] = await ada.store.list();
			ada.id = listed!.id;
			const who = { contributor: 'ada', code: '' };
			const me = { ...ada.me, name: 'Ada' };
			await shareWorkspace(ada.world, ada.id, me, who);
			await ada.note('q1', 'Of Ada');
			await ada.sync();
			expect(await relay.workspaces()).toBe(1);
			expect((await people(ada)).devices.map(({ about }) => about?.name)).toEqual(['Ada']);
			expect(await ada.store.setting(`founding/${ada.id}`)).toBeNull();
			// Ended and shared again, it is another one.
			const { address, token } = await ada.row();
			await ada.world.relay.remove({ address, token });
			await ada.store.sync.stop(ada.id);
			await shareWorkspace(ada.world, ada.id, me, who);
			expect((await ada.row()).address).not.toEqual(address);
		}
	);

	test('to share that arrived, and was deleted before the next one, begins anew', async () => {
		const ada = device('ada');
		ada.line.next = ['lost'];
		await expect(ada.found()).rejects.toMatchObject({ code: 'unreachable' });
		const [listed] = await ada.store.list();
		ada.id = listed!.id;
		const begun = drawnOf(await ada.store.setting(`founding/${ada.id}`));
		await ada.world.relay.remove(begun);
		await shareWorkspace(ada.world, ada.id, ada.me, { contributor: 'ada', code: '' });
		expect((await ada.row()).address).not.toEqual(begun.address);
		await ada.sync();
	});

	test('to come back (H-2) takes one lane, not one a try', async () => {
		const ada = await founder();
		const bo = await device('bo').joins(await ada.invites());
		const { lane } = await bo.row();
		await ada.world.relay.revoke(accessOf(await ada.row()), (await bo.row()).holder);
		bo.line.only = (method, asked) => asked === '/join';
		bo.line.next = ['lost', 'lost', 'lost'];
		for (let i = 0; i < 4; i++) {
			bo.skew += 2 * 3_600_000;
			await bo.sync().catch(() => {});
		}
		await bo.sync();
		expect((await bo.row()).lane).toBe(lane + 1);
	});
});

describe('an invitation that was looked at a moment ago', () => {
	const askedBy = (bo: Device) => bo.line.asked.map(({ method, path }) => `${method} ${path}`);

	test('is not asked again: an editor is in with two requests', async () => {
		const ada = await founder();
		const invitation = await ada.invites();
		const bo = device('bo');
		const seen = await look(bo.world.relay, invitation);
		bo.line.asked = [];
		bo.id = await joinWorkspace(bo.world, invitation, bo.me, bo.name, seen);
		expect(askedBy(bo)).toEqual(['POST /join', 'POST ']);
		expect(await bo.notes()).toEqual(['q1/ada: Of Ada']);
		const { devices } = await people(ada);
		expect(devices.map(({ about }) => about?.name)).toEqual(['ada', 'bo']);
		expect(devices.map(({ about }) => about?.contributor)).toEqual(['ada', 'bo']);
	});

	test('is, where the keys were changed since (O-5)', async () => {
		const ada = await founder();
		const [invitation, other] = [await ada.invites(), await ada.invites()];
		const cy = await device('cy').joins(other);
		const bo = device('bo');
		const seen = await look(bo.world.relay, invitation);
		await revoke(new Session(ada.id, ada.world), [(await cy.row()).holder]);
		await ada.note('q2', 'With the new key');
		await ada.sync();
		bo.line.asked = [];
		bo.id = await joinWorkspace(bo.world, invitation, bo.me, bo.name, seen);
		expect(askedBy(bo)).toContain('GET /invitation');
		expect(await bo.notes()).toEqual(['q1/ada: Of Ada', 'q2/ada: With the new key']);
	});
});

describe('a relay that gives an invitation another role than its maker wrote (R-3a)', () => {
	test('is not believed before joining: no device is made', async () => {
		const ada = await founder();
		const invitation = await ada.invites('view');
		const bo = device('bo');
		const client = bo.world.relay;
		const honest = client.invitation.bind(client);
		vi.spyOn(client, 'invitation').mockImplementation(async (access) => ({
			...(await honest(access)),
			role: 'edit'
		}));
		const differs = { code: 'invitation-differs' };
		await expect(look(client, invitation)).rejects.toMatchObject(differs);
		await expect(bo.joins(invitation)).rejects.toMatchObject(differs);
		expect((await people(ada)).devices).toHaveLength(1);
		expect(await bo.store.list()).toEqual([]);
		vi.restoreAllMocks();
		await bo.joins(invitation);
		expect((await bo.row()).role).toBe('view');
	});

	test('nor afterwards: the device leaves', async () => {
		const ada = await founder();
		const invitation = await ada.invites('view');
		const bo = device('bo');
		const client = bo.world.relay;
		const honest = client.join.bind(client);
		vi.spyOn(client, 'join').mockImplementation(async (...asked) => ({
			...(await honest(...asked)),
			role: 'edit'
		}));
		await expect(bo.joins(invitation)).rejects.toMatchObject({ code: 'invitation-differs' });
		expect(await bo.store.sync.all()).toEqual([]);
		expect((await people(ada)).devices.filter(({ revoked }) => !revoked)).toHaveLength(1);
	});

	test('nor where the card was taken away', async () => {
		const ada = await founder();
		const invitation = await ada.invites('view');
		const bo = device('bo');
		const client = bo.world.relay;
		const honest = client.invitation.bind(client);
		vi.spyOn(client, 'invitation').mockImplementation(async (access) => ({
			...(await honest(access)),
			card: ''
		}));
		await expect(bo.joins(invitation)).rejects.toMatchObject({ code: 'invitation-differs' });
	});
});

test('a workspace with more in it than devices take in is not shared, and it is said before anything is sent (E-2)', async () => {
	const doc = newDocument();
	const later = doc.getMap('of a later version');
	doc.transact(() => {
		for (let i = 0; i < structLimit; i++) later.set(`${i}`, 0);
	});
	const ada = device('ada');
	await expect(ada.found(doc)).rejects.toMatchObject({
		code: 'sync-too-large',
		values: { limit: structLimit }
	});
	expect(ada.line.asked).toEqual([]);
	expect(await ada.store.sync.all()).toEqual([]);
});
