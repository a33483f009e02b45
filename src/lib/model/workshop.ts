/**
 * A Workshop: a facilitated sitting on a workspace's guide, as plain values; with its sessions, its
 * people, its ballots, its cards and what was said in it.
 *
 * Whoever votes is a *voter*: a contributor of the shared workspace (a phone) or the number of a paper
 * ballot (`paper-7`). Both fill the same round. What a round holds before its reveal is not in these
 * values at all: only who has voted. So no screen and no file can show it.
 */
import type { Level } from './guide.ts';
import type { QuestionKey } from './workspace.ts';

export const methods = [
	'talk',
	'vote',
	'cards',
	'dots',
	'groups',
	'tree',
	'gallery',
	'plenary',
	'focus',
	'grid',
	'plan',
	'evaluation',
	'break'
] as const;
/** How a session is held. Words: `workshop.method-<id>`, and its steps: `workshop.how-<id>`. */
export type Method = (typeof methods)[number];

/** The columns of a wall of cards, by what the wall is for. */
export const boards = {
	ideas: ['ideas'],
	swot: ['strengths', 'weaknesses', 'opportunities', 'threats'],
	stakeholders: ['manage', 'satisfy', 'inform', 'monitor'],
	parking: ['parked'],
	'plus-delta': ['plus', 'delta']
} as const;
export type Board = keyof typeof boards;
export const boardNames: readonly Board[] = [
	'ideas',
	'swot',
	'stakeholders',
	'parking',
	'plus-delta'
];

/** What a session is started, paused and ended by: the moment, and the session that began then. */
export type Turn = {
	at: string;
	/** Id of a session; empty: a pause of the whole workshop. */
	session: string;
};

export type Workshop = {
	id: string;
	title: string;
	guide: string;
	/** The template that it was made from, or empty. */
	template: string;
	place: string;
	facilitator: string;
	/** First day, or empty; and how many days. */
	day: string;
	days: number;
	/** When a day begins, in minutes after midnight. */
	begins: number;
	/** Paper ballots that are handed out: numbers 1 to this. */
	papers: number;
	/** Everything is said twice: sessions take longer. */
	interpreted: boolean;
	note: string;
	created: string;
	/** When it was closed, or empty. */
	closed: string;
	/** Short id of the room that its phones meet in; empty: none is open. */
	room: string;
	/** Oldest first. */
	turns: Turn[];
	sessions: Session[];
	groups: Group[];
	people: Participant[];
	/** In the order in which they were opened. */
	ballots: Ballot[];
	cards: Card[];
	noted: Noted[];
	forms: EvaluationForm[];
};

export type Session = {
	id: string;
	workshop: string;
	/** From 1. */
	day: number;
	order: number;
	title: string;
	purpose: string;
	method: Method;
	/** As planned. */
	minutes: number;
	material: string;
	/** For the facilitator alone: on no projector, in no report. */
	notes: string;
	output: string;
	/** Ids of the guide's questions that it is about. */
	questions: string[];
	board: Board | '';
	skipped: boolean;
	/** Phones may not send cards (any more). */
	noCards: boolean;
	/** Minutes that were added or taken away while it ran, with the moment. */
	extended: { at: string; minutes: number }[];
};

export type Group = {
	id: string;
	workshop: string;
	name: string;
	/** Who should sit in it, in words. */
	mix: string;
	questions: string[];
	order: number;
};

export type Participant = {
	id: string;
	workshop: string;
	name: string;
	organisation: string;
	role: string;
	/** Id of a group, or empty. */
	group: string;
	/** May be named in the report. */
	consent: boolean;
	present: boolean;
	order: number;
	/** `<short id of a room>/<lane>` of the phone that speaks for them; empty: none. */
	phone: string;
};

export const ballotWays = ['paper', 'hands'] as const;
/** paper: a vote for each voter; hands: only counted. Phones join a paper ballot. */
export type BallotWay = (typeof ballotWays)[number];

/** What a voter said: a level, or null for "don't know". */
export type Vote = { voter: string; level: Level | null };

/** One round of a ballot. */
export type Round = {
	/** When it was opened and closed, or empty. */
	opened: string;
	closed: string;
	/** When it was revealed, or empty. */
	revealed: string;
	/** Who has voted; all that is known before the reveal. */
	voters: string[];
	/** Who voted too late to be counted. */
	late: string[];
	/** As they were counted at the reveal; null before. For hands, one entry for each hand. */
	votes: Vote[] | null;
};

export type Outcome = {
	level: Level;
	/** Whose view it is not, in words; may be empty. */
	dissent: string;
	at: string;
};

export type Ballot = {
	id: string;
	workshop: string;
	session: string;
	/** Of which group, or empty for all. */
	group: string;
	key: QuestionKey;
	way: BallotWay;
	opened: string;
	/** One or two. */
	rounds: [Round, Round];
	outcome: Outcome | null;
};

/** A card on a wall. */
export type Card = {
	id: string;
	workshop: string;
	session: string;
	column: string;
	text: string;
	/** The card that says the same, and under which this one lies; or empty. */
	into: string;
	/** The heading that it hangs under, or empty. */
	pile: string;
	/** Dots counted on it by hand, and those of single voters. */
	counted: number;
	dots: Record<string, number>;
	/** The action that it became, or empty. */
	action: string;
	order: number;
};

export const notedKinds = ['decision', 'promise', 'parked'] as const;
/** decision: the room decided; promise: somebody brings evidence; parked: a question for later. */
export type NotedKind = (typeof notedKinds)[number];
export type Noted = {
	id: string;
	workshop: string;
	session: string;
	kind: NotedKind;
	text: string;
	who: string;
	/** Day, or empty. */
	by: string;
	/** The question that a promised piece of evidence is for, or empty. */
	question: string;
	done: boolean;
	at: string;
};

/** What the evaluation form asks, each from 1 to 5. */
export const criteria = ['purpose', 'heard', 'decisions', 'pace', 'materials', 'next'] as const;
export type Criterion = (typeof criteria)[number];
/** One form that was handed in; it has no name. */
export type EvaluationForm = {
	id: string;
	workshop: string;
	marks: Partial<Record<Criterion, number>>;
	comment: string;
	at: string;
};
