/**
 * JSON: the tables for programs. Codes instead of labels (`running`, not "Running"), days as `YYYY-MM-DD`,
 * amounts as numbers, `null` for what nobody said. The shape is `JsonExport`; what is added later comes as
 * further names, and `version` grows when one changes its meaning.
 */
import { cellText } from '#lib/sheets/text.ts';
import { valueOf, type Said, type Stamp, type TableId, type Tables } from '#lib/sheets/table.ts';

export const jsonVersion = 1;

export type JsonExport = {
	format: 'e-strategy-guide/tables';
	version: typeof jsonVersion;
	/** Where it comes from: workspace, country, moment, app, editions, language, what was left out. */
	about: Stamp & { fictional: boolean };
	/** Code → what it is called in the language of the file. */
	lists: Record<string, Record<string, string>>;
	/** Table → its rows; each has `id` (or "") and a value for each column. */
	tables: Partial<Record<TableId, Record<string, string | number | null>[]>>;
	/** What each contributor said; absent where it was left out. */
	contributions?: Said[];
};

export function asJson(tables: Tables): JsonExport {
	const rows: JsonExport['tables'] = {};
	for (const table of tables.tables) {
		const columns = table.columns.flatMap((column, i) => (column.helper ? [] : [{ column, i }]));
		rows[table.id] = table.rows.map(({ id, cells }) => ({
			id,
			...Object.fromEntries(
				columns.map(({ column, i }) => {
					const value = valueOf(cells[i]);
					if (value === '' || value === null) return [column.name, null];
					return [column.name, typeof value === 'string' ? cellText(value) : value];
				})
			)
		}));
	}
	return {
		format: 'e-strategy-guide/tables',
		version: jsonVersion,
		about: { ...tables.stamp, fictional: tables.fictional !== '' },
		lists: Object.fromEntries(
			Object.entries(tables.lists).map(([id, choices]) => [
				id,
				Object.fromEntries(choices.map(({ code, label }) => [code, label]))
			])
		),
		tables: rows,
		...(tables.contributions ? { contributions: tables.contributions } : {})
	};
}

export const writeJson = (tables: Tables): Uint8Array<ArrayBuffer> =>
	new TextEncoder().encode(JSON.stringify(asJson(tables), null, '\t') + '\n');
