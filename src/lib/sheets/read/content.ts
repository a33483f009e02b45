/**
 * What of a book is ours: the tables, found by the names in their hidden first row (so that sheets may be
 * renamed, columns moved, rows sorted), and the stamp, found by its first cell.
 */
import { BadFile } from '../bad-file.ts';
import { listIds, tableIds, type Choice, type ListId, type TableId } from '../table.ts';
import type { Book, RawCell, RawRow, RawSheet } from './book.ts';

export type FoundRow = {
	/** As the spreadsheet numbers it. */
	number: number;
	/** Empty for a row that people added. */
	id: string;
	cells: Map<string, RawCell>;
};
export type FoundTable = {
	id: TableId;
	/** What the sheet is called now. */
	sheet: string;
	/** The columns that are there. */
	columns: Set<string>;
	rows: FoundRow[];
};

/** What the file says of itself; null where somebody took the hidden sheet out. */
export type FoundStamp = {
	workspace: string;
	name: string;
	country: string;
	exported: string;
	lang: string;
	lists: Map<ListId, Choice[]>;
	/** The number of an action in the file → its id. */
	numbers: Map<number, string>;
	/** Table → row id → column → hash of what was written; those that were cut begin with "~". */
	rows: Map<TableId, Map<string, Map<string, string>>>;
};

export type Content = {
	tables: Map<TableId, FoundTable>;
	stamp: FoundStamp | null;
	/** Sheets that repeat a table that was read already. */
	repeated: string[];
	from1904: boolean;
	macros: boolean;
};

const stampMark = 'e-strategy-guide';
const stampFormat = 1;
/** The names stand in one of the first rows. */
const headWithin = 10;

/** Throws BadFile `foreign` where nothing in it is ours, `newer` {version} for a later format. */
export function contentOf(book: Book): Content {
	const tables = new Map<TableId, FoundTable>();
	const repeated: string[] = [];
	let stamp: FoundStamp | null = null;
	for (const sheet of book.sheets) {
		if (isStamp(sheet)) {
			stamp ??= readStamp(sheet);
			continue;
		}
		const table = readTable(sheet);
		if (!table) continue;
		if (tables.has(table.id)) repeated.push(sheet.name);
		else tables.set(table.id, table);
	}
	if (tables.size === 0) throw new BadFile('foreign', {}, 'no table of ours');
	return { tables, stamp, repeated, from1904: book.from1904, macros: book.macros };
}

const wordsOf = (row: RawRow | undefined, column: number): string => {
	const value = row?.cells.get(column)?.value;
	return value === undefined ? '' : String(value);
};
const isStamp = ({ rows }: RawSheet): boolean => wordsOf(rows[0], 1) === stampMark;

const head = /^([a-z]+)\.([A-Za-z0-9]+)$/;

function readTable({ name, rows }: RawSheet): FoundTable | null {
	for (const [i, row] of rows.slice(0, headWithin).entries()) {
		const columns = new Map<number, string>();
		let id: TableId | undefined;
		for (const [at, { value }] of row.cells) {
			const [, table, column] = head.exec(String(value)) ?? [];
			const known = tableIds.find((one) => one === table);
			if (!known || column === undefined || (id && id !== known)) continue;
			id = known;
			// A copied column has its name twice: the first one counts.
			if (![...columns.values()].includes(column)) columns.set(at, column);
		}
		if (!id || columns.size < 2) continue;
		return {
			id,
			sheet: name,
			columns: new Set(columns.values()),
			rows: dataRows(rows.slice(i + 1), columns)
		};
	}
	return null;
}

function dataRows(rows: RawRow[], columns: Map<number, string>): FoundRow[] {
	return rows.flatMap((row): FoundRow[] => {
		const cells = new Map<string, RawCell>();
		for (const [at, name] of columns) {
			const cell = row.cells.get(at);
			if (cell && !(typeof cell.value === 'string' && cell.value.trim() === '' && !cell.computed)) {
				cells.set(name, cell);
			}
		}
		const id = String(cells.get('id')?.value ?? '').trim();
		cells.delete('id');
		// The headings that people see have "id" in the hidden column.
		// Rows made ready for what people add have formulas that show nothing.
		const isBlank = [...cells.values()].every(({ value }) => value === '');
		if (id === 'id' || (id === '' && isBlank)) return [];
		return [{ number: row.number, id, cells }];
	});
}

function readStamp({ rows }: RawSheet): FoundStamp {
	const version = Number(wordsOf(rows[0], 2));
	if (version > stampFormat) throw new BadFile('newer', { version });
	const stamp: FoundStamp = {
		workspace: '',
		name: '',
		country: '',
		exported: '',
		lang: '',
		lists: new Map(),
		numbers: new Map(),
		rows: new Map()
	};
	const columns = new Map<string, string[]>();
	for (const row of rows) {
		const [what, a, b, c] = [1, 2, 3, 4].map((column) => wordsOf(row, column)) as [
			string,
			string,
			string,
			string
		];
		switch (what) {
			case 'workspace':
			case 'name':
			case 'country':
			case 'exported':
			case 'lang':
				stamp[what] = a;
				break;
			case 'list': {
				const id = listIds.find((one) => one === a);
				if (id) stamp.lists.set(id, [...(stamp.lists.get(id) ?? []), { code: b, label: c }]);
				break;
			}
			case 'number':
				stamp.numbers.set(Number(a), b);
				break;
			case 'columns':
				columns.set(a, b.split(' '));
				break;
			case 'row': {
				const id = tableIds.find((one) => one === a);
				if (!id) break;
				const hashes = c.split(' ');
				const held = new Map((columns.get(a) ?? []).map((name, i) => [name, hashes[i] ?? '']));
				if (!stamp.rows.has(id)) stamp.rows.set(id, new Map());
				stamp.rows.get(id)!.set(b, held);
			}
		}
	}
	return stamp;
}
