/** Rounds over a real relay: one browser with several shared workspaces, of which one is open. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { factsOf } from '#lib/store/store.ts';
import { setNote } from '#lib/sync/document.ts';
import { Device, newDocument, quickly } from '../../../tests/fixtures/devices.ts';
import { TestRelay } from '../../../tests/fixtures/relay-line.ts';
import type { DeskWorld } from './desk.ts';
import { joinWorkspace } from './joining.ts';
import { Rounds } from './rounds.ts';

vi.setConfig({ testTimeout: 60_000 });
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, 20_000);

let relay: TestRelay;
let devices: Device[];
let going: Rounds[];
beforeEach(async () => {
	relay = new TestRelay();
	await relay.start();
	devices = [];
	going = [];
});
afterEach(async () => {
	for (const rounds of going) await rounds.stop();
	for (const device of devices) await device.stop();
	await relay.remove();
});

/** Somebody else's workspace, and an invitation to it. */
async function elsewhere(id: string): Promise<Device> {
	const other = new Device(relay, `of-${id}`);
	devices.push(other);
	await other.found(newDocument(id));
	await other.sync();
	return other;
}
/** A browser that shares all of them. */
async function browser(...others: Device[]): Promise<Device> {
	const made = new Device(relay, 'ada');
	devices.push(made);
	for (const other of others) {
		await joinWorkspace(made.world, await other.invites(), made.me, 'ada');
	}
	made.line.asked = [];
	return made;
}
function rounds(
	{ store, line }: Device,
	{ open = '', tab = 'this', every = 60_000, last = 60_000 } = {}
): Rounds {
	const world: DeskWorld = {
		store,
		fetch: line.fetch,
		origin: relay.origin,
		now: () => Date.now(),
		random: () => Math.random(),
		waits: { ...quickly, rounds: every, last },
		locks: null,
		tab
	};
	const made = new Rounds(world, (id) => id === open);
	going.push(made);
	made.start();
	return made;
}
async function note(on: Device, id: string, text: string): Promise<void> {
	const { doc } = await on.store.open(id);
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	const now = new Date().toISOString();
	setNote(doc, { contributor: on.name, now, origin: null }, 'g/q', text);
	for (const update of updates) await on.store.append(id, update, factsOf(doc, now));
}
const waiting = async (on: Device, id: string): Promise<number> => {
	const { outbox, flight } = await on.store.sync.waiting(id);
	return outbox + flight;
};
const textsIn = async (on: Device, id: string): Promise<string[]> => {
	on.id = id;
	return on.notes();
};

test('what waits in workspaces that are not open leaves at the start, and what is new comes; the open one is its desk’s (X-9a)', async () => {
	const [one, two, three] = [await elsewhere('w1'), await elsewhere('w2'), await elsewhere('w3')];
	const ada = await browser(one, two, three);
	await note(ada, 'w1', 'In the open one');
	await note(ada, 'w2', 'In another');
	await three.note('q', 'From elsewhere');
	await three.sync();
	rounds(ada, { open: 'w1' });
	await eventually(async () => expect(await waiting(ada, 'w2')).toBe(0));
	await eventually(async () => {
		expect(await textsIn(ada, 'w3')).toEqual(['q/of-w3: From elsewhere']);
	});
	expect(await waiting(ada, 'w1')).toBeGreaterThan(0);
	await two.sync();
	expect(await two.notes()).toEqual(['q/ada: In another']);
	expect(ada.line.asked.some(({ path }) => path.startsWith('/live'))).toBe(false);
	await eventually(async () => {
		expect((await ada.store.sync.get('w2'))?.bytes.sent).toBeGreaterThan(0);
	});
	expect((await ada.store.sync.get('w3'))?.lastSuccess).not.toBe('');
});

test('what is written later leaves at once, and only there; the others are asked when it is time', async () => {
	const [one, two] = [await elsewhere('w1'), await elsewhere('w2')];
	const ada = await browser(one, two);
	rounds(ada, { every: 3000 });
	await eventually(() => expect(ada.line.count('POST', '')).toBe(2));
	await note(ada, 'w2', 'Later');
	await eventually(async () => expect(await waiting(ada, 'w2')).toBe(0));
	expect(ada.line.count('POST', '')).toBe(3);
	await one.note('q', 'In the meantime');
	await one.sync();
	await eventually(async () => {
		expect(await textsIn(ada, 'w1')).toEqual(['q/of-w1: In the meantime']);
	});
});

test('one that is paused, or that another tab leads, is left alone; the rest is not', async () => {
	const [one, two, three] = [await elsewhere('w1'), await elsewhere('w2'), await elsewhere('w3')];
	const ada = await browser(one, two, three);
	for (const id of ['w1', 'w2', 'w3']) await note(ada, id, 'Waits');
	await ada.store.sync.change('w1', { paused: true });
	await ada.store.sync.lease('sync/w2', 'another', Date.now(), 20_000);
	rounds(ada);
	await eventually(async () => expect(await waiting(ada, 'w3')).toBe(0));
	expect([await waiting(ada, 'w1'), await waiting(ada, 'w2')]).not.toContain(0);
	expect(ada.line.count('POST', '')).toBe(1);
});

test('of two tabs one goes', async () => {
	const one = await elsewhere('w1');
	const ada = await browser(one);
	rounds(ada, { tab: 'this' });
	rounds(ada, { tab: 'that' });
	await eventually(() => expect(ada.line.count('POST', '')).toBe(1));
	await new Promise((done) => setTimeout(done, 500));
	expect(ada.line.count('POST', '')).toBe(1);
});

test('without a line the first one is enough to know; when it may be back, all are exchanged', async () => {
	const [one, two] = [await elsewhere('w1'), await elsewhere('w2')];
	const ada = await browser(one, two);
	for (const id of ['w1', 'w2']) await note(ada, id, 'Waits');
	ada.line.always = 'cut';
	const made = rounds(ada);
	await eventually(() => expect(ada.line.count('POST', '')).toBe(1));
	await new Promise((done) => setTimeout(done, 500));
	expect(ada.line.count('POST', '')).toBe(1);
	ada.line.always = null;
	made.wake();
	for (const id of ['w1', 'w2']) {
		await eventually(async () => expect(await waiting(ada, id)).toBe(0));
	}
});

test('a desk that stands for one does not wait for a request that hangs', async () => {
	const one = await elsewhere('w1');
	const ada = await browser(one);
	ada.line.always = 'silent';
	const made = rounds(ada);
	await eventually(() => expect(ada.line.count('POST', '')).toBe(1));
	const began = performance.now();
	await made.leave('w1');
	expect(performance.now() - began).toBeLessThan(5000);
	expect(await ada.store.sync.lease('sync/w1', 'the desk', Date.now(), 1000)).toBe(true);
});
