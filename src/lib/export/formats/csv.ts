/**
 * CSV: each table as a text file, all in one ZIP. UTF-8 with the mark by which Excel knows it, and the
 * separator and decimal sign that Excel expects where the language is spoken. The first line has the
 * names that never change, the second the headings: as in the spreadsheet, and read back the same way.
 */
import { strToU8, zipSync, type Zippable } from 'fflate';
import { csvField, csvNumber } from '#lib/sheets/csv.ts';
import { cellText } from '#lib/sheets/text.ts';
import { valueOf, type Column, type Table, type Tables, type Value } from '#lib/sheets/table.ts';
import type { Progress } from './xlsx.ts';

type Signs = { separator: string; decimal: string };
const comma: Signs = { separator: ',', decimal: '.' };
const signsOf: Record<string, Signs> = {
	fr: { separator: ';', decimal: ',' },
	ar: { separator: ';', decimal: '.' }
};

/** One ZIP with a file a table: `plan.csv`, `costs.csv`… */
export async function writeCsv(
	tables: Tables,
	progress: Progress = () => {}
): Promise<Uint8Array<ArrayBuffer>> {
	const signs = signsOf[tables.stamp.lang] ?? comma;
	const entries: Zippable = {};
	for (const [i, table] of tables.tables.entries()) {
		await progress(i, tables.tables.length);
		entries[`${table.id}.csv`] = strToU8('\uFEFF' + csvOf(table, tables, signs));
	}
	return zipSync(entries, { level: 6 });
}

export function csvOf(table: Table, tables: Tables, { separator, decimal }: Signs): string {
	const columns = table.columns.filter(({ helper }) => !helper);
	const places = columns.map((column) => table.columns.indexOf(column));
	const text = (value: string): string => csvField(cellText(value), separator);
	const line = (fields: string[]): string => fields.join(separator) + '\r\n';
	const fieldOf = (column: Column, value: Value): string => {
		if (value === null || value === '') return '';
		if (typeof value === 'number') return csvNumber(value, decimal);
		if (column.kind !== 'choice' || !column.list) return text(value);
		return text(tables.lists[column.list].find(({ code }) => code === value)?.label ?? value);
	};
	return (
		line([`${table.id}.id`, ...columns.map(({ name }) => `${table.id}.${name}`)]) +
		line(['id', ...columns.map(({ label }) => text(label))]) +
		table.rows
			.map(({ id, cells }) =>
				line([id, ...columns.map((column, i) => fieldOf(column, valueOf(cells[places[i]!])))])
			)
			.join('')
	);
}
