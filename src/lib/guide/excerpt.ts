/**
 * An Excerpt: the passage of a text where the searched words stand closest, with those words
 * marked. Segments are plain text; nothing here makes HTML.
 */
import { wordsOf } from './normalise.ts';

export type Segment = { text: string; hit: boolean };

/** Offsets in the original text: accents, stretched letters and all. */
type Mark = { start: number; end: number; word: string };

/** How much of a text is looked at: more than any page has, less than a stranger's file. */
const longestText = 100_000;
/** The share of an excerpt that stands before its first hit. */
const lead = 0.2;

/**
 * About `length` characters of `text` with as many different `words` (as the search gives them) as
 * can stand together, cut between words. Without a hit: the beginning.
 */
export function excerptOf(text: string, words: string[], length = 160): Segment[] {
	const known = text.slice(0, longestText);
	const marks = marksIn(known, words);
	const from = bestStart(marks, length);
	const start = from === 0 ? 0 : afterSpace(known, from);
	const end = start + length >= known.length ? known.length : beforeSpace(known, start + length);
	const segments = cut(known, marks, start, end);
	if (start > 0) segments.unshift({ text: '…', hit: false });
	if (end < text.length) segments.push({ text: '…', hit: false });
	return joined(segments);
}

/** The whole of `text` with `words` marked, for a title. */
export function highlight(text: string, words: string[]): Segment[] {
	const known = text.slice(0, longestText);
	return joined(cut(known, marksIn(known, words), 0, known.length));
}

function marksIn(text: string, words: string[]): Mark[] {
	const wanted = new Set(words);
	const marks: Mark[] = [];
	for (const found of wordsOf(text)) {
		const word = wanted.has(found.word) ? found.word : words.find((w) => isForm(w, found.word));
		if (word !== undefined) marks.push({ start: found.start, end: found.end, word });
	}
	return marks;
}

/** Strategy, strategy's; but "in" does not mark "incident". */
const isForm = (word: string, other: string): boolean =>
	word.length >= 4 && other.length - word.length <= 3 && other.startsWith(word);

/** Where a window of `length` holds the most different words, then the most hits. */
function bestStart(marks: Mark[], length: number): number {
	let best = { start: 0, worth: 0 };
	const inside = new Map<string, number>();
	let last = 0;
	marks.forEach((mark, first) => {
		for (
			let next = marks[last];
			next && next.end <= mark.start + length * (1 - lead);
			next = marks[last]
		) {
			inside.set(next.word, (inside.get(next.word) ?? 0) + 1);
			last++;
		}
		const worth = inside.size * 100 + Math.min(99, last - first);
		if (worth > best.worth) best = { start: mark.start, worth };
		const left = (inside.get(mark.word) ?? 1) - 1;
		if (left > 0) inside.set(mark.word, left);
		else inside.delete(mark.word);
		// A word longer than the window was never counted in.
		last = Math.max(last, first + 1);
	});
	return Math.max(0, Math.round(best.start - length * lead));
}

/** How far a cut looks for a space; beyond it (a text without spaces) it cuts where it is. */
const reach = 30;

function afterSpace(text: string, at: number): number {
	const space = text.slice(at, at + reach).search(/\s/);
	return space < 0 ? at : at + space + 1;
}

function beforeSpace(text: string, at: number): number {
	const back = text.slice(at - reach, at + 1).search(/\s\S*$/);
	return back < 0 ? at : at - reach + back;
}

function cut(text: string, marks: Mark[], start: number, end: number): Segment[] {
	const segments: Segment[] = [];
	let at = start;
	for (const mark of marks) {
		if (mark.start < at || mark.end > end) continue;
		segments.push({ text: text.slice(at, mark.start), hit: false });
		segments.push({ text: text.slice(mark.start, mark.end), hit: true });
		at = mark.end;
	}
	segments.push({ text: text.slice(at, end), hit: false });
	return segments;
}

/** Without empty segments, and with neighbours of one sort as one. */
function joined(segments: Segment[]): Segment[] {
	const result: Segment[] = [];
	for (const segment of segments) {
		const before = result.at(-1);
		if (segment.text === '') continue;
		if (before && !before.hit && !segment.hit) before.text += segment.text;
		else result.push({ ...segment });
	}
	return result;
}
