/** What the facilitator's screens read and do: the types of `state/room-host.svelte.ts`. */
import type { Problem } from '#lib/model/problem.ts';
import type { Guided, Reach } from '#lib/model/room.ts';
import type { PhoneScene } from '#lib/room/phone-scene.ts';

/** off: this device has no room for the workshop; opening: it is being made; failed: `problem` says why. */
export type RoomState = 'off' | 'opening' | 'open' | 'failed';

export interface RoomHostFacade {
	readonly state: RoomState;
	/** What is wrong now; with state 'open' the room is there, and it tries again by itself. */
	readonly problem: Problem | null;
	/** Whether the relay is heard now. */
	readonly line: 'live' | 'trying';
	/** The short id of the room, as in `Participant.phone` and `Workshop.room`; empty while there is none. */
	readonly room: string;
	/** Null while it is not known, and where the server cannot say. */
	readonly reach: Reach | null;
	/** What the QR code says, for one of `reach.addresses`. Empty while the door is locked. */
	link(address: string): string;
	/** Nobody new comes in. */
	readonly locked: boolean;
	/** This window runs the room; false: another window of this browser does, and `people` are seen there. */
	readonly leads: boolean;
	/** Those that are in, in the order in which they came. */
	readonly people: Guided[];
	/** How many phones joined and were not put out. */
	readonly joined: number;
	/** Notes that were none, or not allowed, by lane. */
	readonly dropped: { lane: number; count: number }[];

	/** Goes on with the room that this device has for the workshop of the open workspace; or 'off'. */
	attend(workshop: string): Promise<void>;
	/**
	 * Makes a room, or goes on with this device's. `code`: the creation code of a closed server. Throws
	 * the Problem that `problem` then has.
	 */
	open(workshop: string, code?: string): Promise<void>;
	/** Takes in what phones have said so far, and ends the room for good. */
	close(): Promise<void>;
	/** Locked, the invitation is void; unlocked, there is a new one: the QR code changes. */
	lockDoor(on: boolean): Promise<void>;
	/** Puts a phone out; what it said stays. */
	remove(lane: number): Promise<void>;
	/** What phones see from now on. The latest wins; at most four a second leave. */
	show(scene: PhoneScene): void;
	/** Somebody was helped. */
	helped(lane: number): void;
}
