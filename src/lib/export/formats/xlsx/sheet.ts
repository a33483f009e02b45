/** A table as a sheet: its cells with their types, its formulas, its heads, filters and validations. */
import { budgetYears, money } from '#lib/model/plan.ts';
import { serialOf } from '#lib/sheets/days.ts';
import { cellText, cutToCell } from '#lib/sheets/text.ts';
import {
	valueOf,
	type Column,
	type Row,
	type Table,
	type Tables,
	type Value
} from '#lib/sheets/table.ts';
import { firstRow, lastRow, quoted, spareRows, type Layout } from './layout.ts';
import { moneyFormat, type Styles } from './styles.ts';
import { declaration, el, letters, main, textOf, type Xml } from './xml.ts';

export class Texts {
	readonly #numbers = new Map<string, number>();
	uses = 0;
	of(text: string): number {
		this.uses++;
		let number = this.#numbers.get(text);
		if (number === undefined) this.#numbers.set(text, (number = this.#numbers.size));
		return number;
	}
	/** `xl/sharedStrings.xml` */
	part(): Xml {
		const items: Xml[] = [];
		for (const text of this.#numbers.keys()) {
			items.push(`<si><t xml:space="preserve">${textOf(text)}</t></si>`);
		}
		return (
			declaration +
			el('sst', { xmlns: main, count: this.uses, uniqueCount: items.length }, ...items)
		);
	}
}

export type Writing = {
	tables: Tables;
	layout: Layout;
	styles: Styles;
	texts: Texts;
	/** `<table>/<row id>/<column>` of each text that was cut. */
	cut: Set<string>;
};

export const textCell = (at: string, style: number, text: string, texts: Texts): Xml =>
	`<c r="${at}" s="${style}" t="s"><v>${texts.of(text)}</v></c>`;

/** The value as a cell has it: a label for a code, a serial number for a day. */
export function shownValue(column: Column, value: Value, { lists }: Tables): Value {
	if (value === null || value === '') return null;
	if (column.kind === 'choice' && column.list) {
		const label = lists[column.list].find(({ code }) => code === value)?.label ?? String(value);
		return /^\d$/.test(label) ? Number(label) : label;
	}
	if (column.kind === 'day') return serialOf(String(value)) ?? String(value);
	return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

const formatOf = (column: Column, currency: string, hasCents: boolean): string | undefined =>
	column.kind === 'day'
		? 'yyyy-mm-dd'
		: column.kind === 'money'
			? moneyFormat(currency, hasCents)
			: column.kind === 'share'
				? '0%'
				: undefined;

const wraps = new Set<Column['kind']>(['lines', 'text', 'party', 'parties', 'tags']);
/** Short values: in the middle, they do not touch the words beside them. */
const isShort = ({ kind, width }: Column): boolean =>
	kind === 'whole' || kind === 'action' || kind === 'day' || (kind === 'choice' && width < 13);

/** Points: one line, and as tall as a row may grow; programs do not measure it by themselves. */
const line = 15;
const tallest = 180;
/** How many lines a text takes in a column of `width` characters, of which not all are used. */
export const linesOf = (text: string, width: number): number =>
	text.length > 4000
		? tallest
		: text
				.split('\n')
				.reduce((sum, part) => sum + Math.max(1, Math.ceil(part.length / (width * 0.95))), 0);

export function sheetPart(table: Table, writing: Writing): Xml {
	const { tables, layout, styles, texts } = writing;
	const { columns } = table;
	const last = letters(columns.length + 1);
	const lines: Xml[] = [headRows(table, writing)];
	const hasCents = tellsCents(table);
	const currencyAt = columns.findIndex(({ name }) => name === 'currency');

	const looks = new Map<string, number[]>();
	/** The style of each column in rows of a currency. */
	const looksOf = (currency: string): number[] => {
		const known = looks.get(currency);
		if (known) return known;
		const found = columns.map((column) =>
			styles.of({
				role: column.edits ? 'edit' : 'still',
				format: formatOf(column, currency, hasCents.has(currency)),
				wrap: wraps.has(column.kind),
				center: isShort(column)
			})
		);
		looks.set(currency, found);
		return found;
	};
	const places = columns.map((_, i) => letters(i + 2));

	const rowXml = (row: Row | null, at: number): Xml => {
		const currency = String(valueOf(row?.cells[currencyAt]) ?? '');
		let cells = row?.id ? textCell(`A${at}`, 0, row.id, texts) : '';
		const own = looksOf(currency);
		let most = 1;
		columns.forEach((column, i) => {
			const place = `${places[i]}${at}`;
			const style = own[i]!;
			const cell = row ? row.cells[i] : null;
			const computed =
				typeof cell === 'object' && cell !== null ? cell.formula : row ? undefined : column.spare;
			const formula = computed && layout.formula(table, computed, at);
			const value = shownValue(column, valueOf(cell), tables);
			if (row && typeof value === 'string' && formula && wraps.has(column.kind)) {
				most = Math.max(most, linesOf(value, column.width));
			}
			if (formula) {
				// What a viewer without calculation shows: the value that the app computed.
				const stored =
					typeof value === 'number'
						? `><f>${textOf(formula)}</f><v>${value}</v>`
						: ` t="str"><f>${textOf(formula)}</f><v>${textOf(cellText(String(value ?? '')))}</v>`;
				cells += `<c r="${place}" s="${style}"${stored}</c>`;
			} else if (typeof value === 'number') {
				cells += `<c r="${place}" s="${style}"><v>${value}</v></c>`;
			} else if (value !== null) {
				const { text, cut } = cutToCell(cellText(value), tables.cutMark);
				if (cut) writing.cut.add(`${table.id}/${row?.id ?? ''}/${column.name}`);
				if (wraps.has(column.kind)) most = Math.max(most, linesOf(text, column.width));
				cells += textCell(place, style, text, texts);
			} else cells += `<c r="${place}" s="${style}"/>`;
		});
		const height = most > 1 ? ` ht="${Math.min(tallest, most * line)}" customHeight="1"` : '';
		return `<row r="${at}"${height}>${cells}</row>`;
	};
	table.rows.forEach((row, i) => lines.push(rowXml(row, firstRow + i)));
	if (table.grows) {
		const next = firstRow + table.rows.length;
		for (let i = 0; i < spareRows; i++) lines.push(rowXml(null, next + i));
	}
	const end = firstRow - 1 + Math.max(1, table.rows.length);
	return (
		declaration +
		el(
			'worksheet',
			{ xmlns: main },
			'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
			el('dimension', { ref: `A1:${last}${lastRow(table)}` }),
			view(table, tables),
			'<sheetFormatPr defaultRowHeight="15"/>',
			widths(columns),
			'<sheetData>' + lines.join('') + '</sheetData>',
			el('autoFilter', { ref: `B2:${last}${end}` }),
			validations(table, writing),
			page(table, tables)
		)
	);
}

function headRows({ id, columns }: Table, { styles, texts }: Writing): Xml {
	let names = textCell('A1', 0, `${id}.id`, texts);
	let heads = textCell('A2', 0, 'id', texts);
	columns.forEach((column, i) => {
		const letter = letters(i + 2);
		names += textCell(`${letter}1`, 0, `${id}.${column.name}`, texts);
		const style = styles.of({
			role: column.edits ? 'head-edit' : 'head-still',
			center: isShort(column)
		});
		heads += textCell(`${letter}2`, style, cellText(column.label), texts);
	});
	return `<row r="1" hidden="1">${names}</row><row r="2" ht="34" customHeight="1">${heads}</row>`;
}

/** Currencies of which some amount has cents, although the currency has none. */
function tellsCents({ columns, rows }: Table): Set<string> {
	const found = new Set<string>();
	const currencyAt = columns.findIndex(({ name }) => name === 'currency');
	const amounts = columns.flatMap(({ kind }, i) => (kind === 'money' ? [i] : []));
	for (const { cells } of rows) {
		if (amounts.some((i) => Number(valueOf(cells[i]) ?? 0) % 1 !== 0)) {
			found.add(String(valueOf(cells[currencyAt]) ?? ''));
		}
	}
	return found;
}

/** Heads stay in view, and the columns up to the one that says what the row is. */
function view({ columns }: Table, { direction }: Tables): Xml {
	const titleAt = columns.findIndex(({ name }) => name === 'title' || name === 'name');
	// On a narrow screen a wide frozen part would leave no room for the rest.
	const before = columns.slice(0, titleAt + 1).reduce((sum, { width }) => sum + width, 0);
	const kept = titleAt >= 0 && before <= 60 ? titleAt + 2 : 0;
	return el(
		'sheetViews',
		{},
		el(
			'sheetView',
			{ rightToLeft: direction === 'rtl' ? 1 : undefined, workbookViewId: 0 },
			el('pane', {
				xSplit: kept || undefined,
				ySplit: 2,
				topLeftCell: `${letters(kept + 1)}3`,
				activePane: kept ? 'bottomRight' : 'bottomLeft',
				state: 'frozen'
			})
		)
	);
}

const widths = (columns: readonly Column[]): Xml =>
	el(
		'cols',
		{},
		'<col min="1" max="1" width="4" hidden="1" customWidth="1"/>',
		...columns.map(({ width, helper }, i) =>
			el('col', {
				min: i + 2,
				max: i + 2,
				width: width + 0.7,
				hidden: helper ? 1 : undefined,
				customWidth: 1
			})
		)
	);

function validations(table: Table, { layout }: Writing): Xml {
	const last = lastRow(table);
	const rules = table.columns.flatMap((column): Xml[] => {
		if (!column.edits) return [];
		const rule = ruleOf(column, layout);
		if (!rule) return [];
		const letter = layout.column(table, column.name)!;
		const { formulas, ...attributes } = rule;
		return [
			el(
				'dataValidation',
				{ ...attributes, allowBlank: 1, sqref: `${letter}${firstRow}:${letter}${last}` },
				...formulas.map((formula, i) => `<formula${i + 1}>${textOf(formula)}</formula${i + 1}>`)
			)
		];
	});
	return rules.length > 0 ? el('dataValidations', { count: rules.length }, ...rules) : '';
}

type Rule = { type: string; operator?: string; showErrorMessage?: number; formulas: string[] };

function ruleOf(column: Column, layout: Layout): Rule | null {
	const within = (type: string, min: number, max: number): Rule => ({
		type,
		operator: 'between',
		showErrorMessage: 1,
		formulas: [String(min), String(max)]
	});
	const listed = (range: string | undefined, strict: boolean): Rule | null =>
		range ? { type: 'list', showErrorMessage: strict ? 1 : undefined, formulas: [range] } : null;
	// A new objective may be named before the app knows it.
	if (column.kind === 'choice')
		return listed(column.list && layout.list(column.list), column.list !== 'objectives');
	if (column.kind === 'party') return listed(parties(layout), false);
	if (column.kind === 'action') return listed(layout.range('plan', 'no'), true);
	if (column.kind === 'day') return within('date', 61, 2_958_465);
	if (column.kind === 'money') return within('decimal', money.min, money.max);
	if (column.name === 'year' || column.name === 'until') {
		return within('whole', budgetYears.min, budgetYears.max);
	}
	return null;
}

/** The names in the sheet of stakeholders, those that people add there too, without the empty rows. */
function parties(layout: Layout): string | undefined {
	const range = layout.range('stakeholders', 'shown');
	const first = range?.replace(/:.*$/, '');
	return range && `OFFSET(${first},0,0,MAX(1,SUMPRODUCT(--(LEN(${range})>0))),1)`;
}

/** Landscape, a page or a few wide; who prints a fictional country sees on each page that it is one. */
function page({ columns }: Table, { fictional, stamp }: Tables): Xml {
	// A page of paper takes about two hundred characters that can still be read.
	const wide = columns.reduce((sum, { width, helper }) => sum + (helper ? 0 : width), 0);
	const pages = Math.max(1, Math.round(wide / 200));
	const plain = (text: string): string => cellText(text).replaceAll('&', '&&').slice(0, 120);
	return (
		'<pageMargins left="0.5" right="0.5" top="0.7" bottom="0.7" header="0.3" footer="0.3"/>' +
		`<pageSetup paperSize="9" orientation="landscape" fitToWidth="${pages}" fitToHeight="0"/>` +
		el(
			'headerFooter',
			{},
			`<oddHeader>${textOf(`&C${plain(fictional || stamp.name)}`)}</oddHeader>`,
			'<oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter>'
		)
	);
}

/** Names that spreadsheets want for filters and for heads that each printed page repeats. */
export const definedNames = (table: Table, name: string, index: number): Xml => {
	const last = letters(table.columns.length + 1);
	const end = firstRow - 1 + Math.max(1, table.rows.length);
	return (
		el(
			'definedName',
			{ name: '_xlnm._FilterDatabase', localSheetId: index, hidden: 1 },
			textOf(`${quoted(name)}!$B$2:$${last}$${end}`)
		) +
		el(
			'definedName',
			{ name: '_xlnm.Print_Titles', localSheetId: index },
			textOf(`${quoted(name)}!$2:$2`)
		)
	);
};
