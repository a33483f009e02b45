/**
 * The stamp: a hidden sheet that says where the file came from, what each choice is called, and what
 * each cell held (as a hash of 32 bits). Reading the file, the app can tell what people changed in it
 * from what changed in the app since.
 */
import { canonical } from '#lib/sheets/canonical.ts';
import { cellText, cutToCell, shortHash } from '#lib/sheets/text.ts';
import { listIds, valueOf, type Tables } from '#lib/sheets/table.ts';
import { textCell, type Writing } from './sheet.ts';
import { declaration, el, letters, main, type Xml } from './xml.ts';

/** The first cell of the hidden sheet: by it the file is known. */
export const stampMark = 'e-strategy-guide';
export const stampFormat = 1;

/** Where the lists stand, which the validations of other sheets need to know first. */
export function placeLists(tables: Tables, writing: Writing): void {
	let row = facts(tables).length + 1;
	for (const id of listIds) {
		const { length } = tables.lists[id];
		if (length > 0) writing.layout.lists.set(id, [row, row + length - 1]);
		row += length;
	}
}

const facts = ({ stamp }: Tables): string[][] => [
	[stampMark, String(stampFormat)],
	['workspace', stamp.workspace],
	['name', stamp.name],
	['country', stamp.country],
	['exported', stamp.exported],
	['lang', stamp.lang],
	['app', stamp.app],
	['editions', stamp.editions.join('\n')],
	['left-out', stamp.leftOut.join(' ')]
];

export function stampPart(writing: Writing): Xml {
	const { tables, texts } = writing;
	const actions = new Map(Object.entries(tables.numbers).map(([id, number]) => [number, id]));
	const actionOf = (number: number): string | undefined => actions.get(number);
	const rows: string[][] = [
		...facts(tables),
		...listIds.flatMap((id) =>
			tables.lists[id].map(({ code, label }) => ['list', id, code, label])
		),
		...Object.entries(tables.numbers).map(([id, number]) => ['number', String(number), id])
	];
	for (const table of tables.tables) {
		const back = table.columns.filter(({ edits }) => edits);
		if (back.length === 0) continue;
		rows.push(['columns', table.id, back.map(({ name }) => name).join(' ')]);
		for (const { id, cells } of table.rows) {
			const hashes = back.map((column) => {
				const value = valueOf(cells[table.columns.indexOf(column)]);
				const isCut = writing.cut.has(`${table.id}/${id}/${column.name}`);
				const held = isCut ? cutToCell(cellText(String(value)), tables.cutMark).text : value;
				return (isCut ? '~' : '') + shortHash(canonical(column, held, actionOf));
			});
			rows.push(['row', table.id, id, hashes.join(' ')]);
		}
	}
	const lines = rows.map(
		(cells, i) =>
			`<row r="${i + 1}">` +
			cells
				.map((text, j) => textCell(`${letters(j + 1)}${i + 1}`, 0, cellText(text), texts))
				.join('') +
			'</row>'
	);
	return (
		declaration + el('worksheet', { xmlns: main }, '<sheetData>' + lines.join('') + '</sheetData>')
	);
}
