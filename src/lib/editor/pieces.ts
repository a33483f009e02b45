/**
 * Pieces: the text of a chapter beside its nodes. A node that nobody touched keeps the letters that it
 * came in, and so keeps its fingerprint (P8); a node that somebody changed and changed back gets them
 * back.
 */
import { Node } from 'prosemirror-model';
import { cutBody } from './cut.ts';
import { readPart, sourceNode } from './read.ts';
import { schema } from './schema.ts';
import { children, writeNode, type Care } from './write.ts';

/** A top-level node and the letters that stand for it; `gap`: the white space after them. */
export type Piece = { node: Node; source: string; gap: string };
export type Pieces = { head: string; pieces: Piece[]; earlier: Map<string, string> };

/** A chapter's text as a document with its pieces. An empty text is one empty paragraph. */
export function readBody(body: string, earlier = new Map<string, string>()): Pieces {
	const { head, parts } = cutBody(body);
	const pieces = parts.map((part): Piece => {
		const { source, gap } = part;
		const node = readPart(part);
		const isSame = node !== null && (part.kind === 'live' || isFaithful(node));
		if (node && isSame && part.kind === 'token') earlier.set(careful(node), source);
		return { node: node && isSame ? node : sourceNode(source), source, gap };
	});
	if (pieces.length === 0) {
		pieces.push({ node: schema.nodes.paragraph.create(), source: '', gap: '' });
	}
	return { head, pieces, earlier };
}

export const documentOf = ({ pieces }: Pieces): Node =>
	schema.nodes.doc.create(
		null,
		pieces.map(({ node }) => node)
	);

export const textOf = ({ head, pieces }: Pieces): string =>
	head + pieces.map(({ source, gap }) => source + gap).join('');

/** The pieces of a changed document: what is not in `before` is written anew. */
export function rewrite(doc: Node, before: Pieces): Pieces {
	const nodes = children(doc);
	const old = before.pieces;
	let start = 0;
	while (start < nodes.length && start < old.length && nodes[start] === old[start]?.node) start++;
	let end = 0;
	while (
		end < nodes.length - start &&
		end < old.length - start &&
		nodes[nodes.length - 1 - end] === old[old.length - 1 - end]?.node
	) {
		end++;
	}
	const known = new Map(old.map((piece) => [piece.node, piece]));
	const isOneForOne = nodes.length === old.length;
	const defines = nodes.some(
		(node) => node.type.name === 'source' && /^ {0,3}\[[^\]]+\]:/m.test(node.textContent)
	);
	const pieces: Piece[] = [];
	nodes.forEach((node, i) => {
		const was =
			i < start
				? old[i]
				: i >= nodes.length - end
					? old[i - nodes.length + old.length]
					: isOneForOne
						? old[i]
						: undefined;
		const same = known.get(node);
		const above = pieces.findLast(({ source }) => source !== '')?.source ?? '';
		const source =
			same && !(isList(node) && isListSign(above, same.source))
				? same.source
				: written(node, above, before.earlier, defines);
		// A gap without an empty line is kept only between what stood there before.
		const mayTouch = was?.node.type === node.type && was.gap !== '' && i < nodes.length - 1;
		pieces.push({ node, source, gap: mayTouch ? was.gap : '' });
	});
	return { head: before.head, pieces: withGaps(pieces, old, isOneForOne), earlier: before.earlier };
}

/** Every two texts have an empty line between them, unless they had a lesser gap in the old text. */
function withGaps(pieces: Piece[], old: readonly Piece[], isOneForOne: boolean): Piece[] {
	const last = pieces.findLastIndex(({ source }) => source !== '');
	const place = new Map(old.map((piece, i) => [piece.node, i]));
	return pieces.map((piece, i) => {
		if (piece.source === '') return { ...piece, gap: '' };
		if (i >= last) return { ...piece, gap: endOf(piece, old) };
		const next = pieces.slice(i + 1).find(({ source }) => source !== '');
		if (/\n[ \t]*\n/.test(piece.gap)) return piece;
		const at = place.get(piece.node) ?? (isOneForOne ? i : -2);
		const after = (next && place.get(next.node)) ?? (isOneForOne ? i + 1 : -2);
		const isKept = at >= 0 && after === at + 1 && next?.node.type === old[after]?.node.type;
		return { ...piece, gap: isKept && piece.gap !== '' ? piece.gap : '\n\n' };
	});
}

const endOf = (piece: Piece, old: readonly Piece[]): string => {
	const end = old.at(-1);
	return end?.node === piece.node ? end.gap : /^\s*$/.test(end?.gap ?? '') ? (end?.gap ?? '') : '';
};

const isList = (node: Node): boolean => node.type.name.endsWith('_list');
const isListSign = (above: string, source: string): boolean => {
	const sign = (text: string) => /^\s*(?:([-*+])|\d+([.)]))\s/.exec(text)?.slice(1).join('') ?? '';
	return sign(above) !== '' && sign(above) === sign(source);
};

function written(
	node: Node,
	above: string,
	earlier: Map<string, string>,
	defines: boolean
): string {
	if (node.type.name === 'source' || node.type.name === 'live') return writeNode(node, 'plain');
	const known = earlier.get(careful(node));
	if (known !== undefined && !(isList(node) && isListSign(above, known))) return known;
	const cares: Care[] = defines ? ['escaped', 'bare'] : ['plain', 'escaped', 'bare'];
	for (const care of cares) {
		const text = writeNode(node, care, above);
		if (text === '' || means(text, node)) return text;
	}
	// White space at an edge, or an empty line in a list: the words are the same.
	const text = writeNode(node, 'escaped', above);
	return says(text, node) ? text : writeNode(node, 'bare', above);
}

const careful = (node: Node): string => writeNode(node, 'escaped');

const isFaithful = (node: Node): boolean =>
	means(writeNode(node, 'plain'), node) || means(careful(node), node);

const reread = (text: string): Node | null => {
	const { parts } = cutBody(text);
	return parts.length === 1 && parts[0] ? readPart(parts[0]) : null;
};
/** Whether a text is read as this very node. */
const means = (text: string, node: Node): boolean => reread(text)?.eq(node) ?? false;
const says = (text: string, node: Node): boolean =>
	reread(text)?.textContent.replace(/\s+/g, ' ').trim() ===
	node.textContent.replace(/\s+/g, ' ').trim();
