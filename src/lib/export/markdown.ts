/**
 * Markdown, as a person writes a chapter in it, becomes neutral blocks.
 *
 * marked's lexer reads it; its HTML is never asked for. Raw HTML is text. Nothing that somebody
 * wrote is dropped (P9): what Markdown would hide (an address that may not be followed, a title, a
 * cell too many, a definition that nothing refers to) stands in the text instead.
 */
import { Marked, type Token, type Tokens } from 'marked';
import { limits, type Cell, type ExportBlock, type Run } from './document.ts';
import { cellOf, isMarked, keepsAll, runsOf } from './markdown-runs.ts';

const marked = new Marked({ gfm: true });

/**
 * The blocks of `markdown`. Its headings, whatever their depth, become `top` and the levels below,
 * at most 3. `highest`: the depth that becomes `top`, for a piece of a longer text (`highestHeading`).
 * Never throws: what the lexer cannot take (thousands of nested quotations) comes back as plain
 * paragraphs.
 */
export function blocksOf(markdown: string, top: 1 | 2 | 3 = 2, highest?: number): ExportBlock[] {
	try {
		const tokens = marked.lexer(markdown);
		const shift = top - (highest ?? highestOf(tokens));
		return tokens.flatMap((token) => block(token, 0, shift)).concat(unused(markdown, tokens));
	} catch (thrown) {
		if (!(thrown instanceof RangeError)) throw thrown;
		return paragraphs(markdown);
	}
}

/** The depth of the highest heading in `markdown`, 1 to 6. */
export function highestHeading(markdown: string): number {
	try {
		return highestOf(marked.lexer(markdown));
	} catch (thrown) {
		if (!(thrown instanceof RangeError)) throw thrown;
		return 1;
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
function block(token: Token, depth: number, shift: number): ExportBlock[] {
	if (!isMarked(token)) return paragraphs(token.raw);
	switch (token.type) {
		case 'heading':
			if (depth > 0) return asParagraph(token.tokens, { bold: true });
			return [
				{
					kind: 'heading',
					level: levelOf(token.depth + shift),
					runs: runsOf(token.tokens),
					numbered: true
				}
			];
		case 'paragraph':
		case 'text':
			return asParagraph(token.tokens ?? [token]);
		case 'html':
			return paragraphs(token.raw);
		case 'code':
			return [{ kind: 'code', text: token.lang ? `${token.lang}\n${token.text}` : token.text }];
		case 'blockquote':
			if (depth >= limits.depth - 1) return paragraphs(token.text);
			return [{ kind: 'quote', blocks: token.tokens.flatMap((t) => block(t, depth + 1, shift)) }];
		case 'list':
			if (depth >= limits.depth - 1) return paragraphs(token.raw);
			return [list(token, depth, shift)];
		case 'table':
			return [table(token)];
		case 'hr':
			return [{ kind: 'rule' }];
		case 'space':
		case 'def':
			return [];
		default:
			return asParagraph([token]);
	}
}

const levelOf = (depth: number): 1 | 2 | 3 => (depth <= 1 ? 1 : depth === 2 ? 2 : 3);

function asParagraph(tokens: Token[], dress: Omit<Run, 'text'> = {}): ExportBlock[] {
	const runs = runsOf(tokens, dress);
	return runs.some((run) => run.text.trim() !== '') ? [{ kind: 'paragraph', runs }] : [];
}

function list(token: Tokens.List, depth: number, shift: number): ExportBlock {
	return {
		kind: 'list',
		ordered: token.ordered,
		start: Number(token.start) || (token.ordered && token.start === 0 ? 0 : 1),
		items: token.items.map((item) => {
			const blocks = item.tokens.flatMap((t) => block(t, depth + 1, shift));
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

function table(token: Tokens.Table): ExportBlock {
	const rows: Cell[][] = token.rows.map((row) => row.map(cellOf));
	const header = token.header.map(cellOf);
	const runs = [header, ...rows].flat().flatMap((cell) => cell.runs);
	// A row with more cells than the header, or more columns than a page can hold.
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
		.filter((definition) => (mentions.get(definition.tag) ?? 0) < 2)
		.flatMap((definition) => paragraphs(definition.raw));
}
