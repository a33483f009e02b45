/**
 * Makes the scene that phones see out of a workshop. Pure, and by the projector's rule: no notes, no
 * names, no votes before the reveal, nobody's cards but those that hang on the wall for dots.
 *
 * It does not depend on how many have voted: a scene that changed with each vote would cost every phone
 * a hundred scenes a ballot.
 */
import { boards } from '#lib/model/workshop.ts';
import type { Ballot, Session, Workshop } from '#lib/model/workshop.ts';
import { leftOf } from '#lib/workshop/agenda.ts';
import type { Run } from '#lib/workshop/agenda.ts';
import { stageOf, tally } from '#lib/workshop/ballot.ts';
import { dotsEach, wallOf } from '#lib/workshop/cards.ts';
import { cardsOn } from '#lib/workshop/scene.ts';
import type { BallotWords, PhoneBallot, PhoneBody, PhoneScene } from './phone-scene.ts';
import { laneOf } from './seats.ts';

export type About = {
	lang: string;
	rehearsal: boolean;
	/** A question in each language that there is; empty: the guide has no such question. */
	words: (question: string) => Record<string, BallotWords>;
	/** The first day, as the language writes it. */
	day: string;
};

export function phoneSceneOf(workshop: Workshop, run: Run, about: About): PhoneScene {
	const { current } = run;
	const bodies: PhoneScene['bodies'] = { '': bodyFor('', workshop, run, about) };
	const all = JSON.stringify(bodies['']);
	for (const { id } of workshop.groups) {
		const body = bodyFor(id, workshop, run, about);
		if (JSON.stringify(body) !== all) bodies[id] = body;
	}
	const seats: PhoneScene['seats'] = {};
	for (const one of workshop.people) {
		const lane = laneOf(one, workshop.room);
		if (lane > 0 && one.group in bodies && one.group !== '') seats[lane] = one.group;
	}
	return {
		v: 1,
		title: workshop.title,
		rehearsal: about.rehearsal,
		lang: about.lang,
		left: current && Math.round(leftOf(current)),
		bodies,
		seats
	};
}

function bodyFor(group: string, workshop: Workshop, run: Run, about: About): PhoneBody {
	const { current, next } = run;
	if (workshop.closed) return { kind: 'over' };
	if (!current) {
		return run.paused
			? { kind: 'pause', next: next?.title ?? '' }
			: { kind: 'welcome', place: workshop.place, day: about.day };
	}
	const { session } = current;
	const ballot = [...workshop.ballots]
		.reverse()
		.find((one) => one.session === session.id && (one.group === '' || one.group === group));
	const shown = ballot && ballotFor(ballot, about);
	if (shown) return shown;
	const { id, title, purpose, board, method, noCards } = session;
	// In the phone's own language, unlike the title that the facilitator's agenda has for it.
	if (method === 'break') return { kind: 'pause', next: next?.title ?? '' };
	if (method === 'evaluation') return { kind: 'form', workshop: workshop.id, title };
	if (board && method === 'dots') return dotsFor(workshop, session);
	if (board) {
		const columns = [...boards[board]];
		return { kind: 'cards', session: id, title, board, columns, collecting: !noCards };
	}
	return { kind: 'session', title, purpose };
}

/** The cards that dots can be put on, and how many each person has. */
export function dotsFor(
	workshop: Workshop,
	{ id, title, board }: Session
): Extract<PhoneBody, { kind: 'dots' }> {
	const columns = board ? [...boards[board]] : [];
	const cards = columns.flatMap((column) =>
		wallOf(cardsOn(workshop, id), column).flatMap((pile) =>
			pile.cards.map(({ id, text }) => ({ id, text }))
		)
	);
	return { kind: 'dots', session: id, title, each: dotsEach(cards.length), cards };
}

function ballotFor(ballot: Ballot, { words }: About): PhoneBallot | null {
	const said = words(ballot.key.slice(ballot.key.indexOf('/') + 1));
	if (Object.keys(said).length === 0) return null;
	const [first, second] = ballot.rounds;
	const round = stageOf(ballot) === 'open-2' || second.votes ? 2 : 1;
	const of = round === 2 ? second : first;
	const open = of.votes === null && of.opened !== '' && of.closed === '';
	return {
		kind: 'ballot',
		id: ballot.id,
		round,
		open,
		hands: ballot.way === 'hands',
		words: said,
		tally: of.votes && tally(of.votes),
		before: round === 2 && first.votes ? tally(first.votes) : null,
		agreed: ballot.outcome?.level ?? null,
		late: []
	};
}
