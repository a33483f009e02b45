/** The facilitator's facade, on real windows: each a LiveWorkspace over IndexedDB, and a relay in this process. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TestLine, TestRelay } from '../../../tests/fixtures/relay-line.ts';
import { guest, Phone, quickly } from '../../../tests/fixtures/room.ts';
import { newId } from '#lib/model/ids.ts';
import { phoneSceneOf } from '#lib/room/scene-maker.ts';
import { MemoryChanges } from '#lib/store/changes.ts';
import { DexieStore } from '#lib/store/dexie.ts';
import { openBallot, putSession, putWorkshop, revealRound, turnTo } from '#lib/sync/document.ts';
import { runOf } from '#lib/workshop/agenda.ts';
import { expectedOf } from '#lib/workshop/scene.ts';
import { RoomHost } from './room-host.svelte.ts';
import { LiveWorkspace } from './workspace.svelte.ts';

vi.setConfig({ testTimeout: 40_000 });
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, 10_000);

let relay: TestRelay;
let ending: (() => void)[];
beforeEach(async () => {
	relay = new TestRelay();
	await relay.start();
	ending = [];
});
afterEach(async () => {
	for (const end of ending) end();
	await relay.remove();
});

const page = { origin: 'https://guide.example', hostname: 'guide.example' };
/** A window on a browser profile; `factory` is the profile. */
async function open(factory = new IDBFactory(), tab = newId()) {
	const store = new DexieStore({ indexedDB: factory, IDBKeyRange });
	await store.ready();
	const live = new LiveWorkspace({
		openStore: async () => store,
		clock: () => new Date().toISOString(),
		askPersistence: async () => true,
		openChanges: async () => new MemoryChanges()
	});
	const line = new TestLine();
	const around = { fetch: line.fetch, origin: relay.origin, page: () => page, locks: null, tab };
	const host = new RoomHost(live, { ...around, times: quickly }, true);
	ending.push(() => {
		host.leave();
		store.close();
	});
	const show = () => {
		const workshop = live.workspace!.workshops[0]!;
		const words = { title: 'Authority', question: 'One body?', levels: [...'abcde'] };
		const about = { lang: 'en', rehearsal: false, day: '', words: () => ({ en: words }) };
		host.show(phoneSceneOf(workshop, runOf(workshop, new Date().toISOString()), about));
	};
	return { live, host, line, store, show, factory };
}
async function withWorkshop() {
	const made = await open();
	await made.live.create({ name: 'Numenia', country: 'Numenia' });
	made.live.together('workshop', (doc, by) => {
		putWorkshop(doc, by, {
			id: 'w1',
			title: 'National day',
			guide: 'g',
			template: '',
			place: '',
			facilitator: '',
			day: '',
			days: 1,
			begins: 540,
			papers: 2,
			interpreted: false,
			note: '',
			created: by.now,
			closed: '',
			room: ''
		});
		putSession(doc, by, {
			id: 's1',
			workshop: 'w1',
			day: 1,
			order: 1,
			title: 'Levels',
			purpose: '',
			method: 'vote',
			minutes: 30,
			material: '',
			notes: '',
			output: '',
			questions: ['q'],
			board: '',
			skipped: false,
			noCards: false
		});
		turnTo(doc, by, 'w1', 's1');
		openBallot(doc, by, {
			id: 'b1',
			workshop: 'w1',
			session: 's1',
			group: '',
			key: 'g/q',
			way: 'paper'
		});
	});
	await made.live.flush();
	return made;
}
function phone(): Phone {
	const one = new Phone(relay.origin);
	ending.push(() => one.stop());
	return one;
}

test('open: phones come, are seen, vote, are expected; undo takes back nobody’s vote', async () => {
	const { live, host, show } = await withWorkshop();
	const theWorkshop = () => live.workspace!.workshops[0]!;
	const round = () => theWorkshop().ballots[0]!.rounds[0];
	expect(host.state).toBe('off');
	await host.open('w1');
	expect(host.state).toBe('open');
	expect(theWorkshop().room).toBe(host.room);
	const link = host.link('http://192.168.1.20:4173');
	expect(link).toMatch(/^http:\/\/192\.168\.1\.20:4173\/room\/#[\w-]{47}$/);
	show();
	const ama = await phone().joins(link, guest('Ama'));
	await eventually(() => expect(host.people).toHaveLength(1));
	expect(host.people[0]).toMatchObject({
		name: 'Ama',
		presence: 'here',
		voted: false,
		stuck: false
	});
	expect(expectedOf(theWorkshop(), theWorkshop().ballots[0]!, 1)).toBe(3);
	await ama.sees((body) => body.kind === 'ballot');
	live.setMeta({ name: 'Renamed' });
	ama.votes(2);
	await eventually(() => expect(host.people[0]).toMatchObject({ voted: true }));
	expect(round().voters).toEqual([host.people[0]!.participant]);
	live.undo();
	await live.flush();
	expect(live.workspace!.name).toBe('Numenia');
	expect(round().voters).toHaveLength(1);
	expect(theWorkshop().room).toBe(host.room);
	ama.run.say({ k: 'help', on: true });
	await eventually(() => expect(host.people[0]).toMatchObject({ help: true, stuck: true }));
	host.helped(host.people[0]!.lane);
	await eventually(() => expect(host.people[0]).toMatchObject({ help: false }));
	await eventually(() =>
		expect(host.reach).toEqual({ addresses: ['https://guide.example/'], listens: 'all', seen: 0 })
	);
	await host.close();
	expect(host.state).toBe('off');
	await ama.until(({ phase }) => phase === 'closed');
	expect(theWorkshop().room).toBe('');
});

test('the browser was killed: the next window of it goes on in the same room', async () => {
	const { live, host, show, store, factory } = await withWorkshop();
	await host.open('w1');
	show();
	const link = host.link('http://x/');
	const ama = await phone().joins(link, guest('Ama'));
	await eventually(() => expect(host.people).toHaveLength(1));
	// As the lease of a tab that was killed would run out; the next one is the same tab, reloaded.
	host.leave();
	await live.flush();
	store.close();
	const again = await open(factory);
	await again.live.openCurrent();
	expect(again.live.workspace?.workshops[0]?.people).toMatchObject([{ name: 'Ama' }]);
	await again.host.attend('w1');
	expect(again.host.state).toBe('open');
	expect(again.host.link('http://x/')).toBe(link);
	await eventually(() => expect(again.host.line).toBe('live'));
	again.show();
	await ama.sees((body) => body.kind === 'ballot');
	ama.votes(3);
	await eventually(() =>
		expect(again.live.workspace?.workshops[0]?.ballots[0]?.rounds[0].voters).toHaveLength(1)
	);
	again.live.together('reveal', (doc, by) => revealRound(doc, by, 'b1', 1));
	await again.live.flush();
	again.show();
	await ama.sees((body) => body.kind === 'ballot' && body.tally?.counts[3] === 1);
});

test('a second window of the browser knows who joined, and that it does not run the room', async () => {
	const { live, host, show, factory } = await withWorkshop();
	await host.open('w1');
	show();
	expect(host.leads).toBe(true);
	await phone().joins(host.link('http://x/'), guest('Ama'));
	await eventually(() => expect(host.people).toHaveLength(1));
	await live.flush();
	const second = await open(factory);
	await second.live.openCurrent();
	await second.host.attend('w1');
	await new Promise((later) => setTimeout(later, 300));
	expect(second.host.state).toBe('open');
	expect(second.host.leads).toBe(false);
	expect(second.host.joined).toBe(1);
	expect(second.host.people).toEqual([]);
	// The first one is closed: the second takes over, and nobody is gone for that.
	host.leave();
	expect(host.leads).toBe(false);
	await eventually(() => expect(second.host.leads).toBe(true));
	await eventually(() => expect(second.host.people).toHaveLength(1));
	expect(second.host.people[0]?.presence).not.toBe('gone');
});

test('another workspace is opened: the room waits, and nothing is written into the wrong one', async () => {
	const { live, host, show } = await withWorkshop();
	const first = live.workspace!.id;
	await host.open('w1');
	show();
	const ama = await phone().joins(host.link('http://x/'), guest('Ama'));
	await ama.sees((body) => body.kind === 'ballot');
	await eventually(() => expect(host.people).toHaveLength(1));
	await live.create({ name: 'Other', country: 'Other' });
	expect(host.state).toBe('off');
	ama.votes(4);
	await ama.sent();
	expect(live.workspace!.workshops).toEqual([]);
	await live.open(first);
	await host.attend('w1');
	await eventually(() =>
		expect(live.workspace!.workshops[0]!.ballots[0]!.rounds[0].voters).toHaveLength(1)
	);
});

test('a closed server asks for its code; a folder of files has no rooms; both are said', async () => {
	await relay.remove();
	relay = new TestRelay({ code: 'open sesame' });
	await relay.start();
	const { host, line } = await withWorkshop();
	await expect(host.open('w1')).rejects.toMatchObject({ code: 'sync-code' });
	expect(host.state).toBe('failed');
	expect(host.problem?.code).toBe('sync-code');
	line.always = 'cut';
	await expect(host.open('w1', 'open sesame')).rejects.toMatchObject({ code: 'sync-unreachable' });
	line.always = null;
	await host.open('w1', 'open sesame');
	expect(host.state).toBe('open');
	expect(host.problem).toBeNull();
});
