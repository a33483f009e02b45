/**
 * Cutting: a chapter's Markdown as the parts that the editor shows one below the other, each with the
 * very letters that it is written in. Source and gap of all parts, in a row, are the text.
 */
import { Marked, type Token } from 'marked';
import { definitionsIn, type NoteSource } from '#lib/draft/footnotes.ts';
import { blocks, type Block } from '#lib/model/guide.ts';

const marked = new Marked({ gfm: true });

export type Part = {
	source: string;
	/** The white space between it and the next. */
	gap: string;
} & (
	| { kind: 'token'; token: Token }
	| { kind: 'live'; block: Block }
	| { kind: 'footnote'; label: string; text: string }
	/** Nothing that the editor could show: its letters are what it is. */
	| { kind: 'source' }
);

const marker = /^\s{0,3}\{\{\s*([a-z-]+)\s*\}\}\s*$/;

/** The parts of a body, and the white space before the first. */
export function cutBody(body: string): { head: string; parts: Part[] } {
	const parts: Part[] = [];
	let head = '';
	const add = (part: Part): void => {
		parts.push(part);
	};
	/** White space belongs to what stands before it. */
	const space = (gap: string): void => {
		const last = parts.at(-1);
		if (last) last.gap += gap;
		else head += gap;
	};
	let lines = '';
	const flush = (): void => {
		for (const raw of lexed(lines)) {
			const source = raw.source.replace(/\s+$/, '');
			const lead = /^(?:[ \t]*\n)*/.exec(source)?.[0] ?? '';
			if (source === '') space(raw.source);
			else {
				space(lead);
				const rest = source.slice(lead.length);
				const gap = raw.source.slice(source.length);
				const notes = raw.token ? definitionsIn(rest) : [];
				if (notes.length > 0) footnotesOf(notes, gap).forEach(add);
				else if (raw.token) add({ kind: 'token', token: raw.token, source: rest, gap });
				else add({ kind: 'source', source: rest, gap });
			}
		}
		lines = '';
	};
	for (const line of body.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
		const name = marker.exec(line)?.[1];
		const block = blocks.find((known) => known === name);
		if (block === undefined) lines += line;
		else {
			flush();
			const source = line.trim();
			space(line.slice(0, line.indexOf(source)));
			add({ kind: 'live', block, source, gap: line.slice(line.indexOf(source) + source.length) });
		}
	}
	flush();
	return { head, parts };
}

/** marked's tokens with their letters; one piece without a token where it changed any of them. */
function lexed(text: string): { source: string; token: Token | null }[] {
	if (text === '') return [];
	try {
		const tokens = marked.lexer(text);
		if (tokens.map((token) => token.raw).join('') === text) {
			return tokens.map((token) => ({ source: token.raw, token }));
		}
	} catch (thrown) {
		// Thousands of quotations inside each other.
		if (!(thrown instanceof RangeError)) throw thrown;
	}
	return [{ source: text, token: null }];
}

const footnotesOf = (notes: readonly NoteSource[], gap: string): Part[] =>
	notes.map((note, i) => ({ kind: 'footnote', ...note, gap: i < notes.length - 1 ? '\n' : gap }));
