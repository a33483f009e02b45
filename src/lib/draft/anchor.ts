/**
 * Anchors: the place of a remark in a text that goes on being written. The words that it is about find
 * it again, and what stands before and after tells the same words apart; where the words were changed
 * between an unchanged before and after, that is the place.
 */
export type Anchor = { quote: string; before: string; after: string };
export type Place = { from: number; to: number; changed: boolean };

const context = 32;
const longest = 2000;

/** Line ends count as spaces on both sides: a kept line has none. */
const level = (text: string): string => text.replace(/\s/g, ' ');

/** The anchor of a stretch of a text, at most 2,000 units of it. */
export const anchorOf = (text: string, from: number, to: number): Anchor => ({
	quote: level(text.slice(from, Math.min(to, from + longest))),
	before: level(text.slice(Math.max(0, from - context), from)),
	after: level(text.slice(to, to + context))
});

/** Where an anchor is now; null where its words are gone. */
export function placeOf(text: string, { quote, before, after }: Anchor): Place | null {
	const here = level(text);
	const wanted = level(quote);
	if (wanted === '') return null;
	let best = -1;
	let most = -1;
	for (let i = here.indexOf(wanted); i !== -1; i = here.indexOf(wanted, i + 1)) {
		const score =
			commonEnd(here.slice(0, i), before) + commonStart(here.slice(i + wanted.length), after);
		if (score > most) [best, most] = [i, score];
	}
	if (best >= 0) return { from: best, to: best + wanted.length, changed: false };
	return between(here, before, after, wanted.length);
}

function between(text: string, before: string, after: string, length: number): Place | null {
	const [left, right] = [before.slice(-16), after.slice(0, 16)];
	if (left.trim().length < 6 || right.trim().length < 6) return null;
	for (let i = text.indexOf(left); i !== -1; i = text.indexOf(left, i + 1)) {
		const from = i + left.length;
		const to = text.indexOf(right, from);
		if (to > from && to - from <= 3 * length + 40) return { from, to, changed: true };
	}
	return null;
}

function commonEnd(a: string, b: string): number {
	let n = 0;
	while (n < a.length && n < b.length && a[a.length - 1 - n] === b[b.length - 1 - n]) n++;
	return n;
}
function commonStart(a: string, b: string): number {
	let n = 0;
	while (n < a.length && n < b.length && a[n] === b[n]) n++;
	return n;
}
