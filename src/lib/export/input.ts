/**
 * An ExportInput: what `compose` makes a document from, already in words.
 *
 * Plain values, computed by the caller with the functions that the screens use (`assessment`,
 * `draft`), so that screen and file cannot differ (P9). Dates and closed lists (owner, cost, state)
 * arrive as the language writes them; levels and scores as numbers.
 */
import type { Anchor } from '#lib/draft/anchor.ts';
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import type { Values } from '#lib/i18n/words.ts';
import type { Block, Direction, Lang, Level } from '#lib/model/guide.ts';
import type { Purpose } from './purposes.ts';

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
	/** It is on the team's path, or something is said about it all the same. */
	asked: boolean;
	/** The agreed answer; null for unanswered. */
	answer: ExportAnswer | null;
	/** Contributions that differ, in words ("Health: level 2 · Regulator: level 3"), or empty. */
	disagreement: string;
	/** Null where it is left out, which is not the same as none. */
	evidence: { reference: string; link: string; date: string; proven: boolean }[] | null;
	/** `by` is empty where nobody has to be told apart. */
	notes: { by: string; text: string }[];
	target: { level: Level; reason: string } | null;
	/** The sentences of level 0 to 4, and what would prove them: for whoever answers on paper. */
	levels: string[];
	proofs: string[];
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

/** An organisation, and the post or person in it, which some readers are not to see. */
export type ExportParty = { name: string; person: string };

/** `every`: months between two readings, 0 for not said. Values are texts, as people wrote them. */
export type ExportIndicator = {
	title: string;
	unit: string;
	baseline: string;
	baselineDay: string;
	target: string;
	targetDay: string;
	source: string;
	collector: ExportParty;
	every: number;
};
export type ExportTask = { title: string; owner: ExportParty; end: string; done: boolean };
/** `years`: "2027/28" or "2027 to 2029"; `amount` and `funded` are per year, in major units. */
export type ExportCost = {
	title: string;
	kind: string;
	years: string;
	amount: number;
	funded: number;
	currency: string;
	source: string;
};
/** Likelihood and impact from 1 to 5; `level`: what one calls their product. */
export type ExportRisk = {
	text: string;
	likelihood: number;
	impact: number;
	level: string;
	response: string;
};

/** All fields as words; an empty one is left out of the detail and is a dash in the table. */
export type ExportAction = {
	topics: string[];
	title: string;
	/** Titles of the questions whose gaps it closes. */
	closes: string[];
	/** The organisation, or what somebody wrote; the post or person in it. */
	owner: string;
	ownerPerson: string;
	sponsor: ExportParty;
	partners: ExportParty[];
	/** The objective that it serves, or empty. */
	objective: string;
	/** Titles of the actions that must end before it begins. */
	requires: string[];
	blocker: string;
	unblock: string;
	tasks: ExportTask[];
	costs: ExportCost[];
	risks: ExportRisk[];
	/** Its own first, where it has one, then further ones. */
	indicators: ExportIndicator[];
	tags: string[];
	/** Its days as they are kept (`YYYY-MM-DD` or empty), for a line of time. */
	from: string;
	until: string;
	/** It stands in the plan and counts in no sum. */
	dropped: boolean;
	finished: boolean;
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
	/** Its place in `outline`, from 0; null for a chapter of the team's own. */
	outline: number | null;
	/** What people remarked on its text, in the order of time; absent: nothing. */
	remarks?: ExportRemark[];
};

export type ExportRemark = Anchor & {
	name: string;
	text: string;
	at: string;
	resolved: boolean;
	answers: { name: string; text: string; at: string }[];
};

/** A chapter as the outline has it: what belongs in it, before anybody writes. */
export type ExportOutline = { title: string; guidance: string; checklist: string[] };

/** What several actions are for; without a title: those that serve no objective yet. */
export type ExportObjective = {
	title: string;
	note: string;
	indicators: ExportIndicator[];
	/** Places in `actions`, from 0. */
	actions: number[];
};

/** Sums of one currency; `gap` is what is not secured. Currencies are never added up. */
export type ExportSum = { currency: string; amount: number; funded: number; gap: number };
export type ExportBudgetRow = { title: string; years: ExportSum[][]; all: ExportSum[] };
/** `years`: the names of the budget years, as many as each row has. */
export type ExportBudget = {
	years: string[];
	byObjective: ExportBudgetRow[];
	byOwner: ExportBudgetRow[];
	total: Omit<ExportBudgetRow, 'title'>;
};

/** A budget year on a line of time: its name, its first and its last day. */
export type ExportYear = { name: string; from: string; to: string };

/** Power and interest from 1 to 5, or null where nobody judged them yet. */
export type ExportStakeholder = ExportParty & {
	role: string;
	power: number | null;
	interest: number | null;
	note: string;
};

export type ExportTerm = { term: string; definition: string; also: string[] };
export type ExportVersion = { name: string; note: string; date: string };
export type ExportApproval = {
	post: string;
	person: string;
	state: string;
	day: string;
	note: string;
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
	/** The chapters of the outline, with what belongs in each. */
	outline: ExportOutline[];
	objectives: ExportObjective[];
	budget: ExportBudget;
	/** The budget years that the actions' days fall in. */
	years: ExportYear[];
	stakeholders: ExportStakeholder[];
	/** The whole glossary; a document shows those that it uses. Null: it was not loaded. */
	terms: ExportTerm[] | null;
	/** The oldest first. */
	versions: ExportVersion[];
	approvals: ExportApproval[];
	/** The best questions, three at most, with the sentence of their level. */
	strongest: { title: string; standing: string }[];
	/** Every name and id of a person that the workspace knows: an anonymous document has none of them. */
	participants: string[];
	/** How the scores are made, a sentence or a paragraph each. */
	method: string[];
	/** What was taken out of it (`redact`), where a table must know why it has nothing to show. */
	hidden: readonly Sensitive[];
	words: Words;
};

/** The same without its functions: what a worker is sent. */
export type ExportData = Omit<ExportInput, 'words'>;

export const parts = [
	'minister',
	'versions',
	'outline',
	'draft',
	'plan',
	'log-frame',
	'budget',
	'stakeholders',
	'results',
	'questionnaire'
] as const;
/** What a document can hold, in the order in which it stands there. */
export type Part = (typeof parts)[number];

export const sensitive = [
	'remarks',
	'notes',
	'disagreements',
	'contributors',
	'evidence',
	'links',
	'persons',
	'judgements',
	'blockers',
	'unfunded'
] as const;
/** What a reader outside the team may not be meant to see. */
export type Sensitive = (typeof sensitive)[number];

export type ComposeOptions = {
	parts: readonly Part[];
	/** The title and the shape of the document; without one, as its parts say. */
	purpose?: Purpose;
	leaveOut?: readonly Sensitive[];
	/** Names of persons are looked for in every text, also in what people wrote. */
	anonymous?: boolean;
	/** On every page: "Restricted"; empty for none. */
	marking?: string;
};
