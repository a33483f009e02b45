/**
 * An ExportInput: what `compose` makes a document from, already in words.
 *
 * Plain values, computed by the caller with the functions that the screens use (`assessment`,
 * `draft`), so that screen and file cannot differ (P9). Dates and closed lists (owner, cost, state)
 * arrive as the language writes them; levels and scores as numbers.
 */
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import type { Values } from '#lib/i18n/words.ts';
import type { Block, Direction, Lang, Level } from '#lib/model/guide.ts';

/** The words of the documents: `content/languages/<lang>/export.json`. */
export type ExportWord = Extract<MessageKey, `export.${string}`>;
export type Words = (key: ExportWord, values?: Values) => string;

export type ExportTopic = {
	id: string;
	title: string;
	/** For the axis of the radar. */
	short: string;
	/** 0 to 4; null while there are too few answers. */
	score: number | null;
	/** Questions with a level, those that apply, and those of the answered with seen evidence. */
	answered: number;
	applicable: number;
	proven: number;
	/** The mean level aimed for, or null. */
	target: number | null;
};

export type ExportAnswer =
	| { kind: 'level'; level: Level; sentence: string }
	| { kind: 'unknown' }
	| { kind: 'not-applicable'; reason: string };

export type ExportQuestion = {
	id: string;
	topic: string;
	/** Its short title, and the question itself. */
	title: string;
	question: string;
	/** The agreed answer; null for unanswered. */
	answer: ExportAnswer | null;
	/** Contributions that differ, in words ("Health: level 2 · Regulator: level 3"), or empty. */
	disagreement: string;
	/** Null where it is left out, which is not the same as none. */
	evidence: { reference: string; link: string; date: string; proven: boolean }[] | null;
	/** `by` is empty where nobody has to be told apart. */
	notes: { by: string; text: string }[];
	target: { level: Level; reason: string } | null;
};

export type ExportGap = {
	/** From 1; first ones first. */
	rank: number;
	topic: string;
	/** The question's title. */
	title: string;
	level: Level;
	target: Level;
	/** Why it ranks there: each part with its name and value, as the screen shows them. */
	parts: { name: string; value: string }[];
	/** Titles of the measures that close it. */
	measures: string[];
};

/** All fields as words; an empty one is left out of the detail and is a dash in the table. */
export type ExportAction = {
	topics: string[];
	title: string;
	/** Titles of the questions whose gaps it closes. */
	closes: string[];
	owner: string;
	start: string;
	end: string;
	cost: string;
	effort: string;
	indicator: string;
	unit: string;
	target: string;
	state: string;
	note: string;
	/** How one knows that it is done, from its measure. */
	done: string;
};

export type ExportChapter = {
	title: string;
	/** Markdown, with `{{score-table}}` and the like on lines of their own where a block belongs. */
	body: string;
	/** Those that no line of the body places stand at its end. */
	blocks: Block[];
	/** Topic ids that its blocks are limited to; empty: all. */
	topics: string[];
};

/** A figure of the country that is given, in words. */
export type ExportFigure = { name: string; value: string; year: string; source: string };

export type ExportInput = {
	lang: Lang;
	direction: Direction;
	workspace: { name: string; country: string; demo: boolean };
	guide: { title: string; edition: string };
	/** The app's version. */
	version: string;
	/** Today, as the language writes it, and the moment in ISO 8601. */
	date: string;
	created: string;
	/** Of the guide, for the radar, as `#1d4e89`. */
	accent: string;
	/** The one honest sentence of the results screen. */
	summary: string;
	/** Figures of the country; none: nothing is said of them. */
	figures: ExportFigure[];
	topics: ExportTopic[];
	/** In the guide's order. */
	questions: ExportQuestion[];
	/** By rank. */
	gaps: ExportGap[];
	/** In the plan's order. */
	actions: ExportAction[];
	/** In order, without the hidden ones. */
	chapters: ExportChapter[];
	/** How the scores are made, a sentence or a paragraph each. */
	method: string[];
	words: Words;
};

export const parts = ['results', 'plan', 'draft'] as const;
/** What a document can hold. */
export type Part = (typeof parts)[number];

export const sensitive = ['notes', 'evidence', 'disagreements'] as const;
/** What a reader outside the team may not be meant to see. */
export type Sensitive = (typeof sensitive)[number];
export type ComposeOptions = { parts: readonly Part[]; leaveOut?: readonly Sensitive[] };
