/**
 * A Scene: what the room sees. It is made of public values alone (no notes, no names, no votes before
 * the reveal) and is all that the window on the projector is ever sent.
 */
import { boards } from '#lib/model/workshop.ts';
import type { Ballot, Card, Participant, Workshop } from '#lib/model/workshop.ts';
import type { Level } from '#lib/model/guide.ts';
import { leftOf, minutesOf } from './agenda.ts';
import type { Run } from './agenda.ts';
import { dissenters, stageOf, tally } from './ballot.ts';
import type { Tally } from './ballot.ts';
import { wallOf } from './cards.ts';
import type { Pile } from './cards.ts';

export type Timer = {
	/** The moment at which the time is over, in milliseconds since 1970. */
	ends: number;
	/** All of it, in milliseconds. */
	all: number;
};

export type BallotScene = {
	kind: 'ballot';
	title: string;
	question: string;
	/** The sentences of level 0 to 4. */
	levels: string[];
	group: string;
	round: 1 | 2;
	isOpen: boolean;
	/** Votes in, and how many can come; 0: not known. */
	votes: number;
	of: number;
	hands: boolean;
	/** After the reveal of this round. */
	tally: Tally | null;
	/** Of the first round, while the second is shown. */
	before: Tally | null;
	agreed: { level: Level; dissenters: number } | null;
};
/** How phones come in. The code is for everybody in the room; it opens nothing but this room. */
export type JoinScene = {
	kind: 'join';
	/** What the QR code says; empty: nobody new is let in. */
	link: string;
	/** Where it leads, for the eye. */
	address: string;
	joined: number;
	/** It is this laptop's own network that phones have to be in. */
	isLaptop: boolean;
};
export type SceneBody =
	| { kind: 'welcome'; place: string; day: string }
	| { kind: 'session'; title: string; purpose: string; next: string }
	| { kind: 'pause'; next: string }
	| { kind: 'over' }
	| { kind: 'blank' }
	| { kind: 'agenda'; items: { title: string; minutes: number; state: string }[] }
	| { kind: 'wall'; title: string; board: string; columns: { id: string; piles: Pile[] }[] }
	| { kind: 'noted'; items: { kind: string; text: string; who: string; by: string }[] }
	| JoinScene
	| BallotScene;

export type Scene = {
	/** The language that the facilitator's texts are in. */
	lang: string;
	workshop: string;
	/** It is a rehearsal with a fictional country. */
	rehearsal: boolean;
	timer: Timer | null;
	body: SceneBody;
};

/** What the facilitator wants to be seen; 'auto': what the agenda says. */
export type Show = 'auto' | 'join' | 'agenda' | 'wall' | 'noted' | 'blank';

/** The ballot that the room is at: the last of the session that is not agreed, or that was just agreed. */
export const ballotAt = (workshop: Workshop, session: string): Ballot | null =>
	[...workshop.ballots].reverse().find((ballot) => ballot.session === session) ?? null;

/**
 * Voters that a round can have: the papers that were handed out, the people whose phone is in the room
 * (of the ballot's group, where it has one), and whoever voted in another way.
 */
export function expectedOf(workshop: Workshop, ballot: Ballot, round: 1 | 2): number {
	if (ballot.way === 'hands') return 0;
	const phones = workshop.people.filter((one) => mayVoteByPhone(workshop, ballot, one));
	const others = ballot.rounds[round - 1]!.voters.filter((voter) => !voter.startsWith('paper-'));
	return workshop.papers + new Set([...others, ...phones.map(({ id }) => id)]).size;
}

/** Whether this person's phone is in the workshop's room, and the ballot is theirs. */
export const mayVoteByPhone = (
	{ room }: Pick<Workshop, 'room'>,
	{ group }: Pick<Ballot, 'group'>,
	one: Pick<Participant, 'phone' | 'group' | 'present'>
): boolean =>
	room !== '' &&
	one.present &&
	one.phone.startsWith(`${room}/`) &&
	(group === '' || group === one.group);

export function sceneOf(
	workshop: Workshop,
	run: Run,
	show: Show,
	about: {
		lang: string;
		rehearsal: boolean;
		/** Milliseconds since 1970. */
		now: number;
		words: (question: string) => { title: string; question: string; levels: string[] } | null;
		/** The first day, as the language writes it. */
		day: string;
		/** While there is a room for phones. */
		join?: JoinScene | null;
	}
): Scene {
	const { current } = run;
	return {
		lang: about.lang,
		workshop: workshop.title,
		rehearsal: about.rehearsal,
		timer: current && {
			ends: about.now + leftOf(current),
			all: minutesOf(current.session) * 60_000
		},
		body: bodyOf(workshop, run, show, about)
	};
}

function bodyOf(
	workshop: Workshop,
	run: Run,
	show: Show,
	about: Parameters<typeof sceneOf>[3]
): SceneBody {
	const { current, next } = run;
	if (show === 'blank') return { kind: 'blank' };
	if (show === 'join' && about.join) return about.join;
	if (show === 'agenda') {
		const day = current?.session.day ?? next?.day ?? 1;
		return {
			kind: 'agenda',
			items: run.sessions
				.filter(({ session }) => session.day === day)
				.map(({ session, state }) => ({
					title: session.title,
					minutes: minutesOf(session),
					state
				}))
		};
	}
	if (show === 'noted') {
		return {
			kind: 'noted',
			items: workshop.noted.map(({ kind, text, who, by }) => ({ kind, text, who, by }))
		};
	}
	if (workshop.closed) return { kind: 'over' };
	if (!current) {
		return run.paused
			? { kind: 'pause', next: next?.title ?? '' }
			: { kind: 'welcome', place: workshop.place, day: about.day };
	}
	const { session } = current;
	const ballot = ballotAt(workshop, session.id);
	if (show === 'auto' && ballot) {
		const shown = ballotScene(workshop, ballot, about);
		if (shown) return shown;
	}
	if (
		session.board &&
		(show === 'wall' || session.method === 'cards' || session.method === 'dots')
	) {
		return {
			kind: 'wall',
			title: session.title,
			board: session.board,
			columns: boards[session.board].map((id) => ({
				id,
				piles: wallOf(cardsOn(workshop, session.id), id)
			}))
		};
	}
	return {
		kind: 'session',
		title: session.title,
		purpose: session.purpose,
		next: next?.title ?? ''
	};
}

/** Cards of a session. A session of dots without cards of its own shows those of the one before it. */
export function cardsOn(workshop: Workshop, session: string): Card[] {
	const own = workshop.cards.filter((card) => card.session === session);
	if (own.length > 0) return own;
	const place = workshop.sessions.findIndex(({ id }) => id === session);
	const here = workshop.sessions[place];
	if (here?.method !== 'dots') return own;
	const before = workshop.sessions
		.slice(0, place)
		.reverse()
		.find(
			({ id, board }) => board === here.board && workshop.cards.some((card) => card.session === id)
		);
	return before ? workshop.cards.filter((card) => card.session === before.id) : own;
}

function ballotScene(
	workshop: Workshop,
	ballot: Ballot,
	{ words }: Parameters<typeof sceneOf>[3]
): BallotScene | null {
	const text = words(ballot.key.slice(ballot.key.indexOf('/') + 1));
	if (!text) return null;
	const stage = stageOf(ballot);
	const [first, second] = ballot.rounds;
	const round = stage === 'open-2' || second.votes ? 2 : 1;
	const of = round === 2 ? second : first;
	const { outcome } = ballot;
	return {
		kind: 'ballot',
		...text,
		group: workshop.groups.find(({ id }) => id === ballot.group)?.name ?? '',
		round,
		isOpen: of.votes === null && of.closed === '',
		votes: of.voters.length,
		of: expectedOf(workshop, ballot, round),
		hands: ballot.way === 'hands',
		tally: of.votes && tally(of.votes),
		before: round === 2 && first.votes ? tally(first.votes) : null,
		agreed: outcome && { level: outcome.level, dissenters: dissenters(ballot, outcome.level) }
	};
}

/** The name of the channel between the facilitator's window and the projector's. */
export const sceneChannel = 'workshop-scene';
export type SceneMessage =
	| { kind: 'scene'; scene: Scene }
	| { kind: 'hello' }
	| { kind: 'key'; key: 'next' | 'previous' }
	/** A facilitator's window was taken in hand: the others leave the projector to it. */
	| { kind: 'taken' };
