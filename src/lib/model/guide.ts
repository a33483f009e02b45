/**
 * A Guide as the app reads it: one guide in one language, compiled from `content/guides/`.
 *
 * The compiler (`guide/compile.ts`) is the only maker of these values and has checked them; readers
 * trust them. A page that a language lacks comes from the guide's source language and says so in
 * its own `lang`.
 */

/** A BCP 47 code that has a folder in `content/languages/`. */
export type Lang = string;
export type Direction = 'ltr' | 'rtl';

export const levels = [0, 1, 2, 3, 4] as const;
/** One rung of a maturity question. 0: nothing there; 4: measured, tested, improved. */
export type Level = (typeof levels)[number];

export const efforts = ['small', 'medium', 'large'] as const;
/** Work to carry out a measure. small: under one person-month; medium: one to six; large: more. */
export type Effort = (typeof efforts)[number];

export const costs = ['none', 'low', 'medium', 'high'] as const;
/** none: staff time only; low: fits a running budget; medium: own budget line; high: multi-year. */
export type Cost = (typeof costs)[number];

/**
 * The kind of body that usually owns a measure or collects an indicator: a key of
 * `content/shared/<lang>/owners.json`, whose words the guide's index carries.
 */
export type Owner = string;

export const units = [
	'count',
	'percent',
	'days',
	'hours',
	'months',
	'currency',
	'yes-no',
	'persons',
	'score'
] as const;
export type Unit = (typeof units)[number];

export const blocks = [
	'score-table',
	'radar',
	'gap-list',
	'action-table',
	'indicator-table',
	'method-note',
	'level-summary',
	'figure-table',
	'budget',
	'timeline',
	'log-frame',
	'stakeholder-table',
	'glossary'
] as const;
/** A piece of a chapter that is made from the data each time it is shown or exported. */
export type Block = (typeof blocks)[number];

export const gates = ['mandate', 'sponsor', 'team', 'data', 'calendar'] as const;
/** What has to be in place before a national assessment is worth the room's time. */
export type Gate = (typeof gates)[number];

/** A compiled file: where it is, what its bytes must hash to, and what they cost to fetch. */
export type FileRef = {
	/** Absolute path on this origin, with the hash in its name. */
	url: string;
	/** The first `hashDigits` or more digits of the SHA-256 of the decoded body, in lower-case hex. */
	sha256: string;
	/** Bytes as transferred (brotli). */
	bytes: number;
};

/** What the first text of a chapter may name in braces: `{country}`. */
export const places = 'country date answered questions proven actions strongest weakest'.split(' ');

/** The colours that a guide may have on paper. */
export const accents = ['blue', 'teal', 'leaf'] as const;

/** `/content/manifest.json`: which guides exist in which language, and where their index is. */
export type Manifest = {
	guides: ManifestGuide[];
};
export type ManifestGuide = {
	id: string;
	lang: Lang;
	edition: string;
	title: string;
	summary: string;
	audience: string;
	accent: string;
	sections: number;
	questions: number;
	measures: number;
	terms: number;
	index: FileRef;
	/**
	 * The index and what it names in one file, a line each (`bundle-line.ts`): its `bytes` are what
	 * keeping the guide costs. The search files are not in it; the device makes them.
	 */
	bundle: FileRef;
};

/** What a reading page shows of its guide: its names, and the table of contents. */
export type Contents = {
	id: string;
	lang: Lang;
	edition: string;
	title: string;
	short: string;
	parts: { id: string; title: string; sections: Omit<SectionRef, 'file'>[] }[];
};

/** The contents of one guide in one language, and where everything else is. */
export type GuideIndex = {
	id: string;
	lang: Lang;
	edition: string;
	accent: string;
	title: string;
	short: string;
	summary: string;
	audience: string;
	parts: Part[];
	topics: TopicRef[];
	crosswalks: Crosswalk[];
	/** Words for the owners of its measures and indicators, by id; older packs have none. */
	owners?: Record<Owner, string>;
	terms: FileRef;
	outline: FileRef;
	/** Absent where the guide has no indicators. */
	indicators?: FileRef;
	/** What moved from edition to edition, the oldest first; absent where nothing ever did. */
	migration?: MigrationStep[];
	/**
	 * Titles and terms for the first results, the titles of the measures (older packs have them with the
	 * others), and the text index in pieces.
	 */
	search: { titles: FileRef; measures?: FileRef; pieces: SearchPiece[] };
};

export const movables = ['sections', 'questions', 'measures', 'chapters'] as const;
/** What a new edition of a guide may give another id. */
export type Movable = (typeof movables)[number];
/** Old id → its new one (of the next edition, not always of the last), or null where it has none. */
export type Moved = Record<string, string | null>;
/** What moved from one edition of a guide to the next. */
export type MigrationStep = {
	from: string;
	to: string;
	/** What the reader should know, in the guide's language as far as it is there; may be empty. */
	note: string;
	/** What things that are gone or moved were called, by their old ids; not all of them need be there. */
	titles: Partial<Record<Movable, Record<string, string>>>;
} & Record<Movable, Moved>;

/**
 * A piece of the text index, and what it is made from: the sections of a part; the questions and
 * measures of a topic in this order; or, naming neither, the definitions of the terms. With `slice`, of
 * these only those from its first number to before the second.
 */
export type SearchPiece = FileRef & { part?: string; topic?: string; slice?: [number, number] };
export type Part = { id: string; title: string; sections: SectionRef[] };
export type SectionRef = {
	id: string;
	title: string;
	/** The language that its text really is in. */
	lang: Lang;
	file: FileRef;
};
export type TopicRef = {
	id: string;
	title: string;
	/** Short enough for the axis of a radar. */
	short: string;
	questions: number;
	file: FileRef;
};
export type Crosswalk = { id: string; title: string; values: { id: string; title: string }[] };

export type Heading = { id: string; text: string; level: 2 | 3 };
export type Source = { id: string; title: string; publisher: string; year?: string };

/** One page of a guide. */
export type Section = {
	id: string;
	/** Its ids in earlier editions; absent where it always had this one. */
	was?: string[];
	part: string;
	lang: Lang;
	title: string;
	summary: string;
	who: string[];
	inputs: string[];
	outputs: string[];
	sources: Source[];
	headings: Heading[];
	/** Safe HTML, made by `guide/render.ts` at build time. Links are relative to `/<lang>/`. */
	html: string;
	words: number;
	/** The questions that the page informs. */
	questions: { id: string; title: string }[];
};

export type Term = { id: string; term: string; definition: string; also: string[]; see: string[] };
export type Terms = Term[];

export type Question = {
	id: string;
	topic: string;
	kind: 'maturity';
	/** 1 to 3; 3: without it the rest fails. */
	weight: 1 | 2 | 3;
	path: 'core' | 'full';
	section: string;
	/** Crosswalk id → values, e.g. `{ gca: ['legal'] }`. */
	crosswalk: Record<string, string[]>;
	lang: Lang;
	/** The same question is asked in every guide that has this id: an answer may be taken over. */
	shared?: true;
	title: string;
	question: string;
	/** Five sentences, level 0 to 4. */
	levels: string[];
	/** Four sentences: what reaching level 1, 2, 3, 4 needs. */
	next: string[];
	evidence: string[];
	/** Why it matters, plain text. */
	why: string;
};

/** What a measure does for a question: it takes it from level `from` to level `to`. */
export type Closing = { question: string; from: Level; to: Level };

/** A ready-made action of a guide's catalogue. */
export type Measure = {
	id: string;
	closes: Closing[];
	owner: Owner;
	effort: Effort;
	cost: Cost;
	/** Typical calendar duration in months, 1 to 36. */
	months: number;
	/** Measures that must come first. */
	requires: string[];
	unit: Unit;
	lang: Lang;
	/** The same measure stands in every guide that has this id: one action serves them all. */
	shared?: true;
	title: string;
	/** How one knows that it is done. */
	done: string;
	indicator: string;
	/** How to go about it, plain text. */
	how: string;
};

/** A quantity that a guide suggests to follow: what, how it is computed, who collects it. */
export type Indicator = {
	id: string;
	topic: string;
	unit: Unit;
	/** Who collects it. */
	owner: Owner;
	/** Months between two measurements, 1 to 60. */
	every: number;
	lang: Lang;
	title: string;
	/** How the value is computed, plain text. */
	computation: string;
	/** Where the numbers come from, plain text. */
	source: string;
	/** What to beware of when reading it, plain text; may be empty. */
	note: string;
};

/** A pair of answers that contradict each other. */
export type Hint = {
	id: string;
	when: { question: string; atLeast: Level };
	but: { question: string; atMost: Level };
	text: string;
};

/** One topic of the assessment with all that it needs to be shown. */
export type Topic = {
	id: string;
	lang: Lang;
	title: string;
	questions: Question[];
	/** Measures whose first closing is in this topic. */
	measures: Measure[];
	hints: Hint[];
};

/** All topics of a guide, as the rules take them. */
export type Assessment = {
	guide: string;
	topics: Topic[];
};

export type GateWords = { question: string; why: string; yes: string; partly: string; no: string };
export type OutlineChapter = {
	id: string;
	title: string;
	guidance: string;
	checklist: string[];
	/** Starting text (Markdown) with {country}, {date}, {strongest}, {weakest}, {answered}, {questions}, {proven}, {actions}. */
	text: string;
	/** Topics whose answers and gaps feed the chapter. */
	topics: string[];
	/** Sections to read before writing. */
	sections: string[];
	blocks: Block[];
};
export type Outline = {
	lang: Lang;
	chapters: OutlineChapter[];
	readiness: Record<Gate, GateWords>;
};
