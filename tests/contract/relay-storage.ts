/**
 * What every RelayStorage promises. Run by `src/server/storage/sqlite.test.ts` and `postgres.test.ts`.
 * Rules in brackets are those of src/lib/sync/SPEC.md.
 */
import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Role } from '../../src/lib/sync/control.ts';
import type {
	Access,
	Joined,
	NewHolder,
	Pushed,
	RelayStorage,
	Room,
	Stored
} from '../../src/server/storage/storage.ts';

export const room: Room = { bytes: 1_000_000, holders: 50, workspaces: 1_000_000 };
export const now = Date.UTC(2026, 10, 23, 12);
const day = 86_400_000;

const hash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const mark = (bytes: Uint8Array): Uint8Array => hash(bytes).subarray(0, 8);
const zeros = new Uint8Array(8);
const same = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

export const newHolder = (epoch = 1): NewHolder => ({
	id: randomBytes(16),
	token: hash(randomBytes(16)),
	card: randomBytes(60),
	grant: randomBytes(120),
	epoch
});

/** Bytes that begin as an envelope does: epoch, counter. */
export const envelope = (epoch: number, counter: number, size = 80): Pushed => ({
	epoch,
	counter,
	bytes: new Uint8Array(Buffer.concat([Buffer.from([epoch, counter & 127]), randomBytes(size)]))
});

/** A workspace with its first device. */
export async function newWorkspace(storage: RelayStorage) {
	const w = randomBytes(16);
	const device = newHolder();
	expect(await storage.create(w, device, room, now)).toEqual({ lane: 1, role: 'edit', epoch: 1 });
	return { w, device, access: await accessOf(storage, w, device) };
}

async function accessOf(
	storage: RelayStorage,
	w: Uint8Array,
	{ token }: NewHolder
): Promise<Access> {
	const access = await storage.find(w, token);
	if (!access) throw new Error('nobody was found');
	return access;
}

/** Another device, by an invitation of its own. */
async function joined(storage: RelayStorage, w: Uint8Array, by: Access, role: Role = 'edit') {
	const { epoch } = by;
	const invitation = newHolder(epoch);
	expect(await storage.invite(by, { ...invitation, role, until: 0, uses: 0 }, room)).toBeNull();
	const device = newHolder(epoch);
	const answer = await storage.join(await accessOf(storage, w, invitation), device, room, now);
	expect(answer).toMatchObject({ role });
	return {
		invitation,
		device,
		lane: (answer as Joined).lane,
		access: await accessOf(storage, w, device)
	};
}

const all = { after: 0, except: 0, bytes: 1_000_000 };

export function relayStorageContract(name: string, make: () => Promise<RelayStorage>): void {
	describe(`the relay's storage in ${name}`, () => {
		const push = async (
			storage: RelayStorage,
			w: Uint8Array,
			{ token }: NewHolder,
			...envelopes: Pushed[]
		) => {
			const [outcome] = await storage.commit([{ w, token, envelopes }], room, now);
			return outcome!;
		};
		const seqsOf = (outcome: Awaited<ReturnType<typeof push>>) =>
			outcome.refused === null ? outcome.acks.map(({ seq }) => seq) : outcome;

		describe('holders', () => {
			test('O-7 an unknown workspace, a wrong token and a revoked holder are alike: nobody', async () => {
				const storage = await make();
				const { w, device, access } = await newWorkspace(storage);
				expect(access).toMatchObject({ role: 'edit', lane: 1, epoch: 1, head: 0, floor: 0 });
				expect(await storage.find(randomBytes(16), device.token)).toBeNull();
				expect(await storage.find(w, hash(device.token))).toBeNull();
				const other = await joined(storage, w, access);
				expect(await storage.revoke(access, other.device.id, false)).toBeNull();
				expect(await storage.find(w, other.device.token)).toBeNull();
			});

			test('a token opens its own workspace only', async () => {
				const storage = await make();
				const one = await newWorkspace(storage);
				const two = await newWorkspace(storage);
				expect(await storage.find(two.w, one.device.token)).toBeNull();
				const [outcome] = await storage.commit(
					[{ w: two.w, token: one.device.token, envelopes: [envelope(1, 1)] }],
					room,
					now
				);
				expect(outcome).toEqual({ refused: 'unknown' });
			});

			test('O-1 an address is given once; the same device may ask again', async () => {
				const storage = await make();
				const { w, device } = await newWorkspace(storage);
				expect(await storage.create(w, device, room, now)).toMatchObject({ lane: 1 });
				expect(await storage.create(w, newHolder(), room, now)).toEqual({ refused: 'conflict' });
			});

			test('two who ask for one address at once: one gets it', async () => {
				const storage = await make();
				const w = randomBytes(16);
				const answers = await Promise.all(
					[newHolder(), newHolder()].map((device) => storage.create(w, device, room, now))
				);
				expect(answers.filter((answer) => 'lane' in answer)).toHaveLength(1);
				expect(answers).toContainEqual({ refused: 'conflict' });
			});

			test('no more workspaces than there is room for', async () => {
				const storage = await make();
				await newWorkspace(storage);
				const little = { ...room, workspaces: 1 };
				const answer = await storage.create(randomBytes(16), newHolder(), little, now);
				expect(answer).toEqual({ refused: 'full' });
			});

			test('O-2 joining gives lanes in order, and the same lane when the answer was lost', async () => {
				const storage = await make();
				const { w, access } = await newWorkspace(storage);
				const { invitation, device, lane } = await joined(storage, w, access, 'contribute');
				expect(lane).toBe(2);
				const by = await accessOf(storage, w, invitation);
				expect(await storage.join(by, device, room, now)).toMatchObject({ lane: 2 });
				expect(await storage.join(by, newHolder(), room, now)).toMatchObject({ lane: 3 });
				const rows = await storage.holders(access.ws);
				expect(rows.find(({ id }) => same(id) === same(invitation.id))).toMatchObject({ used: 2 });
				expect(rows.map((row) => row.kind).sort()).toEqual([
					'device',
					'device',
					'device',
					'invitation'
				]);
			});

			test('J-2, H-2 a lane that it says it had is given back where it is nobody’s, and never another’s', async () => {
				const storage = await make();
				const { w, access } = await newWorkspace(storage);
				const { invitation } = await joined(storage, w, access, 'contribute');
				const by = await accessOf(storage, w, invitation);
				const comes = (lane: number) =>
					storage.join(by, { ...newHolder(), lane }, room, now) as Promise<Joined>;
				// The first device's, one that somebody has, one that nobody was ever given, and nonsense.
				const lanes = [];
				for (const wanted of [1, 2, 6, 1_000_000, 0, -1]) lanes.push((await comes(wanted)).lane);
				expect(lanes).toEqual([3, 4, 5, 6, 7, 8]);
				// Who was ended keeps its lane: nobody gets it.
				const rows = await storage.holders(access.ws);
				const fifth = rows.find(({ lane }) => lane === 5)!;
				await storage.revoke(access, fifth.id, false);
				expect((await comes(5)).lane).toBe(9);
			});

			test('devices that join at once get different lanes', async () => {
				const storage = await make();
				const { w, access } = await newWorkspace(storage);
				const { invitation } = await joined(storage, w, access);
				const by = await accessOf(storage, w, invitation);
				const answers = await Promise.all(
					Array.from({ length: 8 }, () => storage.join(by, newHolder(), room, now))
				);
				const lanes = answers.map((answer) => (answer as Joined).lane).sort((a, b) => a - b);
				expect(lanes).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
			});

			test('an invitation ends with its date and with its number of uses', async () => {
				const storage = await make();
				const { w, access } = await newWorkspace(storage);
				const once = { ...newHolder(), role: 'view' as const, until: 0, uses: 1 };
				const brief = { ...newHolder(), role: 'view' as const, until: now - 1, uses: 0 };
				expect(await storage.invite(access, once, room)).toBeNull();
				expect(await storage.invite(access, brief, room)).toBeNull();
				const by = await accessOf(storage, w, once);
				expect(await storage.join(by, newHolder(), room, now)).toMatchObject({ role: 'view' });
				expect(await storage.join(by, newHolder(), room, now)).toEqual({ refused: 'ended' });
				const late = await accessOf(storage, w, brief);
				expect(await storage.join(late, newHolder(), room, now)).toEqual({ refused: 'ended' });
			});

			test('R-2 only a device that edits may invite, revoke others, rotate, delete', async () => {
				const storage = await make();
				const { w, access } = await newWorkspace(storage);
				for (const role of ['contribute', 'view', 'participate'] as const) {
					const { access: by, invitation } = await joined(storage, w, access, role);
					const new_ = { ...newHolder(), role: 'edit' as const, until: 0, uses: 0 };
					const rotation = { epoch: 2, revoke: [], devices: false, grants: [] };
					const part = { covers: 1, part: 0, of: 1, epoch: 1, bytes: randomBytes(9) };
					const refused = { refused: 'role' };
					expect(await storage.invite(by, new_, room)).toEqual(refused);
					expect(await storage.revoke(by, access.id, false)).toEqual(refused);
					expect(await storage.rotate(by, rotation, now)).toEqual(refused);
					expect(await storage.remove(by, now)).toEqual(refused);
					expect(await storage.putPart(by, part, room, now)).toEqual(refused);
					expect(await storage.confirm(by, 1)).toEqual(refused);
					expect(await storage.refuse(by, 1)).toEqual(refused);
					const link = await accessOf(storage, w, invitation);
					expect(await storage.invite(link, new_, room)).toEqual(refused);
				}
			});

			test('O-4 a device may leave; nobody else is touched', async () => {
				const storage = await make();
				const { w, access, device } = await newWorkspace(storage);
				const other = await joined(storage, w, access, 'view');
				expect(await storage.revoke(other.access, other.device.id, false)).toBeNull();
				expect(await storage.find(w, other.device.token)).toBeNull();
				expect(await storage.find(w, device.token)).not.toBeNull();
			});

			test('O-4 revoking an invitation can include the devices that came by it', async () => {
				const storage = await make();
				const { w, access } = await newWorkspace(storage);
				const one = await joined(storage, w, access);
				const two = await joined(storage, w, access);
				expect(await storage.revoke(access, one.invitation.id, true)).toBeNull();
				expect(await storage.find(w, one.invitation.token)).toBeNull();
				expect(await storage.find(w, one.device.token)).toBeNull();
				expect(await storage.find(w, two.device.token)).not.toBeNull();
			});

			test('whoever was revoked meanwhile can do nothing with what was found before', async () => {
				const storage = await make();
				const { w, access } = await newWorkspace(storage);
				const other = await joined(storage, w, access);
				await storage.revoke(access, other.device.id, false);
				const invite = { ...newHolder(), role: 'edit' as const, until: 0, uses: 0 };
				expect(await storage.invite(other.access, invite, room)).toEqual({ refused: 'unknown' });
				expect(await storage.remove(other.access, now)).toEqual({ refused: 'unknown' });
				expect(await push(storage, w, other.device, envelope(1, 1))).toEqual({
					refused: 'unknown'
				});
			});

			test('K-9 a card is put by its own holder', async () => {
				const storage = await make();
				const { access } = await newWorkspace(storage);
				expect(await storage.setCard(access, Buffer.from('new card'))).toBeNull();
				const [row] = await storage.holders(access.ws);
				expect(Buffer.from(row!.card).toString()).toBe('new card');
			});
		});

		describe('rotation (O-5)', () => {
			test('ends who is named, gives the others their grants, and is one epoch on', async () => {
				const storage = await make();
				const { w, access, device } = await newWorkspace(storage);
				const stays = await joined(storage, w, access);
				const goes = await joined(storage, w, access);
				const grants = [device, stays.device, stays.invitation].map(({ id }) => ({
					id,
					bytes: Buffer.from(`grant for ${same(id)}`)
				}));
				const rotation = { epoch: 2, revoke: [goes.invitation.id], devices: true, grants };
				expect(await storage.rotate(access, rotation, now)).toBeNull();
				expect(await storage.find(w, goes.device.token)).toBeNull();
				const after = await accessOf(storage, w, stays.device);
				expect(after).toMatchObject({ epoch: 2, grantEpoch: 2 });
				expect(Buffer.from((await storage.grantOf(after))!.bytes).toString()).toBe(
					`grant for ${same(stays.device.id)}`
				);
			});

			test('is refused for another epoch, and changes nothing', async () => {
				const storage = await make();
				const { w, access, device } = await newWorkspace(storage);
				const other = await joined(storage, w, access);
				const grants = [{ id: device.id, bytes: randomBytes(9) }];
				const rotation = { epoch: 3, revoke: [other.device.id], devices: false, grants };
				expect(await storage.rotate(access, rotation, now)).toEqual({ refused: 'epoch', epoch: 1 });
				expect(await storage.find(w, other.device.token)).not.toBeNull();
			});

			test('J-4 is refused where somebody who stays has no grant, who is named', async () => {
				const storage = await make();
				const { w, access, device } = await newWorkspace(storage);
				const goes = await joined(storage, w, access);
				const late = await joined(storage, w, access);
				const grants = [device, late.invitation].map(({ id }) => ({ id, bytes: randomBytes(9) }));
				const revoke = [goes.invitation.id];
				const rotation = { epoch: 2, revoke, devices: true, grants };
				expect(await storage.rotate(access, rotation, now)).toEqual({
					refused: 'missing',
					missing: [expect.anything()]
				});
				expect(await storage.find(w, goes.device.token)).not.toBeNull();
				expect((await accessOf(storage, w, device)).epoch).toBe(1);
			});

			test('two at once: one of them is late', async () => {
				const storage = await make();
				const { access, device } = await newWorkspace(storage);
				const grants = [{ id: device.id, bytes: randomBytes(9) }];
				const rotation = { epoch: 2, revoke: [], devices: false, grants };
				const answers = await Promise.all([0, 1].map(() => storage.rotate(access, rotation, now)));
				expect(answers).toContainEqual(null);
				expect(answers).toContainEqual({ refused: 'epoch', epoch: 2 });
			});

			test('O-6 what is sealed in an older epoch is refused, but for what is there already', async () => {
				const storage = await make();
				const { w, access, device } = await newWorkspace(storage);
				const old = envelope(1, 1);
				await push(storage, w, device, old);
				const grants = [{ id: device.id, bytes: randomBytes(9) }];
				await storage.rotate(access, { epoch: 2, revoke: [], devices: false, grants }, now);
				expect(await push(storage, w, device, envelope(1, 2))).toEqual({
					refused: 'epoch',
					epoch: 2
				});
				expect(seqsOf(await push(storage, w, device, old, envelope(2, 3)))).toEqual([1, 2]);
			});
		});

		describe('the log', () => {
			test('X-7 seqs grow by one, and are read in their order', async () => {
				const storage = await make();
				const { w, device, access } = await newWorkspace(storage);
				const other = await joined(storage, w, access, 'contribute');
				const one = envelope(1, 1);
				const two = envelope(1, 1);
				const three = envelope(1, 2);
				expect(seqsOf(await push(storage, w, device, one))).toEqual([1]);
				expect(seqsOf(await push(storage, w, other.device, two, three))).toEqual([2, 3]);
				const page = await storage.read(access.ws, all);
				expect(page).toMatchObject({ head: 3, upTo: 3, more: false, epoch: 1, floor: 0 });
				expect(page.envelopes.map(({ seq, lane, role }) => [seq, lane, role])).toEqual([
					[1, 1, 'edit'],
					[2, 2, 'contribute'],
					[3, 2, 'contribute']
				]);
				expect(page.envelopes.map((one) => same(one.bytes))).toEqual(
					[one, two, three].map((one) => same(one.bytes))
				);
			});

			test('many pushes of many workspaces in one group', async () => {
				const storage = await make();
				const places = await Promise.all([0, 1, 2].map(() => newWorkspace(storage)));
				const pushes = [1, 2, 3].flatMap((counter) =>
					places.map(({ w, device }) => ({
						w,
						token: device.token,
						envelopes: [envelope(1, counter)]
					}))
				);
				const outcomes = await storage.commit(pushes, room, now);
				expect(outcomes.map(seqsOf)).toEqual([[1], [1], [1], [2], [2], [2], [3], [3], [3]]);
				for (const { access } of places) {
					expect((await storage.read(access.ws, all)).envelopes).toHaveLength(3);
				}
			});

			test('groups that are committed at once leave no gap and no double', async () => {
				const storage = await make();
				const { w, device, access } = await newWorkspace(storage);
				const groups = Array.from({ length: 20 }, (_, i) =>
					storage.commit(
						[0, 1].map((n) => ({
							w,
							token: device.token,
							envelopes: [envelope(1, 1 + 2 * i + n)]
						})),
						room,
						now
					)
				);
				const outcomes = (await Promise.all(groups)).flat();
				const seqs = outcomes.map((outcome) => seqsOf(outcome)).flat();
				expect(seqs.sort((a, b) => Number(a) - Number(b))).toEqual(
					Array.from({ length: 40 }, (_, i) => i + 1)
				);
				expect((await storage.read(access.ws, all)).head).toBe(40);
			});

			test('X-4, F-49 pushed again with the same bytes: the same seq, no second copy', async () => {
				const storage = await make();
				const { w, device, access } = await newWorkspace(storage);
				const one = envelope(1, 1);
				expect(seqsOf(await push(storage, w, device, one))).toEqual([1]);
				expect(seqsOf(await push(storage, w, device, one, envelope(1, 2)))).toEqual([1, 2]);
				expect(seqsOf(await push(storage, w, device, one))).toEqual([1]);
				expect((await storage.read(access.ws, all)).head).toBe(2);
			});

			test('X-4 twice in one push, and in two pushes of one group', async () => {
				const storage = await make();
				const { w, device, access } = await newWorkspace(storage);
				const one = envelope(1, 1);
				const push = { w, token: device.token, envelopes: [one, one] };
				const outcomes = await storage.commit([push, push], room, now);
				expect(outcomes.map(seqsOf)).toEqual([
					[1, 1],
					[1, 1]
				]);
				expect((await storage.read(access.ws, all)).head).toBe(1);
			});

			test('X-4, X-5, F-50 other bytes under a counter are refused, and the whole push with them', async () => {
				const storage = await make();
				const { w, device, access } = await newWorkspace(storage);
				await push(storage, w, device, envelope(1, 1));
				const refused = { refused: 'conflict' };
				expect(await push(storage, w, device, envelope(1, 2), envelope(1, 1))).toEqual(refused);
				expect(await push(storage, w, device, envelope(1, 3), envelope(1, 3))).toEqual(refused);
				const both = [4, 4].map((counter) => ({
					w,
					token: device.token,
					envelopes: [envelope(1, counter)]
				}));
				expect((await storage.commit(both, room, now)).map(seqsOf)).toEqual([[2], refused]);
				expect((await storage.read(access.ws, all)).head).toBe(2);
			});

			test('a lane’s counters are its own', async () => {
				const storage = await make();
				const { w, device, access } = await newWorkspace(storage);
				const other = await joined(storage, w, access);
				expect(seqsOf(await push(storage, w, device, envelope(1, 7)))).toEqual([1]);
				expect(seqsOf(await push(storage, w, other.device, envelope(1, 7)))).toEqual([2]);
			});

			test('R-1 who may only view pushes nothing, but may ask', async () => {
				const storage = await make();
				const { w, access } = await newWorkspace(storage);
				const viewer = await joined(storage, w, access, 'view');
				expect(await push(storage, w, viewer.device, envelope(1, 1))).toEqual({ refused: 'role' });
				expect(seqsOf(await push(storage, w, viewer.device))).toEqual([]);
			});

			test('M-4 the newest of what editors pushed, and how far the log goes', async () => {
				const storage = await make();
				const { w, device, access } = await newWorkspace(storage);
				const phone = await joined(storage, w, access, 'participate');
				const other = await joined(storage, w, access, 'participate');
				const newest = { ...all, newest: true };
				const empty = await storage.read(access.ws, newest);
				expect(empty).toMatchObject({ envelopes: [], upTo: 0, head: 0 });
				const scene = envelope(1, 2, 900);
				const notes = [envelope(1, 1), envelope(1, 2), envelope(1, 1)];
				await push(storage, w, device, envelope(1, 1));
				await push(storage, w, phone.device, notes[0]!);
				await push(storage, w, device, scene);
				expect(seqsOf(await push(storage, w, phone.device, notes[1]!))).toEqual([4]);
				await push(storage, w, other.device, notes[2]!);

				// A scene that is larger than what was asked for is still given: there is no other.
				const page = await storage.read(access.ws, { ...newest, bytes: 10 });
				expect(page).toMatchObject({ head: 5, upTo: 5, more: false });
				expect(page.envelopes.map(({ seq, role }) => [seq, role])).toEqual([[3, 'edit']]);
				expect(same(page.envelopes[0]!.bytes)).toBe(same(scene.bytes));
				expect(same(page.upToMark)).toBe(same(mark(notes[2]!.bytes)));
				const later = await storage.read(access.ws, { ...newest, after: 3, except: phone.lane });
				expect(later).toMatchObject({ envelopes: [], upTo: 5, more: false });
				expect(same(later.mark!)).toBe(same(mark(scene.bytes)));
				const end = await storage.read(access.ws, { ...newest, after: 5 });
				expect(end).toMatchObject({ envelopes: [], upTo: 5 });
				expect((await storage.read(access.ws, { ...newest, after: 9 })).mark).toBeNull();
				// Who made the room reads all of it.
				expect((await storage.read(access.ws, all)).envelopes).toHaveLength(5);
			});

			test('an invitation pushes nothing', async () => {
				const storage = await make();
				const { w, access } = await newWorkspace(storage);
				const { invitation } = await joined(storage, w, access);
				expect(await push(storage, w, invitation, envelope(1, 1))).toEqual({ refused: 'unknown' });
			});

			test('one bad push does not spoil the others of its group', async () => {
				const storage = await make();
				const { w, device } = await newWorkspace(storage);
				const good = (counter: number) => ({
					w,
					token: device.token,
					envelopes: [envelope(1, counter)]
				});
				const bad = { w, token: randomBytes(32), envelopes: [envelope(1, 2)] };
				const outcomes = await storage.commit([good(1), bad, good(2)], room, now);
				expect(outcomes.map(seqsOf)).toEqual([[1], { refused: 'unknown' }, [2]]);
			});

			test('a workspace that is full takes no more, and is read as before', async () => {
				const storage = await make();
				const { w, device, access } = await newWorkspace(storage);
				const little = { ...room, bytes: 1_000 };
				const large = { w, token: device.token, envelopes: [envelope(1, 1, 900)] };
				const small = { w, token: device.token, envelopes: [envelope(1, 2, 200)] };
				const outcomes = await storage.commit([large, small], little, now);
				expect(outcomes.map(seqsOf)).toEqual([[1], { refused: 'full' }]);
				expect(await storage.commit([small], little, now)).toEqual([{ refused: 'full' }]);
				// What is there already needs no room.
				expect((await storage.commit([large], little, now)).map(seqsOf)).toEqual([[1]]);
				expect((await storage.read(access.ws, all)).head).toBe(1);
			});

			test('M-3 notes may fill half of a room: the other half is left to scenes', async () => {
				const storage = await make();
				const { w, device, access } = await newWorkspace(storage);
				const phone = await joined(storage, w, access, 'participate');
				const little = { ...room, bytes: 2_000 };
				const says = ({ token }: NewHolder, ...envelopes: Pushed[]) => ({ w, token, envelopes });
				const outcomes = await storage.commit(
					[
						says(phone.device, envelope(1, 1, 900)),
						says(phone.device, envelope(1, 2, 200)),
						says(device, envelope(1, 1, 800)),
						says(phone.device, envelope(1, 3, 1)),
						says(device, envelope(1, 2, 800))
					],
					little,
					now
				);
				const full = { refused: 'full' };
				expect(outcomes.map(seqsOf)).toEqual([[1], full, [2], full, full]);
			});

			test('a page stops at its size, gives at least one, and goes on from there', async () => {
				const storage = await make();
				const { w, device, access } = await newWorkspace(storage);
				const given = [500, 500, 500, 5_000, 500].map((size, i) => envelope(1, i + 1, size));
				await push(storage, w, device, ...given);
				const seen: Stored[] = [];
				const pages: number[] = [];
				for (let after = 0; ;) {
					const page = await storage.read(access.ws, { after, except: 0, bytes: 1_100 });
					seen.push(...page.envelopes);
					pages.push(page.envelopes.length);
					after = page.upTo;
					expect(same(page.upToMark)).toBe(same(mark(given[after - 1]!.bytes)));
					if (!page.more) break;
				}
				expect(pages).toEqual([2, 1, 1, 1]);
				expect(seen.map((one) => same(one.bytes))).toEqual(given.map((one) => same(one.bytes)));
			});

			test('a lane can be left out, and the page still says how far it goes', async () => {
				const storage = await make();
				const { w, device, access } = await newWorkspace(storage);
				const other = await joined(storage, w, access);
				const foreign = envelope(1, 1);
				const own = envelope(1, 3);
				await push(storage, w, device, envelope(1, 1), envelope(1, 2));
				await push(storage, w, other.device, foreign);
				await push(storage, w, device, own);
				const page = await storage.read(access.ws, { ...all, except: 1 });
				expect(page.envelopes.map(({ seq }) => seq)).toEqual([3]);
				expect(page).toMatchObject({ upTo: 4, more: false });
				expect(same(page.upToMark)).toBe(same(mark(own.bytes)));
			});

			test('X-6 the mark says what is stored at a place, and nothing where nothing is', async () => {
				const storage = await make();
				const { w, device, access } = await newWorkspace(storage);
				const one = envelope(1, 1);
				await push(storage, w, device, one, envelope(1, 2));
				const at = async (after: number) => {
					const page = await storage.read(access.ws, { ...all, after });
					return page.mark && same(page.mark);
				};
				expect(await at(0)).toBe(same(zeros));
				expect(await at(1)).toBe(same(mark(one.bytes)));
				expect(await at(3)).toBeNull();
				expect((await storage.read(access.ws, { ...all, after: 1 })).markEpoch).toBe(1);
			});
		});

		describe('snapshots and pruning (C)', () => {
			const filled = async (storage: RelayStorage, count = 4) => {
				const place = await newWorkspace(storage);
				const envelopes = Array.from({ length: count }, (_, i) => envelope(1, i + 1));
				await push(storage, place.w, place.device, ...envelopes);
				return { ...place, envelopes };
			};
			const part = (covers: number, number: number, of: number, epoch = 1) => ({
				covers,
				part: number,
				of,
				epoch,
				bytes: randomBytes(100)
			});
			const upkeep = { grace: 14 * day, retention: 0 };

			test('C-1 counts when all parts are there, in any order, each once', async () => {
				const storage = await make();
				const { access } = await filled(storage);
				const parts = [part(3, 0, 2), part(3, 1, 2)];
				expect(await storage.putPart(access, parts[1]!, room, now)).toBeNull();
				expect(await storage.snapshots(access.ws)).toMatchObject([
					{ covers: 3, have: [1], complete: 0 }
				]);
				expect(await storage.part(access.ws, 3, 1)).toBeNull();
				expect(await storage.putPart(access, parts[0]!, room, now)).toBeNull();
				expect(await storage.putPart(access, part(3, 0, 2), room, now)).toBeNull();
				expect(await storage.snapshots(access.ws)).toMatchObject([
					{ covers: 3, of: 2, have: [0, 1], complete: now, confirmed: false, lane: 1, role: 'edit' }
				]);
				expect(same((await storage.part(access.ws, 3, 0))!)).toBe(same(parts[0]!.bytes));
			});

			test('of what nobody has, of another epoch, or beside another’s unfinished one: refused', async () => {
				const storage = await make();
				const { w, access } = await filled(storage);
				const other = await joined(storage, w, access);
				expect(await storage.putPart(access, part(5, 0, 1), room, now)).toEqual({
					refused: 'conflict'
				});
				expect(await storage.putPart(access, part(3, 0, 1, 2), room, now)).toEqual({
					refused: 'epoch',
					epoch: 1
				});
				await storage.putPart(access, part(3, 0, 2), room, now);
				const theirs = part(3, 0, 2);
				const put = (at: number) => storage.putPart(other.access, theirs, room, at);
				expect(await put(now)).toEqual({ refused: 'conflict' });
				// J-5 a day later it was left.
				expect(await put(now + day + 1)).toBeNull();
				expect(await storage.snapshots(access.ws)).toMatchObject([{ lane: 2, have: [0] }]);
			});

			test('C-3 a sole editor’s snapshot stands for the log after the grace period', async () => {
				const storage = await make();
				const { access, envelopes } = await filled(storage);
				await storage.putPart(access, part(3, 0, 1), room, now);
				await storage.upkeep({ ...upkeep, now: now + 14 * day - 1 });
				expect((await storage.read(access.ws, all)).floor).toBe(0);
				expect(await storage.upkeep({ ...upkeep, now: now + 14 * day })).toMatchObject({
					pruned: 3
				});
				const page = await storage.read(access.ws, { ...all, after: 3 });
				expect(page).toMatchObject({ floor: 3, head: 4, markEpoch: 1 });
				expect(same(page.mark!)).toBe(same(mark(envelopes[2]!.bytes)));
				expect(page.envelopes.map(({ seq }) => seq)).toEqual([4]);
				expect(await storage.part(access.ws, 3, 0)).not.toBeNull();
				expect((await storage.count()).bytes).toBe(100 + envelopes[3]!.bytes.length);
			});

			test('C-3 with a second editor the log stays until that one has confirmed', async () => {
				const storage = await make();
				const { w, access } = await filled(storage);
				const other = await joined(storage, w, access);
				await storage.putPart(access, part(3, 0, 1), room, now);
				const later = { ...upkeep, now: now + 100 * day };
				await storage.upkeep(later);
				expect((await storage.read(access.ws, all)).floor).toBe(0);
				expect(await storage.confirm(access, 3)).toEqual({ refused: 'conflict' });
				expect(await storage.confirm(other.access, 3)).toBeNull();
				await storage.upkeep(later);
				expect((await storage.read(access.ws, all)).floor).toBe(3);
			});

			test('C-4, F-50 a snapshot that is refused is dropped, while the log is there', async () => {
				const storage = await make();
				const { w, access } = await filled(storage);
				const other = await joined(storage, w, access);
				await storage.putPart(other.access, part(3, 0, 1), room, now);
				expect(await storage.refuse(access, 3)).toBeNull();
				expect(await storage.snapshots(access.ws)).toEqual([]);
				await storage.upkeep({ ...upkeep, now: now + 100 * day });
				expect((await storage.read(access.ws, all)).envelopes).toHaveLength(4);
			});

			test('below the floor the snapshot is all there is: it cannot be refused', async () => {
				const storage = await make();
				const { access } = await filled(storage);
				await storage.putPart(access, part(3, 0, 1), room, now);
				await storage.upkeep({ ...upkeep, now: now + 14 * day });
				expect(await storage.refuse(access, 3)).toEqual({ refused: 'conflict' });
				expect(await storage.putPart(access, part(2, 0, 1), room, now)).toEqual({
					refused: 'conflict'
				});
			});

			test('of many snapshots the oldest and the newest stay, and the one that stands for the log', async () => {
				const storage = await make();
				const { access } = await filled(storage, 10);
				for (const covers of [2, 4, 6, 8]) {
					await storage.putPart(access, part(covers, 0, 1), room, now);
				}
				const covers = async () => (await storage.snapshots(access.ws)).map((one) => one.covers);
				expect(await covers()).toEqual([8, 2]);
				await storage.upkeep({ ...upkeep, now: now + 14 * day });
				expect(await covers()).toEqual([8]);
				expect((await storage.read(access.ws, all)).floor).toBe(8);
			});

			test('a snapshot that was left unfinished goes after a day', async () => {
				const storage = await make();
				const { access } = await filled(storage);
				await storage.putPart(access, part(3, 0, 2), room, now);
				expect(await storage.upkeep({ ...upkeep, now: now + day + 1 })).toMatchObject({
					dropped: 1
				});
				expect(await storage.snapshots(access.ws)).toEqual([]);
			});

			test('X-4 what was pruned and comes again is stored again: merging it changes nothing', async () => {
				const storage = await make();
				const { w, device, access, envelopes } = await filled(storage);
				await storage.putPart(access, part(4, 0, 1), room, now);
				await storage.upkeep({ ...upkeep, now: now + 14 * day });
				expect(seqsOf(await push(storage, w, device, envelopes[0]!))).toEqual([5]);
			});
		});

		describe('the end of a workspace', () => {
			test('O-8 deleting leaves a tombstone for its holders, for 90 days', async () => {
				const storage = await make();
				const { w, device, access } = await newWorkspace(storage);
				await push(storage, w, device, envelope(1, 1));
				expect(await storage.remove(access, now)).toBeNull();
				expect(await storage.find(w, device.token)).toMatchObject({ deleted: true });
				expect(await storage.find(w, randomBytes(32))).toBeNull();
				expect(await push(storage, w, device, envelope(1, 2))).toEqual({ refused: 'deleted' });
				expect(await storage.create(w, newHolder(), room, now)).toEqual({ refused: 'deleted' });
				const [row] = await storage.holders(access.ws);
				expect(row!.card).toHaveLength(0);
				await storage.upkeep({ grace: 0, retention: 0, now: now + 89 * day });
				expect(await storage.find(w, device.token)).not.toBeNull();
				await storage.upkeep({ grace: 0, retention: 0, now: now + 91 * day });
				expect(await storage.find(w, device.token)).toBeNull();
			});

			test('retention deletes what nobody has touched, and nothing where none is set', async () => {
				const storage = await make();
				const old = await newWorkspace(storage);
				const young = await newWorkspace(storage);
				await storage.sawToday(young.access, Math.floor(now / day) + 300);
				const later = now + 400 * day;
				expect(await storage.upkeep({ grace: day, retention: 0, now: later })).toMatchObject({
					deleted: 0
				});
				expect(await storage.upkeep({ grace: day, retention: 365, now: later })).toMatchObject({
					deleted: 1
				});
				expect(await storage.find(old.w, old.device.token)).toMatchObject({ deleted: true });
				expect(await storage.find(young.w, young.device.token)).toMatchObject({ deleted: false });
			});
		});

		test('it says how much it holds', async () => {
			const storage = await make();
			const { w, device } = await newWorkspace(storage);
			await newWorkspace(storage);
			const one = envelope(1, 1);
			await push(storage, w, device, one);
			expect(await storage.count()).toEqual({ workspaces: 2, bytes: one.bytes.length });
			await expect(storage.check()).resolves.toBeUndefined();
			expect((await storage.holders((await accessOf(storage, w, device)).ws))[0]).toMatchObject({
				seen: Math.floor(now / day)
			});
		});
	});
}
