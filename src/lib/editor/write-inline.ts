/** The inline half of `write.ts`: words, their dress, notes and links, as Markdown. */
import type { Mark, Node } from 'prosemirror-model';

/**
 * plain: text as it was typed; escaped: every sign that could be a mark is escaped; bare: escaped, and
 * without bold and the like, for dress that Markdown cannot say (bold that ends inside a word).
 */
export type Care = 'plain' | 'escaped' | 'bare';
type Place = 'paragraph' | 'line' | 'cell';

const signs: Record<string, string> = { strong: '**', em: '*', strike: '~~' };
/** From the outside in. */
const order = ['link', 'strong', 'em', 'strike', 'code'];

type Piece = { text: string; marks: readonly Mark[]; isText: boolean };

/** The inline content of a node as Markdown, in one line but for its line breaks. */
export function writeInline(node: Node, care: Care, place: Place): string {
	const pieces = outside(piecesOf(node, care, place));
	let text = '';
	let open: Mark[] = [];
	for (const piece of pieces) {
		const wanted = order.flatMap((name) => piece.marks.filter((mark) => mark.type.name === name));
		let common = 0;
		while (common < open.length && open[common] && wanted[common]?.eq(open[common]!)) common++;
		for (const mark of open.slice(common).reverse()) text += closing(mark);
		for (const mark of wanted.slice(common)) text += opening(mark);
		open = wanted;
		text += piece.text;
	}
	for (const mark of open.reverse()) text += closing(mark);
	text = text.replace(/(?:\\\n)+\s*$/, '').trim();
	return care === 'plain' || place === 'cell' ? text : text.split('\n').map(atStart).join('\n');
}

function piecesOf(node: Node, care: Care, place: Place): Piece[] {
	const pieces: Piece[] = [];
	node.forEach((child) => {
		const isCode = child.marks.some((mark) => mark.type.name === 'code');
		const marks = child.marks.filter(
			({ type }) => type.name === 'link' || (care !== 'bare' && type.name !== 'code')
		);
		const add = (text: string, isText = false): void => {
			pieces.push({ text: place === 'cell' ? text.replace(/\|/g, '\\|') : text, marks, isText });
		};
		switch (child.type.name) {
			case 'hard_break':
				return add(place === 'paragraph' ? '\\\n' : ' ');
			case 'footnote_ref':
				return add(`[^${String(child.attrs.label)}]`);
			case 'raw':
				return add(String(child.attrs.source));
			default: {
				const text = (child.text ?? '').replace(/\n/g, ' ');
				if (isCode) return add(codeOf(text));
				return add(care === 'plain' ? text : escaped(text), true);
			}
		}
	});
	return pieces;
}

/** `** bold**` is no bold: white space at the edges of a dress goes outside of it. */
function outside(pieces: readonly Piece[]): Piece[] {
	return pieces.flatMap((piece, i) => {
		const dress = piece.marks.filter((mark) => mark.type.name in signs);
		if (!piece.isText || dress.length === 0) return [piece];
		const only = (other: Piece | undefined): readonly Mark[] =>
			piece.marks.filter(
				(mark) => !(mark.type.name in signs) || other?.marks.some((m) => m.eq(mark))
			);
		const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(piece.text) ?? [];
		return [
			{ ...piece, text: before, marks: only(pieces[i - 1]) },
			{ ...piece, text: words, marks: words === '' ? only(pieces[i + 1]) : piece.marks },
			{ ...piece, text: after, marks: only(pieces[i + 1]) }
		].filter(({ text }) => text !== '');
	});
}

const opening = (mark: Mark): string =>
	mark.type.name === 'link' ? '[' : (signs[mark.type.name] ?? '');

function closing(mark: Mark): string {
	if (mark.type.name !== 'link') return signs[mark.type.name] ?? '';
	const href = String(mark.attrs.href).replace(/[()\\\s<>]/g, encodeURIComponent);
	const address = href.replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'));
	const title = mark.attrs.title ? ` "${String(mark.attrs.title).replace(/["\\]/g, '\\$&')}"` : '';
	return `](${address}${title})`;
}

/** Code in as many backticks as it needs. */
function codeOf(text: string): string {
	const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
	const fence = '`'.repeat(longest + 1);
	const pad = /^`|`$|^ .* $/.test(text) ? ' ' : '';
	return fence + pad + text + pad + fence;
}

const escaped = (text: string): string =>
	text
		.replace(/[\\`*_[\]<~{]/g, '\\$&')
		.replace(/&(?=#?\w+;)/g, '\\&')
		// A web address would become a link, which it was not.
		.replace(/\b(https?|ftp)(?=:\/\/)/gi, '$1\\')
		.replace(/\bwww(?=\.)/gi, 'www\\')
		.replace(/@(?=\w)/g, '\\@');

const atStart = (line: string): string =>
	line.replace(/^(\s*)([#>+=|-])/, '$1\\$2').replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
