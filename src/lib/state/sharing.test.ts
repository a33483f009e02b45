/** The facade, on real windows: each a LiveWorkspace over IndexedDB, and a relay in this process. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { quickly } from '../../../tests/fixtures/devices.ts';
import { TestLine, TestRelay } from '../../../tests/fixtures/relay-line.ts';
import { RelayClient } from '#lib/courier/relay-client.ts';
import { accessOf, senderOf } from '#lib/courier/session.ts';
import { sealUpdate } from '#lib/sync/envelope.ts';
import type { Answer } from '#lib/model/workspace.ts';
import { newId } from '#lib/model/ids.ts';
import { DexieStore } from '#lib/store/dexie.ts';
import { SharedList } from './shared-list.svelte.ts';
import { Sharing } from './sharing.svelte.ts';
import { MemoryChanges } from '#lib/store/changes.ts';
import { LiveWorkspace } from './workspace.svelte.ts';

vi.setConfig({ testTimeout: 60_000 });
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, 20_000);
const problem = (code: string) => expect.objectContaining({ name: 'Problem', code });
const level = (n: 0 | 1 | 2 | 3 | 4): Answer => ({ kind: 'level', level: n });

type Window = { live: LiveWorkspace; sharing: Sharing; line: TestLine; store: DexieStore };
let relay: TestRelay;
let windows: Window[];
let isOtherEdition = false;
beforeEach(async () => {
	relay = new TestRelay();
	await relay.start();
	windows = [];
	isOtherEdition = false;
});
afterEach(async () => {
	for (const { sharing, store } of windows) {
		await sharing.close();
		store.close();
	}
	await relay.remove();
	vi.unstubAllGlobals();
});

/** A window on a browser profile; `factory` is the profile. */
async function open(factory = new IDBFactory()): Promise<Window> {
	const store = new DexieStore({ indexedDB: factory, IDBKeyRange });
	await store.ready();
	const live = new LiveWorkspace({
		openStore: async () => store,
		clock: () => new Date().toISOString(),
		askPersistence: async () => true,
		openChanges: async () => new MemoryChanges()
	});
	const line = new TestLine();
	const around = {
		fetch: line.fetch,
		origin: relay.origin,
		now: () => Date.now(),
		random: () => Math.random(),
		waits: quickly,
		locks: null,
		tab: newId(),
		page: () => ({ origin: 'https://guide.example', lang: 'fr' }),
		otherEdition: () => isOtherEdition
	};
	const made = { live, sharing: new Sharing(live, around, true), line, store };
	windows.push(made);
	return made;
}
async function shared(): Promise<Window> {
	const made = await open();
	await made.live.create({ name: 'Numenia', country: 'Numenia' });
	made.live.setAnswer('g/q1', level(2));
	await made.live.flush();
	await made.sharing.share({ name: 'Ada', organisation: 'Health' });
	return made;
}
const answers = ({ live }: Window) =>
	live.workspace?.contributions
		.map(({ key, answer }) => `${key} ${answer?.kind === 'level' ? answer.level : ''}`)
		.sort();

describe('alone', () => {
	test('nothing is shared, and nothing is asked for', async () => {
		const { live, sharing, line } = await open();
		await live.create({ name: 'Numenia', country: 'Numenia' });
		expect(sharing.state).toBe('off');
		expect([sharing.role, live.role, sharing.reason]).toEqual([null, null, null]);
		expect(sharing.people).toEqual([]);
		await new Promise((done) => setTimeout(done, 50));
		expect(line.asked).toEqual([]);
		await expect(sharing.invite({ role: 'edit', label: '' })).rejects.toEqual(problem('sync-none'));
	});

	test('a code that a closed server asks for is said, and nothing is shared', async () => {
		await relay.remove();
		relay = new TestRelay({ code: 'open sesame' });
		await relay.start();
		const made = await open();
		await made.live.create({ name: 'Numenia', country: 'Numenia' });
		const me = { name: 'Ada', organisation: '' };
		await expect(made.sharing.share(me)).rejects.toEqual(problem('sync-code'));
		expect(made.sharing.state).toBe('off');
		await made.sharing.share(me, 'open sesame');
		expect(made.sharing.role).toBe('edit');
	});

	test('behind a sign-in page it is not known whether there is a server (F-27)', async () => {
		const made = await open();
		await made.live.create({ name: 'Numenia', country: 'Numenia' });
		made.line.always = 'portal';
		await expect(made.sharing.available()).rejects.toEqual(problem('sync-portal'));
		await expect(made.sharing.share({ name: 'Ada', organisation: '' })).rejects.toEqual(
			problem('sync-portal')
		);
		expect(made.live.role).toBeNull();
	});
});

describe('two people', () => {
	test('share, invite, look, join: both see each other and each other’s answers', async () => {
		const ada = await shared();
		expect(ada.sharing.state).toBe('synced');
		expect(ada.live.role).toBe('edit');
		const link = await ada.sharing.invite({ role: 'edit', label: 'For Bo', uses: 2 });
		expect(link).toMatch(/^https:\/\/guide\.example\/fr\/join\/#[\w-]{47}$/);
		const bo = await open();
		expect(await bo.sharing.preview(link)).toEqual({
			role: 'edit',
			until: '',
			workspace: { name: 'Numenia', country: 'Numenia' },
			people: 1,
			part: null
		});
		const id = await bo.sharing.join(link, { name: 'Bo', organisation: 'Farming' });
		expect(id).toBe(ada.live.workspace?.id);
		expect(answers(bo)).toEqual(['g/q1 2']);
		bo.live.setAnswer('g/q2', level(4));
		await eventually(() => expect(answers(ada)).toEqual(['g/q1 2', 'g/q2 4']));
		await eventually(() => expect(bo.sharing).toMatchObject({ state: 'synced', waiting: 0 }));
		expect(ada.sharing.people).toBeDefined();
		await eventually(() =>
			expect(ada.sharing.people).toMatchObject([
				{ name: 'Ada', organisation: 'Health', me: true, role: 'edit', revoked: false },
				{ name: 'Bo', organisation: 'Farming', me: false, role: 'edit', revoked: false }
			])
		);
		const [invited] = ada.sharing.invitations;
		expect(invited).toMatchObject({ label: 'For Bo', uses: 1, left: 1, link, revoked: false });
		expect(ada.sharing.people[1]!.invitedBy).toBe(invited!.id);
		await eventually(() => expect(ada.sharing.bytes.sent).toBeGreaterThan(1000));
		expect(ada.sharing.bytes.since).not.toBe('');
		// What came cannot be undone here.
		ada.live.undo();
		await eventually(() => expect(answers(ada)).toEqual(['g/q2 4']));
	});

	test('a viewer’s edits are refused in words, a contributor’s too, but for own answers (R-1, R-3)', async () => {
		const ada = await shared();
		const reader = await open();
		const toRead = await ada.sharing.invite({ role: 'view', label: '' });
		await reader.sharing.join(toRead, { name: 'Vi', organisation: '' });
		expect(reader.live.role).toBe('view');
		expect(() => reader.live.setAnswer('g/q1', level(1))).toThrow(problem('view-only'));
		expect(() => reader.live.setMeta({ name: 'Mine' })).toThrow(problem('view-only'));
		// Where somebody stands who reads is not where the team stands.
		reader.live.setGuideWork('g', { resume: 'q1' });
		await reader.live.flush();
		expect(reader.live.workspace?.guides).toEqual({});
		const writer = await open();
		const toWrite = await ada.sharing.invite({ role: 'contribute', label: '' });
		await writer.sharing.join(toWrite, { name: 'Co', organisation: '' });
		expect(writer.live.contributor).toMatch(/^c-\d+$/);
		expect(() => writer.live.setMeta({ name: 'Mine' })).toThrow(problem('own-answers-only'));
		writer.live.setAnswer('g/q3', level(1));
		await eventually(() => expect(answers(ada)).toEqual(['g/q1 2', 'g/q3 1']));
		await eventually(() => expect(answers(reader)).toEqual(['g/q1 2', 'g/q3 1']));
		expect(ada.sharing.notices).toEqual([]);
	});

	test('who is removed is told, keeps everything; the others have another key and go on (O-5)', async () => {
		const ada = await shared();
		const bo = await open();
		const link = await ada.sharing.invite({ role: 'edit', label: '', uses: 1 });
		await bo.sharing.join(link, { name: 'Bo', organisation: '' });
		await eventually(() => expect(bo.sharing.state).toBe('synced'));
		await eventually(() => expect(ada.sharing.people).toHaveLength(2));
		await ada.sharing.revoke([ada.sharing.people[1]!.id]);
		await eventually(() => expect(bo.sharing.reason).toEqual(problem('sync-revoked')));
		expect(bo.sharing.state).toBe('refused');
		expect(answers(bo)).toEqual(['g/q1 2']);
		ada.live.setAnswer('g/q5', level(1));
		await eventually(() => expect(ada.sharing).toMatchObject({ state: 'synced', waiting: 0 }));
		expect(ada.sharing.people[1]).toMatchObject({ name: 'Bo', revoked: true });
		await expect((await open()).sharing.preview(link)).rejects.toEqual(
			problem('invitation-expired')
		);
	});

	test('leaving and stopping: the copies stay, and are nobody else’s business any more', async () => {
		const ada = await shared();
		const bo = await open();
		const link = await ada.sharing.invite({ role: 'edit', label: '' });
		await bo.sharing.join(link, { name: 'Bo', organisation: '' });
		await bo.sharing.leave();
		expect([bo.sharing.state, bo.live.role]).toEqual(['off', null]);
		bo.live.setAnswer('g/q9', level(1));
		await bo.live.flush();
		expect(answers(bo)).toEqual(['g/q1 2', 'g/q9 1']);
		await bo.sharing.join(link, { name: 'Bo', organisation: '' });
		// What was written in between is everybody's now.
		await eventually(() => expect(answers(ada)).toEqual(['g/q1 2', 'g/q9 1']));
		await ada.sharing.stopSharing();
		expect(ada.sharing.state).toBe('off');
		await eventually(() => expect(bo.sharing.reason).toEqual(problem('sync-deleted')));
		await expect((await open()).sharing.preview(link)).rejects.toEqual(
			problem('invitation-unknown')
		);
	});

	test('a sheet of 24 words opens it again when the device is lost; it is made once', async () => {
		const ada = await shared();
		const { link, words } = await ada.sharing.recovery('Recovery sheet');
		expect(words).toHaveLength(24);
		expect((await ada.sharing.recovery('Recovery sheet')).link).toBe(link);
		const found = await open();
		await found.sharing.restore(words.join(' '), { name: 'Ada', organisation: 'Health' });
		expect(answers(found)).toEqual(['g/q1 2']);
		expect(found.live.role).toBe('edit');
		await ada.sharing.revoke([ada.sharing.invitations[0]!.id]);
		expect((await ada.sharing.recovery('Recovery sheet')).link).not.toBe(link);
	});

	test('a name is changed, and the others read it', async () => {
		const ada = await shared();
		const bo = await open();
		const link = await ada.sharing.invite({ role: 'view', label: '' });
		await bo.sharing.join(link, { name: 'Bo', organisation: '' });
		await eventually(() => expect(ada.sharing.people).toHaveLength(2));
		await bo.sharing.rename({ name: 'Bo Ren', organisation: 'Justice' });
		await eventually(() =>
			expect(ada.sharing.people[1]).toMatchObject({ name: 'Bo Ren', organisation: 'Justice' })
		);
	});
});

describe('the line', () => {
	test('the state is true at every moment: offline, pending, paused, synced (F-01)', async () => {
		const ada = await shared();
		await relay.stop();
		ada.live.setAnswer('g/q2', level(1));
		await eventually(() => expect(ada.sharing).toMatchObject({ state: 'offline', waiting: 1 }));
		expect(ada.sharing.reason).toEqual(problem('sync-unreachable'));
		await relay.start();
		await eventually(() => expect(ada.sharing).toMatchObject({ state: 'synced', waiting: 0 }));
		await ada.sharing.pause();
		expect(ada.sharing.paused).toBe(true);
		ada.live.setAnswer('g/q3', level(1));
		await eventually(() => expect(ada.sharing).toMatchObject({ state: 'pending', waiting: 1 }));
		const { lastSuccess } = ada.sharing;
		await ada.sharing.resume();
		await eventually(() => expect(ada.sharing).toMatchObject({ state: 'synced', waiting: 0 }));
		// The row is read a moment after the state is known.
		await eventually(() => expect(ada.sharing.lastSuccess > lastSuccess).toBe(true));
	});

	test('what should be known is a notice, and stops nothing (F-18, F-55, E-5)', async () => {
		const ada = await shared();
		expect(ada.sharing.notices).toEqual([]);
		isOtherEdition = true;
		const id = ada.live.workspace?.id ?? '';
		await ada.store.sync.change(id, { healedAt: new Date().toISOString() });
		const row = await ada.store.sync.get(id);
		if (!row) throw new Error('not shared');
		const envelope = sealUpdate(new Uint8Array(40).fill(0xff), {
			...senderOf(row),
			nextCounter: () => 77
		});
		const request = { own: false, grant: false, cursor: 0, mark: row.mark, envelopes: envelope };
		const bo = await open();
		const link = await ada.sharing.invite({ role: 'edit', label: '' });
		await bo.sharing.join(link, { name: 'Bo', organisation: '' });
		const client = new RelayClient(fetch, { origin: relay.origin });
		await client.exchange(accessOf(row), request);
		await eventually(() =>
			expect(bo.sharing.notices).toEqual([
				problem('sync-unreadable'),
				problem('sync-other-edition')
			])
		);
		await eventually(() => expect(bo.sharing.notices[0]?.values).toEqual({ count: 1, who: 'Ada' }));
		await ada.sharing.syncNow();
		await eventually(() =>
			expect(ada.sharing.notices).toEqual([problem('sync-rewound'), problem('sync-other-edition')])
		);
		expect(ada.sharing.state).toBe('synced');
	});

	test('who turns to another workspace leaves nothing behind that could have left', async () => {
		const ada = await shared();
		const bo = await open();
		const link = await ada.sharing.invite({ role: 'edit', label: '' });
		await bo.sharing.join(link, { name: 'Bo', organisation: '' });
		ada.line.delay = 200;
		ada.live.setAnswer('g/q2', level(3));
		await eventually(() => expect(ada.sharing.waiting).toBe(1));
		await ada.live.create({ name: 'Another', country: '' });
		await eventually(() => expect(ada.sharing.state).toBe('off'));
		expect(ada.live.role).toBeNull();
		await eventually(() => expect(answers(bo)).toEqual(['g/q1 2', 'g/q2 3']));
	});

	test('what could not leave before another workspace was opened leaves when the line is back', async () => {
		const ada = await shared();
		const bo = await open();
		const link = await ada.sharing.invite({ role: 'edit', label: '' });
		await bo.sharing.join(link, { name: 'Bo', organisation: '' });
		const id = ada.live.workspace?.id ?? '';
		expect(await ada.live.sharesAny()).toBe(true);
		ada.line.always = 'cut';
		ada.live.setAnswer('g/q2', level(3));
		await eventually(() => expect(ada.sharing).toMatchObject({ state: 'offline', waiting: 1 }));
		await ada.live.create({ name: 'Another', country: '' });
		await eventually(() => expect(ada.sharing.state).toBe('off'));
		ada.line.always = null;
		await eventually(() => expect(answers(bo)).toEqual(['g/q1 2', 'g/q2 3']));
		await eventually(async () =>
			expect(await ada.store.sync.waiting(id)).toEqual({ outbox: 0, flight: 0 })
		);
		// And it goes on there, as before.
		await ada.live.open(id);
		await eventually(() => expect(ada.sharing).toMatchObject({ state: 'synced', waiting: 0 }));
	});

	test('the list of workspaces says of each what waits and why: open or not, refused, paused, or left', async () => {
		const ada = await shared();
		const bo = await open();
		const link = await ada.sharing.invite({ role: 'edit', label: '' });
		await bo.sharing.join(link, { name: 'Bo', organisation: '' });
		const id = bo.live.workspace?.id ?? '';
		const list = new SharedList(bo.store);
		const standing = (): unknown => list.of(id);
		await eventually(() => expect(standing()).toMatchObject({ state: 'synced', waiting: 0 }));
		expect(list.of('another')).toBeNull();

		// It is open, and the line is gone.
		bo.line.always = 'cut';
		bo.live.setAnswer('g/q2', level(3));
		const cut = { state: 'offline', waiting: 1, reason: problem('sync-unreachable') };
		await eventually(() => expect(standing()).toMatchObject(cut));
		// Another one is open: nobody has to look at this one to know.
		await bo.live.create({ name: 'Another', country: '' });
		await eventually(() => expect(bo.sharing.state).toBe('off'));
		expect(standing()).toMatchObject(cut);
		bo.line.always = null;
		await eventually(() => expect(standing()).toMatchObject({ state: 'synced', waiting: 0 }));

		// What is refused while it is not open.
		await bo.live.open(id);
		bo.line.always = 'cut';
		bo.live.setAnswer('g/q3', level(1));
		await eventually(() => expect(standing()).toMatchObject(cut));
		await bo.live.create({ name: 'A third', country: '' });
		await ada.sharing.stopSharing();
		bo.line.always = null;
		const gone = { state: 'refused', reason: problem('sync-deleted') };
		await eventually(() => expect(standing()).toMatchObject(gone));
		// Whoever opens the list later is told the same.
		const later = new SharedList(bo.store);
		await eventually(() => expect(later.of(id)).toMatchObject(gone));
		await bo.store.sync.change(id, { paused: true, refused: '' });
		await bo.live.open(id);
		await eventually(() => expect(standing()).toMatchObject({ state: 'paused', reason: null }));
		await bo.sharing.leave();
		const last = new SharedList(bo.store);
		await new Promise((done) => setTimeout(done, 100));
		expect(last.of(id)).toBeNull();
		for (const one of [list, later, last]) one.close();
	});

	test('two tabs of one person: one syncs, both know, and edits of both arrive (F-07)', async () => {
		const factory = new IDBFactory();
		const one = await open(factory);
		await one.live.create({ name: 'Numenia', country: 'Numenia' });
		await one.sharing.share({ name: 'Ada', organisation: '' });
		const two = await open(factory);
		await two.live.openCurrent();
		await eventually(() => expect(two.sharing.state).toBe('synced'));
		const bo = await open();
		const link = await two.sharing.invite({ role: 'edit', label: '' });
		await bo.sharing.join(link, { name: 'Bo', organisation: '' });
		two.live.setAnswer('g/q1', level(1));
		one.live.setAnswer('g/q2', level(2));
		await eventually(() => expect(answers(bo)).toEqual(['g/q1 1', 'g/q2 2']));
		bo.live.setAnswer('g/q3', level(3));
		for (const tab of [one, two]) {
			await eventually(() => expect(answers(tab)).toEqual(['g/q1 1', 'g/q2 2', 'g/q3 3']));
			await eventually(() => expect(tab.sharing).toMatchObject({ state: 'synced', waiting: 0 }));
		}
		expect(two.line.count('POST', '')).toBe(0);
		// The leader closes: the other goes on.
		await one.sharing.close();
		bo.live.setAnswer('g/q4', level(4));
		await eventually(() => expect(answers(two)).toEqual(['g/q1 1', 'g/q2 2', 'g/q3 3', 'g/q4 4']));
	});
});
