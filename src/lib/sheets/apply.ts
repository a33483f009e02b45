/**
 * Applying changes that a person has chosen. Each thing is read from the document as it is at that
 * moment and gets the chosen fields only: what others changed beside them stays. Call it inside of one
 * transaction (`live.together`), so that one step of undo takes all of it back.
 */
import type * as Y from 'yjs';
import { levels } from '#lib/model/guide.ts';
import { costKinds } from '#lib/model/plan.ts';
import type {
	CostLine,
	Objective,
	PlanIndicator,
	Risk,
	Stakeholder,
	Task
} from '#lib/model/plan.ts';
import { confidences, noDetails } from '#lib/model/workspace.ts';
import type { Action, Answer, QuestionKey, Workspace } from '#lib/model/workspace.ts';
import * as document from '#lib/sync/document.ts';
import type { Author } from '#lib/sync/document.ts';
import type { Change, Wanted } from './change.ts';
import { inOrder } from './tables/objectives.ts';

type Fields = Record<string, Wanted>;

/** Ids that wait for a new thing that was not chosen lead nowhere: they are left out. */
export function applyChanges(
	doc: Y.Doc,
	by: Author,
	chosen: readonly Change[],
	offered: readonly Change[] = chosen
): void {
	const taken = withParents(chosen);
	const keys = new Set(taken.map(({ key }) => key));
	const lost = new Set(
		offered.filter((one) => one.isNew && !keys.has(one.key)).map(({ id }) => id)
	);
	const workspace = document.readWorkspace(doc);
	const things = new Map<string, { change: Change; fields: Fields }>();
	for (const change of taken) {
		const name = `${change.table} ${change.id}`;
		const fields = without(change.set, lost);
		const thing = things.get(name);
		if (thing) Object.assign(thing.fields, fields);
		else things.set(name, { change, fields });
	}
	const moved = new Map<string, number>();
	const orders = {
		objectives: highest(workspace.objectives),
		plan: highest(workspace.actions),
		stakeholders: highest(workspace.stakeholders)
	};
	const actions = new Map(workspace.actions.map((action) => [action.id, action]));
	for (const { change, fields } of things.values()) {
		switch (change.table) {
			case 'stakeholders':
				if (change.isNew) putStakeholder(doc, by, change.id, fields, ++orders.stakeholders);
				else document.patchStakeholder(doc, by, change.id, fields as Partial<Stakeholder>);
				break;
			case 'objectives': {
				const { order, ...rest } = fields;
				if (typeof order === 'number') moved.set(change.id, order);
				if (change.isNew) putObjective(doc, by, workspace, change.id, rest, ++orders.objectives);
				else document.patchObjective(doc, by, change.id, rest as Partial<Objective>);
				break;
			}
			case 'plan':
				if (change.isNew) putAction(doc, by, workspace, change.id, fields, ++orders.plan);
				else document.patchAction(doc, by, change.id, fields as Partial<Action>);
				break;
			case 'costs':
			case 'tasks':
			case 'risks':
				putPart(doc, by, change, fields, actions);
				break;
			case 'indicators':
				putIndicator(doc, by, change, fields, workspace);
				break;
			case 'answers':
				putAnswer(doc, by, workspace, change.id as QuestionKey, fields);
		}
	}
	moveObjectives(doc, by, moved);
}

/** Objectives whose place in the file is another one go there, and the others keep their order. */
function moveObjectives(doc: Y.Doc, by: Author, moved: ReadonlyMap<string, number>): void {
	if (moved.size === 0) return;
	const all = inOrder(document.readWorkspace(doc).objectives);
	const places = all.map(({ id }, i) => {
		const wanted = moved.get(id);
		if (wanted === undefined || wanted === i + 1) return { id, place: i + 1 };
		// Up: before the one that is there; down: after it.
		return { id, place: wanted < i + 1 ? wanted - 0.5 : wanted + 0.5 };
	});
	places.sort((a, b) => a.place - b.place);
	places.forEach(({ id }, i) => {
		if (all.find((one) => one.id === id)?.order === i + 1) return;
		document.patchObjective(doc, by, id, { order: i + 1 });
	});
}

function putObjective(
	doc: Y.Doc,
	by: Author,
	workspace: Workspace,
	id: string,
	fields: Fields,
	order: number
): void {
	const guide = text(fields.guide) || guideOf(workspace);
	document.putObjective(doc, by, {
		...{ id, title: '', note: '', order },
		...(fields as Partial<Objective>),
		guide
	});
}

/** Where nothing says of which guide a new thing is. */
const guideOf = ({ actions, guides }: Workspace): string =>
	actions[0]?.guide || Object.keys(guides)[0] || '';

/** Those whose action is chosen, too, or is there already. */
export function withParents(chosen: readonly Change[]): Change[] {
	const keys = new Set(chosen.map(({ key }) => key));
	return chosen.filter(({ needs }) => needs === '' || keys.has(needs));
}

function without(set: Fields, lost: ReadonlySet<string>): Fields {
	const kept: Fields = {};
	for (const [name, value] of Object.entries(set)) {
		kept[name] = Array.isArray(value)
			? value.filter((id) => !lost.has(id))
			: typeof value === 'string' && lost.has(value)
				? ''
				: value;
	}
	return kept;
}

const highest = (things: readonly { order: number }[]): number =>
	things.reduce((most, { order }) => Math.max(most, order), 0);
const text = (value: Wanted | undefined): string => (typeof value === 'string' ? value : '');
const number = (value: Wanted | undefined): number => (typeof value === 'number' ? value : 0);

function putStakeholder(doc: Y.Doc, by: Author, id: string, fields: Fields, order: number): void {
	const blank: Stakeholder = {
		id,
		name: '',
		person: '',
		role: '',
		power: null,
		interest: null,
		note: '',
		order
	};
	document.putStakeholder(doc, by, { ...blank, ...(fields as Partial<Stakeholder>) });
}

function putAction(
	doc: Y.Doc,
	by: Author,
	workspace: Workspace,
	id: string,
	fields: Fields,
	order: number
): void {
	const guide = text(fields.guide) || guideOf(workspace);
	const blank: Action = {
		...noDetails,
		id,
		guide,
		measure: '',
		closes: [],
		title: '',
		owner: '',
		start: '',
		end: '',
		cost: 'low',
		effort: 'medium',
		indicator: '',
		unit: 'count',
		target: '',
		state: 'proposed',
		note: '',
		order
	};
	document.putAction(doc, by, { ...blank, ...(fields as Partial<Action>), guide });
}

function putPart(
	doc: Y.Doc,
	by: Author,
	{ table, id, isNew }: Change,
	fields: Fields,
	actions: ReadonlyMap<string, Action>
): void {
	const [actionId = '', partId = ''] = id.split('/');
	const action = actions.get(actionId);
	const order = (parts: readonly { order: number }[] | undefined): number =>
		highest(parts ?? []) + 1;
	if (table === 'tasks') {
		const known = action?.tasks.find((task) => task.id === partId);
		if (!known && !isNew) return;
		const blank: Task = { id: partId, title: '', owner: '', end: '', done: false, order: 0 };
		document.putPart(doc, by, actionId, 'tasks', {
			...(known ?? { ...blank, order: order(action?.tasks) }),
			...(fields as Partial<Task>),
			done: fields.done === undefined ? (known?.done ?? false) : fields.done === 'yes'
		});
	} else if (table === 'risks') {
		const known = action?.risks.find((risk) => risk.id === partId);
		if (!known && !isNew) return;
		const blank: Risk = { id: partId, text: '', likelihood: 3, impact: 3, response: '', order: 0 };
		document.putPart(doc, by, actionId, 'risks', {
			...(known ?? { ...blank, order: order(action?.risks) }),
			...(fields as Partial<Risk>)
		});
	} else {
		const known = action?.costLines.find((line) => line.id === partId);
		if (!known && !isNew) return;
		const year = number(fields.year);
		const until = number(fields.until) || year;
		const blank: CostLine = {
			id: partId,
			title: '',
			kind: until > year ? 'recurring' : 'one-off',
			year,
			until,
			amount: 0,
			currency: '',
			funded: 0,
			source: '',
			order: order(action?.costLines)
		};
		const line: CostLine = { ...(known ?? blank), ...(fields as Partial<CostLine>) };
		line.kind = costKinds.find((kind) => kind === fields.kind) ?? (known ?? blank).kind;
		line.funded = number(line.funded);
		line.until = number(line.until) || line.year;
		document.putPart(doc, by, actionId, 'costLines', line);
	}
}

function putIndicator(
	doc: Y.Doc,
	by: Author,
	{ id, isNew }: Change,
	fields: Fields,
	{ indicators }: Workspace
): void {
	const order = isNew ? { order: highest(indicators) + 1 } : {};
	const every = fields.every === null ? { every: 0 } : {};
	document.putIndicator(doc, by, id, {
		...(fields as Partial<PlanIndicator>),
		...every,
		...order
	});
}

function putAnswer(
	doc: Y.Doc,
	by: Author,
	workspace: Workspace,
	key: QuestionKey,
	fields: Fields
): void {
	const own = workspace.contributions.find(
		(one) => one.key === key && one.contributor === by.contributor
	);
	if (fields.answer !== undefined || fields.reason !== undefined) {
		const answer = answerOf(text(fields.answer), text(fields.reason), own?.answer ?? null, fields);
		document.setAnswer(doc, by, key, answer);
	}
	if (fields.confidence !== undefined) {
		const confidence = confidences.find((one) => one === fields.confidence) ?? null;
		document.setConfidence(doc, by, key, confidence);
	}
	if (fields.note !== undefined) document.setNote(doc, by, key, text(fields.note));
	const target = workspace.targets.find((one) => one.key === key);
	if (fields.target === '') document.clearTarget(doc, by, key);
	else if (fields.target !== undefined || fields.targetReason !== undefined) {
		const level = levels.find((one) => String(one) === text(fields.target)) ?? target?.level;
		if (level === undefined) return;
		const reason = fields.targetReason === undefined ? target?.reason : text(fields.targetReason);
		document.setTarget(doc, by, { key, level, reason: reason ?? '' });
	}
}

/** A reason belongs to "not applicable" alone. */
function answerOf(
	code: string,
	reason: string,
	before: Answer | null,
	fields: Fields
): Answer | null {
	if (fields.answer === undefined) {
		return before?.kind === 'not-applicable' ? { ...before, reason } : before;
	}
	if (code === 'unknown') return { kind: 'unknown' };
	if (code === 'not-applicable') {
		const kept = before?.kind === 'not-applicable' ? before.reason : '';
		return { kind: 'not-applicable', reason: fields.reason === undefined ? kept : reason };
	}
	const level = levels.find((one) => String(one) === code);
	return level === undefined ? null : { kind: 'level', level };
}
