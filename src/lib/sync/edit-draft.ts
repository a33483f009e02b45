/** Edits of the draft: its chapters. Each runs one transaction with the author's origin, unless said. */
import * as Y from 'yjs';
import { Problem } from '#lib/model/problem.ts';
import type { Approval, Chapter, ChapterSource, Comment, Version } from '#lib/model/workspace.ts';
import { isContentId } from '#lib/model/ids.ts';
import { boundedLine, boundedText, deleteRecord, editRecord } from './edit.ts';
import type { Author } from './edit.ts';
import { editsOf } from './records.ts';
import { bodyName, limits, splitId } from './shape.ts';
import { approvalShape, commentShape, tickPrefix } from './shapes-plan.ts';
import { readText, seedText, writeText } from './text.ts';

export type ChapterPatch = Partial<Pick<Chapter, 'title' | 'hidden' | 'order' | 'blocks' | 'goal'>>;

/**
 * Adds a chapter, or writes all of the one with its id. `chapter.id` must be `<guide>/<chapter>`.
 * The body of a new chapter is seeded: the same prefilled chapter made on two devices merges into one
 * text. That takes a second transaction with the same origin.
 */
export function putChapter(doc: Y.Doc, by: Author, chapter: Chapter): void {
	soundId(chapter.id);
	const name = bodyName(chapter.id);
	const body = boundedText(chapter.body, limits.body, () => readText(doc, name));
	const title = boundedLine(chapter.title);
	seedText(doc, name, body, by.origin);
	editRecord(doc, by, 'chapters', chapter.id, (pen) => {
		pen.set('title', title);
		pen.set('hidden', chapter.hidden);
		pen.set('order', chapter.order);
		pen.set('sources', chapter.sources);
		pen.set('blocks', chapter.blocks);
		if (chapter.goal > 0 || pen.get('goal') !== undefined) pen.set('goal', chapter.goal);
	});
}

/** Changes some fields of a chapter and leaves the others to whoever edits them at the same time. */
export function patchChapter(doc: Y.Doc, by: Author, id: string, patch: ChapterPatch): void {
	soundId(id);
	const title = patch.title === undefined ? undefined : boundedLine(patch.title);
	editRecord(doc, by, 'chapters', id, (pen) => {
		if (title !== undefined) pen.set('title', title);
		if (patch.hidden !== undefined) pen.set('hidden', patch.hidden);
		if (patch.order !== undefined) pen.set('order', patch.order);
		if (patch.blocks !== undefined) pen.set('blocks', patch.blocks);
		if (patch.goal !== undefined) pen.set('goal', patch.goal);
	});
}

/** Ticks an item of the chapter's checklist, by its place, or takes the tick off; each is its own field. */
export function setTick(doc: Y.Doc, by: Author, id: string, item: number, ticked: boolean): void {
	soundId(id);
	editRecord(doc, by, 'chapters', id, (pen) => pen.set(`${tickPrefix}${item}`, ticked));
}

/**
 * A chapter's Markdown, written as the smallest difference. Throws Problem `note-too-long`
 * {count, limit} beyond a million characters; nothing has changed then.
 */
export function setChapterBody(doc: Y.Doc, by: Author, id: string, body: string): void {
	soundId(id);
	const name = bodyName(id);
	const sound = boundedText(body, limits.body, () => readText(doc, name));
	doc.transact(() => writeText(doc, name, sound), by.origin);
}

/** The data that the chapter's text stands for now: its flag "the source changed" goes away. */
export function setChapterSources(
	doc: Y.Doc,
	by: Author,
	id: string,
	sources: ChapterSource[]
): void {
	soundId(id);
	editRecord(doc, by, 'chapters', id, (pen) => pen.set('sources', sources));
}

export function removeChapter(doc: Y.Doc, by: Author, id: string): void {
	deleteRecord(doc, by, 'chapters', id);
}

function soundId(id: string): void {
	if (!splitId(id, 2)) throw new Problem('unexpected', { detail: `not a chapter's id: ${id}` });
}

export const {
	put: putComment,
	patch: patchComment,
	remove: removeComment
} = editsOf<Comment>('comments', commentShape);

export const {
	put: putApproval,
	patch: patchApproval,
	remove: removeApproval
} = editsOf<Approval>('approvals', approvalShape);

/** Keeps the draft under a name. It is one value and never changes; a second one with its id is refused. */
export function addVersion(doc: Y.Doc, by: Author, version: Version): void {
	const { id, ...value } = version;
	if (!isContentId(id)) throw new Problem('unexpected', { detail: `not an id: ${id}` });
	const sound = { ...value, name: boundedLine(value.name), note: boundedLine(value.note) };
	editRecord(doc, by, 'versions', id, (pen) => {
		if (pen.get('value') !== undefined) {
			throw new Problem('unexpected', { detail: `version exists: ${id}` });
		}
		pen.set('value', sound);
	});
}

export function removeVersion(doc: Y.Doc, by: Author, id: string): void {
	deleteRecord(doc, by, 'versions', id);
}
