/**
 * Layout: where everything stands. Row 1, hidden, has the names of the columns that no language
 * changes; row 2 the headings; the rows begin at 3. Column A, hidden, has the ids.
 */
import { tableOf, type ListId, type Table, type TableId, type Tables } from '#lib/sheets/table.ts';
import { letters } from './xml.ts';

export const firstRow = 3;
/** Rows below the last one that are made ready for what people add. */
export const spareRows = 40;
/** The hidden sheet that knows where the file came from. */
export const stampSheet = '_estrategy';

export const lastRow = (table: Table): number =>
	Math.max(firstRow, firstRow - 1 + table.rows.length + (table.grows ? spareRows : 0));

export class Layout {
	readonly names = new Map<TableId | 'readme', string>();
	/** List → its first and last row on the hidden sheet. */
	readonly lists = new Map<ListId, [number, number]>();
	readonly #tables: Tables;
	readonly #formulas = new Map<string, string[] | null>();

	constructor(tables: Tables) {
		this.#tables = tables;
		const taken = new Set([stampSheet]);
		this.names.set('readme', sheetName(tables.readMe.title, taken));
		for (const { id, title } of tables.tables) this.names.set(id, sheetName(title, taken));
	}

	/** The letters of a column of a table; undefined where the table has no such column. */
	column(table: Table, name: string): string | undefined {
		const at = table.columns.findIndex((column) => column.name === name);
		return at < 0 ? undefined : letters(at + 2);
	}

	/** All cells of a column, from any sheet; undefined where there is none. */
	range(id: TableId, name: string): string | undefined {
		const table = tableOf(this.#tables, id);
		const column = table && this.column(table, name);
		if (!table || !column) return undefined;
		return `${quoted(this.names.get(id)!)}!$${column}$${firstRow}:$${column}$${lastRow(table)}`;
	}

	/** The cells of a list's labels; undefined for an empty list. */
	list(id: ListId): string | undefined {
		const rows = this.lists.get(id);
		return rows && `${stampSheet}!$D$${rows[0]}:$D$${rows[1]}`;
	}

	/** `formula` with its places filled for a row; null where it asks for a column that was left out. */
	formula(table: Table, formula: string, row: number): string | null {
		const key = `${table.id} ${formula}`;
		let pieces = this.#formulas.get(key);
		if (pieces === undefined) this.#formulas.set(key, (pieces = this.#pieces(table, formula)));
		return pieces && pieces.join(String(row));
	}

	/** `formula` cut where the number of the row belongs. */
	#pieces(table: Table, formula: string): string[] | null {
		let isWhole = true;
		const filled = formula.replace(
			/\[(@|[a-z]+\.)([A-Za-z0-9]+)\]/g,
			(_, where: string, name: string) => {
				const column = this.column(table, name);
				const found =
					where === '@'
						? column && `$${column}\n`
						: this.range(where.slice(0, -1) as TableId, name);
				if (found === undefined) isWhole = false;
				return found ?? '';
			}
		);
		return isWhole ? filled.split('\n') : null;
	}
}

export const quoted = (name: string): string => `'${name.replaceAll("'", "''")}'`;

/** A name that every program takes for a sheet: at most 31 characters, some signs not, no other's. */
function sheetName(title: string, taken: Set<string>): string {
	const clean =
		title
			.replace(/[[\]:*?/\\]/g, ' ')
			.replace(/^'+|'+$/g, '')
			.trim() || 'Sheet';
	for (let n = 1; ; n++) {
		const end = n === 1 ? '' : ` ${n}`;
		const name = clean.slice(0, 31 - end.length).trim() + end;
		if (taken.has(name.toLowerCase())) continue;
		taken.add(name.toLowerCase());
		return name;
	}
}
