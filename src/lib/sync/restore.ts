/** Takes a field or a text back to what it was: as a new edit, so that nobody's later words vanish (P5). */
import * as Y from 'yjs';
import { editMeta, editRecord } from './edit.ts';
import type { Author } from './edit.ts';
import { isTooLong } from './changes.ts';
import type { Change, FieldChange } from './changes.ts';
import { setNote } from './edit-assessment.ts';
import { setChapterBody } from './edit-draft.ts';
import { patchAction } from './edit-plan.ts';
import type { QuestionKey } from '#lib/model/workspace.ts';
import type { Collection } from './shape.ts';

/** What is nobody else's to take back, or never changes. */
const never: readonly Collection[] = ['snapshots', 'versions', 'contributors', 'parts', 'comments'];

/**
 * Whether `contributor` may take the field back: their own words and the team's, never another's own
 * words; and only where what it was is known.
 */
export function canRestore(
	{ collection, record }: Pick<Change, 'collection' | 'record'>,
	{ field, before, after }: FieldChange,
	contributor: string
): boolean {
	if (field === 'deleted') return after === true && collection !== 'contributors';
	if (before === undefined || isTooLong(before) || never.includes(collection)) return false;
	if (collection === 'contributions') return record.endsWith(`/${contributor}`);
	return true;
}

/** Writes `before` again. One transaction with the author's origin. */
export function restoreField(
	doc: Y.Doc,
	by: Author,
	{ collection, record }: Pick<Change, 'collection' | 'record'>,
	{ field, before }: FieldChange
): void {
	if (collection === 'meta') return editMeta(doc, by, (pen) => void pen.set(field, before));
	if (field === 'body' && typeof before === 'string') {
		return setChapterBody(doc, by, record, before);
	}
	if (field === 'note' && collection === 'actions' && typeof before === 'string') {
		return patchAction(doc, by, record, { note: before });
	}
	if (field === 'note' && collection === 'contributions' && typeof before === 'string') {
		const [guide, question] = record.split('/');
		const key: QuestionKey = `${guide}/${question}`;
		return setNote(doc, by, key, before);
	}
	doc.transact(() => {
		editRecord(doc, by, collection, record, (pen) => {
			const isNew = pen.set(field, field === 'deleted' ? false : before);
			if (isNew && collection === 'contributions') pen.set('at', by.now);
		});
	}, by.origin);
}
