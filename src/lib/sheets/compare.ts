/**
 * Comparing an edited file with the workspace as it is now. Three values meet in each cell: what the file
 * says, what it said when it was made (its stamp), and what the app says. Only what people changed in the
 * file is offered; where the app changed too, both values are shown. Nothing is ever deleted.
 */
import { sha256OfText } from '#lib/export/sha256.ts';
import { canonical, type ActionOf } from './canonical.ts';
import type { Change, ChangedField, NotTaken, Preview, Refusal } from './change.ts';
import { checkRow, parentOf, requiredOf } from './rules.ts';
import { wishesOf } from './wishes.ts';
import type { RawCell } from './read/book.ts';
import type { Content, FoundRow, FoundTable } from './read/content.ts';
import { shortHash } from './text.ts';
import {
	tableOf,
	valueOf,
	type Choice,
	type Column,
	type Table,
	type Tables,
	type Value
} from './table.ts';
import { refuseCycles } from './cycles.ts';
import { valueIn, wordsOf, type ValueReading } from './value.ts';

/** In this order, so that what a row names is known before it: stakeholders, objectives, actions, their parts. */
const order = [
	'stakeholders',
	'objectives',
	'plan',
	'answers',
	'costs',
	'tasks',
	'risks',
	'indicators'
] as const;

export type Comparing = {
	content: Content;
	/** The workspace as it is now. */
	now: Tables;
	/** The id of a row that people added: the same row of the same file has the same one. */
	idOf: (found: FoundTable, table: Table, row: FoundRow) => string;
	preview: Preview;
	isOurs: boolean;
	reading: ValueReading;
	/** Numbers as the file has them, and as the app has them now. */
	fileAction: ActionOf;
	nowAction: ActionOf;
	/** Number in the file → key of the change that makes the action. */
	newActions: Map<number, { id: string; key: string }>;
	/** Row of the plan sheet → the id that its new action has. */
	newRows: Map<number, string>;
	/** Names of stakeholders that the file adds → their id and the change that makes them. */
	newParties: Map<string, { id: string; key: string }>;
	/** Titles of objectives that the file adds → their id and the change that makes them. */
	newObjectives: Map<string, { id: string; key: string }>;
};

/** What `content` would change in the workspace of `now`. */
export function compare(content: Content, now: Tables): Preview {
	const { stamp } = content;
	const isOurs = stamp !== null && stamp.workspace === now.stamp.workspace;
	const preview: Preview = {
		file: {
			workspace: stamp?.workspace ?? '',
			name: stamp?.name ?? '',
			country: stamp?.country ?? '',
			exported: stamp?.exported ?? '',
			isOurs,
			hasStamp: stamp !== null,
			macros: content.macros
		},
		changes: [],
		notTaken: [],
		missing: [],
		twice: [],
		taken: [],
		repeated: content.repeated
	};
	const byNumber = new Map(Object.entries(now.numbers).map(([id, number]) => [number, id]));
	const comparing: Comparing = {
		content,
		now,
		idOf: () => '',
		preview,
		isOurs,
		reading: {
			from1904: content.from1904,
			choices: ({ list }: Column): Choice[] =>
				list
					? [
							...(list === 'objectives'
								? [...comparing.newObjectives].map(([label, { id }]) => ({ code: id, label }))
								: []),
							...(stamp?.lists.get(list) ?? []),
							...now.lists[list]
						]
					: []
		},
		fileAction: (number) => byNumber.get(number),
		nowAction: (number) => byNumber.get(number),
		newActions: new Map(),
		newRows: new Map(),
		newParties: new Map(),
		newObjectives: new Map()
	};
	comparing.fileAction = fileActions(comparing);
	comparing.idOf = rowIds(comparing);
	for (const id of order) {
		const found = content.tables.get(id);
		const table = tableOf(now, id);
		if (found && table) compareTable(comparing, found, table);
	}
	refuseCycles(comparing);
	return preview;
}

/** Which action a number of the file means: as its plan sheet says, else as its stamp does. */
function fileActions({ content, now }: Comparing): ActionOf {
	const numbers = new Map(content.stamp?.numbers ?? []);
	const seen = new Set<string>();
	for (const { id, cells } of content.tables.get('plan')?.rows ?? []) {
		const number = Number(cells.get('no')?.value);
		if (!id || seen.has(id) || !Number.isInteger(number)) continue;
		seen.add(id);
		numbers.set(number, id);
	}
	if (numbers.size === 0)
		for (const [id, number] of Object.entries(now.numbers)) numbers.set(number, id);
	return (number) => numbers.get(number);
}

function compareTable(comparing: Comparing, found: FoundTable, table: Table): void {
	const { preview, content } = comparing;
	const current = new Map(table.rows.map((row) => [row.id, row]));
	const held = content.stamp?.rows.get(found.id);
	if (found.id === 'plan') announce(comparing, found, table, current, held);
	const seen = new Set<string>();
	for (const row of found.rows) {
		const isKnown = row.id !== '' && current.has(row.id);
		if (row.id !== '' && seen.has(row.id)) {
			const title = titleOf(comparing, table, row);
			preview.twice.push({ table: found.id, sheet: found.sheet, row: row.number, title });
			seen.add(addRow(comparing, found, table, { ...row, id: '' }, current));
			continue;
		}
		seen.add(row.id);
		if (isKnown) editRow(comparing, found, table, row, current.get(row.id)!.cells.map(valueOf));
		else if (row.id !== '' && held?.has(row.id) && comparing.isOurs)
			goneRow(comparing, found, table, row);
		else seen.add(addRow(comparing, found, table, row, current));
	}
	// What the app has gained since is not missing in the file.
	for (const { id, cells } of table.rows) {
		const wasThere = held && comparing.isOurs ? held.has(id) : comparing.isOurs || !content.stamp;
		if (id === '' || seen.has(id) || !wasThere) continue;
		const at = table.columns.findIndex(({ name }) => name === nameColumn[found.id]);
		preview.missing.push({ table: found.id, title: String(valueOf(cells[at]) ?? '') });
	}
}

const nameColumn: Partial<Record<Table['id'], string>> = {
	answers: 'title',
	plan: 'title',
	objectives: 'title',
	costs: 'title',
	stakeholders: 'name',
	tasks: 'title',
	risks: 'text',
	indicators: 'title'
};

function titleOf({ reading }: Comparing, table: Table, row: FoundRow): string {
	return wordsOf(row.cells.get(nameColumn[table.id] ?? ''), reading.from1904).slice(0, 200);
}

/** A row that the app knew when the file was made, and knows no more. */
function goneRow(comparing: Comparing, found: FoundTable, table: Table, row: FoundRow): void {
	const held = comparing.content.stamp?.rows.get(found.id)?.get(row.id);
	const isEdited = edits(table, found).some((column) => {
		const parsed = valueIn(column, row.cells.get(column.name), comparing.reading);
		return 'value' in parsed && !isHeld(comparing, held, column, parsed.value);
	});
	if (!isEdited) return;
	refuse(comparing, found, table, row, null, 'gone');
}

const edits = (table: Table, found: FoundTable): Column[] =>
	table.columns.filter((column) => column.edits && found.columns.has(column.name));

function isHeld(
	{ fileAction }: Comparing,
	held: Map<string, string> | undefined,
	column: Column,
	value: Value
): boolean {
	const hash = held?.get(column.name);
	return (
		hash !== undefined && hash.replace(/^~/, '') === shortHash(canonical(column, value, fileAction))
	);
}

function refuse(
	{ preview, reading }: Comparing,
	found: FoundTable,
	table: Table,
	row: FoundRow,
	column: Column | null,
	reason: Refusal,
	values: NotTaken['values'] = {}
): void {
	preview.notTaken.push({
		table: found.id,
		sheet: found.sheet,
		row: row.number,
		title: wordsOf(row.cells.get(nameColumn[table.id] ?? ''), reading.from1904).slice(0, 200),
		label: column?.label ?? '',
		value: column ? wordsOf(row.cells.get(column.name), reading.from1904).slice(0, 200) : '',
		reason,
		values
	});
}

type Edit = { column: Column; value: Value; before: Value; conflict: boolean };

function editRow(
	comparing: Comparing,
	found: FoundTable,
	table: Table,
	row: FoundRow,
	current: Value[]
): void {
	const { fileAction, nowAction, isOurs, content } = comparing;
	const held = isOurs ? content.stamp?.rows.get(found.id)?.get(row.id) : undefined;
	const changed: Edit[] = [];
	for (const column of edits(table, found)) {
		// The number is how the file's own rows name each other; it is not a value of the action.
		if (table.id === 'plan' && column.name === 'no') continue;
		const cell = row.cells.get(column.name);
		const parsed = valueIn(column, cell, comparing.reading);
		if ('wrong' in parsed) {
			if (!wasHeldSo(held, column, cell))
				refuse(comparing, found, table, row, column, parsed.wrong, parsed.values);
			continue;
		}
		const { value } = parsed;
		if (isHeld(comparing, held, column, value)) continue;
		const before = current[table.columns.indexOf(column)] ?? null;
		const now = canonical(column, before, nowAction);
		if (canonical(column, value, fileAction) === now) continue;
		if (held?.get(column.name)?.startsWith('~')) {
			refuse(comparing, found, table, row, column, 'cut');
			continue;
		}
		const was = held?.get(column.name)?.replace(/^~/, '');
		changed.push({ column, value, before, conflict: was !== undefined && was !== shortHash(now) });
	}
	if (changed.length === 0) return;
	const merged = new Map<string, Value>(
		table.columns.map(({ name }, i) => [name, current[i] ?? null])
	);
	for (const { column, value } of changed) merged.set(column.name, value);
	for (const { column, value, before, conflict } of changed) {
		if (isOwnElsewhere(comparing, found, row.id, column.name)) {
			if (!saysTheSame(comparing, row.id, column.name, value)) {
				refuse(comparing, found, table, row, column, 'elsewhere');
			}
			continue;
		}
		const wrong =
			(column.kind === 'action' ||
			column.name === 'of' ||
			(found.id === 'indicators' && column.name === 'objective')
				? 'moved'
				: null) ??
			requiredOf(found.id, column.name, value) ??
			checkRow(found.id, merged, column.name);
		if (wrong) {
			refuse(comparing, found, table, row, column, wrong);
			continue;
		}
		const wish = wishesOf(comparing, column, value, row.id);
		if ('wrong' in wish) {
			refuse(comparing, found, table, row, column, wish.wrong, wish.values);
			continue;
		}
		comparing.preview.changes.push({
			key: `${found.id}/${row.id}/${column.name}`,
			table: found.id,
			id: row.id,
			isNew: false,
			title: String(merged.get(nameColumn[found.id] ?? '') ?? ''),
			sheet: found.sheet,
			row: row.number,
			fields: [fieldOf(comparing, column, before, value)],
			set: wish.set,
			conflict,
			needs: ''
		});
	}
}

/** Title, unit and target of an action's own indicator stand in the plan, too. */
const inPlan: Record<string, string> = { title: 'indicator', unit: 'unit', target: 'target' };
const planChange = ({ preview }: Comparing, id: string, column: string): Change | undefined =>
	preview.changes.find(({ key }) => key === `plan/${id}/${inPlan[column]}`);
const isOwnElsewhere = (
	comparing: Comparing,
	found: FoundTable,
	id: string,
	column: string
): boolean =>
	found.id === 'indicators' && column in inPlan && planChange(comparing, id, column) !== undefined;
const saysTheSame = (comparing: Comparing, id: string, column: string, value: Value): boolean =>
	planChange(comparing, id, column)?.set[inPlan[column]!] === value;

/** Whether a value that cannot be read is the one that the app itself wrote: an empty cell, mostly. */
const wasHeldSo = (
	held: Map<string, string> | undefined,
	column: Column,
	cell: RawCell | undefined
): boolean => cell === undefined && held?.get(column.name) === shortHash('');

function fieldOf(comparing: Comparing, column: Column, before: Value, after: Value): ChangedField {
	const { name, label, kind, list } = column;
	const words = (value: Value): string => {
		if (value === null || value === '') return '';
		if (list) {
			const choices = comparing.reading.choices(column);
			// The app's own words come last in the list and are the ones of this screen.
			return choices.findLast(({ code }) => code === value)?.label ?? String(value);
		}
		return String(value);
	};
	return { name, label, kind, before: words(before), after: words(after) };
}

/** A row that people added. Gives its id where it was taken in before, else an empty text. */
function addRow(
	comparing: Comparing,
	found: FoundTable,
	table: Table,
	row: FoundRow,
	current: ReadonlyMap<string, unknown>
): string {
	const { preview } = comparing;
	const own = found.id === 'plan' ? comparing.newRows.get(row.number) : undefined;
	const name = own ?? comparing.idOf(found, table, row);
	for (const id of current.keys()) {
		if (id !== name && !id.endsWith(`/${name}`)) continue;
		const title = titleOf(comparing, table, row);
		preview.taken.push({ table: found.id, sheet: found.sheet, row: row.number, title });
		return id;
	}
	addNew(comparing, found, table, row, name);
	return '';
}

function addNew(
	comparing: Comparing,
	found: FoundTable,
	table: Table,
	row: FoundRow,
	name: string
): void {
	if (!table.grows) return refuse(comparing, found, table, row, null, 'unknownRow');
	const fields: ChangedField[] = [];
	const set: Change['set'] = {};
	const values = new Map<string, Value>();
	for (const column of edits(table, found)) {
		const parsed = valueIn(column, row.cells.get(column.name), comparing.reading);
		if ('wrong' in parsed) {
			refuse(comparing, found, table, row, column, parsed.wrong, parsed.values);
			continue;
		}
		values.set(column.name, parsed.value);
	}
	// A row that only has what every row has by itself says nothing.
	const says = [...values].filter(
		([name, value]) => name !== 'no' && value !== '' && value !== null
	);
	if (says.length === 0) return;
	const missing = nameColumn[found.id];
	if (missing && requiredOf(found.id, missing, values.get(missing) ?? '')) {
		const column = table.columns.find(({ name }) => name === missing) ?? null;
		return refuse(comparing, found, table, row, column, 'empty');
	}
	const parent = parentOf(comparing, found.id, values);
	if ('wrong' in parent) {
		const column = table.columns.find(({ name }) => name === 'no') ?? null;
		return refuse(comparing, found, table, row, column, parent.wrong, parent.values);
	}
	const id = parent.prefix + name;
	const key = keyOfNew(found, row);
	Object.assign(set, parent.set);
	for (const [field, value] of says) {
		const column = table.columns.find((one) => one.name === field)!;
		const wrong = checkRow(found.id, values, field);
		if (wrong) {
			// Half of a sum is no sum: the whole line waits until the row is mended.
			return refuse(comparing, found, table, row, column, wrong);
		}
		const wish = wishesOf(comparing, column, value, id);
		if ('wrong' in wish) {
			refuse(comparing, found, table, row, column, wish.wrong, wish.values);
			continue;
		}
		Object.assign(set, wish.set);
		// A prerequisite or an owner that is new, too, is written where it is there, and left out elsewhere.
		fields.push(fieldOf(comparing, column, '', value));
	}
	if (found.id === 'costs' && typeof values.get('year') !== 'number') {
		const column = table.columns.find(({ name }) => name === 'year') ?? null;
		return refuse(comparing, found, table, row, column, 'year');
	}
	const title = String(values.get(missing ?? '') ?? '');
	comparing.preview.changes.push({
		key,
		table: found.id,
		id,
		isNew: true,
		title,
		sheet: found.sheet,
		row: row.number,
		fields,
		set,
		conflict: false,
		needs: parent.needs
	});
	if (found.id === 'objectives') comparing.newObjectives.set(title, { id, key });
	if (found.id === 'stakeholders') comparing.newParties.set(partyIn(values), { id, key });
}

const keyOfNew = ({ id }: FoundTable, { number }: FoundRow): string => `${id}/new/${number}`;

/**
 * Ids of rows that people added, from what the rows say and where the file comes from. So a file that is
 * taken in twice, sorted or saved by another program makes each thing once; two equal rows are two.
 */
function rowIds({ content, reading, fileAction }: Comparing): Comparing['idOf'] {
	const { stamp } = content;
	const times = new Map<string, number>();
	return (found, table, row) => {
		const said = edits(table, found)
			.filter(({ name }) => !(found.id === 'plan' && name === 'no'))
			.map((column) => {
				const parsed = valueIn(column, row.cells.get(column.name), reading);
				const value = 'value' in parsed ? canonical(column, parsed.value, fileAction) : '';
				return value === '' ? '' : `${column.name}=${value}`;
			})
			.filter((one) => one !== '')
			.sort();
		const all = JSON.stringify([stamp?.workspace, stamp?.exported, found.id, said]);
		const nth = (times.get(all) ?? 0) + 1;
		times.set(all, nth);
		return `row-${sha256OfText(`${nth} ${all}`).slice(0, 24)}`;
	};
}

/** How a new stakeholder is called where it is named. */
const partyIn = (values: ReadonlyMap<string, Value>): string =>
	[values.get('name'), values.get('person')]
		.map((part) => String(part ?? '').trim())
		.filter(Boolean)
		.join(', ');

/** New actions get their ids first: a row may name one that stands further down. */
function announce(
	{ newActions, newRows, idOf, fileAction, now, isOurs }: Comparing,
	found: FoundTable,
	table: Table,
	current: ReadonlyMap<string, unknown>,
	held: ReadonlyMap<string, unknown> | undefined
): void {
	const seen = new Set<string>();
	for (const row of found.rows) {
		const isTwice = seen.has(row.id);
		if (row.id !== '') seen.add(row.id);
		const isThere = current.has(row.id) || (isOurs && held?.has(row.id) === true);
		if (row.id !== '' && isThere && !isTwice) continue;
		const id = idOf(found, table, row);
		newRows.set(row.number, id);
		const number = Number(row.cells.get('no')?.value ?? NaN);
		// A copied row has the number of the row that it was copied from: that one keeps it.
		const isTaken = newActions.has(number) || (fileAction(number) ?? '') in now.numbers;
		if (Number.isInteger(number) && !isTaken) {
			// One that was taken in before is there: nothing has to wait for it.
			newActions.set(number, { id, key: current.has(id) ? '' : keyOfNew(found, row) });
		}
	}
}
