/**
 * A part: questions that another ministry answers in a small workspace of its own, and what comes back.
 *
 * The small workspace is made new: nothing of the parent's is in it but the questions' ids, the names of
 * the workspace and of the ministry, and the day. Of what comes back, only the part's contributor's words
 * to the part's questions are taken, value by value: the rest of the file is never applied.
 */
import * as Y from 'yjs';
import type { Answer, Contribution, Part, QuestionKey, Workspace } from '#lib/model/workspace.ts';
import { editRecord } from './edit.ts';
import type { Author } from './edit.ts';
import {
	putEvidence,
	removeEvidence,
	setAnswer,
	setConfidence,
	setNote
} from './edit-assessment.ts';
import { setPartOf } from './edit-people.ts';
import { contributionId } from './shape.ts';
import { setGuideWork } from './edit-workspace.ts';
import { readWorkspace } from './read.ts';

/** Fills a new document with what the ministry needs to answer; `now` is when the part was made. */
export function fillPart(doc: Y.Doc, part: Part, parent: Pick<Workspace, 'id' | 'name'>): void {
	const by: Author = { contributor: part.contributor, now: part.at, origin: null };
	const { organisation, due, note, questions } = part;
	setPartOf(doc, by, {
		workspace: parent.id,
		name: parent.name,
		part: part.id,
		contributor: part.contributor,
		organisation,
		due,
		note,
		questions
	});
	for (const [guide, only] of byGuide(questions)) {
		setGuideWork(doc, by, guide, { path: { mode: 'full', topics: [], only } });
	}
}

/** Guide → questions of it, both in the order of `keys`. */
export function byGuide(keys: readonly QuestionKey[]): Map<string, string[]> {
	const guides = new Map<string, string[]>();
	for (const key of keys) {
		const [guide = '', question = ''] = key.split('/');
		guides.set(guide, [...(guides.get(guide) ?? []), question]);
	}
	return guides;
}

/** Of what came back: the words that are the part's, and how much of the file is none of it. */
export function wordsOfPart(
	part: Pick<Part, 'questions' | 'contributor'>,
	returned: Workspace
): { contributions: Contribution[]; foreign: number } {
	const asked = new Set<string>(part.questions);
	const isOurs = ({ key, contributor }: Contribution) =>
		contributor === part.contributor && asked.has(key);
	const contributions = returned.contributions.filter(
		(one) => isOurs(one) && (one.answer || one.note || one.evidence.length > 0 || one.at !== '')
	);
	const foreign =
		returned.contributions.filter((one) => !isOurs(one)).length +
		returned.agreed.length +
		returned.targets.length +
		returned.actions.length +
		returned.chapters.length +
		returned.snapshots.length +
		returned.comments.length +
		returned.stakeholders.length +
		returned.objectives.length +
		returned.indicators.length +
		returned.figures.length;
	return { contributions, foreign };
}

export type Landing = {
	key: QuestionKey;
	before: Answer | null;
	after: Answer | null;
	/** The note or the evidence differs. */
	more: boolean;
};

/** What landing these words would change, question by question, in the part's order. */
export function landingOf(
	part: Pick<Part, 'questions' | 'contributor'>,
	mine: Workspace,
	words: readonly Contribution[]
): Landing[] {
	const has = new Map(
		mine.contributions
			.filter(({ contributor }) => contributor === part.contributor)
			.map((one) => [one.key, one])
	);
	const came = new Map(words.map((one) => [one.key, one]));
	return part.questions.flatMap((key) => {
		const after = came.get(key);
		if (!after) return [];
		const before = has.get(key);
		const answered = { before: before?.answer ?? null, after: after.answer };
		const isNew = JSON.stringify(answered.before) !== JSON.stringify(answered.after);
		const more = restOf(before) !== restOf(after);
		return isNew || more ? [{ key, ...answered, more }] : [];
	});
}

/** All but the answer; evidence in the order of its ids, because landing it gives it another moment. */
function restOf(one?: Contribution): string {
	const evidence = [...(one?.evidence ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));
	return JSON.stringify([one?.note ?? '', evidence, one?.confidence ?? null]);
}

/** Writes the words as the part's contributor's own. What is the same already is not written again. */
export function landPart(
	doc: Y.Doc,
	by: Author,
	part: Pick<Part, 'questions' | 'contributor'>,
	words: readonly Contribution[]
): void {
	const mine = new Map(
		readWorkspace(doc)
			.contributions.filter(({ contributor }) => contributor === part.contributor)
			.map((one) => [one.key, one])
	);
	const asked = new Set<string>(part.questions);
	for (const said of words) {
		const { key, answer, confidence, note, evidence, at } = said;
		if (!asked.has(key) || said.contributor !== part.contributor) continue;
		const before = mine.get(key);
		const isSame = JSON.stringify(before?.answer) === JSON.stringify(answer);
		if (before && isSame && before.at === at && restOf(before) === restOf(said)) continue;
		// The moment is theirs: when they said it, not when it came in.
		const theirs: Author = { contributor: part.contributor, now: at || by.now, origin: by.origin };
		doc.transact(() => {
			setAnswer(doc, theirs, key, answer);
			if (confidence || before?.confidence) setConfidence(doc, theirs, key, confidence);
			setNote(doc, theirs, key, note);
			for (const piece of evidence) putEvidence(doc, theirs, key, piece);
			for (const { id } of before?.evidence ?? []) {
				if (!evidence.some((piece) => piece.id === id)) removeEvidence(doc, theirs, key, id);
			}
			editRecord(doc, theirs, 'contributions', contributionId(key, part.contributor), (pen) => {
				pen.set('at', theirs.now);
			});
		}, by.origin);
	}
}
