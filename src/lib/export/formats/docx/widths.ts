/**
 * How wide the columns of a table are: as its weights say, and no narrower than their longest word.
 *
 * Word cuts a word that its column does not hold wherever the column ends. In Arabic, where letters
 * join, the two halves cannot be read. A file has no layout engine: see `charts/labels.ts`.
 */
import { textWidth } from '../../charts/labels.ts';
import { plain, type Cell, type TableBlock } from '../../document.ts';
import { cellSide, tableTextSize } from './table-style.ts';

const twipsPerPoint = 20;
const textSize = tableTextSize * twipsPerPoint;
/**
 * For bold letters, and a font that is not the one that was thought of: Arabic letters differ most from
 * font to font, and are the worst to cut.
 */
const spareOf = (word: string): number => (/\p{Script=Arabic}/u.test(word) ? 1.25 : 1.15);
const widest = 1.05 * textSize * 1.25;
/** A web address is cut all the same: it must not leave the other columns without room. */
const most = 0.4;

/** Whole twips that add up to `width`. */
export function widthsOf({ columns, header, rows }: TableBlock, width: number): number[] {
	const weights = columns.map(({ weight }) => Math.max(weight, 0.01));
	const total = sum(weights);
	const wanted = weights.map((weight) => (width * weight) / total);
	const needed = columns.map((_, i) =>
		Math.min(longestWord([header, ...rows].map((row) => row[i])) + 2 * cellSide, width * most)
	);
	return whole(share(wanted, needed, width), width);
}

/** What each lacks comes from those that have more than they need, in proportion to it. */
function share(wanted: number[], needed: number[], width: number): number[] {
	const needs = sum(needed);
	// Nobody's words fit then: each is as short as the others.
	if (needs >= width) return needed.map((need) => (need * width) / needs);
	const lack = sum(wanted.map((want, i) => Math.max(0, needed[i]! - want)));
	const over = sum(wanted.map((want, i) => Math.max(0, want - needed[i]!)));
	return wanted.map((want, i) => {
		const need = needed[i]!;
		return want < need ? need : want - (over > 0 ? (lack * (want - need)) / over : 0);
	});
}

/** The last column takes what rounding leaves. */
function whole(widths: number[], width: number): number[] {
	const rounded = widths.map(Math.round);
	const last = rounded.length - 1;
	if (last >= 0) rounded[last] = width - sum(rounded.slice(0, last));
	return rounded;
}

/** In twips. One word: what a space joins that does not break (`3 000 000`), and a date (`2025/06/30`). */
function longestWord(cells: readonly (Cell | undefined)[]): number {
	let longest = 0;
	for (const cell of cells) {
		for (const word of plain(cell?.runs ?? []).split(/[^\S\u00A0\u202F]+|(?<=[-/])(?=\p{L})/u)) {
			// No letter is wider than this: most words need no measuring.
			if (word.length * widest <= longest) continue;
			longest = Math.max(longest, textWidth(word, textSize) * spareOf(word));
		}
	}
	return longest;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
