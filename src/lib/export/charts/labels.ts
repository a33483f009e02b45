/**
 * Labels of charts: how wide words are, where they break, and how they keep off each other.
 *
 * A file has no layout engine, so widths are estimates, on the safe side for the usual sans-serifs.
 */

/** Widths in em. Narrow, wide and capital letters differ enough to matter in a label. */
function charWidth(char: string): number {
	if (/\p{M}|[\u200B-\u200F\u2060-\u2069]/u.test(char)) return 0;
	if (
		/[\u2E80-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\uFF00-\uFF60]|\p{Extended_Pictographic}/u.test(char)
	)
		return 1.05;
	if (/[iljtfrI.,:;'’|!()[\]\s]/.test(char)) return 0.34;
	if (/[mwMW@%—…]/.test(char)) return 0.92;
	if (/[\u0600-\u08FF\uFB50-\uFEFC]/.test(char)) return 0.52;
	return /\p{Lu}/u.test(char) ? 0.7 : 0.57;
}

/** The width of `words` set at `size`, in the unit of `size`. */
export function textWidth(words: string, size: number): number {
	let width = 0;
	for (const char of words) width += charWidth(char);
	return width * size;
}

/**
 * `words` in lines of at most `width`. Breaks at spaces and after hyphens and slashes; a word that is
 * too long even alone is cut between letters, with a hyphen where its script has one. Joined without
 * the added hyphens and with spaces, the lines are the words.
 */
export function wrap(words: string, width: number, size: number): string[] {
	const lines: string[] = [];
	let line = '';
	for (const piece of words.trim().split(/(?<=\s)|(?<=[-/])(?=\S)/u)) {
		if (line !== '' && textWidth((line + piece).trimEnd(), size) > width) {
			lines.push(line.trimEnd());
			line = '';
		}
		const [whole, rest] = cut(piece, width, size);
		lines.push(...whole);
		line += rest;
	}
	if (line.trim() !== '') lines.push(line.trimEnd());
	return lines;
}

/** A piece as full lines and what is left of it: parts of about the same length, if it is too long. */
function cut(piece: string, width: number, size: number): [string[], string] {
	const word = piece.trimEnd();
	if (textWidth(word, size) <= width) return [[], piece];
	const letters = graphemes(word);
	const hyphen = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}'’-]+$/u.test(word)
		? '-'
		: '';
	const atLeast = Math.max(2, Math.floor(textWidth(word, size) / width));
	for (let parts = atLeast; ; parts++) {
		// Two letters at least: a column of single ones cannot be read.
		const length = Math.max(2, Math.ceil(letters.length / parts));
		const pieces: string[] = [];
		for (let i = 0; i < letters.length; i += length) {
			pieces.push(letters.slice(i, i + length).join(''));
		}
		const isNarrow = pieces.every((p) => textWidth(p + hyphen, size) <= width);
		if (!isNarrow && length > 2) continue;
		const last = pieces.pop() ?? '';
		return [pieces.map((p) => p + hyphen), last + piece.slice(word.length)];
	}
}

/** Characters with the marks that belong to them. */
function graphemes(words: string): string[] {
	const found: string[] = [];
	for (const char of words) {
		if (found.length > 0 && /\p{M}|\u200D/u.test(char)) found[found.length - 1] += char;
		else found.push(char);
	}
	return found;
}

export type Span = { centre: number; height: number };

/**
 * New centres for `spans`, given from top to bottom, such that none overlaps its neighbour (`gap`
 * between them), each is as near to its old place as its neighbours leave it, and all stay between
 * `top` and `bottom` while they fit there; if they do not, they run over both ends alike.
 */
export function spread(spans: readonly Span[], gap: number, top: number, bottom: number): number[] {
	const total = spans.reduce((sum, span) => sum + span.height + gap, -gap);
	const over = Math.max(0, total - (bottom - top)) / 2;
	const centres = spans.map((span) => span.centre);
	let edge = top - over;
	spans.forEach((span, i) => {
		centres[i] = Math.max(centres[i]!, edge + span.height / 2);
		edge = centres[i]! + span.height / 2 + gap;
	});
	edge = bottom + over;
	for (let i = spans.length - 1; i >= 0; i--) {
		centres[i] = Math.min(centres[i]!, edge - spans[i]!.height / 2);
		edge = centres[i]! - spans[i]!.height / 2 - gap;
	}
	return centres;
}
