/**
 * Merging: the text that came from another tab, another device, or from undo enters the open editor.
 * Only what differs is replaced, so that the cursor and the words around it stay.
 */
import type { Node } from 'prosemirror-model';
import { TextSelection, type EditorState, type Transaction } from 'prosemirror-state';
import { differenceOf, type Change } from '#lib/draft/difference.ts';
import { readBody, type Piece, type Pieces } from './pieces.ts';
import { schema } from './schema.ts';
import { wordsIn } from './words-in.ts';
import { children } from './write.ts';

/** The transaction that makes the document say `body`, and its pieces afterwards. */
export function mergeBody(
	state: EditorState,
	before: Pieces,
	body: string
): { tr: Transaction; after: Pieces } {
	const fresh = readBody(body, before.earlier);
	const pieces = aligned(before.pieces, fresh.pieces);
	const wanted = schema.nodes.doc.create(
		null,
		pieces.map(({ node }) => node)
	);
	const tr = state.tr.setMeta('addToHistory', false);
	replaceDifference(tr, wanted);
	keepCursor(state, tr);
	const nodes = children(tr.doc);
	return {
		tr,
		after: {
			...fresh,
			pieces: pieces.map((piece, i) => ({ ...piece, node: nodes[i] ?? piece.node }))
		}
	};
}

/** The fresh pieces, with the old node wherever the letters are the same; empty lines stay. */
function aligned(old: readonly Piece[], fresh: readonly Piece[]): Piece[] {
	if (old.every(({ source }) => source === '')) return [...fresh];
	const start: Piece[] = [];
	const end: Piece[] = [];
	let [i, j] = [0, 0];
	for (; i < old.length; i++) {
		const piece = old[i]!;
		if (piece.source === '') start.push(piece);
		else if (piece.source === fresh[j]?.source) start.push({ ...fresh[j++]!, node: piece.node });
		else break;
	}
	let [k, l] = [old.length - 1, fresh.length - 1];
	for (; k >= i; k--) {
		const piece = old[k]!;
		if (piece.source === '') end.unshift(piece);
		else if (l >= j && piece.source === fresh[l]?.source) {
			end.unshift({ ...fresh[l--]!, node: piece.node });
		} else break;
	}
	const middle = fresh.slice(j, l + 1).filter(({ source }) => source !== '');
	const all = [...start, ...middle, ...end];
	return all.length > 0 ? all : [...fresh];
}

/** A cursor in what was replaced goes to the words that it stood between. */
function keepCursor({ doc, selection }: EditorState, tr: Transaction): void {
	if (!(selection instanceof TextSelection)) return;
	const isMoved = [selection.anchor, selection.head].some((at) => tr.mapping.mapResult(at).deleted);
	if (!isMoved) return;
	const [before, after] = [wordsIn(doc), wordsIn(tr.doc)];
	const changes = differenceOf(before.text, after.text);
	const moved = (position: number) =>
		tr.doc.resolve(after.position(carried(changes, before.offset(position))));
	tr.setSelection(TextSelection.between(moved(selection.anchor), moved(selection.head)));
}

/** Where an offset of the old text is in the new one. */
function carried(changes: readonly Change[], offset: number): number {
	let [old, now] = [0, 0];
	for (const { kind, text } of changes) {
		if (kind !== 'new' && offset < old + text.length)
			return kind === 'same' ? now + offset - old : now;
		if (kind !== 'new') old += text.length;
		if (kind !== 'gone') now += text.length;
	}
	return now;
}

function replaceDifference(tr: Transaction, wanted: Node): void {
	const start = tr.doc.content.findDiffStart(wanted.content);
	if (start === null) return;
	const found = tr.doc.content.findDiffEnd(wanted.content);
	if (!found) return;
	let { a, b } = found;
	const overlap = start - Math.min(a, b);
	if (overlap > 0) {
		a += overlap;
		b += overlap;
	}
	const size = tr.steps.length;
	try {
		tr.replace(start, a, wanted.slice(start, b));
	} catch {
		// The cut ends do not fit: then all of it.
	}
	if (!tr.doc.eq(wanted)) {
		tr.replaceWith(0, tr.doc.content.size, wanted.content);
		if (!tr.doc.eq(wanted)) throw new Error(`the document did not become the text (${size})`);
	}
}
