/**
 * Markdown, as a person writes a chapter in it, becomes neutral blocks.
 *
 * marked's lexer reads it; its HTML is never asked for. Raw HTML is text. Nothing that somebody
 * wrote is dropped (P9): what Markdown would hide (an address that may not be followed, a title, a
 * cell too many, a definition that nothing refers to) stands in the text instead.
 */
import { Lexer, Marked, type Token, type Tokens } from 'marked';
import { limits, type Cell, type ExportBlock, type Run } from './document.ts';
import { definitionsIn } from '#lib/draft/footnotes.ts';
import { cellOf, isMarked, keepsAll, runsOf, type NoteOf } from './markdown-runs.ts';
import { ChapterNotes } from './notes.ts';

const marked = new Marked({ gfm: true });

/**
 * The blocks of `markdown`. Its headings, whatever their depth, become `top` and the levels below,
 * at most 3. `highest`: the depth that becomes `top`, for a piece of a longer text (`highestHeading`).
 * `notes`: those of the whole text, for a piece of it; `settle` is then the caller's. Never throws: what the lexer cannot take (thousands of nested quotations) comes back as plain
 * paragraphs.
 */
export function blocksOf(
	markdown: string,
	top: 1 | 2 | 3 = 2,
	highest?: number,
	notes?: ChapterNotes
): ExportBlock[] {
	try {
		const tokens = marked.lexer(markdown);
		const shift = top - (highest ?? highestOf(tokens));
		const own = notes ?? new ChapterNotes();
		if (!notes) own.define(tokens);
		const blocks = tokens.flatMap((token) => {
			const definitions = definitionsIn(token.raw.trimEnd());
			return definitions.length > 0
				? own.paragraphs(definitions)
				: block(token, { depth: 0, shift, noteOf: own.noteOf });
		});
		return (notes ? blocks : own.settle(blocks)).concat(unused(markdown, tokens));
	} catch (thrown) {
		if (!(thrown instanceof RangeError)) throw thrown;
		return paragraphs(markdown);
	}
}

/** The depth of the highest heading in `markdown`, 1 to 6. */
export const highestHeading = (markdown: string): number => highestOf(tokensOf(markdown) ?? []);

/** The notes of a text that comes in pieces; see `ChapterNotes` for `place`. */
export function notesOf(pieces: readonly string[], place: string): ChapterNotes {
	const notes = new ChapterNotes(place);
	for (const piece of pieces) notes.define(tokensOf(piece) ?? []);
	return notes;
}

/** Null where the lexer gives up. */
function tokensOf(markdown: string): Token[] | null {
	try {
		return marked.lexer(markdown);
	} catch (thrown) {
		if (!(thrown instanceof RangeError)) throw thrown;
		return null;
	}
}

const highestOf = (tokens: Token[]): number =>
	tokens.reduce(
		(depth, token) =>
			isMarked(token) && token.type === 'heading' ? Math.min(depth, token.depth) : depth,
		6
	);

/** Text as it is: a paragraph where there is an empty line, a line break where there is a line. */
function paragraphs(words: string): ExportBlock[] {
	return words
		.split(/\n\s*\n/)
		.filter((piece) => piece.trim() !== '')
		.map((piece) => ({ kind: 'paragraph', runs: [{ text: piece.trim() }] }));
}

/** `shift`: what to add to a heading's depth; `depth`: how deep in lists and quotations. */
type Place = { depth: number; shift: number; noteOf: NoteOf };
const within = (place: Place): Place => ({ ...place, depth: place.depth + 1 });

function block(token: Token, place: Place): ExportBlock[] {
	const { depth, shift, noteOf } = place;
	if (!isMarked(token)) return paragraphs(token.raw);
	switch (token.type) {
		case 'heading':
			if (depth > 0) return asParagraph(token.tokens, noteOf, { bold: true });
			return [
				{
					kind: 'heading',
					level: levelOf(token.depth + shift),
					runs: runsOf(token.tokens, {}, noteOf),
					numbered: true
				}
			];
		case 'paragraph':
		case 'text':
			return asParagraph(token.tokens ?? [token], noteOf);
		case 'html':
			return paragraphs(token.raw);
		case 'code':
			return [{ kind: 'code', text: token.lang ? `${token.lang}\n${token.text}` : token.text }];
		case 'blockquote':
			if (depth >= limits.depth - 1) return paragraphs(token.text);
			return [{ kind: 'quote', blocks: token.tokens.flatMap((t) => block(t, within(place))) }];
		case 'list':
			if (depth >= limits.depth - 1) return paragraphs(token.raw);
			return [list(token, within(place))];
		case 'table':
			return [table(token, noteOf)];
		case 'hr':
			return [{ kind: 'rule' }];
		case 'space':
		case 'def':
			return [];
		default:
			return asParagraph([token], noteOf);
	}
}

const levelOf = (depth: number): 1 | 2 | 3 => (depth <= 1 ? 1 : depth === 2 ? 2 : 3);

function asParagraph(
	tokens: Token[],
	noteOf: NoteOf,
	dress: Omit<Run, 'text' | 'note'> = {}
): ExportBlock[] {
	const runs = runsOf(tokens, dress, noteOf);
	return runs.some((run) => run.note || run.text.trim() !== '')
		? [{ kind: 'paragraph', runs }]
		: [];
}

function list(token: Tokens.List, inside: Place): ExportBlock {
	return {
		kind: 'list',
		ordered: token.ordered,
		start: Number(token.start) || (token.ordered && token.start === 0 ? 0 : 1),
		items: token.items.map((item) => {
			const blocks = item.tokens.flatMap((t) => block(t, inside));
			return item.task ? withBox(blocks, item.checked === true) : blocks;
		})
	};
}

/** The box of a task list, as it was typed. */
function withBox(blocks: ExportBlock[], isChecked: boolean): ExportBlock[] {
	const box = { text: isChecked ? '[x] ' : '[ ] ' };
	const [first, ...rest] = blocks;
	if (first?.kind !== 'paragraph') return [{ kind: 'paragraph', runs: [box] }, ...blocks];
	return [{ ...first, runs: [box, ...first.runs] }, ...rest];
}

function table(token: Tokens.Table, noteOf: NoteOf): ExportBlock {
	// In reading order: a note stands where its first mark is.
	const header = token.header.map((cell) => cellOf(cell, noteOf));
	const lines = token.raw.trimEnd().split('\n').slice(2);
	const rows: Cell[][] = token.rows.map((row, i) =>
		withRest(
			row.map((cell) => cellOf(cell, noteOf)),
			restOf(lines[i] ?? '', token.header.length),
			noteOf
		)
	);
	const runs = [header, ...rows].flat().flatMap((cell) => cell.runs);
	// More columns than a page can hold, or anything else that the cells do not have.
	if (token.header.length > limits.columns || !keepsAll(token.raw, runs)) {
		return { kind: 'paragraph', runs: [{ text: token.raw.trim() }] };
	}
	const aligns = { left: 'start', right: 'end', center: 'center' } as const;
	return {
		kind: 'table',
		columns: token.align.map((align) => ({ align: aligns[align ?? 'left'], weight: 1 })),
		header,
		rows,
		caption: ''
	};
}

/** What stands in a row after the header's last column: Markdown hides it, also a full stop. */
function restOf(line: string, columns: number): string {
	const cells = line.split(/(?<!\\)\|/);
	if (cells[0]?.trim() === '') cells.shift();
	return cells
		.slice(columns)
		.map((cell) => cell.trim())
		.filter((cell) => cell !== '')
		.join(' | ');
}

function withRest(cells: Cell[], rest: string, noteOf: NoteOf): Cell[] {
	const last = cells.at(-1);
	if (rest === '' || !last) return cells;
	const more = runsOf(Lexer.lexInline(rest, { gfm: true }), {}, noteOf);
	const space = last.runs.length > 0 ? [{ text: ' ' }] : [];
	return [...cells.slice(0, -1), { ...last, runs: [...last.runs, ...space, ...more] }];
}

/** Definitions (`[x]: https://…`) that no link of the text uses: a reader would never see them. */
function unused(markdown: string, tokens: Token[]): ExportBlock[] {
	const definitions: Tokens.Def[] = [];
	marked.walkTokens(tokens, (token) => {
		if (isMarked(token) && token.type === 'def') definitions.push(token);
	});
	if (definitions.length === 0) return [];
	const mentions = new Map<string, number>();
	for (const [, label = ''] of markdown.matchAll(/\[([^[\]]+)\]/g)) {
		const tag = label.toLowerCase().replace(/\s+/g, ' ');
		mentions.set(tag, (mentions.get(tag) ?? 0) + 1);
	}
	return definitions
		.filter(({ raw }) => definitionsIn(raw).length === 0)
		.filter((definition) => (mentions.get(definition.tag) ?? 0) < 2)
		.flatMap((definition) => paragraphs(definition.raw));
}
