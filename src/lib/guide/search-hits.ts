/** Hits of a name of several words, and hits of several names for one thing. */
import type { Found, Hits } from './search-rank.ts';

/** The documents that hold all words of a name, with what they are worth on average. */
export function ofPhrase(words: Hits[]): Hits {
	const [first = new Map() as Hits, ...rest] = words;
	if (rest.length === 0) return first;
	const hits: Hits = new Map();
	for (const [doc, hit] of first) {
		const others = rest.map((other) => other.get(doc));
		if (!others.every((other) => other !== undefined)) continue;
		const all = [hit, ...others];
		const mean = (of: (one: typeof hit) => number) =>
			all.reduce((sum, one) => sum + of(one), 0) / all.length;
		hits.set(doc, {
			title: mean((one) => one.title),
			text: mean((one) => one.text),
			words: all.flatMap((one) => one.words),
			sure: Math.min(...all.map((one) => one.sure))
		});
	}
	return hits;
}

/** What was found by another name, which counts less than what was typed. */
export type Other = { hits: Hits; less: number };

/**
 * What a word found by itself and by other names for the thing: of a document, the best of each. It
 * is as rare as the word itself, or, where nothing has the word, as its rarest other name.
 */
export function withOthers(hits: Hits, others: Other[]): Found {
	const telling = others.filter((other) => other.hits.size > 0);
	if (telling.length === 0) return { hits, having: hits.size };
	const merged = new Map(hits);
	for (const { hits: other, less } of telling) {
		for (const [doc, hit] of other) {
			const known = merged.get(doc);
			const sure = hit.sure * less;
			merged.set(doc, {
				title: Math.max(known?.title ?? 0, hit.title * less),
				text: Math.max(known?.text ?? 0, hit.text * less),
				// What was typed is what a person recognises in an excerpt.
				words: known?.words ?? hit.words,
				sure: Math.max(known?.sure ?? 0, sure)
			});
		}
	}
	const having = hits.size || Math.min(...telling.map((other) => other.hits.size));
	return { hits: merged, having };
}
