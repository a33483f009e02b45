/**
 * Saying: what a person does on their phone, checked here so that they read at once why it cannot be, and
 * again on the facilitator's device (`take.ts`), because a phone is anybody's.
 */
import type { Level } from '#lib/model/guide.ts';
import { Problem } from '#lib/model/problem.ts';
import { roomLimits } from '#lib/model/room.ts';
import type { Guest } from '#lib/model/room.ts';
import type { EvaluationForm } from '#lib/model/workshop.ts';
import { tidyName } from '#lib/sync/tidy.ts';
import type { Kept } from './kept.ts';
import type { PhoneRun } from './phone-run.ts';

/** What is joined with. Throws Problem `nickname-empty`, `nickname-too-long` {count, limit}. */
export function checkGuest({ nickname, organisation, consent }: Guest): Guest {
	const me = { nickname: tidyName(nickname), organisation: tidyName(organisation), consent };
	if (!me.nickname) throw new Problem('nickname-empty');
	for (const name of ['nickname', 'organisation'] as const) {
		refuseBeyond('nickname-too-long', me[name], roomLimits[name]);
	}
	return me;
}

function refuseBeyond(code: 'nickname-too-long' | 'card-too-long', text: string, limit: number) {
	const count = [...text].length;
	if (count > limit || text.length > 2 * limit) throw new Problem(code, { count, limit });
}

/** Throws Problem `vote-closed` where that round takes no votes; what was said before stays. */
export function sayVote(
	run: PhoneRun,
	{ ballot, round, level, at }: { ballot: string; round: 1 | 2; level: Level | null; at: string }
): void {
	const { body } = run.state;
	const isOpen = body?.kind === 'ballot' && body.id === ballot && body.round === round && body.open;
	if (!isOpen || body.hands) throw new Problem('vote-closed');
	run.say({ k: 'vote', ballot, round, level, at }, ({ votes }) => ({
		votes: { ...votes, [`${ballot}/${round}`]: level }
	}));
}

/**
 * Adds a card, or changes the one with that `id`; with an empty text takes it back. Throws Problem
 * `cards-closed`, `card-too-long` {count, limit}, `cards-enough` {limit}.
 */
export function sayCard(
	run: PhoneRun,
	{ session, column, text, id }: { session: string; column: string; text: string; id?: string }
): void {
	const { body, kept } = run.state;
	if (body?.kind !== 'cards' || body.session !== session || !body.collecting) {
		throw new Problem('cards-closed');
	}
	const said = text.trim();
	refuseBeyond('card-too-long', said, roomLimits.card);
	if (!id && !said) return;
	const own = id ?? freePlace(kept?.cards ?? [], session);
	const card = { id: own, session, column, text: said };
	run.say({ k: 'card', ...card }, ({ cards }) => {
		const others = cards.filter((one) => one.id !== own || one.session !== session);
		return { cards: said ? [...others, card] : others };
	});
}

/** Each card of a phone has a place in its session: so a phone has so many and no more. */
function freePlace(cards: Kept['cards'], session: string): string {
	const taken = new Set(cards.filter((one) => one.session === session).map(({ id }) => id));
	for (let place = 0; place < roomLimits.cards; place++) {
		if (!taken.has(`c${place}`)) return `c${place}`;
	}
	throw new Problem('cards-enough', { limit: roomLimits.cards });
}

/** Throws Problem `dots-spent` {limit}, and `cards-closed` where no dots are asked for. */
export function sayDots(run: PhoneRun, card: string, n: number): void {
	const { body, kept } = run.state;
	if (body?.kind !== 'dots') throw new Problem('cards-closed');
	const dots = kept?.dots ?? {};
	const others = body.cards.filter(({ id }) => id !== card);
	const spent = others.reduce((sum, { id }) => sum + (dots[id] ?? 0), 0);
	if (spent + n > body.each) throw new Problem('dots-spent', { limit: body.each });
	run.say({ k: 'dots', card, n }, () => ({ dots: { ...dots, [card]: n } }));
}

/** Throws Problem `card-too-long` {count, limit} for the comment. */
export function sayForm(
	run: PhoneRun,
	workshop: string,
	marks: EvaluationForm['marks'],
	comment: string
): void {
	refuseBeyond('card-too-long', comment.trim(), roomLimits.comment);
	run.say({ k: 'form', workshop, marks, comment: comment.trim() }, () => ({ formGiven: true }));
}

export const sayHelp = (run: PhoneRun, on: boolean): void =>
	run.say({ k: 'help', on }, () => ({ helpOn: on }));
