/**
 * A PhoneScene: what phones see. Whole each time, never a change to an earlier one; and made of public
 * values alone, by the same rule as the projector's (workshop/scene.ts).
 */
import { levels } from '#lib/model/guide.ts';
import type { Level } from '#lib/model/guide.ts';
import { isContentId } from '#lib/model/ids.ts';
import { boardNames } from '#lib/model/workshop.ts';
import type { Board } from '#lib/model/workshop.ts';
import type { Tally } from '#lib/workshop/ballot.ts';
import { fieldsOf, textOf, wholeOf } from './messages.ts';

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
	/** When it was sent, by the relay's clock, which no phone's clock is compared with; its sender writes it. */
	sent?: number;
	/** The body of each group; '' is that of everybody without one. */
	bodies: Record<string, PhoneBody>;
	/** Lane → group. */
	seats: Record<number, string>;
};

/** The body that a lane sees; null where the scene has none for it. */
export const bodyOf = ({ bodies, seats }: PhoneScene, lane: number): PhoneBody | null =>
	bodies[seats[lane] ?? ''] ?? bodies[''] ?? null;

/** Letters of a line and of a paragraph; entries of a list. */
const line = 1000;
const paragraph = 10_000;
const most = 2000;

/** A scene as it came; null for what is none. A body that this version does not know is left out. */
export function parsePhoneScene(value: unknown): PhoneScene | null {
	const stored = fieldsOf(value);
	const given = fieldsOf(stored?.bodies);
	const title = textOf(stored?.title, line);
	if (!stored || stored.v !== 1 || !given || title === null) return null;
	const bodies: PhoneScene['bodies'] = Object.create(null);
	for (const [group, body] of Object.entries(given).slice(0, most)) {
		const sound = group === '' || isContentId(group) ? parseBody(body) : null;
		if (sound) bodies[group] = sound;
	}
	const seats: PhoneScene['seats'] = {};
	for (const [lane, group] of Object.entries(fieldsOf(stored.seats) ?? {}).slice(0, most)) {
		if (/^[1-9]\d{0,8}$/.test(lane) && typeof group === 'string') seats[Number(lane)] = group;
	}
	return {
		v: 1,
		title,
		rehearsal: stored.rehearsal === true,
		lang: textOf(stored.lang, 40) ?? '',
		left: wholeOf(stored.left, -1e9, 1e9),
		sent: wholeOf(stored.sent, 0, Number.MAX_SAFE_INTEGER) ?? 0,
		bodies,
		seats
	};
}

function parseBody(value: unknown): PhoneBody | null {
	const body = fieldsOf(value);
	if (!body) return null;
	const title = textOf(body.title, line) ?? '';
	switch (body.kind) {
		case 'welcome':
			return { kind: 'welcome', place: textOf(body.place, line) ?? '', day: lineOf(body.day) };
		case 'session':
			return { kind: 'session', title, purpose: textOf(body.purpose, paragraph) ?? '' };
		case 'pause':
			return { kind: 'pause', next: lineOf(body.next) };
		case 'over':
			return { kind: 'over' };
		case 'form':
			return { kind: 'form', workshop: lineOf(body.workshop), title };
		case 'ballot':
			return parseBallot(body);
		case 'cards': {
			const board = boardNames.find((known) => known === body.board);
			const columns = listOf(body.columns).flatMap((id) => textOf(id, 61) ?? []);
			const collecting = body.collecting === true;
			const session = lineOf(body.session);
			return board ? { kind: 'cards', session, title, board, columns, collecting } : null;
		}
		case 'dots': {
			const cards = listOf(body.cards).flatMap((one) => {
				const [id, text] = [lineOf(fieldsOf(one)?.id), textOf(fieldsOf(one)?.text, paragraph)];
				return id && text !== null ? [{ id, text }] : [];
			});
			const each = wholeOf(body.each, 0, 999) ?? 0;
			return { kind: 'dots', session: lineOf(body.session), title, each, cards };
		}
		default:
			return null;
	}
}

function parseBallot(body: { [name: string]: unknown }): PhoneBallot | null {
	const words: PhoneBallot['words'] = Object.create(null);
	for (const [lang, given] of Object.entries(fieldsOf(body.words) ?? {}).slice(0, 50)) {
		const said = fieldsOf(given);
		const sentences = listOf(said?.levels).map((one) => textOf(one, paragraph) ?? '');
		if (!/^[a-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(lang) || sentences.length !== 5) continue;
		const question = textOf(said?.question, paragraph) ?? '';
		words[lang] = { title: lineOf(said?.title), question, levels: sentences };
	}
	const round = body.round === 1 || body.round === 2 ? body.round : null;
	const id = lineOf(body.id);
	if (!round || !id || Object.keys(words).length === 0) return null;
	return {
		kind: 'ballot',
		id,
		round,
		open: body.open === true,
		hands: body.hands === true,
		words,
		tally: parseTally(body.tally),
		before: parseTally(body.before),
		agreed: levels.find((level) => level === body.agreed) ?? null,
		late: listOf(body.late).flatMap((lane) => wholeOf(lane, 1, 1e9) ?? [])
	};
}

function parseTally(value: unknown): Tally | null {
	const stored = fieldsOf(value);
	const counts = listOf(stored?.counts).map((count) => wholeOf(count, 0, 1e6) ?? 0);
	const [a, b, c, d, e] = counts;
	if (!stored || counts.length !== 5) return null;
	return {
		counts: [a ?? 0, b ?? 0, c ?? 0, d ?? 0, e ?? 0],
		unknown: wholeOf(stored.unknown, 0, 1e6) ?? 0,
		levels: wholeOf(stored.levels, 0, 1e6) ?? 0,
		spread: (['agree', 'lean', 'split'] as const).find((one) => one === stored.spread) ?? null,
		median: levels.find((level) => level === stored.median) ?? null,
		width: typeof stored.width === 'number' ? stored.width : 0
	};
}

const lineOf = (value: unknown): string => textOf(value, line) ?? '';
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, most) : []);
