/**
 * A part as a file: a project file that opens as a small workspace with only its questions, and what of
 * it is taken when it comes back.
 */
import * as Y from 'yjs';
import { Problem } from '#lib/model/problem.ts';
import type { Contribution, Part, PartOf, Workspace } from '#lib/model/workspace.ts';
import {
	assemble,
	checkUpdate,
	createDocument,
	fillPart,
	keepPartState,
	landingOf,
	landPart,
	partState,
	putContributor,
	readPartOf,
	readWorkspace,
	stateOf,
	wordsOfPart
} from '#lib/sync/document.ts';
import type { Author, Landing } from '#lib/sync/document.ts';
import { readProjectFile, writeProjectFile } from './project.ts';

/** The part's file: what `partDocument` holds. */
export function writePartFile(
	parent: Y.Doc,
	part: Part,
	about: { appVersion: string; guides: Record<string, string> }
): Promise<Uint8Array<ArrayBuffer>> {
	return writeProjectFile(partDocument(parent, part), about);
}

/** A part's small workspace: its questions, of `parent` only the names, and what the part said itself. */
export function partDocument(parent: Y.Doc, part: Part): Y.Doc {
	const { id, name, country, demo } = readWorkspace(parent);
	const doc = smallOf(parent, part) ?? emptySmall(part, { name, country, demo });
	fillPart(doc, part, { id, name });
	return doc;
}

const emptySmall = (part: Part, of: Pick<Workspace, 'name' | 'country' | 'demo'>): Y.Doc =>
	createDocument({
		id: part.workspace,
		name: [of.name, part.organisation].filter(Boolean).join(' · '),
		country: of.country,
		demo: of.demo,
		createdAt: part.at
	});

/** The part's small workspace as far as it came back; null where nothing did. */
function smallOf(parent: Y.Doc, part: Pick<Part, 'id'>): Y.Doc | null {
	const state = bytesOf(partState(parent, part.id));
	if (!state) return null;
	try {
		checkUpdate(state);
	} catch {
		return null;
	}
	const { doc, bad } = assemble([state]);
	return bad.length > 0 ? null : doc;
}

/** What came back, by file or link, holds for its part. */
export type Returned = {
	part: Part;
	/** The contributor's names as they gave them, or as they were asked. */
	name: string;
	organisation: string;
	contributions: Contribution[];
	landing: Landing[];
	/** How many other things came with it: none of them is taken. */
	foreign: number;
	/** The small workspace with this merged into what came before. */
	state: string;
	/** It says nothing that had not come back before. */
	nothing: boolean;
};

/** Whose part a project file is; null for a workspace of its own. Throws the Problem of a bad file. */
export async function partOfFile(bytes: Uint8Array): Promise<PartOf | null> {
	const { update } = await readProjectFile(bytes);
	const { doc, bad } = assemble([update]);
	if (bad.length > 0) throw new Problem('file-damaged', { reason: 'state' });
	return readPartOf(doc);
}

/** Reads a part's file that came back: `readReturnedState` of what is in it. */
export async function readReturned(parent: Y.Doc, bytes: Uint8Array): Promise<Returned | null> {
	const { update } = await readProjectFile(bytes);
	return readReturnedState(parent, update);
}

/**
 * Reads a part that came back, against the workspace that asked for it. Merges it with what came back
 * before, so that it may come in any order and any number of times (P5). Null where the workspace has
 * no such part. Changes nothing.
 */
export function readReturnedState(parent: Y.Doc, update: Uint8Array): Returned | null {
	const incoming = assemble([update]);
	if (incoming.bad.length > 0) throw new Problem('file-damaged', { reason: 'state' });
	const of = readPartOf(incoming.doc);
	const mine = readWorkspace(parent);
	const part = mine.parts.find(({ id }) => id === of?.part);
	if (!of || !part || of.workspace !== mine.id || of.contributor !== part.contributor) return null;
	const before = smallOf(parent, part);
	const both = before ? assemble([stateOf(before), update]) : incoming;
	// Files of one part that do not fit together: the newer speaks for itself.
	const { doc } = both.bad.length > 0 ? incoming : both;
	const small = readWorkspace(doc);
	const { contributions } = wordsOfPart(part, small);
	const named = small.contributors.find(({ id }) => id === part.contributor);
	const known = mine.contributors.find(({ id }) => id === part.contributor);
	const name = named?.name || known?.name || part.person;
	const organisation = named?.organisation || known?.organisation || part.organisation;
	const landing = landingOf(part, mine, contributions);
	const isNamed = known?.name === name && known.organisation === organisation;
	return {
		part,
		name,
		organisation,
		contributions,
		landing,
		foreign: wordsOfPart(part, readWorkspace(incoming.doc)).foreign,
		state: textOf(stateOf(doc)),
		nothing: landing.length === 0 && isNamed
	};
}

/** Takes in what `readReturned` read: the part's contributor's words and names, and nothing else. */
export function landReturned(doc: Y.Doc, by: Author, returned: Returned): void {
	const { part, name, organisation, contributions, state } = returned;
	const theirs: Author = { ...by, contributor: part.contributor };
	putContributor(doc, theirs, { id: part.contributor, name, organisation });
	landPart(doc, by, part, contributions);
	keepPartState(doc, by, part.id, state);
}

/** Bytes as base64: a value of the document is JSON. */
function textOf(bytes: Uint8Array): string {
	let text = '';
	for (let at = 0; at < bytes.length; at += 8192) {
		text += String.fromCharCode(...bytes.subarray(at, at + 8192));
	}
	return btoa(text);
}
function bytesOf(text: string): Uint8Array | null {
	if (text === '') return null;
	try {
		return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
	} catch {
		return null;
	}
}
