/**
 * HostRun: the facilitator's device in its room, for as long as it runs.
 *
 * It alone opens what phones say, judges it (`take.ts`) and writes it into the workspace, before its
 * cursor passes it: whatever is killed in between, it comes again and changes nothing twice. It shows
 * phones the newest scene.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type * as Y from 'yjs';
import { toHex, utf8 } from '#lib/crypto/bytes.ts';
import { markOf } from '#lib/crypto/keys.ts';
import { parseKeyring } from '#lib/crypto/keyring.ts';
import { RelayError } from '#lib/courier/relay-error.ts';
import { Problem } from '#lib/model/problem.ts';
import type { Place } from '#lib/model/room.ts';
import type { RoomRow, RoomStore } from '#lib/store/rooms.ts';
import type { Author } from '#lib/sync/edit.ts';
import { patchParticipant, patchWorkshop, putParticipant } from '#lib/sync/edit-workshop.ts';
import { noteLimits, openNote, sealScene } from '#lib/sync/note.ts';
import { headOf, markLength, roles } from '#lib/sync/protocol.ts';
import type { Frame } from '#lib/sync/protocol.ts';
import { readWorkshops } from '#lib/sync/read-workshop.ts';
import { openHere } from '#lib/sync/sealed.ts';
import { afresh } from '#lib/sync/source.ts';
import { Line } from './line.ts';
import type { LineWorld } from './line.ts';
import { accessOf, guestsOf, openDoor, shortOf } from './making.ts';
import type { Guests } from './making.ts';
import { keyOfNote, parseNote, placeOf } from './messages.ts';
import type { PhoneScene } from './phone-scene.ts';
import { hostEnds, hostProblem } from './room-problems.ts';
import { laneOf, seat } from './seats.ts';
import { takeNotes } from './take.ts';
import type { Heard } from './take.ts';

/** The workspace that the workshop is in. */
export interface Desk {
	/** Runs an edit; resolves once it is stored. Rejects with the Problem of why not. */
	write(edit: (doc: Y.Doc, by: Author) => void): Promise<void>;
}

export type HostWorld = LineWorld & { rooms: RoomStore; desk: Desk };

export type HostState = {
	row: RoomRow;
	line: 'live' | 'trying';
	problem: Problem | null;
	/** The room is gone from the server, for good. */
	isLost: boolean;
	/** Phones that are in. `heardAt` by `clock`; null: not since this run began. */
	guests: { lane: number; heardAt: number | null; doing: Place | '' }[];
};

/** Milliseconds between two scenes at least; joins that come together are met together. */
const sceneApart = 250;
const meetAfter = 150;
/** Rounds of which it is remembered who came late. */
const lateRounds = 12;

type Envelope = Extract<Frame, { kind: 'envelope' }>;

export class HostRun {
	#world: HostWorld;
	#line: Line;
	#tell: (state: HostState) => void;
	#state: HostState;
	#guests: Guests = new Map();
	#hasMet = false;
	#heard = new Map<number, { at: number; doing: Place | '' }>();
	/** The newest counter of each thing that a phone said: an older word of it that comes later is old. */
	#counters = new Map<string, number>();
	#inbox: Frame[] = [];
	/** Something of the stream could not be kept: what follows on it waits until that came again. */
	#isBroken = false;
	#draining: Promise<void> | null = null;
	#meetTimer: ReturnType<typeof setTimeout> | undefined;
	#scene: PhoneScene | null = null;
	/** What was shown last, as text; and when its time ends. */
	#shown = { text: '', ends: 0 };
	#sceneTimer: ReturnType<typeof setTimeout> | undefined;
	#sceneAt = -Infinity;
	#pending: { counter: number; envelope: Uint8Array } | null = null;
	#relayAhead = 0;
	#isStopped = false;

	constructor(row: RoomRow, world: HostWorld, tell: (state: HostState) => void) {
		this.#world = world;
		this.#tell = tell;
		this.#state = { row, line: 'trying', problem: null, isLost: false, guests: [] };
		this.#line = new Line(world, {
			access: () => accessOf(this.#row),
			place: () => this.#row,
			leaving: () => (this.#pending ? [this.#pending.envelope] : []),
			take: (frames, from) => this.#take(frames, from),
			inStep: () => {
				this.#isBroken = false;
				this.#set({ problem: null });
			},
			failed: (thrown) => this.#failed(thrown),
			heard: (isLive) => {
				if (!this.#isStopped) this.#set({ line: isLive ? 'live' : 'trying' });
			}
		});
	}

	get state(): HostState {
		return this.#state;
	}
	get #row(): RoomRow {
		return this.#state.row;
	}
	get #room(): string {
		return shortOf(this.#row.address);
	}

	/** Begins. Never rejects: the state says what is wrong, and it is tried again. */
	async start(): Promise<void> {
		await this.#edit(() => {}).catch((thrown: unknown) => {
			this.#set({ problem: hostProblem(thrown) });
		});
		this.#line.in(0);
	}

	/** An edit of the workspace, which says in the same step which room its phones are in. */
	#edit(edit: (doc: Y.Doc, by: Author) => void): Promise<void> {
		const { workshop } = this.#row;
		return this.#world.desk.write((doc, by) => {
			patchWorkshop(doc, by, workshop, { room: this.#room });
			edit(doc, by);
		});
	}

	/** Ends; what is under way is cut, and loses nothing. */
	stop(): void {
		this.#isStopped = true;
		clearTimeout(this.#sceneTimer);
		clearTimeout(this.#meetTimer);
		this.#line.stop();
	}

	wake(): void {
		this.#line.wake();
	}

	/** What phones see from now on. The latest wins. */
	show(scene: PhoneScene): void {
		this.#scene = scene;
		if (this.#sceneTimer || this.#isStopped) return;
		const soon = Math.max(0, this.#sceneAt + sceneApart - this.#world.clock());
		this.#sceneTimer = setTimeout(() => {
			this.#sceneTimer = undefined;
			void this.#publish().catch((thrown: unknown) => this.#failed(thrown));
		}, soon);
	}

	/** Puts a phone out. What it said stays; its person has no phone any more. */
	async remove(lane: number): Promise<void> {
		const found = this.#guests.get(lane);
		if (found) {
			await this.#asked(() => this.#world.relay.revoke(accessOf(this.#row), found.holder));
		}
		this.#guests.delete(lane);
		this.#heard.delete(lane);
		const { workshop } = this.#row;
		await this.#edit((doc, by) => {
			const people = peopleOf(doc, workshop);
			const person = people.find((one) => laneOf(one, this.#room) === lane);
			if (person) patchParticipant(doc, by, person.id, { phone: '' });
		});
		await this.#keep((row) => ({ removed: [...new Set([...row.removed, lane])] }));
		this.#sayGuests();
	}

	/** Locked, the invitation is void; unlocked, there is a new one. */
	async lockDoor(on: boolean, title: string): Promise<void> {
		const { relay } = this.#world;
		if (on) {
			const { invitation } = this.#row;
			if (!invitation) return;
			await this.#asked(() => relay.revoke(accessOf(this.#row), invitation));
			await this.#keep(() => ({ invitation: '', secret: new Uint8Array(), until: '' }));
		} else if (!this.#row.invitation) {
			await this.#asked(() => this.#line.once());
			const now = Math.round(this.#world.clock() + this.#relayAhead);
			const door = await this.#asked(() => openDoor(relay, this.#row, { title, now }));
			await this.#keep(() => door);
		}
	}

	async helped(lane: number): Promise<void> {
		await this.#keep((row) => ({ help: row.help.filter((one) => one !== lane) }));
	}

	/** Takes in what phones have said so far, and ends the room for good. Throws the Problem of why not. */
	async close(): Promise<void> {
		const { relay, desk, rooms } = this.#world;
		if (!this.#state.isLost) {
			try {
				await this.#line.once();
				await this.#draining;
				await relay.remove(accessOf(this.#row));
			} catch (thrown) {
				if (!hostEnds(thrown)) throw hostProblem(thrown);
			}
		}
		this.stop();
		const { workshop } = this.#row;
		await desk.write((doc, by) => patchWorkshop(doc, by, workshop, { room: '' }));
		await rooms.remove(workshop);
	}

	/** Seals the scene that is wanted now, unless that is what phones see. */
	async #publish(): Promise<void> {
		if (!this.#scene || this.#isStopped) return;
		const { clock } = this.#world;
		const { left, ...rest } = withLate(this.#scene, this.#row.late);
		const text = JSON.stringify([rest, left === null]);
		const ends = clock() + (left ?? 0);
		// That a session has a second less is no news: phones count it themselves.
		if (text === this.#shown.text && Math.abs(ends - this.#shown.ends) < 1_500) return;
		this.#shown = { text, ends };
		this.#sceneAt = clock();
		const row = await this.#keep(({ counter }) => ({ counter: counter + 1 }));
		this.#seal({ ...rest, left, sent: Math.round(clock() + this.#relayAhead) }, row);
		this.#line.in(0);
	}

	#seal(scene: object, { counter }: RoomRow): void {
		this.#pending = { counter, envelope: sealScene(scene, { ...this.#sender(), counter }) };
	}
	#sender() {
		const { keyring, address: w, lane } = this.#row;
		return { keyring: parseKeyring(keyring), w, role: roles.edit as number, lane };
	}

	/** True: for good. */
	#failed(thrown: unknown): boolean {
		if (this.#isStopped) return true;
		const isLost = hostEnds(thrown);
		this.#set({ problem: hostProblem(thrown), isLost });
		if (isLost) return true;
		// A copy of this browser's profile used our counters: far from there, and anew (X-4).
		if (RelayError.of(thrown).code === 'conflict') {
			const far = 1000 + Math.floor(this.#world.random() * 1_000_000);
			this.#pending = null;
			this.#shown = { text: '', ends: 0 };
			void this.#keep(({ counter }) => ({ counter: counter + far }))
				.then(() => this.#publish())
				.catch(() => {});
		}
		return false;
	}

	/** Everything that came is taken in one after the other, whatever brought it. */
	#take(frames: Frame[], from: 'exchange' | 'stream'): Promise<void> {
		for (const frame of frames) {
			if (frame.kind === 'hello') this.#relayAhead = frame.now - this.#world.clock();
			else if (frame.kind === 'ack' && frame.counter === this.#pending?.counter) {
				this.#pending = null;
			} else if (frame.kind === 'here') this.#somebodyIs(frame);
			else if (frame.kind === 'holders') this.#meetSoon();
		}
		if (this.#isBroken && from === 'stream') return Promise.resolve();
		this.#inbox.push(...frames);
		this.#draining ??= this.#drain();
		return this.#draining;
	}

	async #drain(): Promise<void> {
		try {
			await this.#drainAll();
		} catch (thrown) {
			this.#inbox = [];
			this.#isBroken = true;
			throw thrown;
		} finally {
			this.#draining = null;
		}
	}

	async #drainAll(): Promise<void> {
		while (this.#inbox.length > 0 && !this.#isStopped) {
			const frames = this.#inbox;
			this.#inbox = [];
			if (frames.some(({ kind }) => kind === 'rewound')) {
				// The server was set back. What is told again changes nothing.
				await this.#keep(() => ({ cursor: 0, mark: new Uint8Array(markLength) }));
				this.#shown = { text: '', ends: 0 };
				if (this.#scene) this.show(this.#scene);
				continue;
			}
			await this.#takeLog(frames);
		}
	}

	async #takeLog(frames: Frame[]): Promise<void> {
		let { cursor, mark } = this.#row;
		const fresh: Envelope[] = [];
		for (const frame of frames) {
			if (frame.kind === 'envelope' && frame.seq > cursor) {
				fresh.push(frame);
				[cursor, mark] = [frame.seq, markOf(frame.envelope)];
			} else if (frame.kind === 'end' && frame.seq >= cursor) {
				[cursor, mark] = [frame.seq, frame.mark.slice()];
			}
		}
		if (cursor === this.#row.cursor) {
			if (!this.#hasMet) await this.#meet();
			return;
		}
		const { heard, dropped } = this.#opened(fresh);
		const isNew = ({ lane }: { lane: number }) => !this.#guests.has(lane);
		if (!this.#hasMet || heard.some(isNew)) await this.#meet();
		const change = heard.length > 0 ? await this.#write(heard, dropped) : {};
		const counts = { ...this.#row.dropped };
		for (const lane of dropped) counts[lane] = (counts[lane] ?? 0) + 1;
		await this.#keep(() => ({ ...change, cursor, mark, dropped: counts }));
		this.#sayGuests();
		if ('late' in change && this.#scene) this.show(this.#scene);
	}

	/** What opens and is a note, newer than what was heard of the same thing; and the lanes of the rest. */
	#opened(fresh: Envelope[]): { heard: Heard[]; dropped: number[] } {
		const heard: Heard[] = [];
		const dropped: number[] = [];
		for (const { lane, role, envelope } of fresh) {
			// Our own, of before: a scene.
			if (role !== roles.participate) continue;
			try {
				const from = { ...this.#sender(), role, lane };
				const note = parseNote(openNote(envelope, from, noteLimits.phone));
				if (!note) throw new Problem('unreadable', { why: 'malformed' });
				const { counter } = headOf(envelope);
				const thing = `${lane} ${keyOfNote(note)}`;
				const isOld = counter < (this.#counters.get(thing) ?? 0);
				if (!isOld) {
					this.#counters.set(thing, counter);
					heard.push({ lane, note });
				}
			} catch {
				dropped.push(lane);
				continue;
			}
			this.#hear(lane);
		}
		return { heard, dropped };
	}

	/** Writes notes into the workspace; gives what the row has to remember of them. */
	async #write(heard: Heard[], dropped: number[]): Promise<Partial<RoomRow>> {
		const { workshop, token } = this.#row;
		const known = heard.filter(({ lane }) => this.#guests.has(lane));
		dropped.push(...heard.filter((one) => !known.includes(one)).map(({ lane }) => lane));
		const lanes = new Set(known.map(({ lane }) => lane));
		const idFor = (lane: number, thing: string) =>
			`phone-${toHex(hmac(sha256, token, utf8(`${lane} ${thing}`))).slice(0, 32)}`;
		let became: ReturnType<typeof takeNotes> = [];
		await this.#edit((doc, by) => {
			// Somebody may have been taken off the list whose phone is still in.
			this.#seat(
				doc,
				by,
				[...lanes].map((lane) => ({ lane, guest: this.#guests.get(lane)!.guest }))
			);
			became = takeNotes(doc, by, { workshop, room: this.#room, idFor }, known);
		});
		const help = new Set(this.#row.help);
		const late = { ...this.#row.late };
		let isLater = false;
		known.forEach(({ lane, note }, i) => {
			if (became[i] === 'refused') dropped.push(lane);
			if (note.k === 'help') {
				if (note.on) help.add(lane);
				else help.delete(lane);
			}
			if (note.k !== 'vote' || became[i] === 'refused') return;
			const round = `${note.ballot}/${note.round}`;
			const lanes = new Set(late[round]);
			const was = lanes.size;
			if (became[i] === 'late') lanes.add(lane);
			else lanes.delete(lane);
			if (lanes.size === was) return;
			isLater = true;
			late[round] = [...lanes];
		});
		const rounds = Object.entries(late).slice(-lateRounds);
		return { help: [...help], ...(isLater ? { late: Object.fromEntries(rounds) } : {}) };
	}

	#meetSoon(): void {
		if (this.#meetTimer || this.#isStopped) return;
		this.#meetTimer = setTimeout(() => {
			this.#meetTimer = undefined;
			void this.#meet().catch(() => this.#line.wake());
		}, meetAfter);
	}

	/** Who is in now, each with a person in the workspace. */
	async #meet(): Promise<void> {
		const guests = await guestsOf(this.#world.relay, this.#row, this.#guests);
		for (const lane of guests.keys()) {
			// Whoever came while this run was there has just been heard.
			if (this.#hasMet && !this.#guests.has(lane)) this.#hear(lane);
		}
		const all = [...guests]
			.filter(([lane]) => !this.#guests.has(lane))
			.map(([lane, { guest }]) => ({ lane, guest }));
		if (all.length > 0) {
			await this.#edit((doc, by) => this.#seat(doc, by, all));
		}
		this.#guests = guests;
		this.#hasMet = true;
		this.#sayGuests();
	}

	/** Gives each of these phones a person, where it has none. */
	#seat(doc: Y.Doc, by: Author, guests: Parameters<typeof seat>[2]): void {
		const { workshop } = this.#row;
		const people = peopleOf(doc, workshop);
		for (const { put } of seat(people, { workshop, room: this.#room }, guests)) {
			putParticipant(doc, by, put);
		}
	}

	#somebodyIs({ lane, role, note }: Extract<Frame, { kind: 'here' }>): void {
		if (role !== roles.participate) return;
		try {
			const said = new TextDecoder().decode(openHere(note, { ...this.#sender(), role, lane }));
			this.#hear(lane, placeOf(said));
			this.#sayGuests();
		} catch {
			// Not of our making.
		}
	}

	#hear(lane: number, doing = this.#heard.get(lane)?.doing ?? ('' as const)): void {
		this.#heard.set(lane, { at: this.#world.clock(), doing });
	}

	#sayGuests(): void {
		const guests = [...this.#guests.keys()].map((lane) => {
			const heard = this.#heard.get(lane);
			return { lane, heardAt: heard?.at ?? null, doing: heard?.doing ?? ('' as const) };
		});
		this.#set({ guests });
	}

	async #asked<T>(ask: () => Promise<T>): Promise<T> {
		try {
			return await ask();
		} catch (thrown) {
			throw hostProblem(thrown);
		}
	}

	/** Changes the row, kept before anything follows from it. */
	#keeping: Promise<unknown> = Promise.resolve();
	#keep(change: (row: RoomRow) => Partial<RoomRow>): Promise<RoomRow> {
		const next = this.#keeping.then(async () => {
			const row = { ...this.#row, ...change(this.#row) };
			await this.#world.rooms.put(row);
			this.#set({ row });
			return row;
		});
		this.#keeping = next.catch(() => {});
		return next;
	}

	#set(state: Partial<HostState>): void {
		this.#state = { ...this.#state, ...state };
		if (!this.#isStopped) this.#tell(this.#state);
	}
}

const peopleOf = (doc: Y.Doc, workshop: string) =>
	readWorkshops(afresh(doc)).find(({ id }) => id === workshop)?.people ?? [];

/** The scene with who came too late for the rounds that it shows. */
function withLate(scene: PhoneScene, late: RoomRow['late']): PhoneScene {
	const bodies = Object.entries(scene.bodies).map(([group, body]): [string, typeof body] => [
		group,
		body.kind === 'ballot' ? { ...body, late: late[`${body.id}/${body.round}`] ?? [] } : body
	]);
	return { ...scene, bodies: Object.fromEntries(bodies) };
}
