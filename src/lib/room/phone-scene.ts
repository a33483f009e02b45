/**
 * A PhoneScene: what phones see. Whole each time, never a change to an earlier one; and made of public
 * values alone, by the same rule as the projector's (workshop/scene.ts).
 */
import type { Level } from '#lib/model/guide.ts';
import type { Board } from '#lib/model/workshop.ts';
import type { Tally } from '#lib/workshop/ballot.ts';

/** A question in one language. */
export type BallotWords = {
	title: string;
	question: string;
	/** The sentences of level 0 to 4. */
	levels: string[];
};

export type PhoneBallot = {
	kind: 'ballot';
	id: string;
	round: 1 | 2;
	/** Votes are taken now. */
	open: boolean;
	/** It is counted by hands: there is nothing to tap. */
	hands: boolean;
	/** By language; one at least. */
	words: Record<string, BallotWords>;
	/** After the reveal of this round. */
	tally: Tally | null;
	/** Of the first round, while the second is shown. */
	before: Tally | null;
	agreed: Level | null;
	/** Lanes whose vote came after the close, and does not count. */
	late: number[];
};

export type PhoneBody =
	| { kind: 'welcome'; place: string; day: string }
	| { kind: 'session'; title: string; purpose: string }
	| { kind: 'pause'; next: string }
	| PhoneBallot
	| {
			kind: 'cards';
			session: string;
			title: string;
			board: Board;
			/** Ids of the columns of the board. Words: as on the wall. */
			columns: string[];
			/** Cards are taken now. */
			collecting: boolean;
	  }
	| {
			kind: 'dots';
			session: string;
			title: string;
			/** Dots that each person has. */
			each: number;
			cards: { id: string; text: string }[];
	  }
	| { kind: 'form'; workshop: string; title: string }
	| { kind: 'over' };

export type PhoneScene = {
	v: 1;
	/** The workshop's title. */
	title: string;
	/** It is a rehearsal with a fictional country. */
	rehearsal: boolean;
	/** The language that the facilitator's texts are in. */
	lang: string;
	/** Milliseconds that the session has left when this was sent, negative when it runs over; or none. */
	left: number | null;
	/** The body of each group; '' is that of everybody without one. */
	bodies: Record<string, PhoneBody>;
	/** Lane → group. */
	seats: Record<number, string>;
};
