/**
 * Carrying over: what stood at the ids of an earlier edition of a guide is written to those of the new
 * one. `assessment/carrying.ts` says what.
 *
 * Two devices that both do it write the very same values, the texts as the same seed: they merge to one
 * copy (P5). Fields are copied as they stand, also those that this version does not know (P7).
 */
import * as Y from 'yjs';
import { Problem } from '#lib/model/problem.ts';
import type { Action, Chapter } from '#lib/model/workspace.ts';
import { editRecord, type Author } from './edit.ts';
import { patchAction } from './edit-plan.ts';
import { patchChapter, setChapterSources } from './edit-draft.ts';
import {
	bodyName,
	carriedPrefix,
	collection,
	noteName,
	splitId,
	type Collection,
	type ContributionId
} from './shape.ts';
import { readText, seedText } from './text.ts';

type Way = { from: string; to: string };

/** All that goes to new ids; ids are `<guide>/<id>` unless said. */
export type CarryOver = {
	edition: string;
	contributions: readonly (Way & { contributor: string })[];
	/** `mark`: by what a later look tells that the old one has not changed since. */
	agreed: readonly (Way & { mark: string })[];
	targets: readonly (Way & { mark: string })[];
	chapters: readonly Way[];
	/** `id`: the action's own. */
	actions: readonly { id: string; patch: Partial<Action> }[];
	sources: readonly Pick<Chapter, 'id' | 'sources'>[];
	resume?: string;
};

/**
 * Carries it over. What stood at the old ids stays; an old chapter is hidden. Several transactions with
 * the author's origin: a text is seeded outside of the one that has the rest.
 */
export function carryOver(doc: Y.Doc, by: Author, guide: string, all: CarryOver): void {
	for (const { from, to } of [
		...all.contributions,
		...all.agreed,
		...all.targets,
		...all.chapters
	]) {
		for (const id of [from, to]) {
			if (!splitId(id, 2)) throw new Problem('unexpected', { detail: `not an id: ${id}` });
		}
	}
	const said = all.contributions.map(({ from, to, contributor }) => ({
		from: `${from}/${contributor}` as ContributionId,
		to: `${to}/${contributor}` as ContributionId
	}));
	for (const { from, to } of said) {
		seedText(doc, noteName(to), readText(doc, noteName(from)), by.origin);
	}
	for (const { from, to } of all.chapters) {
		seedText(doc, bodyName(to), readText(doc, bodyName(from)), by.origin);
	}
	doc.transact(() => {
		for (const { from, to } of said) {
			const at = collection(doc, 'contributions').get(`${from}/at`) ?? '';
			copy(doc, by, 'contributions', from, to, { was: { question: from.split('/')[1], at } });
		}
		for (const { from, to } of all.agreed) copy(doc, by, 'agreed', from, to);
		for (const { from, to } of all.targets) copy(doc, by, 'targets', from, to);
		for (const { from, to } of all.chapters) {
			copy(doc, by, 'chapters', from, to);
			patchChapter(doc, by, from, { hidden: true });
		}
		for (const { id, sources } of all.sources) setChapterSources(doc, by, id, sources);
		// A chapter that has just been made has the sources of the old one.
		for (const { from, to } of all.chapters) {
			const moved = all.sources.find(({ id }) => id === from);
			if (moved) setChapterSources(doc, by, to, moved.sources);
		}
		for (const { id, patch } of all.actions) patchAction(doc, by, id, patch);
		editRecord(doc, by, 'guides', guide, (pen) => {
			const mark = (sort: string, { from }: Way, value: string) =>
				pen.set(`${carriedPrefix}${sort}:${from.split('/')[1]}`, value);
			for (const way of all.agreed) mark('agreed', way, way.mark);
			for (const way of all.targets) mark('target', way, way.mark);
			for (const way of all.chapters) mark('chapter', way, way.to);
			if (all.resume !== undefined) pen.set('resume', all.resume);
			pen.set('edition', all.edition);
		});
	}, by.origin);
}

/** Copies the fields of a record to another one of its collection, with `more` beside them. */
function copy(
	doc: Y.Doc,
	by: Author,
	name: Collection,
	from: string,
	to: string,
	more: Record<string, unknown> = {}
): void {
	const prefix = `${from}/`;
	const fields = [...collection(doc, name).entries()]
		.filter(([key]) => key.startsWith(prefix))
		.map(([key, value]) => [key.slice(prefix.length), value] as const)
		.filter(([field]) => !field.includes('/') && field !== 'deleted' && field !== 'was');
	editRecord(doc, by, name, to, (pen) => {
		for (const [field, value] of fields) pen.set(field, value);
		for (const [field, value] of Object.entries(more)) pen.set(field, value);
	});
}
