/**
 * HostRun: the facilitator's device in its room, for as long as it runs.
 *
 * It alone opens what phones say, and writes it into the workspace before its cursor passes it
 * (`intake.ts`): whatever is killed in between, it comes again and changes nothing twice. It shows
 * phones the newest scene (`showing.ts`), and knows who is in (`guest-list.ts`).
 */
import type * as Y from 'yjs';
import { parseKeyring } from '#lib/crypto/keyring.ts';
import { RelayError } from '#lib/courier/relay-error.ts';
import type { Problem } from '#lib/model/problem.ts';
import type { RoomRow, RoomStore } from '#lib/store/rooms.ts';
import type { Author } from '#lib/sync/edit.ts';
import { patchParticipant, patchWorkshop } from '#lib/sync/edit-workshop.ts';
import { roles } from '#lib/sync/protocol.ts';
import type { Frame } from '#lib/sync/protocol.ts';
import { GuestList, peopleIn } from './guest-list.ts';
import type { Here } from './guest-list.ts';
import { Intake } from './intake.ts';
import { Line } from './line.ts';
import type { LineWorld } from './line.ts';
import { accessOf, openDoor, shortOf } from './making.ts';
import type { PhoneScene } from './phone-scene.ts';
import { hostEnds, hostProblem } from './room-problems.ts';
import { laneOf } from './seats.ts';
import { Showing } from './showing.ts';

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
	/** Phones that are in. */
	guests: Here[];
};

export class HostRun {
	#world: HostWorld;
	#line: Line;
	#tell: (state: HostState) => void;
	#state: HostState;
	#guests: GuestList;
	#intake: Intake;
	#showing: Showing;
	#relayAhead = 0;
	#isStopped = false;

	constructor(row: RoomRow, world: HostWorld, tell: (state: HostState) => void) {
		this.#world = world;
		this.#tell = tell;
		const about = { row: () => this.#row, clock: world.clock, sender: () => this.#sender() };
		this.#showing = new Showing({
			...about,
			relayAhead: () => this.#relayAhead,
			keep: (change) => this.#keep(change),
			leave: () => this.#line.in(0),
			failed: (thrown) => this.#failed(thrown)
		});
		this.#guests = new GuestList({
			...about,
			relay: world.relay,
			edit: (edit) => this.#edit(edit),
			tell: (guests) => this.#set({ guests }),
			failed: () => this.#line.wake()
		});
		this.#intake = new Intake({
			...about,
			keep: (change) => this.#keep(change),
			edit: (edit) => this.#edit(edit),
			guests: this.#guests,
			showing: this.#showing
		});
		this.#state = { row, line: 'trying', problem: null, isLost: false, guests: [] };
		this.#line = new Line(world, {
			access: () => accessOf(this.#row),
			place: () => this.#row,
			leaving: () => this.#showing.leaving(),
			take: (frames, from) => this.#take(frames, from),
			inStep: () => {
				this.#intake.mended();
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
		this.#showing.stop();
		this.#intake.stop();
		this.#guests.stop();
		this.#line.stop();
	}

	wake(): void {
		this.#line.wake();
	}

	/** What phones see from now on. The latest wins. */
	show(scene: PhoneScene): void {
		this.#showing.show(scene);
	}

	/** Puts a phone out. What it said stays; its person has no phone any more. */
	async remove(lane: number): Promise<void> {
		const found = this.#guests.get(lane);
		if (found) {
			await this.#asked(() => this.#world.relay.revoke(accessOf(this.#row), found.holder));
		}
		this.#guests.drop(lane);
		const { workshop } = this.#row;
		await this.#edit((doc, by) => {
			const people = peopleIn(doc, workshop);
			const person = people.find((one) => laneOf(one, this.#room) === lane);
			if (person) patchParticipant(doc, by, person.id, { phone: '' });
		});
		await this.#keep((row) => ({ removed: [...new Set([...row.removed, lane])] }));
		this.#guests.say();
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
				await this.#intake.underWay;
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
		// A copy of this browser's profile used our counters: far from there, and anew.
		if (RelayError.of(thrown).code === 'conflict') {
			const far = 1000 + Math.floor(this.#world.random() * 1_000_000);
			this.#showing.drop();
			void this.#keep(({ counter }) => ({ counter: counter + far }))
				.then(() => this.#showing.publish())
				.catch(() => {});
		}
		return false;
	}

	/** What came, to where it belongs; what phones said waits its turn. */
	#take(frames: Frame[], from: 'exchange' | 'stream'): Promise<void> {
		for (const frame of frames) {
			if (frame.kind === 'hello') this.#relayAhead = frame.now - this.#world.clock();
			else if (frame.kind === 'ack') this.#showing.acked(frame.counter);
			else if (frame.kind === 'here') this.#guests.somebodyIs(frame);
			else if (frame.kind === 'holders') this.#guests.meetSoon();
		}
		return this.#intake.take(frames, from);
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
