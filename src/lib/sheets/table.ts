/**
 * Tables: a workspace as rows and columns, in the words of one language. Spreadsheets, CSV and JSON are
 * all written from this one value, and what comes back is compared with it: so they cannot differ.
 *
 * Plain data, so that it can be sent to a worker.
 */
import type { Direction, Lang } from '#lib/model/guide.ts';

export const tableIds = [
	'answers',
	'plan',
	'objectives',
	'costs',
	'budget',
	'logframe',
	'stakeholders',
	'tasks',
	'risks',
	'indicators'
] as const;
export type TableId = (typeof tableIds)[number];

/**
 * What a cell holds, and how its value is kept here:
 * text, lines: a string. day: `YYYY-MM-DD` or ''. whole, money, share (0 to 1): a number or null.
 * choice: a code of the column's list, or ''. party, parties, tags: names, several parted by "; ".
 * action: the number of an action in the plan table; actions: several, parted by "; ".
 */
export type Kind =
	| 'text'
	| 'lines'
	| 'day'
	| 'whole'
	| 'money'
	| 'share'
	| 'choice'
	| 'party'
	| 'parties'
	| 'tags'
	| 'action'
	| 'actions';

export type Value = string | number | null;
/** A value that a spreadsheet computes again: `[@name]` is a cell of the row, `[table.name]` a column. */
export type Computed = { formula: string; value: Value };
export type Cell = Value | Computed;

export const listIds = [
	'answers',
	'levels',
	'confidence',
	'states',
	'efforts',
	'costs',
	'units',
	'scale',
	'kinds',
	'yesno',
	'objectives',
	'guides',
	'of'
] as const;
export type ListId = (typeof listIds)[number];
export type Choice = { code: string; label: string };

export type Column = {
	/** Never changes, in no language. */
	name: string;
	label: string;
	kind: Kind;
	list?: ListId;
	/** Whether an edited value is taken back in. */
	edits: boolean;
	/** In characters. */
	width: number;
	/** Of a text that comes back: the most characters. */
	limit?: number;
	/** Only there so that a spreadsheet can compute; hidden, and in no other file. */
	helper?: true;
	/** Of a computed column: for the rows that people will add. */
	spare?: string;
};

/** `id`: the thing that the row is; empty where it is none that could come back. */
export type Row = { id: string; cells: Cell[] };
export type Table = {
	id: TableId;
	title: string;
	columns: Column[];
	rows: Row[];
	/** Whether people may add rows that are taken back in. */
	grows: boolean;
};

/** Where the tables come from. */
export type Stamp = {
	workspace: string;
	name: string;
	country: string;
	/** ISO 8601, when the file was made. */
	exported: string;
	/** "Made with e-Strategy Guide 0.1.0" */
	app: string;
	/** "Cybersecurity, edition 1.2" */
	editions: string[];
	lang: Lang;
	leftOut: string[];
};

export type Tables = {
	stamp: Stamp;
	direction: Direction;
	/** On every sheet while the workspace is fictional; else empty. */
	fictional: string;
	/** Name of the first sheet, and its lines: a heading, or a text under it. */
	readMe: { title: string; lines: { heading: boolean; text: string }[] };
	/** The line of the first sheet that says how many texts were cut, with the place `{count}`. */
	cutNotice: string;
	/** What stands at the end of a text that was cut. */
	cutMark: string;
	lists: Record<ListId, Choice[]>;
	/** Action → its number in the plan table. */
	numbers: Record<string, number>;
	tables: Table[];
	/** What each contributor said, for programs; null where it is left out. */
	contributions: Said[] | null;
};

export type Said = {
	question: string;
	contributor: string;
	answer: string;
	reason: string;
	confidence: string;
	note: string | null;
	evidence: { reference: string; link: string; date: string; proven: boolean }[] | null;
	at: string;
};

export const valueOf = (cell: Cell | undefined): Value =>
	cell === undefined ? null : typeof cell === 'object' && cell !== null ? cell.value : cell;

export const tableOf = (tables: Tables, id: TableId): Table | undefined =>
	tables.tables.find((table) => table.id === id);

/** Between several names in a cell. */
export const between = '; ';
export const partsOf = (text: string): string[] =>
	text
		.split(/[;؛\n]/)
		.map((part) => part.trim())
		.filter(Boolean);
