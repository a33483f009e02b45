/** Reads what a plan and a draft hold besides actions and chapters; `read.ts` says by which rules. */
import type * as Y from 'yjs';
import type {
	Action,
	ActionDetails,
	Approval,
	Comment,
	Contributor,
	Part,
	Version
} from '#lib/model/workspace.ts';
import type { Objective, PlanIndicator, PlanSettings, Stakeholder } from '#lib/model/plan.ts';
import { isContentId } from '#lib/model/ids.ts';
import { readFields, readRecords } from './records.ts';
import { compare, records, splitId } from './shape.ts';
import type { Fields } from './shape.ts';
import * as shapes from './shapes-plan.ts';

const byPlace = (a: { order: number; id: string }, b: { order: number; id: string }): number =>
	a.order - b.order || compare(a.id, b.id);

export const readStakeholders = (doc: Y.Doc): Stakeholder[] =>
	readRecords<Stakeholder>(doc, 'stakeholders', shapes.stakeholderShape).sort(byPlace);

export const readObjectives = (doc: Y.Doc): Objective[] =>
	readRecords<Objective>(doc, 'objectives', shapes.objectiveShape).sort(byPlace);

export const readApprovals = (doc: Y.Doc): Approval[] =>
	readRecords<Approval>(doc, 'approvals', shapes.approvalShape).sort(byPlace);

export const readComments = (doc: Y.Doc): Comment[] =>
	readRecords<Comment>(doc, 'comments', shapes.commentShape)
		.map(({ on, ...comment }) => (on ? { ...comment, on } : comment))
		.sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));

/** Somebody who took both names back is nobody again. */
export const readContributors = (doc: Y.Doc): Contributor[] =>
	readRecords<Contributor>(doc, 'contributors', shapes.contributorShape).filter(
		({ name, organisation }) => name !== '' || organisation !== ''
	);

/** A part without questions, or without an id for its answers, is none. */
export const readParts = (doc: Y.Doc): Part[] =>
	readRecords<Part>(doc, 'parts', shapes.partShape)
		.filter(({ questions, contributor, workspace }) => questions[0] && contributor && workspace)
		.sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));

export const readVersions = (doc: Y.Doc): Version[] =>
	records(doc, 'versions')
		.flatMap(([id, fields]) => {
			const version = splitId(id, 1) && shapes.asVersion(id, fields.get('value'));
			return version ? [version] : [];
		})
		.sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));

export const readSettings = (doc: Y.Doc): PlanSettings =>
	readFields<PlanSettings>(
		shapes.settingsShape,
		new Map(records(doc, 'plan').find(([id]) => id === 'settings')?.[1])
	);

/** An action's own indicator has the action's words; the others have their own. */
export function readIndicators(doc: Y.Doc, actions: readonly Action[]): PlanIndicator[] {
	const stored = new Map(records(doc, 'indicators').filter(([id]) => splitId(id, 1)));
	const owns = new Set(actions.map(({ id }) => id));
	const own = actions
		.filter(({ id, indicator, target }) => indicator || target || stored.has(id))
		.map((action): PlanIndicator => ({
			...readIndicator(action.id, stored.get(action.id) ?? new Map()),
			of: 'action',
			parent: action.id,
			title: action.indicator,
			unit: action.unit,
			target: action.target,
			order: action.order
		}));
	const further = [...stored]
		.filter(([id]) => !owns.has(id))
		.map(([id, fields]) => readIndicator(id, fields))
		// What was said of an action's own indicator stays with an action that was removed.
		.filter(({ parent }) => parent !== '')
		.sort(byPlace);
	return [...own, ...further];
}

const readIndicator = (id: string, fields: Fields): PlanIndicator => ({
	id,
	...readFields<Omit<PlanIndicator, 'readings'>>(shapes.indicatorShape, fields),
	readings: named(fields, shapes.readingPrefix)
		.flatMap(([name, value]) => shapes.asReading(name, value) ?? [])
		.sort((a, b) => compare(a.day, b.day))
});

/** The details of an action; absent ones are as in `noDetails`. */
export function readDetails(fields: Fields): ActionDetails {
	const parts = <K extends shapes.PartName>(name: K): shapes.Parts[K][] =>
		named(fields, shapes.partPrefix[name])
			.flatMap(([id, value]) => (isContentId(id) && shapes.partParsers[name](id, value)) || [])
			.sort(byPlace);
	return {
		...readFields(shapes.detailShape, fields),
		tasks: parts('tasks'),
		costLines: parts('costLines'),
		risks: parts('risks'),
		moves: named(fields, shapes.movePrefix)
			.flatMap(([at, value]) => shapes.asMove(at, value) ?? [])
			.sort((a, b) => compare(a.at, b.at))
	} as ActionDetails;
}

/** The fields whose names begin with `prefix`, by the rest of their names. */
const named = (fields: Fields, prefix: string): [string, unknown][] =>
	[...fields]
		.filter(([name]) => name.startsWith(prefix))
		.map(([name, value]) => [name.slice(prefix.length), value]);
