/**
 * XLSX: tables as a spreadsheet that is meant to be worked in and to come back: typed cells, sums that
 * a spreadsheet program computes again, choices, heads that stay. What people wrote is only ever a text
 * in it, never a formula (F-38).
 *
 * Written by ourselves, with fflate for the ZIP: see `src/decisions/spreadsheets.md`.
 */
import { strToU8, zipSync, type Zippable } from 'fflate';
import type { Tables } from '#lib/sheets/table.ts';
import { Layout } from './xlsx/layout.ts';
import { fixedParts, readMePart, workbookPart } from './xlsx/package.ts';
import { sheetPart, Texts, type Writing } from './xlsx/sheet.ts';
import { placeLists, stampPart } from './xlsx/stamp.ts';
import { Styles } from './xlsx/styles.ts';
import type { Xml } from './xlsx/xml.ts';

/** Hears how much of the work is done, and may wait a moment so that others get their turn. */
export type Progress = (done: number, of: number) => Promise<void> | void;

/** The bytes of the file. */
export async function writeXlsx(
	tables: Tables,
	progress: Progress = () => {}
): Promise<Uint8Array<ArrayBuffer>> {
	const writing: Writing = {
		tables,
		layout: new Layout(tables),
		styles: new Styles(),
		texts: new Texts(),
		cut: new Set()
	};
	placeLists(tables, writing);
	const steps = tables.tables.length + 3;
	const parts: Record<string, Xml> = {};
	for (const [i, table] of tables.tables.entries()) {
		await progress(i, steps);
		parts[`xl/worksheets/sheet${i + 2}.xml`] = sheetPart(table, writing);
	}
	await progress(steps - 3, steps);
	// The first sheet and the stamp come last: they say which texts were cut.
	parts['xl/worksheets/sheet1.xml'] = readMePart(writing);
	parts[`xl/worksheets/sheet${tables.tables.length + 2}.xml`] = stampPart(writing);
	parts['xl/workbook.xml'] = workbookPart(writing);
	parts['xl/sharedStrings.xml'] = writing.texts.part();
	parts['xl/styles.xml'] = writing.styles.part();
	await progress(steps - 2, steps);
	const at = new Date(tables.stamp.exported);
	// ZIP knows no year before 1980 nor after 2107.
	const isKnown = at.getUTCFullYear() >= 1980 && at.getUTCFullYear() <= 2107;
	const mtime = isKnown ? at : new Date('2000-01-01T12:00:00Z');
	const entries: Zippable = {};
	for (const [path, part] of Object.entries({ ...fixedParts(tables), ...parts })) {
		entries[path] = [strToU8(part), { mtime }];
	}
	const file = zipSync(entries, { level: 6 });
	await progress(steps, steps);
	return file;
}
