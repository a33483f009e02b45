/**
 * Hostile members, over the real relay and courier: what they send is refused or contained, in words,
 * and nothing of anybody is lost.
 */
import * as Y from 'yjs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RelayClient } from '#lib/courier/relay-client.ts';
import { RelayError } from '#lib/courier/relay-error.ts';
import { accessOf, keyringOf, senderOf } from '#lib/courier/session.ts';
import { contentKey } from '#lib/crypto/keys.ts';
import { newest } from '#lib/crypto/keyring.ts';
import { randomBytes } from '#lib/crypto/random.ts';
import { seal } from '#lib/crypto/seal.ts';
import * as d from '#lib/sync/document.ts';
import { sealSnapshot, sealUpdate } from '#lib/sync/envelope.ts';
import { headOf, roles } from '#lib/sync/protocol.ts';
import type { Frame } from '#lib/sync/protocol.ts';
import { Writer } from '#lib/sync/wire.ts';
import { seeded } from '../fixtures/seeds.ts';
import { Device, workspace } from './device.ts';
import { Stage } from './stage.ts';

vi.setConfig({ testTimeout: 60_000 });

const key = 'g/q1' as const;
const level = { kind: 'level', level: 3 } as const;
let stage: Stage;
let number = 0;

beforeEach(async () => {
	stage = new Stage();
	await stage.start();
});
afterEach(() => stage.close());

function device(contributor = 'ministry'): Device {
	const client = ++number * 1_000_000;
	return new Device(`d${number}`, {
		random: seeded(number),
		origin: () => stage.origin,
		contributor,
		client
	});
}

/** An editor who has shared and answered, and another member of a role. */
async function team(role: 'edit' | 'contribute' | 'view'): Promise<[Device, Device]> {
	const editor = device();
	await editor.found();
	await editor.edit((doc, by) => d.setNote(doc, by, key, 'Decree 12 of 2021.'));
	expect(await editor.sync()).toBe('');
	const { invitation, id } = await editor.invite(role);
	const other = device('other');
	await other.join(invitation, id);
	return [editor, other];
}

/** What a member pushes who does not use our app. Gives the answer, or throws what the relay says. */
async function push(as: Device, envelopes: Uint8Array[]): Promise<Frame[]> {
	const relay = new RelayClient(as.line.fetch);
	const { cursor, mark, ...row } = await as.row();
	const access = accessOf({ ...row, cursor, mark });
	const request = { own: false, grant: false, cursor, mark, envelopes };
	return (await relay.exchange(access, request)).frames;
}

/** An envelope of `as` with this plaintext or update, under a counter that it has not used. */
async function sealed(as: Device, { update, plaintext }: Record<string, Uint8Array>) {
	const sender = senderOf(await as.row());
	const nextCounter = (): number => ++counter;
	if (update) return sealUpdate(update, { ...sender, nextCounter });
	const { epoch, key: secret } = newest(sender.keyring);
	const { w, role, lane } = sender;
	const place = { kind: 'log', w, epoch, role, lane, counter: nextCounter() } as const;
	const bytes = seal(plaintext!, contentKey(secret, w), place);
	return [new Writer().number(epoch).number(place.counter).raw(bytes).done()];
}
let counter = 5000;

/** An update in which so many clients write one letter each into a list `a`. */
function keysOfClients(count: number): Uint8Array {
	const writer = new Writer().number(count);
	for (let client = count; client > 0; client--) {
		writer
			.number(1)
			.number(client)
			.number(0)
			.raw(Uint8Array.of(4, 1, 1, 97, 1, 98));
	}
	return writer.number(0).done();
}

const notes = async (one: Device): Promise<string[]> =>
	d.readWorkspace(await one.doc()).contributions.map(({ note }) => note);
const why = async (one: Device): Promise<string[]> =>
	(await one.store.sync.aside(workspace)).map(({ why }) => why);

/** What a person does afterwards still arrives. */
async function goesOn(from: Device, to: Device): Promise<void> {
	await from.edit((doc, by) => d.setNote(doc, by, 'g/q2', 'And then.'));
	expect(await from.sync()).toBe('');
	expect(await to.sync()).toBe('');
	expect(await notes(to)).toContain('And then.');
	expect(await notes(to)).toContain('Decree 12 of 2021.');
}

describe('what a member with a key sends', () => {
	test('garbage in an envelope is put aside, and what follows arrives (F-42, F-54, F-56, E-5)', async () => {
		const [editor, hostile] = await team('edit');
		const garbage = [randomBytes(200), new Uint8Array(43), new Uint8Array(300).fill(0xff)];
		const heads: Uint8Array[] = garbage.map((bytes) =>
			new Writer().number(1).number(++counter).raw(bytes).done()
		);
		const plaintexts = [
			Uint8Array.of(0, 1, 0x80, 0x94, 0xeb, 0xdc, 0x03, 1, 0),
			Uint8Array.of(1, 255, 255, 255),
			Uint8Array.of(0)
		];
		for (const plaintext of plaintexts) heads.push(...(await sealed(hostile, { plaintext })));
		await push(hostile, heads);
		expect(await editor.sync()).toBe('');
		expect(await why(editor)).toEqual(new Array(6).fill('unreadable'));
		await goesOn(editor, hostile);
	});

	test('an update in Yjs’s second encoding that claims a billion elements costs nothing (yjs #687)', async () => {
		const [editor, hostile] = await team('edit');
		const doc = new Y.Doc();
		doc.getMap('contributions').set('g/q1/c-1/answer', level);
		const second = Y.encodeStateAsUpdateV2(doc);
		const claim = Uint8Array.of(0, 0, 0x80, 0x94, 0xeb, 0xdc, 0x03, 0, 0, 0, 0, 0, 0, 0, 0);
		for (const update of [second, claim]) {
			await push(hostile, await sealed(hostile, { plaintext: new Uint8Array([0, ...update]) }));
		}
		const began = performance.now();
		expect(await editor.sync()).toBe('');
		expect(performance.now() - began).toBeLessThan(5000);
		await goesOn(editor, hostile);
	});

	test('a quarter of a million tiny operations are put aside; nobody’s document has them (F-42)', async () => {
		const [editor, hostile] = await team('edit');
		const envelopes = await sealed(hostile, { update: keysOfClients(260_000) });
		for (let at = 0; at < envelopes.length; at += 15) {
			await push(hostile, envelopes.slice(at, at + 15));
		}
		expect(await editor.sync()).toBe('');
		expect(await why(editor)).toContain('unreadable');
		expect((await editor.doc()).share.has('a')).toBe(false);
		await goesOn(editor, hostile);
	});

	test('an envelope of another lane, or of another workspace, does not open (E-3, F-50)', async () => {
		const [editor, hostile] = await team('edit');
		const [elsewhere] = await team('edit');
		await elsewhere.edit((doc, by) => d.setNote(doc, by, key, 'Of another country.'));
		const away = await sealed(elsewhere, { update: d.stateOf(await elsewhere.doc()) });
		const mine = await sealed(editor, { update: d.stateOf(await editor.doc()) });
		await push(hostile, [...away, ...mine]);
		expect(await editor.sync()).toBe('');
		expect(await why(editor)).toEqual(['unreadable', 'unreadable']);
		expect(await notes(editor)).toEqual(['Decree 12 of 2021.']);
		await goesOn(editor, hostile);
	});

	test('the same envelope again is the same; under its number another is refused (X-4, F-49, F-50)', async () => {
		const [editor, hostile] = await team('edit');
		const [one] = await sealed(hostile, { update: d.stateOf(await hostile.doc()) });
		const first = (await push(hostile, [one!])).find(({ kind }) => kind === 'ack');
		const again = (await push(hostile, [one!])).find(({ kind }) => kind === 'ack');
		expect(again).toEqual(first);
		const { epoch, counter: used } = headOf(one!);
		const other = new Writer().number(epoch).number(used).raw(randomBytes(80)).done();
		await expect(push(hostile, [other])).rejects.toEqual(
			expect.objectContaining({ code: 'conflict' })
		);
		await goesOn(editor, hostile);
	});
});

describe('what a role does not allow', () => {
	test('a viewer who writes is refused by the relay, all of it (R-2, X-5)', async () => {
		const [editor, viewer] = await team('view');
		const doc = await viewer.doc();
		doc.getMap('contributions').set('g/q1/ministry/answer', level);
		const own = await sealed(viewer, { update: d.stateOf(doc) });
		await expect(push(viewer, own)).rejects.toEqual(
			expect.objectContaining({ code: 'role' }) as RelayError
		);
		expect(await editor.sync()).toBe('');
		expect(await why(editor)).toEqual([]);
		await goesOn(editor, viewer);
	});

	test('a contributor who writes another’s answer is put aside whole, by every device (R-3)', async () => {
		const [editor, contributor] = await team('contribute');
		const doc = await contributor.doc();
		const before = Y.encodeStateVector(doc);
		const mine = { contributor: contributor.contributor, now: contributor.now, origin: 'local' };
		d.setAnswer(doc, mine, key, level);
		d.setNote(doc, { ...mine, contributor: 'ministry' }, key, 'Nothing of it.');
		const update = Y.encodeStateAsUpdate(doc, before);
		await push(contributor, await sealed(contributor, { update }));
		expect(await editor.sync()).toBe('');
		expect(await why(editor)).toEqual(['not-allowed']);
		expect(await notes(editor)).toEqual(['Decree 12 of 2021.']);
		await goesOn(editor, contributor);
	});

	test('a contributor who says to be an editor seals what does not open (R-4)', async () => {
		const [editor, contributor] = await team('contribute');
		const sender = { ...senderOf(await contributor.row()), role: roles.edit };
		const update = d.stateOf(await contributor.doc());
		const forged = sealUpdate(update, { ...sender, nextCounter: () => ++counter });
		await push(contributor, forged);
		expect(await editor.sync()).toBe('');
		expect(await why(editor)).toEqual(['unreadable']);
	});

	test('a contributor cannot put anybody out, invite, or make a snapshot (R-1)', async () => {
		const [editor, contributor] = await team('contribute');
		const { holder } = await editor.row();
		for (const action of [
			() => contributor.revoke([holder]),
			() => contributor.invite('edit'),
			() => contributor.lookAfterSnapshots()
		]) {
			await expect(action()).rejects.toEqual(expect.objectContaining({ code: 'role' }));
		}
		await goesOn(editor, contributor);
	});
});

describe('a snapshot that leaves words out (C-4, F-50)', () => {
	test('is found by the next editor who compares, dropped, and nobody has lost them', async () => {
		const [editor, hostile] = await team('edit');
		await editor.edit((doc, by) => d.setNote(doc, by, 'g/q3', 'Left out.'));
		expect(await editor.sync()).toBe('');
		expect(await hostile.sync()).toBe('');
		const { cursor: covers, address: w, ...row } = await hostile.row();
		const empty = d.createDocument({
			id: workspace,
			name: 'Kamar',
			country: 'Kamar',
			createdAt: '2026-11-01T00:00:00.000Z',
			demo: false
		});
		const keyring = keyringOf({ ...row, cursor: covers, address: w });
		const { epoch, parts } = sealSnapshot(d.stateOf(empty), { keyring, w, covers });
		const relay = new RelayClient(hostile.line.fetch);
		const access = { address: w, token: row.token };
		await relay.putPart(access, { covers, part: 0, of: parts.length, epoch }, parts[0]!);
		expect(await relay.snapshots(access)).toMatchObject([{ covers, complete: true }]);

		// Not confirmed by anybody: the log stays, however long ago it was.
		await stage.prune();
		await editor.lookAfterSnapshots();
		expect((await relay.snapshots(access)).filter(({ complete }) => complete)).toEqual([]);
		const { invitation, id } = await editor.invite('edit');
		const late = device('late');
		await late.join(invitation, id);
		expect(await late.sync()).toBe('');
		expect(await notes(late)).toContain('Left out.');
		await goesOn(editor, late);
	});
});
