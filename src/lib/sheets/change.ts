/** What an edited file would change: the list that a person sees before anything is done. */
import type { Kind, TableId, Value } from './table.ts';

/** A value to be written. Choices as codes, parties as names, actions as ids. */
export type Wanted = Value | string[];

export type ChangedField = {
	name: string;
	label: string;
	kind: Kind;
	before: string;
	after: string;
};

export type Change = {
	/** Names it in a list; the same file gives the same. */
	key: string;
	table: TableId;
	/** The thing that it changes; for a new one the id that it will have. */
	id: string;
	isNew: boolean;
	/** What the row is called, and where it stands in the file. */
	title: string;
	sheet: string;
	row: number;
	/** One, except for a new row: all that it says. */
	fields: ChangedField[];
	set: Record<string, Wanted>;
	/** The same value was changed in the app after the file was made. */
	conflict: boolean;
	/** Key of the new row without which it has no place, or empty. */
	needs: string;
};

export const refusals = [
	'choice',
	'number',
	'whole',
	'range',
	'day',
	'dayUnsure',
	'long',
	'cut',
	'error',
	'noValue',
	'noAction',
	'moved',
	'party',
	'cycle',
	'itself',
	'untilBefore',
	'fundedMore',
	'currency',
	'empty',
	'gone',
	'unknownRow',
	'elsewhere',
	'year'
] as const;
export type Refusal = (typeof refusals)[number];

/** A value that is not taken, and why: words in `sheets.not-<reason>`. */
export type NotTaken = {
	table: TableId;
	sheet: string;
	row: number;
	title: string;
	label: string;
	value: string;
	reason: Refusal;
	values: Record<string, string | number>;
};

export type Preview = {
	file: {
		workspace: string;
		name: string;
		country: string;
		exported: string;
		/** It came from the workspace that is open. */
		isOurs: boolean;
		/** It still knows what it held when it was made. */
		hasStamp: boolean;
		macros: boolean;
	};
	changes: Change[];
	notTaken: NotTaken[];
	/** Things that the file no longer has; they stay. */
	missing: { table: TableId; title: string }[];
	/** Rows that repeat an id: they are offered as new. */
	twice: { table: TableId; sheet: string; row: number; title: string }[];
	/** New rows of the file that are in the workspace already: they were taken in before. */
	taken: { table: TableId; sheet: string; row: number; title: string }[];
	/** Sheets that repeat another; they were passed over. */
	repeated: string[];
};
