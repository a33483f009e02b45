/** Edits of what a plan leans on: stakeholders, objectives, indicators, how this country plans. */
import * as Y from 'yjs';
import { isContentId } from '#lib/model/ids.ts';
import type {
	Objective,
	PlanIndicator,
	PlanSettings,
	Reading,
	Stakeholder
} from '#lib/model/plan.ts';
import { Problem } from '#lib/model/problem.ts';
import { boundedLine, deleteRecord, editRecord, hasRecord } from './edit.ts';
import type { Author } from './edit.ts';
import { patchAction } from './edit-plan.ts';
import { asDay } from './fields.ts';
import { editsOf, putRecord } from './records.ts';
import { indicatorShape, objectiveShape, readingPrefix } from './shapes-plan.ts';
import { settingsShape, stakeholderShape } from './shapes-plan.ts';

export const {
	put: putStakeholder,
	patch: patchStakeholder,
	remove: removeStakeholder
} = editsOf<Stakeholder>('stakeholders', stakeholderShape);

export const {
	put: putObjective,
	patch: patchObjective,
	remove: removeObjective
} = editsOf<Objective>('objectives', objectiveShape);

export function setPlanSettings(doc: Y.Doc, by: Author, settings: Partial<PlanSettings>): void {
	putRecord<PlanSettings>(doc, by, 'plan', settingsShape, 'settings', settings);
}

export type IndicatorPatch = Partial<Omit<PlanIndicator, 'id' | 'readings'>>;

/**
 * Adds an indicator, or changes what is named of the one with its id. Of an action's own (the id is the
 * action's), title, unit and target are fields of the action, and are written there.
 */
export function putIndicator(doc: Y.Doc, by: Author, id: string, patch: IndicatorPatch): void {
	if (!hasRecord(doc, 'actions', id)) {
		return putRecord(doc, by, 'indicators', indicatorShape, id, patch);
	}
	const { title, unit, target, of: _of, parent: _parent, order: _order, ...rest } = patch;
	doc.transact(() => {
		patchAction(doc, by, id, {
			...(title === undefined ? {} : { indicator: title }),
			...(unit === undefined ? {} : { unit }),
			...(target === undefined ? {} : { target })
		});
		if (Object.keys(rest).length > 0) {
			putRecord(doc, by, 'indicators', indicatorShape, id, rest);
		}
	}, by.origin);
}

/** An action's own indicator loses its words; a further one goes. */
export function removeIndicator(doc: Y.Doc, by: Author, id: string): void {
	doc.transact(() => {
		patchAction(doc, by, id, { indicator: '', target: '' });
		deleteRecord(doc, by, 'indicators', id);
	}, by.origin);
}

/** Records what was measured on a day; what that day had before is replaced. */
export function putReading(doc: Y.Doc, by: Author, indicator: string, reading: Reading): void {
	soundReading(indicator, reading.day);
	const sound = { value: boundedLine(reading.value), note: boundedLine(reading.note) };
	editRecord(doc, by, 'indicators', indicator, (pen) =>
		pen.set(readingPrefix + reading.day, sound)
	);
}

export function removeReading(doc: Y.Doc, by: Author, indicator: string, day: string): void {
	soundReading(indicator, day);
	editRecord(doc, by, 'indicators', indicator, (pen) => pen.set(readingPrefix + day, null));
}

function soundReading(indicator: string, day: string): void {
	if (!isContentId(indicator) || !asDay(day)) {
		throw new Problem('unexpected', { detail: `not a reading: ${indicator} ${day}` });
	}
}
