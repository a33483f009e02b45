/**
 * How the records of a workshop are read and written.
 *
 * The facilitator's records are flat fields as everywhere. Votes are a collection of their own, a record
 * `<ballot>/<round>/<voter>` each, as contributions are: whoever votes writes only their own record.
 */
import { levels } from '#lib/model/guide.ts';
import type { Level } from '#lib/model/guide.ts';
import { ballotWays, boardNames, criteria, methods, notedKinds } from '#lib/model/workshop.ts';
import type {
	Ballot,
	Card,
	EvaluationForm,
	Group,
	Noted,
	Outcome,
	Participant,
	Session,
	Vote,
	Workshop
} from '#lib/model/workshop.ts';
import type { QuestionKey } from '#lib/model/workspace.ts';
import * as as from './fields.ts';
import type { Shape } from './records.ts';
import { splitId } from './shape.ts';
import { asFlag, asWhole } from './shapes-plan.ts';

/** The parts of a workshop that are records of their own, or that are fields named by a moment. */
type Parts = 'turns' | 'sessions' | 'groups' | 'people' | 'ballots' | 'cards' | 'noted' | 'forms';
export type WorkshopFields = Omit<Workshop, Parts>;

/** Of a workshop: a field for each turn, named by its moment. */
export const turnPrefix = 'turn:';
/** Of a session: a field for each extension, named by its moment. */
export const extendPrefix = 'extend:';
/** Of a card: a field for each voter. */
export const dotsPrefix = 'dots:';

export const workshopShape: Shape<WorkshopFields> = {
	title: as.asLine,
	guide: as.asId,
	template: as.asId,
	place: as.asLine,
	facilitator: as.asLine,
	day: as.asDay,
	days: asWhole(1, 30, 1),
	begins: asWhole(0, 1439, 540),
	papers: asWhole(0, 999, 0),
	interpreted: asFlag,
	note: as.asParagraph,
	created: as.asMoment,
	closed: as.asMoment,
	room: as.asId
};

export type SessionFields = Omit<Session, 'extended'>;
export const sessionShape: Shape<SessionFields> = {
	workshop: as.asId,
	day: asWhole(1, 30, 1),
	order: as.asOrder,
	title: as.asLine,
	purpose: as.asParagraph,
	method: (value) => as.asOneOf(methods, value, 'talk'),
	minutes: asWhole(0, 600, 30),
	material: as.asParagraph,
	notes: as.asParagraph,
	output: as.asParagraph,
	questions: as.asIds,
	board: (value) => as.asOneOf(boardNames, value, ''),
	skipped: asFlag,
	noCards: asFlag
};

export const groupShape: Shape<Group> = {
	workshop: as.asId,
	name: as.asLine,
	mix: as.asParagraph,
	questions: as.asIds,
	order: as.asOrder
};

export const participantShape: Shape<Participant> = {
	workshop: as.asId,
	name: as.asLine,
	organisation: as.asLine,
	role: as.asLine,
	group: as.asId,
	consent: asFlag,
	present: asFlag,
	order: as.asOrder,
	phone: (value) =>
		typeof value === 'string' && /^[a-z0-9]{1,40}\/[1-9]\d{0,8}$/.test(value) ? value : ''
};

export type BallotFields = Omit<Ballot, 'rounds' | 'outcome'>;
export const ballotShape: Shape<BallotFields> = {
	workshop: as.asId,
	session: as.asId,
	group: as.asId,
	key: (value) => asKey(value) ?? ('/' as QuestionKey),
	way: (value) => as.asOneOf(ballotWays, value, 'paper'),
	opened: as.asMoment
};

export type CardFields = Omit<Card, 'dots'>;
export const cardShape: Shape<CardFields> = {
	workshop: as.asId,
	session: as.asId,
	column: as.asId,
	text: as.asParagraph,
	into: as.asId,
	pile: as.asLine,
	counted: asWhole(0, 9999, 0),
	action: as.asId,
	order: as.asOrder
};

export const notedShape: Shape<Noted> = {
	workshop: as.asId,
	session: as.asId,
	kind: (value) => as.asOneOf(notedKinds, value, 'decision'),
	text: as.asParagraph,
	who: as.asLine,
	by: as.asDay,
	question: as.asId,
	done: asFlag,
	at: as.asMoment
};

export const formShape: Shape<EvaluationForm> = {
	workshop: as.asId,
	marks: (value) => {
		const stored = as.asObject(value) ?? {};
		const marks: EvaluationForm['marks'] = {};
		for (const criterion of criteria) {
			const mark = asWhole(1, 5, null)(stored[criterion]);
			if (mark !== null) marks[criterion] = mark;
		}
		return marks;
	},
	comment: as.asParagraph,
	at: as.asMoment
};

/** `<guide>/<question>`, or null. */
export const asKey = (value: unknown): QuestionKey | null =>
	typeof value === 'string' && splitId(value, 2) ? (value as QuestionKey) : null;

/** A level, null for "don't know", undefined for what is neither. */
export const asSaid = (value: unknown): Level | null | undefined =>
	value === null ? null : as.asOneOf(levels, value, undefined);

export function asOutcome(value: unknown): Outcome | null {
	const stored = as.asObject(value);
	const level = as.asLevel(stored?.level);
	return stored && level !== null
		? { level, dissent: as.asParagraph(stored.dissent), at: as.asMoment(stored.at) }
		: null;
}

/** What was counted at the reveal, as one whole: no merge mixes two counts, and no late vote changes it. */
export function asReveal(value: unknown): { at: string; votes: Vote[] } | null {
	const stored = as.asObject(value);
	const at = as.asMoment(stored?.at);
	if (!stored || !at) return null;
	const votes = as.asList(stored.votes).flatMap((item): Vote[] => {
		const vote = as.asObject(item);
		const voter = as.asId(vote?.voter);
		const level = asSaid(vote?.level);
		return voter && level !== undefined ? [{ voter, level }] : [];
	});
	return { at, votes };
}

/** Hands for level 0 to 4, and for "don't know". */
export function asHands(value: unknown): number[] | null {
	const counts = as.asList(value).map(asWhole(0, 9999, null));
	return counts.length === 6 && counts.every((count) => count !== null)
		? (counts as number[])
		: null;
}
