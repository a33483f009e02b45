/**
 * A Room: where the phones of one workshop meet the facilitator's device (sync/SPEC.md, M).
 *
 * It holds no document. What a phone says is a **note**; only the facilitator's device reads notes and
 * writes what they mean into the workspace. What phones see is the scene that device publishes
 * (room/phone-scene.ts). Who a note is from is the lane that the relay says and the sealing binds: a
 * note names no voter, so nobody can vote for another.
 */
import type { Level } from './guide.ts';
import type { Criterion } from './workshop.ts';

/** What a phone says of itself when it joins. */
export type Guest = {
	nickname: string;
	organisation: string;
	/** May be named in the report. */
	consent: boolean;
};

/** What a phone says in a room. */
export type Note =
	/** A level, or null for "don't know". `at`: by the phone's clock, which orders nothing (F-18). */
	| { k: 'vote'; ballot: string; round: 1 | 2; level: Level | null; at: string }
	/** A card for a wall. Said again under its id it is changed; with an empty text it is taken back. */
	| { k: 'card'; id: string; session: string; column: string; text: string }
	/** So many of one's dots on a card; 0 takes them off. */
	| { k: 'dots'; card: string; n: number }
	/** The evaluation; it is kept without a name. */
	| { k: 'form'; workshop: string; marks: Partial<Record<Criterion, number>>; comment: string }
	/** "Please come": on until it is said to be off. */
	| { k: 'help'; on: boolean };

export const places = ['reading', 'waiting', 'voting', 'voted', 'cards', 'dots', 'form'] as const;
/** What a phone is doing, as its presence says it. Words: `room.doing-<place>`. */
export type Place = (typeof places)[number];

export const presences = ['here', 'away', 'gone'] as const;
/** here: heard within 45 s; away: within 3 minutes; gone: not since. */
export type Presence = (typeof presences)[number];

/** A person with a phone, as the facilitator sees them. */
export type Guided = {
	/** Id of the Participant record: the voter. */
	participant: string;
	lane: number;
	name: string;
	organisation: string;
	presence: Presence;
	/** Empty: not said. */
	doing: Place | '';
	/** Asked for help. */
	help: boolean;
	/** Asked for help, or is here and has not voted for a minute. */
	stuck: boolean;
	/** In the round that is open for them now. */
	voted: boolean;
};

/** How phones can reach this device. */
export type Reach = {
	/** Such as `http://192.168.1.20:4173/`; the likeliest first. */
	addresses: string[];
	/** Whether the server answers other machines at all. */
	listens: 'all' | 'this machine';
	/** Other machines that have asked it for anything since it started. */
	seen: number;
};

/** Lengths in characters, and numbers: what a phone refuses to send and the facilitator's device to take. */
export const roomLimits = {
	nickname: 60,
	organisation: 100,
	card: 500,
	comment: 1000,
	/** Cards of one phone in one session. */
	cards: 60
} as const;
