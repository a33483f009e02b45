/** Edits of a workshop. Each runs one transaction with the author's origin. */
import * as Y from 'yjs';
import { isContentId } from '#lib/model/ids.ts';
import { afresh } from './source.ts';
import type { Level } from '#lib/model/guide.ts';
import { Problem } from '#lib/model/problem.ts';
import type {
	Ballot,
	Card,
	EvaluationForm,
	Group,
	Noted,
	Outcome,
	Participant,
	Session
} from '#lib/model/workshop.ts';
import { bounded, deleteRecord, editRecord, hasRecord } from './edit.ts';
import type { Author } from './edit.ts';
import { asMoment } from './fields.ts';
import { isOpenRound, readVotes } from './read-workshop.ts';
import { editsOf, putRecord } from './records.ts';
import { collection, records, splitId } from './shape.ts';
import type { Fields } from './shape.ts';
import * as shapes from './shapes-workshop.ts';

export const {
	put: putWorkshop,
	patch: patchWorkshop,
	remove: removeWorkshop
} = editsOf<shapes.WorkshopFields>('workshops', shapes.workshopShape);
export const {
	put: putSession,
	patch: patchSession,
	remove: removeSession
} = editsOf<shapes.SessionFields>('sessions', shapes.sessionShape);
export const {
	put: putGroup,
	patch: patchGroup,
	remove: removeGroup
} = editsOf<Group>('groups', shapes.groupShape);
export const {
	put: putParticipant,
	patch: patchParticipant,
	remove: removeParticipant
} = editsOf<Participant>('participants', shapes.participantShape);
export const {
	put: putCard,
	patch: patchCard,
	remove: removeCard
} = editsOf<shapes.CardFields>('cards', shapes.cardShape);
export const {
	put: putNoted,
	patch: patchNoted,
	remove: removeNoted
} = editsOf<Noted>('noted', shapes.notedShape);
export const { put: putForm, remove: removeForm } = editsOf<EvaluationForm>(
	'forms',
	shapes.formShape
);
export type { BallotFields, CardFields, SessionFields, WorkshopFields } from './shapes-workshop.ts';

/** From now on the room is in `session`; empty: in a pause. */
export function turnTo(doc: Y.Doc, by: Author, workshop: string, session: string): void {
	if (!hasRecord(doc, 'workshops', workshop)) return;
	if (session && !isContentId(session)) throw notAnId(session);
	editRecord(doc, by, 'workshops', workshop, (pen) => pen.set(shapes.turnPrefix + by.now, session));
}

/** Gives a session more minutes, or takes some away. */
export function extendSession(doc: Y.Doc, by: Author, session: string, minutes: number): void {
	if (minutes === 0 || !hasRecord(doc, 'sessions', session)) return;
	const whole = Math.max(-600, Math.min(600, Math.round(minutes)));
	editRecord(doc, by, 'sessions', session, (pen) => pen.set(shapes.extendPrefix + by.now, whole));
}

const notAnId = (id: string): Problem => new Problem('unexpected', { detail: `not an id: ${id}` });
const ballotOf = (doc: Y.Doc, id: string): Fields =>
	records(doc, 'ballots').find(([one]) => one === id)?.[1] ?? new Map();

/** Opens a ballot's first round. */
export function openBallot(
	doc: Y.Doc,
	by: Author,
	ballot: Pick<Ballot, 'id' | 'workshop' | 'session' | 'group' | 'key' | 'way'>
): void {
	const { id, ...fields } = ballot;
	doc.transact(() => {
		putRecord<shapes.BallotFields>(doc, by, 'ballots', shapes.ballotShape, id, {
			...fields,
			opened: by.now
		});
		openRound(doc, by, id, 1);
	}, by.origin);
}

/** Opens a round; one that was revealed stays as it was counted. */
export function openRound(doc: Y.Doc, by: Author, ballot: string, round: 1 | 2): void {
	const fields = ballotOf(doc, ballot);
	if (fields.size === 0 || fields.get(`reveal:${round}`)) return;
	editRecord(doc, by, 'ballots', ballot, (pen) => {
		pen.set(`opened:${round}`, by.now);
		if (asMoment(pen.get(`closed:${round}`))) pen.set(`closed:${round}`, '');
	});
}

export const voteOutcomes = ['counted', 'corrected', 'closed'] as const;
/** counted: the first vote of the voter; corrected: in place of an earlier one; closed: refused. */
export type VoteOutcome = (typeof voteOutcomes)[number];

/** A voter's level, or null for "don't know". A round that is closed refuses, and nothing has changed. */
export function castVote(
	doc: Y.Doc,
	by: Author,
	vote: { ballot: string; round: 1 | 2; voter: string; level: Level | null }
): VoteOutcome {
	const { ballot, round, voter, level } = vote;
	const id = `${ballot}/${round}/${voter}`;
	if (!splitId(id, 3)) throw notAnId(id);
	if (!isOpenRound(ballotOf(doc, ballot), round)) return 'closed';
	const isFirst = collection(doc, 'votes').get(`${id}/level`) === undefined;
	editRecord(doc, by, 'votes', id, (pen) => {
		if (pen.set('level', level)) pen.set('at', by.now);
	});
	return isFirst ? 'counted' : 'corrected';
}

/**
 * A vote that came after the reveal, by somebody who has none there: it changes no count, and is shown
 * as late. No effect in a round that is not revealed.
 */
export function keepLateVote(
	doc: Y.Doc,
	by: Author,
	vote: { ballot: string; round: 1 | 2; voter: string; level: Level | null }
): void {
	const id = `${vote.ballot}/${vote.round}/${vote.voter}`;
	if (!splitId(id, 3)) throw notAnId(id);
	const reveal = shapes.asReveal(ballotOf(doc, vote.ballot).get(`reveal:${vote.round}`));
	if (!reveal || collection(doc, 'votes').get(`${id}/level`) !== undefined) return;
	editRecord(doc, by, 'votes', id, (pen) => {
		if (pen.set('level', vote.level)) pen.set('at', by.now);
	});
}

/** The count of hands: for level 0 to 4, and for "don't know". It is open to all, so it is the reveal. */
export function countHands(
	doc: Y.Doc,
	by: Author,
	ballot: string,
	round: 1 | 2,
	hands: readonly number[]
): void {
	const sound = shapes.asHands(hands);
	if (!sound) throw new Problem('unexpected', { detail: `not counted hands: ${hands}` });
	if (!hasRecord(doc, 'ballots', ballot)) return;
	editRecord(doc, by, 'ballots', ballot, (pen) => {
		pen.set(`hands:${round}`, sound);
		if (!asMoment(pen.get(`opened:${round}`))) pen.set(`opened:${round}`, by.now);
		pen.set(`closed:${round}`, by.now);
		pen.set(`reveal:${round}`, { at: by.now, votes: [] });
	});
}

/** Closes the round and shows it: what is in now is counted, for good. */
export function revealRound(doc: Y.Doc, by: Author, ballot: string, round: 1 | 2): void {
	const fields = ballotOf(doc, ballot);
	if (fields.size === 0 || fields.get(`reveal:${round}`)) return;
	const votes = readVotes(afresh(doc)).get(ballot)?.[round - 1] ?? [];
	editRecord(doc, by, 'ballots', ballot, (pen) => {
		pen.set(`closed:${round}`, by.now);
		pen.set(`reveal:${round}`, { at: by.now, votes });
	});
}

/** What the room agreed; `setAgreed` writes it into the assessment in the same transaction. */
export function setOutcome(
	doc: Y.Doc,
	by: Author,
	ballot: string,
	outcome: Pick<Outcome, 'level' | 'dissent'>
): void {
	if (!hasRecord(doc, 'ballots', ballot)) return;
	const sound = { level: outcome.level, dissent: bounded(outcome.dissent), at: by.now };
	editRecord(doc, by, 'ballots', ballot, (pen) => pen.set('outcome', sound));
}

export const removeBallot = (doc: Y.Doc, by: Author, ballot: string): void =>
	deleteRecord(doc, by, 'ballots', ballot);

/** A voter's dots on a card; 0 takes them off. */
export function setDots(
	doc: Y.Doc,
	by: Author,
	card: Card['id'],
	voter: string,
	count: number
): void {
	if (!isContentId(voter)) throw notAnId(voter);
	if (!hasRecord(doc, 'cards', card)) return;
	editRecord(doc, by, 'cards', card, (pen) => pen.set(shapes.dotsPrefix + voter, count));
}

export type { Session };
