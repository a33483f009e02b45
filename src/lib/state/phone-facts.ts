/** What the phone's page reads and does: the types of `state/phone.svelte.ts`. */
import type { Level } from '#lib/model/guide.ts';
import type { Problem } from '#lib/model/problem.ts';
import type { Guest, Place } from '#lib/model/room.ts';
import type { EvaluationForm } from '#lib/model/workshop.ts';
import type { PhoneBody, PhoneScene } from '#lib/room/phone-scene.ts';

/**
 * reading: the link is being read; welcome: nickname and organisation are asked for; joining: they are on
 * their way; in: it takes part. The rest end it, and `problem` says why: closed (the facilitator closed
 * the room), removed (this phone was put out, or the room lets nobody new in), damaged (no link, or not a
 * whole one), no-server (nobody answers there; it goes on trying).
 */
export type PhonePhase =
	'reading' | 'welcome' | 'joining' | 'in' | 'closed' | 'removed' | 'damaged' | 'no-server';

/** A card that this phone wrote. */
export type OwnCard = {
	id: string;
	session: string;
	column: string;
	text: string;
	/** The relay has it on disk. */
	arrived: boolean;
};

export interface PhoneFacade {
	readonly phase: PhonePhase;
	/** What is wrong now, in words of the phone's language under its code; gone when it is right again. */
	readonly problem: Problem | null;
	readonly line: 'live' | 'trying';
	/** Notes that are on this phone and not acknowledged. */
	readonly waiting: number;
	/** False: this phone keeps nothing when the page closes, and says so. */
	readonly keptHere: boolean;
	/** What the invitation says before joining; null while it is not known. `until`: ISO 8601. */
	readonly room: { title: string; until: string } | null;
	readonly me: Guest | null;
	readonly scene: PhoneScene | null;
	/** That of my group. */
	readonly body: PhoneBody | null;
	/** When the session's time is over, in `performance.now()` of this page; null: no timer. */
	readonly ends: number | null;
	/** What I said in that round; undefined: nothing yet. */
	myVote(ballot: string, round: 1 | 2): Level | null | undefined;
	/** My vote in the ballot that is shown came after the close, and does not count. */
	readonly wasLate: boolean;
	/** Card → my dots on it. */
	readonly myDots: Record<string, number>;
	myCards(session: string): OwnCard[];
	/** The evaluation form was given. */
	readonly formGiven: boolean;
	/** I asked for help. */
	readonly helpOn: boolean;

	/** The page's own address, or its fragment. Goes on where this phone was, where it was here before. */
	open(link: string): Promise<void>;
	/** Throws Problem `nickname-empty`, `nickname-too-long` {count, limit}, and those of the relay. */
	join(me: Guest): Promise<void>;
	/** Keeps and sends. Throws Problem `vote-closed` where that round takes no votes. */
	vote(ballot: string, round: 1 | 2, level: Level | null): void;
	/**
	 * Adds a card; with `id` changes that one, with an empty text takes it back. Throws Problem
	 * `card-too-long` {count, limit}, `cards-closed`, `cards-enough` {limit}.
	 */
	card(session: string, column: string, text: string, id?: string): void;
	/** Throws Problem `dots-spent` {limit}. */
	dots(card: string, n: number): void;
	/** Throws Problem `card-too-long` {count, limit} for the comment. */
	form(workshop: string, marks: EvaluationForm['marks'], comment: string): void;
	help(on: boolean): void;
	/** What this phone does now, for the facilitator to see; said as the scene changes by itself. */
	doing(place: Place): void;
	/** Takes this phone out of the room, and forgets it here. */
	leave(): Promise<void>;
	/** The page is seen again, or the line is back: asks at once. */
	wake(): void;
}
