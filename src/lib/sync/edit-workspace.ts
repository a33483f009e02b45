/** Edits of the workspace itself: its name, its snapshots, where it stands in each guide. */
import * as Y from 'yjs';
import { figureKind, figureYears } from '#lib/model/figure.ts';
import type { Figure, FigureId } from '#lib/model/figure.ts';
import { gates } from '#lib/model/guide.ts';
import { isContentId } from '#lib/model/ids.ts';
import { Problem } from '#lib/model/problem.ts';
import type { GuideWork, Snapshot, Workspace } from '#lib/model/workspace.ts';
import { boundedLine, deleteRecord, editMeta, editRecord } from './edit.ts';
import type { Author } from './edit.ts';
import { readinessPrefix } from './shape.ts';

export type Meta = Pick<Workspace, 'name' | 'country' | 'demo'>;

export function setMeta(doc: Y.Doc, by: Author, meta: Partial<Meta>): void {
	const name = meta.name === undefined ? undefined : boundedLine(meta.name);
	const country = meta.country === undefined ? undefined : boundedLine(meta.country);
	editMeta(doc, by, (pen) => {
		if (name !== undefined) pen.set('name', name);
		if (country !== undefined) pen.set('country', country);
		if (meta.demo !== undefined) pen.set('demo', meta.demo);
	});
}

/** Where the team stands in a guide; what the patch leaves out stays. Gates merge one by one. */
export function setGuideWork(
	doc: Y.Doc,
	by: Author,
	guide: string,
	work: Partial<GuideWork>
): void {
	soundId(guide);
	editRecord(doc, by, 'guides', guide, (pen) => {
		if (work.path) pen.set('path', work.path);
		for (const gate of gates) {
			const answer = work.readiness?.[gate];
			if (answer) pen.set(readinessPrefix + gate, answer);
		}
		if (work.resume !== undefined) pen.set('resume', work.resume);
		if (work.edition !== undefined) pen.set('edition', boundedLine(work.edition));
	});
}

/** Changes what is named of a figure of the country; null takes a value or a year back. */
export function setFigure(
	doc: Y.Doc,
	by: Author,
	id: FigureId,
	patch: Partial<Omit<Figure, 'id'>>
): void {
	const kind = figureKind(id);
	if (!kind) throw new Problem('unexpected', { detail: `not a figure: ${id}` });
	const { value, year } = patch;
	const isWithin = (n: number | null | undefined, { min, max }: { min: number; max: number }) =>
		n === null || n === undefined || (n >= min && n <= max);
	if (!isWithin(value, kind) || !isWithin(year, figureYears)) {
		throw new Problem('unexpected', { detail: `${id} out of range: ${value}, ${year}` });
	}
	const source = patch.source === undefined ? undefined : boundedLine(patch.source);
	editRecord(doc, by, 'figures', id, (pen) => {
		if (value !== undefined) pen.set('value', value);
		if (year !== undefined) pen.set('year', year);
		if (source !== undefined) pen.set('source', source);
	});
}

/** Adds a snapshot. It is one value and never changes; a second one with its id is refused. */
export function addSnapshot(doc: Y.Doc, by: Author, snapshot: Snapshot): void {
	const { id, ...value } = snapshot;
	soundId(id);
	const sound = { ...value, name: boundedLine(value.name) };
	editRecord(doc, by, 'snapshots', id, (pen) => {
		if (pen.get('value') !== undefined) {
			throw new Problem('unexpected', { detail: `snapshot exists: ${id}` });
		}
		pen.set('value', { ...sound, answers: { ...sound.answers }, targets: { ...sound.targets } });
	});
}

export function removeSnapshot(doc: Y.Doc, by: Author, id: string): void {
	deleteRecord(doc, by, 'snapshots', id);
}

function soundId(id: string): void {
	if (!isContentId(id)) throw new Problem('unexpected', { detail: `not an id: ${id}` });
}
