/** Reads the workshops of a workspace; `read.ts` says by which rules. */
import { levels } from '#lib/model/guide.ts';
import { isContentId } from '#lib/model/ids.ts';
import type {
	Ballot,
	Card,
	EvaluationForm,
	Group,
	Noted,
	Participant,
	Round,
	Session,
	Vote,
	Workshop
} from '#lib/model/workshop.ts';
import * as as from './fields.ts';
import { readFields, readRecords } from './records.ts';
import { compare, splitId } from './shape.ts';
import type { Fields } from './shape.ts';
import type { Source } from './source.ts';
import { asFlag, asWhole } from './shapes-plan.ts';
import * as shapes from './shapes-workshop.ts';

/** The collections that a workshop is read from. */
export const workshopCollections = [
	'workshops',
	'sessions',
	'groups',
	'participants',
	'ballots',
	'votes',
	'cards',
	'noted',
	'forms'
] as const;

/** The oldest first. */
export function readWorkshops(from: Source): Workshop[] {
	const stored = from.records('workshops').filter(([id]) => splitId(id, 1));
	if (stored.length === 0) return [];
	const sessions = group(readSessions(from));
	const groups = group(readRecords<Group>(from, 'groups', shapes.groupShape));
	const people = group(readRecords<Participant>(from, 'participants', shapes.participantShape));
	const ballots = group(readBallots(from));
	const cards = group(readCards(from));
	const noted = group(readRecords<Noted>(from, 'noted', shapes.notedShape));
	const forms = group(readRecords<EvaluationForm>(from, 'forms', shapes.formShape));
	return stored
		.map(([id, fields]): Workshop => ({
			id,
			...readFields<shapes.WorkshopFields>(shapes.workshopShape, fields),
			turns: moments(fields, shapes.turnPrefix).flatMap(([at, value]) =>
				value === '' || as.asId(value) ? [{ at, session: as.asId(value) }] : []
			),
			sessions: (sessions.get(id) ?? []).sort((a, b) => a.day - b.day || byPlace(a, b)),
			groups: (groups.get(id) ?? []).sort(byPlace),
			people: (people.get(id) ?? []).sort(byPlace),
			ballots: (ballots.get(id) ?? []).sort(
				(a, b) => compare(a.opened, b.opened) || compare(a.id, b.id)
			),
			cards: (cards.get(id) ?? []).sort(byPlace),
			noted: (noted.get(id) ?? []).sort(byTime),
			forms: (forms.get(id) ?? []).sort(byTime)
		}))
		.sort((a, b) => compare(a.created, b.created) || compare(a.id, b.id));
}

const byPlace = (a: { order: number; id: string }, b: { order: number; id: string }): number =>
	a.order - b.order || compare(a.id, b.id);
const byTime = (a: { at: string; id: string }, b: { at: string; id: string }): number =>
	compare(a.at, b.at) || compare(a.id, b.id);

function group<T extends { workshop: string }>(all: T[]): Map<string, T[]> {
	const found = new Map<string, T[]>();
	for (const one of all) {
		const others = found.get(one.workshop);
		if (others) others.push(one);
		else found.set(one.workshop, [one]);
	}
	return found;
}

/** Fields named by a moment, the oldest first. */
const moments = (fields: Fields, prefix: string): [string, unknown][] =>
	[...fields]
		.flatMap(([name, value]): [string, unknown][] => {
			const at = name.startsWith(prefix) ? as.asMoment(name.slice(prefix.length)) : '';
			return at ? [[at, value]] : [];
		})
		.sort(([a], [b]) => compare(a, b));

const readSessions = (from: Source): Session[] =>
	from
		.records('sessions')
		.filter(([id]) => splitId(id, 1))
		.map(([id, fields]) => ({
			id,
			...readFields<shapes.SessionFields>(shapes.sessionShape, fields),
			extended: moments(fields, shapes.extendPrefix).flatMap(([at, value]) => {
				const minutes = asWhole(-600, 600, null)(value);
				return minutes === null ? [] : [{ at, minutes }];
			})
		}));

const readCards = (from: Source): Card[] =>
	from
		.records('cards')
		.filter(([id]) => splitId(id, 1))
		.map(([id, fields]) => {
			const dots = as.table<number>();
			for (const [name, value] of [...fields].sort(([a], [b]) => compare(a, b))) {
				const voter = name.startsWith(shapes.dotsPrefix)
					? name.slice(shapes.dotsPrefix.length)
					: '';
				const count = asWhole(1, 99, 0)(value);
				if (isContentId(voter) && count > 0) dots[voter] = count;
			}
			return { id, ...readFields<shapes.CardFields>(shapes.cardShape, fields), dots };
		});

/** Ballot → round → votes as they stand, counted or not. */
type Cast = Map<string, [Vote[], Vote[]]>;

export function readVotes(from: Source): Cast {
	const cast: Cast = new Map();
	for (const [id, fields] of from.records('votes')) {
		const [ballot = '', round = '', voter = ''] = splitId(id, 3) ?? [];
		const level = shapes.asSaid(fields.get('level'));
		if ((round !== '1' && round !== '2') || level === undefined) continue;
		const rounds: [Vote[], Vote[]] = cast.get(ballot) ?? [[], []];
		rounds[round === '1' ? 0 : 1].push({ voter, level });
		cast.set(ballot, rounds);
	}
	return cast;
}

function readBallots(from: Source): Ballot[] {
	const cast = readVotes(from);
	return from.records('ballots').flatMap(([id, fields]) => {
		const key = shapes.asKey(fields.get('key'));
		if (!splitId(id, 1) || !key) return [];
		const rounds = cast.get(id) ?? [[], []];
		return [
			{
				id,
				...readFields<shapes.BallotFields>(shapes.ballotShape, fields),
				key,
				rounds: [readRound(fields, 1, rounds[0]), readRound(fields, 2, rounds[1])],
				outcome: shapes.asOutcome(fields.get('outcome'))
			}
		];
	});
}

/** Before the reveal only who voted leaves this function. */
function readRound(fields: Fields, round: 1 | 2, cast: readonly Vote[]): Round {
	const hands = shapes.asHands(fields.get(`hands:${round}`));
	const reveal = shapes.asReveal(fields.get(`reveal:${round}`));
	const counted = new Set(reveal?.votes.map(({ voter }) => voter));
	const votes = reveal && [...reveal.votes, ...handsAsVotes(hands)];
	return {
		opened: as.asMoment(fields.get(`opened:${round}`)),
		closed: as.asMoment(fields.get(`closed:${round}`)),
		revealed: reveal?.at ?? '',
		voters: reveal ? votes!.map(({ voter }) => voter) : cast.map(({ voter }) => voter),
		late: reveal ? cast.map(({ voter }) => voter).filter((voter) => !counted.has(voter)) : [],
		votes
	};
}

const handsAsVotes = (hands: number[] | null): Vote[] =>
	(hands ?? []).flatMap((count, place) =>
		Array.from({ length: count }, (_, i) => ({
			voter: `hand-${place}-${i + 1}`,
			level: levels[place] ?? null
		}))
	);

/** Whether a round of a ballot takes votes. */
export const isOpenRound = (fields: Fields, round: 1 | 2): boolean =>
	as.asMoment(fields.get(`opened:${round}`)) !== '' &&
	as.asMoment(fields.get(`closed:${round}`)) === '' &&
	!asFlag(fields.get('deleted'));
