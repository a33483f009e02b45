/**
 * Takes in what phones said: notes become edits of the workspace, in one transaction, each as often as
 * one likes with the same result. Only the facilitator's device does this. Pure but for the document.
 *
 * What a note may do is decided here and not on the phone: a phone is anybody's.
 */
import type * as Y from 'yjs';
import type { Note } from '#lib/model/room.ts';
import { roomLimits } from '#lib/model/room.ts';
import { boards } from '#lib/model/workshop.ts';
import type { Participant, Workshop } from '#lib/model/workshop.ts';
import type { Author } from '#lib/sync/edit.ts';
import {
	castVote,
	keepLateVote,
	patchCard,
	putCard,
	putForm,
	removeCard,
	setDots
} from '#lib/sync/edit-workshop.ts';
import { readWorkshops } from '#lib/sync/read-workshop.ts';
import { afresh } from '#lib/sync/source.ts';
import { cardsOn } from '#lib/workshop/scene.ts';
import { dotsFor } from './scene-maker.ts';
import { laneOf } from './seats.ts';

/** A note with whose it is: the lane that the relay says and the sealing binds. */
export type Heard = { lane: number; note: Note };

/** taken: it is in the workspace; late: after the close; refused: it may not, or makes no sense here. */
export type Became = 'taken' | 'late' | 'refused';

/**
 * What became of each, in their order. `idFor` gives the id under which a thing of a phone's is kept:
 * always the same for the same thing, and nobody can tell the phone from it.
 */
export function takeNotes(
	doc: Y.Doc,
	by: Author,
	about: { workshop: string; room: string; idFor: (lane: number, thing: string) => string },
	all: readonly Heard[]
): Became[] {
	const became: Became[] = [];
	doc.transact(() => {
		// Once: what a note changes that another one asks for is asked of the document.
		const workshop = readWorkshops(afresh(doc)).find(({ id }) => id === about.workshop);
		for (const { lane, note } of all) {
			const person = workshop?.people.find((one) => laneOf(one, about.room) === lane);
			const idFor = (thing: string) => about.idFor(lane, thing);
			became.push(
				workshop && person ? take(doc, by, { workshop, person, idFor }, note) : 'refused'
			);
		}
	}, by.origin);
	return became;
}

type Context = { workshop: Workshop; person: Participant; idFor: (thing: string) => string };

function take(doc: Y.Doc, by: Author, context: Context, note: Note): Became {
	switch (note.k) {
		case 'vote':
			return takeVote(doc, by, context, note);
		case 'card':
			return takeCard(doc, by, context, note);
		case 'dots':
			return takeDots(doc, by, context, note);
		case 'form': {
			const { workshop, idFor } = context;
			if (note.workshop !== workshop.id) return 'refused';
			const { marks, comment } = note;
			const id = idFor(`form/${workshop.id}`);
			putForm(doc, by, { id, workshop: workshop.id, marks, comment, at: by.now });
			return 'taken';
		}
		case 'help':
			return 'taken';
	}
}

function takeVote(
	doc: Y.Doc,
	by: Author,
	{ workshop, person }: Context,
	{ ballot: id, round, level }: Extract<Note, { k: 'vote' }>
): Became {
	const ballot = workshop.ballots.find((one) => one.id === id);
	if (!ballot || ballot.way !== 'paper') return 'refused';
	if (ballot.group && ballot.group !== person.group) return 'refused';
	if (ballot.rounds[round - 1]!.opened === '') return 'refused';
	const vote = { ballot: id, round, voter: person.id, level };
	if (castVote(doc, by, vote) !== 'closed') return 'taken';
	keepLateVote(doc, by, vote);
	return 'late';
}

function takeCard(
	doc: Y.Doc,
	by: Author,
	{ workshop, idFor }: Context,
	{ id: own, session: at, column, text }: Extract<Note, { k: 'card' }>
): Became {
	const session = workshop.sessions.find(({ id }) => id === at);
	const columns: readonly string[] = session?.board ? boards[session.board] : [];
	if (!session || !columns.includes(column) || workshop.closed) return 'refused';
	// A place for each card of a phone: it has so many places in a session, and no more.
	const place = Number(/^c(\d{1,2})$/.exec(own)?.[1] ?? Infinity);
	if (!(place < roomLimits.cards)) return 'refused';
	const id = idFor(`card/${at}/${place}`);
	const card = workshop.cards.find((one) => one.id === id);
	// What the room has sorted is the room's.
	const isSorted = card && (card.pile || card.into || card.action);
	if (!text) {
		if (isSorted) return 'refused';
		removeCard(doc, by, id);
	} else if (card) {
		patchCard(doc, by, id, isSorted ? { text } : { text, column });
	} else {
		const order = workshop.cards.reduce((most, one) => Math.max(most, one.order), 0) + 1;
		const plain = { into: '', pile: '', counted: 0, action: '', order };
		const put = { id, workshop: workshop.id, session: at, column, text, ...plain };
		putCard(doc, by, put);
		// For the notes after this one.
		workshop.cards.push({ ...put, dots: {} });
	}
	return 'taken';
}

function takeDots(
	doc: Y.Doc,
	by: Author,
	{ workshop, person }: Context,
	{ card: id, n }: Extract<Note, { k: 'dots' }>
): Became {
	const card = workshop.cards.find((one) => one.id === id);
	// Dots that were cut off from here while they were asked for still count.
	const session = [...workshop.sessions]
		.reverse()
		.find((one) => one.method === 'dots' && cardsOn(workshop, one.id).some((c) => c.id === id));
	if (!card || !session || workshop.closed) return 'refused';
	const spent = cardsOn(workshop, session.id).reduce(
		(sum, one) => sum + (one === card ? 0 : (one.dots[person.id] ?? 0)),
		0
	);
	const { each, cards } = dotsFor(workshop, session);
	if (spent + n > each || !cards.some((one) => one.id === id)) return 'refused';
	setDots(doc, by, id, person.id, n);
	// For the notes after this one.
	card.dots[person.id] = n;
	return 'taken';
}
