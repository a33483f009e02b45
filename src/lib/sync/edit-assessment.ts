/**
 * Edits of the assessment: a contributor's own words to a question, and what the team recorded.
 *
 * Each runs one transaction with the author's origin. An edit of a contribution that changes anything
 * also sets its `at` to the author's `now`.
 */
import * as Y from 'yjs';
import { isContentId } from '#lib/model/ids.ts';
import { Problem } from '#lib/model/problem.ts';
import type {
	AgreedValue,
	Answer,
	Confidence,
	Evidence,
	QuestionKey,
	Target
} from '#lib/model/workspace.ts';
import { bounded, boundedLine, boundedText, deleteRecord, editRecord } from './edit.ts';
import type { Author, Pen } from './edit.ts';
import { asMoment, asObject } from './fields.ts';
import { contributionId, evidencePrefix, limits, noteName, splitId } from './shape.ts';
import { readText, writeText } from './text.ts';

/** Edits the author's contribution to `key`; `write` says whether it changed anything. */
function contribute(doc: Y.Doc, by: Author, key: QuestionKey, write: (pen: Pen) => boolean): void {
	const id = contributionId(key, by.contributor);
	soundId(id, 3);
	editRecord(doc, by, 'contributions', id, (pen) => {
		if (write(pen)) pen.set('at', by.now);
	});
}

/** An id that the parser would pass over must not be written: it is a bug of the caller. */
function soundId(id: string, parts: number): void {
	if (!splitId(id, parts)) throw new Problem('unexpected', { detail: `not an id: ${id}` });
}

/** The author's answer; null takes it back ("unanswered"). */
export function setAnswer(doc: Y.Doc, by: Author, key: QuestionKey, answer: Answer | null): void {
	const sound =
		answer?.kind === 'not-applicable'
			? { kind: answer.kind, reason: bounded(answer.reason) }
			: answer;
	contribute(doc, by, key, (pen) => {
		// An answer that never was need not be taken back.
		if (sound === null && pen.get('answer') === undefined) return false;
		const isNew = pen.set('answer', sound);
		// Another answer is the contributor's own again.
		if (isNew && pen.get('from')) pen.set('from', '');
		return isNew;
	});
}

/**
 * The answer that another guide's assessment gave to the same question, as the author's own here, with
 * its evidence and where it came from. One transaction: one step of undo takes all of it back.
 */
export function takeAnswer(
	doc: Y.Doc,
	by: Author,
	key: QuestionKey,
	taken: { answer: Answer; evidence: readonly Evidence[]; from: string }
): void {
	if (!isContentId(taken.from)) {
		throw new Problem('unexpected', { detail: `not an id: ${taken.from}` });
	}
	doc.transact(() => {
		setAnswer(doc, by, key, taken.answer);
		// Under their own ids: two devices that take over the same answer have its evidence once.
		for (const piece of taken.evidence) putEvidence(doc, by, key, piece);
		contribute(doc, by, key, (pen) => pen.set('from', taken.from));
	}, by.origin);
}

export function setConfidence(
	doc: Y.Doc,
	by: Author,
	key: QuestionKey,
	confidence: Confidence | null
): void {
	contribute(doc, by, key, (pen) => pen.set('confidence', confidence));
}

/**
 * The author's note, written as the smallest difference. Throws Problem `note-too-long`
 * {count, limit} beyond 100,000 characters (F-20); nothing has changed then.
 */
export function setNote(doc: Y.Doc, by: Author, key: QuestionKey, note: string): void {
	const name = noteName(contributionId(key, by.contributor));
	const sound = boundedText(note, limits.note, () => readText(doc, name));
	contribute(doc, by, key, () => writeText(doc, name, sound));
}

/** Adds a piece of evidence, or changes the one with its id. */
export function putEvidence(doc: Y.Doc, by: Author, key: QuestionKey, evidence: Evidence): void {
	if (!isContentId(evidence.id)) {
		throw new Problem('unexpected', { detail: `not an id: ${evidence.id}` });
	}
	const sound = {
		id: evidence.id,
		reference: boundedLine(evidence.reference),
		link: boundedLine(evidence.link),
		date: evidence.date,
		proven: evidence.proven
	};
	contribute(doc, by, key, (pen) => {
		const before = asObject(pen.get(evidencePrefix + evidence.id));
		// What a newer version added to it stays (P7); `added` orders the list.
		const added = asMoment(before?.added) || by.now;
		return pen.set(evidencePrefix + evidence.id, { ...before, ...sound, added });
	});
}

export function removeEvidence(doc: Y.Doc, by: Author, key: QuestionKey, evidenceId: string): void {
	contribute(doc, by, key, (pen) => {
		const field = evidencePrefix + evidenceId;
		return pen.get(field) !== undefined && pen.set(field, null);
	});
}

/** Records the team's value with what it saw, as one whole: no merge mixes two decisions. */
export function setAgreed(doc: Y.Doc, by: Author, agreed: AgreedValue): void {
	soundId(agreed.key, 2);
	const { answer, at } = agreed;
	const why = bounded(agreed.why);
	const who = boundedLine(agreed.by);
	editRecord(doc, by, 'agreed', agreed.key, (pen) => {
		const dissent = agreed.dissent ? { dissent: { ...agreed.dissent } } : {};
		pen.set('value', { answer, why, by: who, at, saw: { ...agreed.saw }, ...dissent });
	});
}

/** Takes the team's value back: the contributions speak for themselves again. */
export function clearAgreed(doc: Y.Doc, by: Author, key: QuestionKey): void {
	deleteRecord(doc, by, 'agreed', key);
}

export function setTarget(doc: Y.Doc, by: Author, target: Target): void {
	soundId(target.key, 2);
	const reason = bounded(target.reason);
	editRecord(doc, by, 'targets', target.key, (pen) => {
		pen.set('level', target.level);
		pen.set('reason', reason);
	});
}

/** Back to the default target. */
export function clearTarget(doc: Y.Doc, by: Author, key: QuestionKey): void {
	deleteRecord(doc, by, 'targets', key);
}
