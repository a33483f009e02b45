/**
 * Quotes: finding highlighted words again in a text that may have been corrected since.
 *
 * Words that are still there are found, wherever they stand now; of several places the one with the
 * same surroundings is meant. White space counts as one space: it is the renderer's, not the author's.
 */
import { aroundQuote, markLimits, type Quote } from '#lib/model/mark.ts';

/** The quote of the characters from `start` to before `end`; null where that is nothing or too much. */
export function quoteOf(text: string, start: number, end: number): Quote | null {
	const words = text.slice(start, end);
	if (words.trim() === '' || words.length > markLimits.quote) return null;
	return {
		text: words,
		before: text.slice(Math.max(0, start - aroundQuote), start),
		after: text.slice(end, end + aroundQuote)
	};
}

/** Where the quote is in `text`; null where its words are not there any more. */
export function findQuote(text: string, quote: Quote): { start: number; end: number } | null {
	const { plain, at } = plainOf(text);
	const words = plainOf(quote.text).plain.trim();
	if (words === '') return null;
	const before = plainOf(quote.before).plain;
	const after = plainOf(quote.after).plain;
	let best: { from: number; alike: number } | null = null;
	for (let from = plain.indexOf(words); from >= 0; from = plain.indexOf(words, from + 1)) {
		const alike =
			sameEnd(plain.slice(0, from).trimEnd(), before.trimEnd()) +
			sameStart(plain.slice(from + words.length).trimStart(), after.trimStart());
		if (best === null || alike > best.alike) best = { from, alike };
	}
	if (best === null) return null;
	return { start: at[best.from]!, end: at[best.from + words.length - 1]! + 1 };
}

/** The text with each run of white space as one space, and where each character of it stood. */
function plainOf(text: string): { plain: string; at: number[] } {
	let plain = '';
	const at: number[] = [];
	for (let i = 0; i < text.length; i++) {
		const isSpace = /\s/.test(text[i]!);
		if (isSpace && plain.endsWith(' ')) continue;
		plain += isSpace ? ' ' : text[i]!;
		at.push(i);
	}
	return { plain, at };
}

function sameEnd(a: string, b: string): number {
	let n = 0;
	while (n < Math.min(a.length, b.length) && a.at(-1 - n) === b.at(-1 - n)) n++;
	return n;
}
function sameStart(a: string, b: string): number {
	let n = 0;
	while (n < Math.min(a.length, b.length) && a[n] === b[n]) n++;
	return n;
}
