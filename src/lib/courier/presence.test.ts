import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Presence, times, type Here } from './presence.ts';

/** People on one stream: what one says, the others hear. */
class Room {
	people: { lane: number; presence: Presence; here: Here[]; sent: string[] }[] = [];

	add(lane: number) {
		const person = { lane, here: [] as Here[], sent: [] as string[] };
		const presence = new Presence({
			now: () => Date.now(),
			random: Math.random,
			changed: (here) => (person.here = here),
			send: async (note) => {
				person.sent.push(note);
				for (const other of this.people) {
					if (other.lane !== lane) other.presence.heard(lane, note);
				}
			}
		});
		const added = Object.assign(person, { presence });
		this.people.push(added);
		return added;
	}
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const after = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('what is said before the stream is open is said when it opens', async () => {
	const room = new Room();
	const [amina, jean] = [room.add(1), room.add(2)];
	jean.presence.opened();
	amina.presence.sayWhere('plan/');
	await after(times.apart);
	expect(jean.here).toEqual([]);
	amina.presence.opened();
	await after(1);
	expect(jean.here).toMatchObject([{ lane: 1, where: 'plan/' }]);
});

test('a newcomer knows who is here, though they have not moved; and nobody talks for ever', async () => {
	const room = new Room();
	const [amina, jean] = [room.add(1), room.add(2)];
	for (const { presence } of [amina, jean]) presence.opened();
	amina.presence.sayWhere('plan/');
	jean.presence.sayWhere('draft/');
	await after(times.apart * 3);
	const said = amina.sent.length;
	// Jean loads the page again: what he knew is gone.
	jean.presence.closed();
	expect(jean.here).toEqual([]);
	jean.presence.opened();
	await after(times.apart * 2);
	expect(jean.here).toMatchObject([{ lane: 1, where: 'plan/' }]);
	expect(amina.sent.length).toBe(said + 1);
	await after(times.apart * 3);
	expect(amina.sent.length).toBe(said + 1);
});

test('notes are at least ten seconds apart, and the last place is the one that is said (L-3)', async () => {
	const room = new Room();
	const [amina, jean] = [room.add(1), room.add(2)];
	for (const { presence } of [amina, jean]) presence.opened();
	for (const place of ['plan/', 'draft/', 'export/']) {
		amina.presence.sayWhere(place);
		await after(1000);
	}
	expect(amina.sent).toHaveLength(1);
	await after(times.apart);
	expect(amina.sent).toHaveLength(2);
	expect(jean.here).toMatchObject([{ where: 'export/' }]);
});

test('who stays is here after an hour, and who is gone is not', async () => {
	const room = new Room();
	const [amina, jean, souad] = [room.add(1), room.add(2), room.add(3)];
	for (const { presence } of room.people) presence.opened();
	for (const { presence, lane } of room.people) presence.sayWhere(`place-${lane}`);
	await after(times.apart * 3);
	expect(amina.here.map(({ lane }) => lane).sort()).toEqual([2, 3]);
	souad.presence.closed();
	await after(3_600_000);
	expect(amina.here.map(({ lane }) => lane)).toEqual([2]);
	expect(jean.here.map(({ lane }) => lane)).toEqual([1]);
});

test('a note that the relay does not take, so soon after the last page, is said again', async () => {
	const heard: string[] = [];
	let isRefused = true;
	const presence = new Presence({
		now: () => Date.now(),
		random: Math.random,
		changed: () => {},
		send: async (note) => {
			if (isRefused) throw new Error('slow down');
			heard.push(note);
		}
	});
	presence.opened();
	presence.sayWhere('people/');
	await after(1);
	isRefused = false;
	await after(times.apart * 1.2);
	expect(heard).toHaveLength(1);
	await after(times.apart * 3);
	expect(heard).toHaveLength(1);
});
