/**
 * An ExportDocument: what an export says, as neutral blocks. No format knows where they came from,
 * and they know nothing of a format.
 *
 * Plain data, so that it can be sent to a worker. A text is plain text: "\n" in it is a line break,
 * and nothing in it is markup. Whoever writes a file calls `prepare` (prepare.ts) first, which
 * cleans all texts, numbers the headings and refuses what is beyond the limits below.
 */
import type { Direction, Lang, Level } from '#lib/model/guide.ts';

/** A stretch of text in one dress. `link` is an http, https or mailto address. */
export type Run = {
	text: string;
	bold?: boolean;
	italic?: boolean;
	strike?: boolean;
	code?: boolean;
	link?: string;
	/** A footnote hangs here, and the run has no text of its own. */
	note?: Note;
	/** Here the words begin or end that a remark is about; the run has no text of its own. */
	remark?: { key: string; edge: 'begin' | 'end' };
};

/** What somebody remarked, and what was answered; `at`: ISO 8601. */
export type Remark = {
	key: string;
	thread: readonly { name: string; text: string; at: string }[];
	resolved: boolean;
};

/**
 * What a footnote says. The same `key` is the same note: where it is referred to again, `runs` is null.
 * `label`: what its author called it; `number`: its place in the document, from `prepare`.
 */
export type Note = { key: string; label: string; runs: Run[] | null; number?: number };

/** Top level only: a heading in a list or a quotation would tear the contents table. */
export type HeadingBlock = {
	kind: 'heading';
	level: 1 | 2 | 3;
	runs: Run[];
	/** Front and back matter goes without a number. */
	numbered: boolean;
};
/** `lead`: the one sentence that carries a section; `small`: a remark under a table. */
export type ParagraphBlock = { kind: 'paragraph'; runs: Run[]; role?: 'lead' | 'small' };
export type ListBlock = {
	kind: 'list';
	ordered: boolean;
	/** The first number of an ordered list. */
	start: number;
	/** Each item is blocks of its own: paragraphs, and lists inside it. */
	items: ExportBlock[][];
};
/** `weight`: share of the width, in relation to the other columns. */
export type Column = { align: 'start' | 'center' | 'end'; weight: number };
/** `tint`: the shade of a level behind the text. The text says the level too. */
export type Cell = { runs: Run[]; tint?: Level };
/** Every row has as many cells as there are columns. `header` is empty for a table of facts. */
export type TableBlock = {
	kind: 'table';
	columns: Column[];
	header: Cell[];
	rows: Cell[][];
	caption: string;
};
export type NoticeBlock = { kind: 'notice'; title: string; blocks: ExportBlock[] };
export type QuoteBlock = { kind: 'quote'; blocks: ExportBlock[] };
export type CodeBlock = { kind: 'code'; text: string };
export type FigureBlock = {
	kind: 'figure';
	/** A self-contained SVG from `charts/`. */
	svg: string;
	/** The same as PNG, or null until `withPictures` drew it. */
	png: Uint8Array<ArrayBuffer> | null;
	/** How large it is shown, in pixels at 96 to the inch. */
	width: number;
	height: number;
	/** All that the picture says, in words. */
	alt: string;
	caption: string;
};
/** A label and empty lines to write on, for a form on paper. */
export type LinesBlock = { kind: 'lines'; label: string; count: number };
export type RuleBlock = { kind: 'rule' };
export type PageBreakBlock = { kind: 'page-break' };

export type ExportBlock =
	| HeadingBlock
	| ParagraphBlock
	| ListBlock
	| TableBlock
	| NoticeBlock
	| QuoteBlock
	| CodeBlock
	| FigureBlock
	| LinesBlock
	| RuleBlock
	| PageBreakBlock;

export type ExportDocument = {
	lang: Lang;
	direction: Direction;
	title: string;
	subtitle: string;
	meta: {
		country: string;
		/** The workspace's name. */
		workspace: string;
		/** The day, as the language writes it. */
		date: string;
		/** The moment of the export, ISO 8601 in UTC: for the file's own properties. */
		created: string;
		/** "Cybersecurity guide, edition 1.2" */
		edition: string;
		/** "Made with e-Strategy Guide 0.1.0" */
		app: string;
		/** "Content 3f2a90bc11de": what tells two states of a document apart; absent without one. */
		stamp?: string;
	};
	/** The guide's colour for headings and lines, as `#1d4e89`. */
	accent: string;
	/** On every page and at the head of every format while the workspace is fictional; else null. */
	fictional: string | null;
	/** On every page and across it: "Restricted"; empty or absent for none. */
	marking?: string;
	/** A page of its own for the title, or a head above the text (also where nothing is said). */
	cover?: 'page' | 'head';
	/** Whether there is a contents table, where there are headings enough for one; absent: yes. */
	contents?: boolean;
	/** Remarks on its text, for formats that have a margin for them. */
	remarks?: readonly Remark[];
	/** The few words that a format needs of its own. */
	words: {
		contents: string;
		/** Above the footnotes, where they stand at the end. */
		notes: string;
		/** From a footnote to where it hangs. */
		back: string;
		/** With the places `{page}` and `{pages}`. */
		pageOf: string;
	};
	blocks: ExportBlock[];
};

/**
 * What a document may hold; more is refused with the number, not cut. Within them a Word file is
 * made on an old laptop in seconds, and Word opens it.
 */
export const limits = {
	/** Blocks, those inside others included. */
	blocks: 50_000,
	/** Cells of all tables together: 10,000 rows of eight columns. */
	cells: 80_000,
	columns: 12,
	/** Characters (UTF-16 units) of all texts together. */
	characters: 20_000_000,
	/** Lists, quotations and notices inside each other; Word's lists end at nine. */
	depth: 9,
	/** Characters of a marking: it stands across a page. */
	marking: 60
} as const;

export const text = (words: string): Run[] => (words === '' ? [] : [{ text: words }]);
export const paragraph = (words: string, role?: 'lead' | 'small'): ParagraphBlock =>
	role ? { kind: 'paragraph', runs: text(words), role } : { kind: 'paragraph', runs: text(words) };
export const heading = (level: 1 | 2 | 3, words: string, numbered = true): HeadingBlock => ({
	kind: 'heading',
	level,
	runs: text(words),
	numbered
});

/** The words of runs without their dress. */
export const plain = (runs: readonly Run[]): string => runs.map((run) => run.text).join('');

/**
 * Draws an SVG as a PNG of `width` × `height` pixels, or gives null where this device cannot. The
 * SVG has a `viewBox`: it fills whatever size it is drawn at.
 */
export type Draw = (
	svg: string,
	width: number,
	height: number
) => Promise<Uint8Array<ArrayBuffer> | null>;

/** 288 dots to the inch: sharp in print. */
const dense = 3;

/** The document with the PNG of each figure, drawn by `draw`. Throws what `draw` throws. */
export async function withPictures(document: ExportDocument, draw: Draw): Promise<ExportDocument> {
	const blocks: ExportBlock[] = [];
	for (const block of document.blocks) {
		const isPlain = block.kind !== 'figure' || block.png !== null;
		if (isPlain) blocks.push(block);
		else {
			const [width, height] = [Math.round(block.width * dense), Math.round(block.height * dense)];
			blocks.push({ ...block, png: await draw(block.svg, width, height) });
		}
	}
	return { ...document, blocks };
}
