/**
 * The inline half of markdown.ts: Markdown's inline tokens become runs.
 */
import type { MarkedToken, Token, Tokens } from 'marked';
import { labelOf, noteMarks } from '#lib/draft/footnotes.ts';
import { plain, type Cell, type Note, type Run } from './document.ts';
import { decodeEntities } from './entities.ts';
import { safeLink } from './text.ts';

type Dress = Omit<Run, 'text' | 'note'>;
/** The note of a label; null where nobody wrote one. */
export type NoteOf = (label: string) => Note | null;
const noNotes: NoteOf = () => null;

const kinds: ReadonlySet<string> = new Set<MarkedToken['type']>([
	'blockquote',
	'br',
	'checkbox',
	'code',
	'codespan',
	'def',
	'del',
	'em',
	'escape',
	'heading',
	'hr',
	'html',
	'image',
	'link',
	'list',
	'list_item',
	'paragraph',
	'space',
	'strong',
	'table',
	'text'
]);
/** marked's own tokens, as against those of an extension, of which we have none. */
export const isMarked = (token: Token): token is MarkedToken => kinds.has(token.type);

/** Neighbours in the same dress are one run; two links in a row stay two, also to one address. */
export const runsOf = (
	tokens: readonly Token[],
	dress: Dress = {},
	noteOf: NoteOf = noNotes
): Run[] =>
	joined(
		tokens.flatMap((token) => inline(token, dress, noteOf)),
		(a, b) => a.link === undefined && isSameDress(a, b)
	);

function joined(runs: readonly Run[], isOne: (a: Run, b: Run) => boolean): Run[] {
	const all: Run[] = [];
	for (const run of runs) {
		const last = all.at(-1);
		if (last && isOne(last, run)) last.text += run.text;
		else all.push({ ...run });
	}
	return all;
}

const isSameDress = (a: Run, b: Run): boolean =>
	a.note === undefined &&
	b.note === undefined &&
	a.bold === b.bold &&
	a.italic === b.italic &&
	a.strike === b.strike &&
	a.code === b.code &&
	a.link === b.link;

function inline(token: Token, dress: Dress, noteOf: NoteOf): Run[] {
	if (!isMarked(token)) return [{ ...dress, text: token.raw }];
	switch (token.type) {
		case 'strong':
			return token.tokens.flatMap((t) => inline(t, { ...dress, bold: true }, noteOf));
		case 'em':
			return token.tokens.flatMap((t) => inline(t, { ...dress, italic: true }, noteOf));
		case 'del':
			return token.tokens.flatMap((t) => inline(t, { ...dress, strike: true }, noteOf));
		case 'codespan':
			return [{ ...dress, code: true, text: token.text }];
		case 'br':
			return [{ ...dress, text: '\n' }];
		case 'link':
			return link(token, dress, noteOf);
		case 'image':
			return image(token, dress);
		case 'escape':
			return [{ ...dress, text: token.text }];
		case 'text':
			if (token.tokens) return token.tokens.flatMap((t) => inline(t, dress, noteOf));
			return withNotes(decodeEntities(token.text).replace(/[ \t]*\n/g, ' '), dress, noteOf);
		case 'checkbox':
			return [];
		default:
			return [{ ...dress, text: token.raw }];
	}
}

/** Text in which `[^1]` stands for a note, where there is one. */
function withNotes(text: string, dress: Dress, noteOf: NoteOf): Run[] {
	const runs: Run[] = [];
	let at = 0;
	for (const found of text.matchAll(noteMarks())) {
		const note = noteOf(found[1] ?? '');
		if (!note) continue;
		if (found.index > at) runs.push({ ...dress, text: text.slice(at, found.index) });
		runs.push({ text: '', note });
		at = found.index + found[0].length;
	}
	if (at < text.length) runs.push({ ...dress, text: text.slice(at) });
	return runs;
}

/** Links into a guide (`section:`, `term:`) are words in a document; others must be followable. */
function link(token: Tokens.Link, dress: Dress, noteOf: NoteOf): Run[] {
	// A note of one word looks like the address of a link that is called "^1".
	const label = labelOf(token.raw);
	const note = label === null ? null : noteOf(label);
	if (note) return [{ text: '', note }];
	const words = (more: Dress): Run[] =>
		joined(
			token.tokens.flatMap((t) => inline(t, { ...dress, ...more }, noNotes)),
			isSameDress
		);
	const title: Run[] = token.title ? [{ ...dress, text: ` (${token.title})` }] : [];
	if (/^(section|term):[a-z0-9-]+$/.test(token.href)) return [...words({}), ...title];
	const safe = safeLink(decodeEntities(token.href));
	if (safe !== null && plain(words({})).trim() !== '') return [...words({ link: safe }), ...title];
	return [...words({}), { ...dress, text: ` (${token.href})` }, ...title];
}

/** A picture in a chapter is a foreign file that the export does not have: its words, linked. */
function image(token: Tokens.Image, dress: Dress): Run[] {
	const safe = safeLink(token.href);
	const title = token.title ? ` (${token.title})` : '';
	const alt = decodeEntities(token.text) + title;
	if (safe !== null && alt !== '') return [{ ...dress, link: safe, text: alt }];
	return [{ ...dress, text: `${alt} (${token.href})`.trim() }];
}

export const cellOf = (cell: Tokens.TableCell, noteOf: NoteOf): Cell => ({
	runs: runsOf(cell.tokens, {}, noteOf)
});

/** Whether the runs have, in order, every letter and digit of the Markdown that they came from. */
export function keepsAll(markdown: string, runs: readonly Run[]): boolean {
	const have = runs.map((run) => run.text + (run.link ?? '') + (run.note?.label ?? '')).join(' ');
	const signs = /[\p{L}\p{N}]/gu;
	const kept = have.match(signs) ?? [];
	let at = 0;
	for (const sign of decodeEntities(markdown).match(signs) ?? []) {
		while (at < kept.length && kept[at] !== sign) at++;
		if (at++ >= kept.length) return false;
	}
	return true;
}
