/** Entering over a real relay. Rules (J-2, R-5 …) are those of sync/SPEC.md. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Device, newDocument } from '../../../tests/fixtures/devices.ts';
import { TestRelay } from '../../../tests/fixtures/relay-line.ts';
import { structLimit } from '#lib/sync/updates.ts';
import { look } from './entering.ts';
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
		['before it arrived', '/join', 'cut'],
		['when its answer was lost', '/join', 'lost'],
		['before the device had said who it is', '/card', 'cut'],
		['while the workspace was fetched', '', 'lost']
	] as const)(
		'%s goes on as the same device, and uses its invitation once (J-2)',
		async (_, path, fault) => {
			const ada = await founder();
			const invitation = await ada.invites('edit', 1);
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
		const invitation = await ada.invites();
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

describe('a relay that gives an invitation another role than its maker wrote (R-5)', () => {
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
