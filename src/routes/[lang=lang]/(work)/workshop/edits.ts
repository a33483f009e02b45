/** Edits of a workshop as the screens make them. */
import { codeOf } from '#lib/workshop/codes.ts';
import type { Level } from '#lib/model/guide.ts';
import { newId } from '#lib/model/ids.ts';
import { noDetails, type Action } from '#lib/model/workspace.ts';
import type { Ballot, Card, Noted, Workshop } from '#lib/model/workshop.ts';
import { live } from '#lib/state/workspace.svelte.ts';
import * as document from '#lib/sync/document.ts';
import type { VoteOutcome } from '#lib/sync/document.ts';

type Edit = Parameters<typeof live.together>[1];
/** Runs an edit; edits of one `thing` in quick succession are one step of undo. */
export const edit = (thing: string, write: Edit): void => live.together(`workshop ${thing}`, write);

/** One vote; says what became of it. */
export function vote(
	ballot: string,
	round: 1 | 2,
	voter: string,
	level: Level | null
): VoteOutcome {
	let became: VoteOutcome = 'closed';
	edit(`vote ${ballot} ${voter}`, (doc, by) => {
		became = document.castVote(doc, by, { ballot, round, voter, level });
	});
	return became;
}

/** What the room agreed, in the workshop and in the assessment: one step of undo. */
export function agree(
	workshop: Workshop,
	ballot: Ballot,
	level: Level,
	words: { by: string; why: string; dissent: string }
): void {
	edit(`outcome ${ballot.id}`, (doc, by) =>
		document.setOutcome(doc, by, ballot.id, { level, dissent: words.dissent })
	);
	live.setAgreed(ballot.key, {
		answer: { kind: 'level', level },
		why: words.why,
		by: words.by,
		workshop: workshop.id
	});
}

export function note(
	workshop: string,
	what: Pick<Noted, 'kind' | 'text' | 'who' | 'by' | 'session' | 'question'>
): void {
	edit('noted', (doc, by) =>
		document.putNoted(doc, by, { id: newId(), workshop, ...what, done: false, at: by.now })
	);
}

export const putCard = (card: Card): void =>
	edit(`card ${card.id}`, (doc, by) => document.putCard(doc, by, card));
export const patchCard = (id: string, patch: Partial<Omit<Card, 'id' | 'dots'>>): void =>
	edit(`card ${id} ${Object.keys(patch).join()}`, (doc, by) =>
		document.patchCard(doc, by, id, patch)
	);

/** A card becomes an action of the plan, with the workshop's name as a tag. */
export function promote(
	workshop: Workshop,
	card: { id: string; text: string },
	from: string
): void {
	const actions = live.workspace?.actions ?? [];
	const action: Action = {
		...noDetails,
		id: newId(),
		guide: workshop.guide,
		measure: '',
		closes: [],
		title: card.text.replace(/\s+/g, ' ').slice(0, 500),
		owner: '',
		start: '',
		end: '',
		cost: 'none',
		effort: 'medium',
		indicator: '',
		unit: 'count',
		target: '',
		state: 'proposed',
		note: from,
		order: actions.reduce((most, { order }) => Math.max(most, order), 0) + 1,
		tags: workshop.title ? [workshop.title] : []
	};
	live.putAction(action);
	patchCard(card.id, { action: action.id });
}

/** Codes of the ballots that have not voted yet, for whoever looks for them. */
export const missingCodes = (papers: number, voters: readonly string[]): string[] => {
	const voted = new Set(voters);
	return Array.from({ length: papers }, (_, i) => i + 1)
		.filter((number) => !voted.has(`paper-${number}`))
		.map(codeOf);
};
