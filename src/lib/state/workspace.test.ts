import { englishDemo } from '../../../tests/fixtures/english-demo.ts';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { carrying } from '#lib/assessment/carrying.ts';
import type { Assessment, Outline } from '#lib/model/guide.ts';
import { Problem } from '#lib/model/problem.ts';
import { noDetails } from '#lib/model/workspace.ts';
import type { Action, Answer } from '#lib/model/workspace.ts';
import { DexieStore } from '#lib/store/dexie.ts';
import { MemoryChanges } from '#lib/store/changes.ts';
import { MemoryStore } from '#lib/store/memory.ts';
import type { WorkspaceStore } from '#lib/store/store.ts';
import { LiveWorkspace } from './workspace.svelte.ts';

// On a busy machine these take their time; what must be fast says so itself.
vi.setConfig({ testTimeout: 30_000 });
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, 10_000);

const key = 'cyber/cirt';
const level = (n: 0 | 1 | 2 | 3 | 4): Answer => ({ kind: 'level', level: n });
const about = { appVersion: '0.1.0', guides: { cyber: '1.0' } };
const action: Action = {
	id: 'a1',
	guide: 'cyber',
	measure: '',
	closes: [],
	title: 'Found a CIRT',
	owner: '',
	start: '',
	end: '',
	cost: 'low',
	effort: 'small',
	indicator: '',
	unit: 'count',
	target: '',
	state: 'proposed',
	note: '',
	...noDetails,
	order: 1
};

let factory: IDBFactory;
let stores: WorkspaceStore[];
let now: number;
const clock = () => new Date((now += 1000)).toISOString();
const stateOf = ({ save, problem, forgets, workspace }: LiveWorkspace) => ({
	save,
	problem: problem?.code ?? null,
	forgets,
	open: workspace !== null
});
const turn = () => new Promise((done) => setTimeout(done, 0));

beforeEach(() => {
	factory = new IDBFactory();
	stores = [];
	now = Date.UTC(2026, 2, 1);
});
afterEach(() => {
	vi.restoreAllMocks();
	vi.unstubAllGlobals();
	for (const store of stores) store.close();
});

async function dexie(): Promise<DexieStore> {
	const store = new DexieStore({ indexedDB: factory, IDBKeyRange });
	stores.push(store);
	await store.ready();
	return store;
}
/** A window on the same browser profile. */
function tab(
	openStore: () => Promise<WorkspaceStore> = dexie,
	askPersistence = vi.fn(async () => true)
) {
	const openChanges = async () => new MemoryChanges();
	return new LiveWorkspace({ openStore, clock, askPersistence, openChanges });
}
async function numenia(live = tab()): Promise<LiveWorkspace> {
	await live.create({ name: 'Numenia', country: 'Numenia' });
	return live;
}
const answer = (live: LiveWorkspace) =>
	live.workspace?.contributions.find((c) => c.key === key)?.answer;
const note = (live: LiveWorkspace) =>
	live.workspace?.contributions.find((c) => c.key === key)?.note;

describe('opening', () => {
	test('at first there is nothing, and nothing is wrong', async () => {
		const live = tab();
		await live.openCurrent();
		expect(stateOf(live)).toEqual({ open: false, problem: null, save: 'saved', forgets: false });
		expect(() => live.setAnswer(key, level(1))).toThrow('workspace-missing');
	});

	test('the workspace that was open is open again in the next window', async () => {
		const first = await numenia();
		first.setAnswer(key, level(2));
		await first.flush();
		const second = tab();
		await Promise.all([second.openCurrent(), second.openCurrent()]);
		expect(second.workspace).toMatchObject({ name: 'Numenia', country: 'Numenia', demo: false });
		expect(answer(second)).toEqual(level(2));
		expect(second.contributor).toBe(first.contributor);
		expect(second.currentGuide).toBe('cyber');
	});

	test('a store that will not open is a problem and no empty start; trying again helps (F-05)', async () => {
		await numenia();
		let broken = true;
		const live = tab(async () => {
			if (broken) throw new Problem('storage-broken');
			return dexie();
		});
		await live.openCurrent();
		expect(live.problem?.code).toBe('storage-broken');
		expect(live.workspace).toBeNull();
		await expect(live.create({ name: 'x', country: 'x' })).rejects.toMatchObject({
			code: 'storage-broken'
		});
		broken = false;
		await live.retry();
		expect(live.problem).toBeNull();
		expect(live.workspace?.name).toBe('Numenia');
	});

	test('an unknown id is a missing workspace, and the open one stays', async () => {
		const live = await numenia();
		const { id } = live.workspace!;
		await expect(live.open('nothing')).rejects.toMatchObject({ code: 'workspace-missing' });
		expect(live.problem?.code).toBe('workspace-missing');
		expect(live.workspace?.id).toBe(id);
		live.setNote(key, 'Still here');
		await live.flush();
		expect(stateOf(live)).toMatchObject({ save: 'saved', problem: null });
	});

	test('switching closes one and opens the other, with everything saved', async () => {
		const live = await numenia();
		const first = live.workspace!.id;
		live.setNote(key, 'First');
		await live.create({ name: 'Other', country: 'Other' });
		expect(note(live)).toBeUndefined();
		await live.open(first);
		expect(note(live)).toBe('First');
		expect(live.canUndo).toBe(false);
	});
});

describe('saving (P3)', () => {
	test('an edit is visible in the next turn, and "saved" comes after it was read back', async () => {
		const live = await numenia();
		const before = live.savedAt;
		live.setAnswer(key, level(3));
		expect(live.save).toBe('saving');
		await Promise.resolve();
		expect(answer(live)).toEqual(level(3));
		expect(live.workspace!.contributions[0]).toMatchObject({ contributor: live.contributor });
		expect(live.save).toBe('saving');
		await live.flush();
		expect(live.save).toBe('saved');
		expect(live.savedAt > before).toBe(true);
		const { doc } = await stores[0]!.open(live.workspace!.id);
		expect(doc.getMap('contributions').size).toBe(2);
	});

	test('a full disk: never "saved", the text stays, and trying again saves it (F-15)', async () => {
		const live = await numenia();
		const append = vi.spyOn(stores[0]!, 'append').mockRejectedValue(new Problem('storage-full'));
		live.setNote(key, 'Kept on the screen');
		await live.flush();
		expect(stateOf(live)).toMatchObject({ save: 'failed', problem: 'storage-full' });
		expect(note(live)).toBe('Kept on the screen');
		expect(live.changedSinceCopy).toBe(true);
		// The file that the message proposes has the text.
		expect((await live.projectFile(about)).bytes.length).toBeGreaterThan(0);
		await expect(live.create({ name: 'x', country: 'x' })).rejects.toMatchObject({
			code: 'storage-full'
		});
		expect(live.workspace?.name).toBe('Numenia');
		append.mockRestore();
		await live.retry();
		expect(stateOf(live)).toMatchObject({ save: 'saved', problem: null });
		const next = tab();
		await next.openCurrent();
		expect(note(next)).toBe('Kept on the screen');
	});

	test('a window that forgets says so before the first edit, and "failed" after it (F-13)', async () => {
		const live = await numenia(tab(async () => new MemoryStore()));
		expect(stateOf(live)).toMatchObject({
			forgets: true,
			save: 'saved',
			problem: 'storage-blocked'
		});
		live.setNote(key, 'Only here');
		await live.flush();
		expect(live.save).toBe('failed');
		expect(live.problem?.code).toBe('storage-blocked');
		expect(note(live)).toBe('Only here');
	});

	test('a text beyond its limit is refused, and nothing changes (F-20)', async () => {
		const live = await numenia();
		live.setNote(key, 'Kept');
		expect(() => live.setNote(key, 'x'.repeat(100_001))).toThrow('note-too-long');
		await live.flush();
		expect(note(live)).toBe('Kept');
	});

	test('when the page is hidden or left, everything is flushed; leaving unsaved work asks', async () => {
		const page = Object.assign(new EventTarget(), { visibilityState: 'hidden' });
		const frame = new EventTarget();
		vi.stubGlobal('document', page);
		vi.stubGlobal('addEventListener', frame.addEventListener.bind(frame));
		const live = await numenia();
		const flush = vi.spyOn(live, 'flush');
		page.dispatchEvent(new Event('visibilitychange'));
		frame.dispatchEvent(new Event('pagehide'));
		expect(flush).toHaveBeenCalledTimes(2);
		const calm = new Event('beforeunload', { cancelable: true });
		frame.dispatchEvent(calm);
		expect(calm.defaultPrevented).toBe(false);
		vi.spyOn(stores[0]!, 'append').mockRejectedValue(new Problem('storage-full'));
		live.setNote(key, 'x');
		await live.flush();
		const asking = new Event('beforeunload', { cancelable: true });
		frame.dispatchEvent(asking);
		expect(asking.defaultPrevented).toBe(true);
	});

	describe('a page that goes while it writes', () => {
		/** A page whose transactions never come to an end, and what it left in localStorage. */
		async function leaving(hears: 'pagehide' | 'hidden', kept: Record<string, unknown>) {
			const page = Object.assign(new EventTarget(), { visibilityState: 'hidden' });
			const frame = new EventTarget();
			vi.stubGlobal('document', page);
			vi.stubGlobal('addEventListener', frame.addEventListener.bind(frame));
			vi.stubGlobal('localStorage', kept);
			const live = await numenia();
			let go = () => {};
			const append = stores[0]!.append.bind(stores[0]);
			vi.spyOn(stores[0]!, 'append').mockImplementationOnce(async (...about) => {
				await new Promise<void>((resolve) => (go = resolve));
				return append(...about);
			});
			live.setNote(key, 'The last words');
			if (hears === 'pagehide') frame.dispatchEvent(new Event('pagehide'));
			else page.dispatchEvent(new Event('visibilitychange'));
			return { live, frame, go: () => go() };
		}
		const storage = () =>
			Object.defineProperties<Record<string, unknown>>(
				{},
				{
					getItem: { value: (name: string) => kept[name] ?? null },
					setItem: { value: (name: string, text: string) => void (kept[name] = text) },
					removeItem: { value: (name: string) => void delete kept[name] }
				}
			);
		let kept: Record<string, unknown>;
		beforeEach(() => (kept = storage()));

		test.each(['pagehide', 'hidden'] as const)(
			'on "%s" it leaves its last words to the next window (P3)',
			async (hears) => {
				await leaving(hears, kept);
				expect(Object.keys(kept)).toHaveLength(1);
				const next = tab();
				await next.openCurrent();
				expect(note(next)).toBe('The last words');
				expect(next.save).toBe('saved');
				expect(Object.keys(kept)).toEqual([]);
			}
		);

		test('where it comes back and saves them after all, nothing is left behind', async () => {
			const { live, go } = await leaving('hidden', kept);
			expect(live.save).toBe('saving');
			go();
			await live.flush();
			expect(live.save).toBe('saved');
			expect(Object.keys(kept)).toEqual([]);
		});

		test('where the next window took them in first, both have them once', async () => {
			const { live, go } = await leaving('hidden', kept);
			const next = tab();
			await next.openCurrent();
			go();
			await live.flush();
			await live.retry();
			await next.retry();
			for (const window of [live, next]) {
				expect(note(window)).toBe('The last words');
				expect(window.save).toBe('saved');
			}
		});

		test('what was erased from this device does not come back by it (S-21)', async () => {
			const { live, frame, go } = await leaving('hidden', kept);
			for (const name of Object.keys(kept)) delete kept[name];
			await stores[0]!.remove(live.workspace!.id, '2000-01-01');
			await stores[0]!.purge('2001-01-01');
			go();
			await live.flush();
			frame.dispatchEvent(new Event('pagehide'));
			expect(Object.keys(kept)).toEqual([]);
		});

		test('leaving asks only where they cannot be kept (F-14)', async () => {
			const { frame } = await leaving('hidden', kept);
			const asks = () => {
				const event = new Event('beforeunload', { cancelable: true });
				frame.dispatchEvent(event);
				return event.defaultPrevented;
			};
			expect(asks()).toBe(false);
			vi.stubGlobal('localStorage', undefined);
			expect(asks()).toBe(true);
		});
	});

	test('the browser is asked to keep the data once, with the first answer that is saved', async () => {
		const ask = vi.fn(async () => true);
		const live = await numenia(tab(dexie, ask));
		live.setNote(key, 'No answer yet');
		await live.flush();
		expect(ask).not.toHaveBeenCalled();
		live.setAnswer(key, level(1));
		await live.flush();
		await eventually(() => expect(ask).toHaveBeenCalledOnce());
		const again = tab(dexie, ask);
		await again.openCurrent();
		again.setAnswer(key, level(2));
		await again.flush();
		await turn();
		expect(ask).toHaveBeenCalledOnce();
	});
});

describe('undo', () => {
	test('takes back the last thing, and redo brings it again; both are saved', async () => {
		const live = await numenia();
		live.setAnswer(key, level(1));
		await turn();
		live.setConfidence(key, 'high');
		await turn();
		expect(live.canUndo).toBe(true);
		live.undo();
		await turn();
		expect(live.workspace!.contributions[0]).toMatchObject({ answer: level(1), confidence: null });
		live.undo();
		await turn();
		expect(live.workspace!.contributions).toEqual([]);
		expect(live).toMatchObject({ canUndo: false, canRedo: true });
		live.redo();
		await live.flush();
		const next = tab();
		await next.openCurrent();
		expect(answer(next)).toEqual(level(1));
	});

	test('letters typed in a row are one step, and edits of one turn too', async () => {
		const live = await numenia();
		for (const text of ['C', 'CI', 'CIR', 'CIRT']) {
			live.setNote(key, text);
			await Promise.resolve();
		}
		for (const id of ['a1', 'a2', 'a3']) live.putAction({ ...action, id });
		await turn();
		live.undo();
		await turn();
		expect(live.workspace!.actions).toEqual([]);
		expect(note(live)).toBe('CIRT');
		live.undo();
		await turn();
		expect(live.workspace!.contributions).toEqual([]);
	});

	test('looking at the next question is no step; a removed action comes back', async () => {
		const live = await numenia();
		live.putAction(action);
		await turn();
		live.removeAction('a1');
		await turn();
		live.setGuideWork('cyber', { resume: 'law' });
		await turn();
		live.undo();
		await turn();
		expect(live.workspace!.actions).toEqual([action]);
		expect(live.workspace!.guides.cyber?.resume).toBe('law');
	});

	test('a new edition is one step, with its texts, and is saved as one', async () => {
		const live = await numenia();
		live.setAnswer('cyber/law', { kind: 'level', level: 2 });
		live.setNote('cyber/law', 'In force.');
		live.putAction({ ...action, closes: ['law'] });
		await turn();
		const before = live.workspace;
		const steps = [
			{
				from: '1',
				to: '2',
				note: '',
				titles: {},
				sections: {},
				questions: { law: 'act' },
				measures: {},
				chapters: {}
			}
		];
		live.carryOver('cyber', carrying(live.workspace!, 'cyber', steps));
		await turn();
		expect(live.workspace!.contributions.map(({ key, note }) => `${key} ${note}`)).toEqual([
			'cyber/act In force.',
			'cyber/law In force.'
		]);
		expect(live.workspace!.actions[0]!.closes).toEqual(['act']);
		await live.flush();
		const again = tab();
		await again.openCurrent();
		expect(again.workspace).toEqual(live.workspace);
		live.undo();
		await turn();
		expect(live.workspace).toEqual(before);
	});

	test('never undoes what another tab wrote', async () => {
		const [one, two] = [await numenia(), tab()];
		await two.openCurrent();
		one.setAnswer(key, level(1));
		await one.flush();
		await eventually(() => expect(answer(two)).toEqual(level(1)));
		expect(two.canUndo).toBe(false);
		two.setAnswer('cyber/law', level(4));
		await turn();
		two.undo();
		two.undo();
		await turn();
		expect(two.workspace!.contributions.map((c) => c.key)).toEqual([key]);
	});
});

describe('two tabs (F-07)', () => {
	test('that edit one note both show the merged text, and so does a third', async () => {
		const one = await numenia();
		one.setNote(key, 'The ministry leads.');
		await one.flush();
		const two = tab();
		await two.openCurrent();
		one.setNote(key, 'The digital ministry leads.');
		two.setNote(key, 'The ministry leads since 2024.');
		await Promise.all([one.flush(), two.flush()]);
		const merged = 'The digital ministry leads since 2024.';
		await eventually(() => expect([note(one), note(two)]).toEqual([merged, merged]));
		const three = tab();
		await three.openCurrent();
		expect(note(three)).toBe(merged);
	});

	test('what one wrote is stored once: the other takes it in and does not pass it on', async () => {
		const one = await numenia();
		const two = tab();
		await two.openCurrent();
		one.setNote(key, 'Once');
		await one.flush();
		await eventually(() => expect(note(two)).toBe('Once'));
		await two.flush();
		expect(two.save).toBe('saved');
		expect((await stores[0]!.since(one.workspace!.id, 0)).updates).toHaveLength(1);
	});

	test("an update that another tab stored before one's own is not skipped", async () => {
		const one = await numenia();
		const two = tab();
		await two.openCurrent();
		const own = one.workspace!.id;
		const silent = vi.spyOn(BroadcastChannel.prototype, 'postMessage').mockReturnValue();
		two.setNote('cyber/law', 'From two');
		await two.flush();
		one.setNote(key, 'From one');
		await one.flush();
		silent.mockRestore();
		new BroadcastChannel('e-strategy').postMessage({ workspace: own, seq: 1 });
		await eventually(() => expect(one.workspace!.contributions).toHaveLength(2));
	});

	test("garbage from another tab's row is survived, and one's own words with it (F-42)", async () => {
		const live = await numenia();
		const { id } = live.workspace!;
		const other = await dexie();
		const facts = { name: 'Numenia', country: 'Numenia', demo: false, updatedAt: clock() };
		live.setNote(key, 'Mine');
		await live.flush();
		await other.append(id, new Uint8Array(40).fill(0xff), facts);
		await eventually(async () => {
			expect((await other.since(id, 0)).updates.every((update) => update[0] !== 0xff)).toBe(true);
		});
		await turn();
		expect(note(live)).toBe('Mine');
		live.setNote(key, 'Mine still');
		await live.flush();
		expect(stateOf(live)).toMatchObject({ save: 'saved', problem: null });
	});

	test('a tab that has to make room for a new version says so and saves nothing more (F-09)', async () => {
		const live = await numenia();
		live.setNote(key, 'Last words');
		await new Promise((resolve) => {
			factory.open('e-strategy', 99).onsuccess = ({ target }) => {
				(target as IDBOpenDBRequest).result.close();
				resolve(null);
			};
		});
		expect(live.problem?.code).toBe('storage-newer');
		live.setNote(key, 'Last words, and more');
		await live.flush();
		expect(live.save).toBe('failed');
		expect(note(live)).toBe('Last words, and more');
	});
});

describe('the list', () => {
	test('rename, duplicate, delete and restore, the open one and others', async () => {
		const live = await numenia();
		const id = live.workspace!.id;
		live.setNote(key, 'Kept');
		await live.rename(id, 'Numenia 2027');
		expect(live.workspace?.name).toBe('Numenia 2027');
		await live.duplicate(id, 'Numenia 2027 (copy)');
		const copy = live.list.find((listed) => listed.id !== id)!;
		expect(copy).toMatchObject({ name: 'Numenia 2027 (copy)', deletedAt: '' });
		await live.rename(copy.id, 'The copy');
		expect(live.list.map(({ name }) => name).sort()).toEqual(['Numenia 2027', 'The copy']);
		await live.remove(id);
		expect(live.workspace).toBeNull();
		expect(live.list.find((listed) => listed.id === id)?.deletedAt).not.toBe('');
		const next = tab();
		await next.openCurrent();
		expect(next.workspace).toBeNull();
		await live.restore(id);
		expect(note(live)).toBe('Kept');
		await live.open(copy.id);
		expect(live.workspace?.name).toBe('The copy');
		expect(note(live)).toBe('Kept');
	});

	test('what was deleted more than 30 days ago is purged at the next start', async () => {
		const live = await numenia();
		await live.remove(live.workspace!.id);
		now += 29 * 86_400_000;
		const soon = tab();
		await soon.refreshList();
		await turn();
		expect((await stores[0]!.list()).length).toBe(1);
		now += 2 * 86_400_000;
		await tab().refreshList();
		await eventually(async () => expect(await stores[0]!.list()).toEqual([]));
	});
});

describe('files', () => {
	test('a project file opens in another browser, and comes back merged (P5, P7)', async () => {
		const mine = await numenia();
		mine.setAnswer(key, level(2));
		const file = await mine.projectFile(about);
		expect(file).toMatchObject({ name: 'Numenia.estrategy', type: 'application/zip' });

		const otherFactory = new IDBFactory();
		const theirs = tab(async () => {
			const store = new DexieStore({ indexedDB: otherFactory, IDBKeyRange });
			stores.push(store);
			await store.ready();
			return store;
		});
		const opened = await theirs.importFile(new Blob([file.bytes]));
		expect(opened).toMatchObject({ name: 'Numenia', merged: false });
		expect(answer(theirs)).toEqual(level(2));
		expect(theirs.contributor).not.toBe(mine.contributor);
		theirs.setAnswer(key, level(3));
		await turn();
		const back = await theirs.projectFile(about);

		const merged = await mine.importFile(new Blob([back.bytes]));
		expect(merged).toMatchObject({ merged: true });
		await turn();
		expect(mine.workspace!.contributions.map((c) => c.answer)).toContainEqual(level(2));
		expect(mine.workspace!.contributions.map((c) => c.answer)).toContainEqual(level(3));
		mine.undo();
		await turn();
		expect(mine.workspace!.contributions.map((c) => c.answer)).toEqual([level(3)]);
	});

	test('a file that is too large is refused before it is read', async () => {
		const live = await numenia();
		const huge = { size: 20_000_001, arrayBuffer: vi.fn() };
		await expect(live.importFile(huge as unknown as Blob)).rejects.toMatchObject({
			code: 'file-too-large'
		});
		expect(huge.arrayBuffer).not.toHaveBeenCalled();
		await expect(live.importFile(new Blob())).rejects.toMatchObject({ code: 'file-empty' });
		expect(live.workspace?.name).toBe('Numenia');
	});

	test('the time of the outside copy is kept, and work after it is told by numbers (P4, F-18)', async () => {
		const live = await numenia();
		expect(live).toMatchObject({ outsideCopyAt: '', changedSinceCopy: false });
		live.setAnswer(key, level(1));
		expect(live.changedSinceCopy).toBe(true);
		await live.projectFile(about);
		expect(live.outsideCopyAt).toBe('');
		await live.copied();
		const { outsideCopyAt } = live;
		expect(outsideCopyAt).not.toBe('');
		expect(live.changedSinceCopy).toBe(false);
		const next = tab();
		await next.openCurrent();
		expect(next).toMatchObject({ outsideCopyAt, changedSinceCopy: false });
		now -= 10 * 365 * 86_400_000;
		next.setAnswer(key, level(2));
		await next.flush();
		expect(next.changedSinceCopy).toBe(true);
	});
});

describe('contributors', () => {
	test('two windows of a profile are one contributor, two profiles are two', async () => {
		const [one, two] = [tab(), tab()];
		await numenia(one);
		await two.openCurrent();
		expect(two.contributor).toBe(one.contributor);
		expect(one.contributor).toMatch(/^[0-9a-z]{26}$/);
		const stranger = await numenia(tab(async () => new MemoryStore()));
		expect(stranger.contributor).not.toBe(one.contributor);
	});

	test('a person on a new device can go on as who they were, in that workspace', async () => {
		const live = await numenia();
		await live.continueAs('health');
		live.setAnswer(key, level(1));
		await live.flush();
		const next = tab();
		await next.openCurrent();
		expect(next.contributor).toBe('health');
		expect(next.workspace!.contributions[0]?.contributor).toBe('health');
		await next.create({ name: 'x', country: 'x' });
		expect(next.contributor).not.toBe('health');
	});

	test("an agreed value has seen every contribution as it is, this turn's too", async () => {
		const live = await numenia();
		live.setAnswer(key, level(1));
		live.setAgreed(key, { answer: level(2), why: 'Cautious', by: 'Chair' });
		await turn();
		const [said] = live.workspace!.contributions;
		expect(live.workspace!.agreed[0]).toMatchObject({ answer: level(2), by: 'Chair' });
		expect({ ...live.workspace!.agreed[0]!.saw }).toEqual({ [live.contributor]: said!.at });
	});
});

describe('the demo', () => {
	const question = (id: string) => ({
		id,
		topic: 't',
		kind: 'maturity' as const,
		weight: 2 as const,
		path: 'core' as const,
		section: 's',
		crosswalk: {},
		lang: 'en',
		title: id,
		question: id,
		levels: ['0', '1', '2', '3', '4'],
		next: ['1', '2', '3', '4'],
		evidence: ['Decree'],
		why: ''
	});
	const assessment: Assessment = {
		guide: 'cyber',
		topics: [
			{
				id: 't',
				lang: 'en',
				title: 'T',
				measures: [],
				hints: [],
				questions: ['a', 'b', 'c', 'd', 'e'].map(question)
			}
		]
	};
	const gate = { question: '', why: '', yes: '', partly: '', no: '' };
	const outline: Outline = {
		lang: 'en',
		chapters: [],
		readiness: { mandate: gate, sponsor: gate, team: gate, data: gate, calendar: gate }
	};

	test('opens, is marked, and is there once; changing an answer is no disagreement', async () => {
		const live = tab();
		await live.openDemo({ assessment, outline }, { words: englishDemo });
		expect(live.workspace).toMatchObject({ demo: true, country: 'Numenia' });
		const [said] = live.workspace!.contributions;
		live.setAnswer(said!.key, { kind: 'unknown' });
		await turn();
		const again = live.workspace!.contributions.filter((c) => c.key === said!.key);
		expect(again.map((c) => c.answer)).toEqual([{ kind: 'unknown' }]);
		await live.create({ name: 'x', country: 'x' });
		await live.openDemo({ assessment, outline }, { words: englishDemo });
		expect(live.list.filter(({ demo }) => demo)).toHaveLength(1);
		expect(live.workspace?.demo).toBe(true);
	});
});
