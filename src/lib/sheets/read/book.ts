/**
 * A Book: what stands in a spreadsheet file, whoever wrote it: its sheets, and of each its rows of cells.
 * Formulas, macros, links to other files, pictures and the like are not read: of a computed cell the
 * value that was stored with it.
 */
import { BadFile, damaged } from '../bad-file.ts';
import { readXml } from './xml.ts';

export type RawCell = {
	value: string | number | boolean;
	/** A number that the file shows as a date. */
	isDate?: true;
	/** The file computed it; `error`: and failed. */
	computed?: true;
	error?: true;
};
export type RawRow = { number: number; cells: Map<number, RawCell> };
export type RawSheet = { name: string; rows: RawRow[] };
export type Book = { sheets: RawSheet[]; from1904: boolean; macros: boolean };

/** Rows with something in them, of all sheets together. */
export const rowLimit = 25_000;
/** Columns that are looked at; ours are at most 30 and people add a few. */
const columnLimit = 300;

/** The named parts of the file; those that are not there are left out. */
export type Parts = (names: string[]) => Map<string, Uint8Array>;

/** Throws BadFile `damaged`, `foreign` (no spreadsheet in it) or `too-many-rows` {count, limit}. */
export function readBook(parts: Parts): Book {
	const text = (name: string): string | undefined => {
		const bytes = parts([name]).get(name);
		return bytes && decode(bytes);
	};
	const types = text('[Content_Types].xml');
	const root = relationsOf(text('_rels/.rels'), '');
	const main = [...root.values()].find(({ type }) => type.endsWith('/officeDocument'))?.target;
	const workbook = main && text(main);
	if (!types || !main || !workbook || !/spreadsheetml|ms-excel/.test(types)) {
		throw new BadFile('foreign', {}, 'no workbook');
	}
	const folder = main.slice(0, main.lastIndexOf('/') + 1);
	const name = main.slice(folder.length);
	const relations = relationsOf(text(`${folder}_rels/${name}.rels`), folder);
	const target = (kind: string): string | undefined =>
		[...relations.values()].find(({ type }) => type.endsWith(`/${kind}`))?.target;
	const strings = readStrings(text(target('sharedStrings') ?? ''));
	const dated = readDated(text(target('styles') ?? ''));
	const { sheets, from1904 } = readWorkbook(workbook);
	const count = { rows: 0 };
	const read = sheets.flatMap(({ name: sheet, relation }): RawSheet[] => {
		const found = relations.get(relation);
		const xml = found?.type.endsWith('/worksheet') ? text(found.target) : undefined;
		return xml === undefined
			? []
			: [{ name: sheet, rows: readRows(xml, { strings, dated, count }) }];
	});
	if (count.rows > rowLimit) {
		throw new BadFile('too-many-rows', { count: count.rows, limit: rowLimit });
	}
	return { sheets: read, from1904, macros: /macroEnabled|vbaProject/.test(types) };
}

function decode(bytes: Uint8Array): string {
	const [a, b] = bytes;
	const encoding =
		a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		throw damaged('a part that is no text');
	}
}

type Relation = { type: string; target: string };

/** Those that stay inside of the file: what lies elsewhere is dropped (F-37). */
function relationsOf(xml: string | undefined, folder: string): Map<string, Relation> {
	const found = new Map<string, Relation>();
	if (xml === undefined) return found;
	each(xml, 'Relationship', ({ Id = '', Type = '', Target = '', TargetMode }) => {
		if (TargetMode === 'External' || /^[a-z]+:|\.\.|\\/i.test(Target)) return;
		found.set(Id, {
			type: Type,
			target: Target.startsWith('/') ? Target.slice(1) : folder + Target.replace(/^\.\//, '')
		});
	});
	return found;
}

const each = (
	xml: string,
	wanted: string,
	then: (attributes: Record<string, string>) => void
): void =>
	readXml(xml, {
		open: (name, attributes) => {
			if (name === wanted) then(attributes);
		},
		close: () => {},
		text: () => {}
	});

const isOn = (value: string | undefined): boolean => value === '1' || value === 'true';

function readWorkbook(xml: string): {
	sheets: { name: string; relation: string }[];
	from1904: boolean;
} {
	const sheets: { name: string; relation: string }[] = [];
	let from1904 = false;
	readXml(xml, {
		open: (name, attributes) => {
			if (name === 'sheet') {
				sheets.push({ name: attributes.name ?? '', relation: attributes['r:id'] ?? '' });
			} else if (name === 'workbookPr') from1904 = isOn(attributes.date1904);
		},
		close: () => {},
		text: () => {}
	});
	return { sheets, from1904 };
}

/** `_x0041_` in a cell is "A" (ECMA-376, ST_Xstring). */
const plain = (text: string): string =>
	text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
		String.fromCharCode(parseInt(code, 16))
	);

function readStrings(xml: string | undefined): string[] {
	const strings: string[] = [];
	if (xml === undefined) return strings;
	let words = '';
	let isText = false;
	let isReading = false;
	readXml(xml, {
		open: (name) => {
			if (name === 'si') words = '';
			else if (name === 'rPh') isReading = true;
			else if (name === 't') isText = !isReading;
		},
		close: (name) => {
			if (name === 'si') strings.push(plain(words));
			else if (name === 'rPh') isReading = false;
			else if (name === 't') isText = false;
		},
		text: (text) => {
			if (isText) words += text;
		}
	});
	return strings;
}

/** Which styles show a number as a date. */
function readDated(xml: string | undefined): boolean[] {
	const dated: boolean[] = [];
	if (xml === undefined) return dated;
	const own = new Map<number, string>();
	let isCells = false;
	readXml(xml, {
		open: (name, { numFmtId = '0', formatCode = '' }) => {
			if (name === 'numFmt') own.set(Number(numFmtId), formatCode);
			else if (name === 'cellXfs') isCells = true;
			else if (name === 'xf' && isCells) dated.push(isDateFormat(Number(numFmtId), own));
		},
		close: (name) => {
			if (name === 'cellXfs') isCells = false;
		},
		text: () => {}
	});
	return dated;
}

function isDateFormat(id: number, own: Map<number, string>): boolean {
	const code = own.get(id);
	if (code === undefined)
		return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 58);
	return /[dy]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ''));
}

type Reading = { strings: string[]; dated: boolean[]; count: { rows: number } };

function readRows(xml: string, { strings, dated, count }: Reading): RawRow[] {
	const rows: RawRow[] = [];
	let row: RawRow | null = null;
	let rowNumber = 0;
	let column = 0;
	let type = 'n';
	let style = 0;
	let value = '';
	let computed = false;
	let inside: 'v' | 't' | '' = '';
	let isReading = false;
	readXml(xml, {
		open: (name, attributes) => {
			if (name === 'row') {
				rowNumber = Number(attributes.r ?? rowNumber + 1);
				row = { number: rowNumber, cells: new Map() };
				column = 0;
			} else if (name === 'c') {
				column = attributes.r ? columnOf(attributes.r) : column + 1;
				type = attributes.t ?? 'n';
				style = Number(attributes.s ?? 0);
				value = '';
				computed = false;
			} else if (name === 'f') computed = true;
			else if (name === 'rPh') isReading = true;
			else if (name === 'v') inside = 'v';
			else if (name === 't') inside = isReading ? '' : 't';
		},
		close: (name) => {
			if (name === 'v' || name === 't') inside = '';
			else if (name === 'rPh') isReading = false;
			else if (name === 'c' && row && column <= columnLimit) {
				const cell = cellOf(type, value, strings, dated[style] ?? false);
				if (cell && computed) cell.computed = true;
				if (cell) row.cells.set(column, cell);
				else if (computed) row.cells.set(column, { value: '', computed: true });
			} else if (name === 'row' && row && row.cells.size > 0) {
				count.rows++;
				// Beyond the limit they are only counted, to be told.
				if (count.rows <= rowLimit) rows.push(row);
				row = null;
			}
		},
		text: (text) => {
			if (inside) value += text;
		}
	});
	return rows;
}

function cellOf(type: string, value: string, strings: string[], isDate: boolean): RawCell | null {
	switch (type) {
		case 's': {
			const text = strings[Number(value)];
			if (text === undefined) throw damaged(`no string ${value}`);
			return text === '' ? null : { value: text };
		}
		case 'inlineStr':
		case 'str':
		case 'd':
			return value === '' ? null : { value: plain(value) };
		case 'b':
			return value === '' ? null : { value: value === '1' };
		case 'e':
			return { value, error: true };
		default: {
			if (value === '') return null;
			const number = Number(value);
			if (!Number.isFinite(number)) return { value };
			return isDate ? { value: number, isDate } : { value: number };
		}
	}
}

function columnOf(place: string): number {
	let column = 0;
	for (const sign of place) {
		const code = sign.charCodeAt(0);
		if (code < 65 || code > 90) break;
		column = column * 26 + code - 64;
	}
	return column;
}
