/** Two ministries on real windows over IndexedDB, with a relay in this process: one asks by a link. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { quickly } from '../../../tests/fixtures/devices.ts';
import { TestLine, TestRelay } from '../../../tests/fixtures/relay-line.ts';
import { landReturned } from '#lib/device/part-file.ts';
import type { Answer, Part } from '#lib/model/workspace.ts';
import { newId } from '#lib/model/ids.ts';
import { DexieStore } from '#lib/store/dexie.ts';
import { MemoryChanges } from '#lib/store/changes.ts';
import { PartLinks } from './part-links.svelte.ts';
import { Sharing } from './sharing.svelte.ts';
import { LiveWorkspace } from './workspace.svelte.ts';

vi.setConfig({ testTimeout: 60_000 });
const problem = (code: string) => expect.objectContaining({ name: 'Problem', code });
const level = (n: 0 | 1 | 2 | 3 | 4): Answer => ({ kind: 'level', level: n });
const page = () => ({ origin: 'https://guide.example', lang: 'fr' });
const asked: Part = {
	...{ id: 'p1', organisation: 'Energy', person: '', due: '2027-04-01', note: 'Please' },
	...{ questions: ['g/q1', 'g/q3'], contributor: 'cenergy', workspace: 'wenergy' },
	...{ by: 'me', at: '2026-03-01T08:00:00.000Z', landed: '' }
};
const unlimited = { until: 0, uses: 0 };

type Window = {
	live: LiveWorkspace;
	links: PartLinks;
	sharing: Sharing;
	line: TestLine;
	store: DexieStore;
};
let relay: TestRelay;
let windows: Window[];
beforeEach(async () => {
	relay = new TestRelay();
	await relay.start();
	windows = [];
});
afterEach(async () => {
	for (const { sharing, store } of windows) {
		await sharing.close();
		store.close();
	}
	await relay.remove();
});

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
	const around = { fetch: line.fetch, origin: relay.origin, now: () => Date.now(), page };
	const more = { random: Math.random, waits: quickly, locks: null, tab: newId() };
	const sharing = new Sharing(live, { ...around, ...more, otherEdition: () => false }, true);
	const made = { live, sharing, links: new PartLinks(live, around), line, store };
	windows.push(made);
	return made;
}

/** Who asks: with work of its own, of which nothing may leave. */
async function asker(factory = new IDBFactory()): Promise<Window> {
	const made = await open(factory);
	await made.live.create({ name: 'Plan', country: 'Numenia' });
	made.live.setMe({ name: 'Ada', organisation: 'Digital' });
	made.live.setAnswer('g/q1', level(1));
	made.live.setNote('g/q1', 'PLANTED NOTE');
	made.live.putAskedPart(asked);
	await made.live.flush();
	return made;
}
const partIn = ({ live }: Window): Part => live.workspace!.parts[0]!;
const answers = ({ live }: Window) =>
	live.workspace!.contributions.map(({ key, contributor, answer }) => [
		`${key} ${answer?.kind === 'level' ? answer.level : ''}`,
		contributor === asked.contributor
	]);
/** The ministry opens the link on a device of its own. */
async function answerer(link: string): Promise<Window> {
	const made = await open();
	await made.sharing.join(link, { name: 'Esi', organisation: 'Energy' });
	return made;
}
function takeIn({ live, links }: Window) {
	const returned = links.returned(partIn({ live } as Window))!;
	live.together('back', (doc, by) => landReturned(doc, by, returned));
	return returned;
}

describe('a part by link', () => {
	test('says what is asked before anybody joins, and holds the questions and nothing else (D-1, D-2)', async () => {
		const ada = await asker();
		await ada.links.make(partIn(ada), unlimited);
		const { url } = ada.links.of(partIn(ada))!;
		expect(url).toMatch(/^https:\/\/guide\.example\/fr\/join\/#[\w-]{47}$/);
		const esi = await open();
		expect(await esi.sharing.preview(url)).toMatchObject({
			role: 'edit',
			workspace: { name: 'Plan', country: 'Numenia' },
			part: { questions: 2, guide: 'g', by: 'Ada · Digital', due: '2027-04-01' }
		});
		await esi.sharing.join(url, { name: 'Esi', organisation: 'Energy' });
		const small = esi.live.workspace!;
		expect(small).toMatchObject({ id: 'wenergy', partOf: { part: 'p1' }, contributions: [] });
		expect(JSON.stringify(small)).not.toMatch(/PLANTED|Ada/);
		expect(esi.live.contributor).toBe('cenergy');
		const seen = readdirSync(relay.folder).map((name) =>
			readFileSync(join(relay.folder, name), 'latin1')
		);
		expect(seen.join()).not.toMatch(/PLANTED|Energy|Numenia|Esi/);
	});

	test('is not in the list of workspaces, and its key is in no copy of the work (D-3)', async () => {
		const ada = await asker();
		await ada.links.make(partIn(ada), unlimited);
		await ada.live.refreshList();
		expect(ada.live.list.map(({ name }) => name)).toEqual(['Plan']);
		const key = ada.links.of(partIn(ada))!.url.split('#')[1]!;
		expect(JSON.stringify(ada.live.workspace)).not.toContain(key.slice(4, 30));
		expect(partIn(ada).linked).not.toBe('');
	});

	test('what they answer is seen first, lands on the asker’s word, and again without doubling (D-4)', async () => {
		const ada = await asker();
		await ada.links.make(partIn(ada), unlimited);
		await ada.links.look(partIn(ada));
		expect(ada.links.of(partIn(ada))).toMatchObject({ openers: [], gone: false });
		expect(ada.links.returned(partIn(ada))?.landing).toEqual([]);
		const esi = await answerer(ada.links.of(partIn(ada))!.url);
		esi.live.setAnswer('g/q1', level(3));
		// Outside of what was asked: it never lands.
		esi.live.setAnswer('g/q2', level(4));
		await esi.sharing.syncNow();
		await ada.links.look(partIn(ada));
		expect(ada.links.of(partIn(ada))?.openers).toMatchObject([
			{ name: 'Esi', organisation: 'Energy' }
		]);
		expect(answers(ada)).toEqual([['g/q1 1', false]]);
		expect(takeIn(ada)).toMatchObject({ name: 'Esi', foreign: 1, landing: [{ key: 'g/q1' }] });
		await Promise.resolve();
		const landed = answers(ada);
		expect(landed).toHaveLength(2);
		expect(landed).toContainEqual(['g/q1 3', true]);
		expect(ada.links.returned(partIn(ada))?.nothing).toBe(true);
		esi.live.setAnswer('g/q3', level(2));
		await esi.sharing.syncNow();
		await ada.links.look(partIn(ada));
		expect(ada.links.returned(partIn(ada))?.landing).toMatchObject([{ key: 'g/q3' }]);
		takeIn(ada);
		await Promise.resolve();
		expect(answers(ada)).toContainEqual(['g/q3 2', true]);
	});

	test('after a reload the same device has it, and another device of the team has not', async () => {
		const profile = new IDBFactory();
		const ada = await asker(profile);
		await ada.links.make(partIn(ada), unlimited);
		const { url } = ada.links.of(partIn(ada))!;
		const again = await open(profile);
		await again.live.openCurrent();
		await again.links.load([partIn(again)]);
		expect(again.links.of(partIn(again))?.url).toBe(url);
		await ada.sharing.share({ name: 'Ada', organisation: '' });
		const bo = await open();
		const team = await ada.sharing.invite({ role: 'edit', label: '' });
		await bo.sharing.join(team, { name: 'Bo', organisation: '' });
		await bo.links.load([partIn(bo)]);
		expect(bo.links.of(partIn(bo))).toBeNull();
		expect(partIn(bo).linked).not.toBe('');
	});

	test('ended: nobody opens it, the ministry keeps its work, and what came back stays', async () => {
		const ada = await asker();
		await ada.links.make(partIn(ada), unlimited);
		const { url } = ada.links.of(partIn(ada))!;
		const esi = await answerer(url);
		esi.live.setAnswer('g/q1', level(3));
		await esi.sharing.syncNow();
		await ada.links.look(partIn(ada));
		takeIn(ada);
		await ada.links.end(partIn(ada));
		await Promise.resolve();
		expect(ada.links.of(partIn(ada))).toBeNull();
		expect(partIn(ada).linked).toBe('');
		expect(answers(ada)).toContainEqual(['g/q1 3', true]);
		const late = await open();
		await expect(late.sharing.preview(url)).rejects.toEqual(problem('invitation-unknown'));
		await expect(esi.sharing.syncNow()).rejects.toEqual(problem('sync-deleted'));
		expect(answers(esi)).toEqual([['g/q1 3', true]]);
		// A new one goes on from what came back.
		await ada.links.make(partIn(ada), unlimited);
		expect(ada.links.of(partIn(ada))!.url).not.toBe(url);
		await ada.links.look(partIn(ada));
		expect(ada.links.returned(partIn(ada))?.nothing).toBe(true);
	});

	test('ended by the ministry: said as gone, and forgotten by ending it here too (D-6)', async () => {
		const ada = await asker();
		await ada.links.make(partIn(ada), unlimited);
		const esi = await answerer(ada.links.of(partIn(ada))!.url);
		await esi.sharing.stopSharing();
		await ada.links.look(partIn(ada));
		expect(ada.links.of(partIn(ada))?.gone).toBe(true);
		await ada.links.end(partIn(ada));
		expect(ada.links.of(partIn(ada))).toBeNull();
	});

	test('no line: the link stands, nothing is lost, and no half link is left (D-5)', async () => {
		const ada = await asker();
		ada.line.always = 'cut';
		await expect(ada.links.make(partIn(ada), unlimited)).rejects.toEqual(
			problem('sync-unreachable')
		);
		expect([ada.links.of(partIn(ada)), partIn(ada).linked]).toEqual([null, '']);
		ada.line.always = null;
		// Made, filled, and the invitation does not arrive: what was made is deleted.
		ada.line.next = [null, null, 'cut'];
		await expect(ada.links.make(partIn(ada), unlimited)).rejects.toEqual(
			problem('sync-unreachable')
		);
		expect(ada.line.asked.at(-1)).toMatchObject({ method: 'DELETE' });
		expect(ada.links.of(partIn(ada))).toBeNull();
		await ada.links.make(partIn(ada), unlimited);
		ada.line.always = 'cut';
		await expect(ada.links.look(partIn(ada))).rejects.toEqual(problem('sync-unreachable'));
		await expect(ada.links.end(partIn(ada))).rejects.toEqual(problem('sync-unreachable'));
		expect(ada.links.of(partIn(ada))?.gone).toBe(false);
	});

	test('a day that is over, and a code that the server asks for, are said', async () => {
		const ada = await asker();
		await ada.links.make(partIn(ada), { until: Date.now() - 1000, uses: 0 });
		const late = await open();
		await expect(late.sharing.preview(ada.links.of(partIn(ada))!.url)).rejects.toEqual(
			problem('invitation-expired')
		);
		await relay.remove();
		relay = new TestRelay({ code: 'open sesame' });
		await relay.start();
		const closed = await asker();
		await expect(closed.links.make(partIn(closed), unlimited)).rejects.toEqual(
			problem('sync-code')
		);
		await closed.links.make(partIn(closed), { ...unlimited, code: 'open sesame' });
		expect(closed.links.of(partIn(closed))).not.toBeNull();
	});
});
