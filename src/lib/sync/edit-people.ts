/**
 * Edits of who works together: what a contributor is called, and the parts that other ministries were
 * asked for. Each runs one transaction with the author's origin.
 */
import * as Y from 'yjs';
import { isContentId } from '#lib/model/ids.ts';
import { Problem } from '#lib/model/problem.ts';
import type { Contributor, Part, PartOf } from '#lib/model/workspace.ts';
import { editMeta, editRecord, hasRecord } from './edit.ts';
import type { Author } from './edit.ts';
import { editsOf } from './records.ts';
import { collection, limits } from './shape.ts';
import { asPartOf, contributorShape, partShape } from './shapes-plan.ts';

export const { put: putContributor } = editsOf<Contributor>('contributors', contributorShape);

export const {
	put: putAskedPart,
	patch: patchAskedPart,
	remove: removeAskedPart
} = editsOf<Part>('parts', partShape);

/**
 * Yjs numbers whoever writes, anew with each opening of a document. Where people work together, a
 * contributor's record says which numbers were theirs: `client:<number>`. So every device can tell who
 * changed what, by whichever way it came.
 */
export const clientPrefix = 'client:';

/** Notes that this opening of the document writes as the author; alone, nobody needs to know. */
export function signClient(doc: Y.Doc, by: Author): void {
	const field = `${clientPrefix}${doc.clientID}`;
	const record = `${by.contributor}/${field}`;
	const map = collection(doc, 'contributors');
	if (map.has(record) || map.size === 0 || !hasRecord(doc, 'contributors', by.contributor)) return;
	editRecord(doc, by, 'contributors', by.contributor, (pen) => pen.set(field, true));
}

/** Yjs's number → contributor id, for those who are named. */
export function clientsOf(doc: Y.Doc): Map<number, string> {
	const clients = new Map<number, string>();
	for (const key of collection(doc, 'contributors').keys()) {
		const [contributor = '', field = ''] = key.split('/');
		if (!field.startsWith(clientPrefix) || !isContentId(contributor)) continue;
		const client = Number(field.slice(clientPrefix.length));
		if (Number.isSafeInteger(client)) clients.set(client, contributor);
	}
	return clients;
}

/** Makes a workspace be a part of another. */
export function setPartOf(doc: Y.Doc, by: Author, of: PartOf): void {
	const sound = asPartOf(of);
	if (!sound) throw new Problem('unexpected', { detail: 'not a part' });
	editMeta(doc, by, (pen) => pen.set('partOf', sound));
}

/** What came back of a part so far, as the text that `keepPartState` was given; empty for nothing. */
export function partState(doc: Y.Doc, part: string): string {
	const state = collection(doc, 'parts').get(`${part}/state`);
	return typeof state === 'string' && state.length <= limits.state ? state : '';
}

/** Keeps what came back of a part, so that the next time it merges, whatever the order (P5). */
export function keepPartState(doc: Y.Doc, by: Author, part: string, state: string): void {
	if (state.length > limits.state) throw new Problem('file-too-large', { limit: '3 MB' });
	editRecord(doc, by, 'parts', part, (pen) => {
		pen.set('state', state);
		pen.set('landed', by.now);
	});
}
