/**
 * GuestList: whose phones are in the room, when each was heard last, and which person of the workshop it is.
 */
import type * as Y from 'yjs';
import type { Place } from '#lib/model/room.ts';
import type { RelayClient } from '#lib/courier/relay-client.ts';
import type { RoomRow } from '#lib/store/rooms.ts';
import type { Author } from '#lib/sync/edit.ts';
import { putParticipant } from '#lib/sync/edit-workshop.ts';
import { roles } from '#lib/sync/protocol.ts';
import type { Frame } from '#lib/sync/protocol.ts';
import { readWorkshops } from '#lib/sync/read-workshop.ts';
import { openHere } from '#lib/sync/sealed.ts';
import type { Sender } from '#lib/sync/sealed.ts';
import { afresh } from '#lib/sync/source.ts';
import { guestsOf, shortOf } from './making.ts';
import type { Guests } from './making.ts';
import { placeOf } from './messages.ts';
import { seat } from './seats.ts';

/** A phone that is in. `heardAt` by `clock`; null: not since this run began. */
export type Here = { lane: number; heardAt: number | null; doing: Place | '' };

/** What it takes from the run that it is part of. */
export type GuestListWorld = {
	relay: RelayClient;
	clock: () => number;
	row: () => RoomRow;
	sender: () => Sender;
	/** An edit of the workspace; resolves once it is stored. */
	edit: (edit: (doc: Y.Doc, by: Author) => void) => Promise<void>;
	tell: (guests: Here[]) => void;
	/** They could not be asked for: it is tried again with the line. */
	failed: () => void;
};

/** Milliseconds: joins that come together are met together. */
const meetAfter = 150;

export class GuestList {
	#world: GuestListWorld;
	#guests: Guests = new Map();
	#hasMet = false;
	#heard = new Map<number, { at: number; doing: Place | '' }>();
	#timer: ReturnType<typeof setTimeout> | undefined;
	#isStopped = false;

	constructor(world: GuestListWorld) {
		this.#world = world;
	}

	/** They were asked for once at least. */
	get hasMet(): boolean {
		return this.#hasMet;
	}
	has(lane: number): boolean {
		return this.#guests.has(lane);
	}
	get(lane: number) {
		return this.#guests.get(lane);
	}
	/** It was put out. */
	drop(lane: number): void {
		this.#guests.delete(lane);
		this.#heard.delete(lane);
	}

	stop(): void {
		this.#isStopped = true;
		clearTimeout(this.#timer);
	}

	meetSoon(): void {
		if (this.#timer || this.#isStopped) return;
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			void this.meet().catch(() => this.#world.failed());
		}, meetAfter);
	}

	/** Who is in now, each with a person in the workspace. */
	async meet(): Promise<void> {
		const { relay, row, edit } = this.#world;
		const guests = await guestsOf(relay, row(), this.#guests);
		for (const lane of guests.keys()) {
			// Whoever came while this run was there has just been heard.
			if (this.#hasMet && !this.#guests.has(lane)) this.hear(lane);
		}
		const all = [...guests]
			.filter(([lane]) => !this.#guests.has(lane))
			.map(([lane, { guest }]) => ({ lane, guest }));
		if (all.length > 0) {
			await edit((doc, by) => this.seat(doc, by, all));
		}
		this.#guests = guests;
		this.#hasMet = true;
		this.say();
	}

	/** Gives each of these phones a person, where it has none. */
	seat(doc: Y.Doc, by: Author, guests: Parameters<typeof seat>[2]): void {
		const { workshop, address } = this.#world.row();
		const people = peopleIn(doc, workshop);
		for (const { put } of seat(people, { workshop, room: shortOf(address) }, guests)) {
			putParticipant(doc, by, put);
		}
	}

	/** A word of presence. */
	somebodyIs({ lane, role, note }: Extract<Frame, { kind: 'here' }>): void {
		if (role !== roles.participate) return;
		try {
			const from = { ...this.#world.sender(), role, lane };
			this.hear(lane, placeOf(new TextDecoder().decode(openHere(note, from))));
			this.say();
		} catch {
			// Not of our making.
		}
	}

	/** It said something just now. */
	hear(lane: number, doing = this.#heard.get(lane)?.doing ?? ('' as const)): void {
		this.#heard.set(lane, { at: this.#world.clock(), doing });
	}

	/** Tells who is here. */
	say(): void {
		this.#world.tell(
			[...this.#guests.keys()].map((lane) => {
				const heard = this.#heard.get(lane);
				return { lane, heardAt: heard?.at ?? null, doing: heard?.doing ?? ('' as const) };
			})
		);
	}
}

/** The people of a workshop as they stand in the middle of an edit. */
export const peopleIn = (doc: Y.Doc, workshop: string) =>
	readWorkshops(afresh(doc)).find(({ id }) => id === workshop)?.people ?? [];
