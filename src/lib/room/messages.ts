/** Notes, read from whatever came: each by its shape and within its bounds, or not at all. Pure. */
import { levels } from '#lib/model/guide.ts';
import { isContentId } from '#lib/model/ids.ts';
import { places, roomLimits } from '#lib/model/room.ts';
import type { Note, Place } from '#lib/model/room.ts';
import { criteria } from '#lib/model/workshop.ts';
import type { EvaluationForm } from '#lib/model/workshop.ts';
import { tidyText } from '#lib/sync/tidy.ts';

type Fields = { [name: string]: unknown };
export const fieldsOf = (value: unknown): Fields | null =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;

/** A text of at most `limit` UTF-16 units, tidied; null for anything else. */
export const textOf = (value: unknown, limit: number): string | null =>
	typeof value === 'string' && value.length <= limit ? tidyText(value) : null;

export const wholeOf = (value: unknown, least: number, most: number): number | null =>
	typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
		? value
		: null;

const idOf = (value: unknown): string | null =>
	typeof value === 'string' && isContentId(value) ? value : null;

/** A note; null for what is none. Fields that a later version adds are passed over. */
export function parseNote(value: unknown): Note | null {
	const note = fieldsOf(value);
	if (note?.k === 'vote') return voteOf(note);
	if (note?.k === 'card') return cardOf(note);
	if (note?.k === 'form') return formOf(note);
	if (note?.k === 'dots') {
		const [card, n] = [idOf(note.card), wholeOf(note.n, 0, 99)];
		return card && n !== null ? { k: 'dots', card, n } : null;
	}
	if (note?.k === 'help') return typeof note.on === 'boolean' ? { k: 'help', on: note.on } : null;
	return null;
}

function voteOf(note: Fields): Note | null {
	const ballot = idOf(note.ballot);
	const round = note.round === 1 || note.round === 2 ? note.round : null;
	const level = note.level === null ? null : levels.find((one) => one === note.level);
	const at = textOf(note.at, 40);
	return ballot && round && level !== undefined && at !== null
		? { k: 'vote', ballot, round, level, at }
		: null;
}

function cardOf(note: Fields): Note | null {
	const [id, session, column] = [idOf(note.id), idOf(note.session), idOf(note.column)];
	const text = textOf(note.text, 2 * roomLimits.card);
	return id && session && column && text !== null
		? { k: 'card', id, session, column, text: text.trim() }
		: null;
}

function formOf(note: Fields): Note | null {
	const [workshop, given] = [idOf(note.workshop), fieldsOf(note.marks)];
	const comment = textOf(note.comment, 2 * roomLimits.comment);
	if (!workshop || !given || comment === null) return null;
	const marks: EvaluationForm['marks'] = {};
	for (const criterion of criteria) {
		const mark = wholeOf(given[criterion], 1, 5);
		if (mark !== null) marks[criterion] = mark;
	}
	return { k: 'form', workshop, marks, comment: comment.trim() };
}

/** Notes of one key say one thing: the later takes the place of the earlier. */
export function keyOfNote(note: Note): string {
	switch (note.k) {
		case 'vote':
			return `vote/${note.ballot}/${note.round}`;
		case 'card':
			return `card/${note.session}/${note.id}`;
		case 'dots':
			return `dots/${note.card}`;
		case 'form':
			return `form/${note.workshop}`;
		case 'help':
			return 'help';
	}
}

/** Where a phone says that it is: `<run> <place>` (L-3). */
export const writeHere = (run: string, place: Place | ''): string => `${run} ${place}`;
export function placeOf(said: string): Place | '' {
	const place = said.slice(0, 60).split(' ')[1];
	return places.find((known) => known === place) ?? '';
}
