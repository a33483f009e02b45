/**
 * The order of what was found: BM25 over the texts, a bonus for words in a title, and documents
 * with all words of the query before those with some.
 */
import type { Kind } from './search-files.ts';

/** What one word of the query found in one document: the worth of its best matches. */
export type Hit = { title: number; text: number; word: string; sure: number };
/** Document → its hit, for one word of the query. */
export type Hits = Map<number, Hit>;
export type Ranked = { doc: number; score: number; words: string[]; hasAll: boolean };

/** BM25's usual saturation; length counts half, because a page is as long as its subject needs. */
const k1 = 1.2;
const b = 0.5;
/** What a word in a title is worth against one in the text, and more where it is all of the title. */
const inTitle = 1.5;
const allOfTitle = 3;
/** A page explains; a measure or a term is rather looked for by its own name. */
const kindWeight: Record<Kind, number> = { section: 1, question: 0.75, measure: 0.6, term: 0.65 };
/** A document has "all" words also when it lacks only those that say nothing (the, of). */
const nearlyAll = 0.9;
/** What is found by another name counts less than by what was typed, what was seen before still less. */
const otherName = 0.85;
const echo = 0.5;
/** A question asks about one side of its section's subject. */
const ofQuestion = 0.4;
/** Words below this share of the most telling one's weight are not highlighted. */
const telling = 0.35;

/** The worth of a word in a title of `length` words. */
export const titleWorth = (length: number): number => inTitle + allOfTitle / Math.max(1, length);

/** The worth of a word that stands `tf` times in a text of `length` words, `average` being usual. */
export const textWorth = (tf: number, length: number, average: number): number =>
	(tf * (k1 + 1)) / (tf + k1 * (1 - b + (b * length) / Math.max(1, average)));

/** `found` holds the hits of each word of the query; `kindOf` is undefined for what is not shown. */
export function rank(
	found: Hits[],
	documents: number,
	kindOf: (doc: number) => Kind | undefined
): Ranked[] {
	const weights = found.map((hits) => rarity(hits.size, documents));
	// Of those that found something: an unknown word would be the rarest of all, and nobody has it.
	const known = weights.filter((_, i) => found[i]?.size);
	const all = known.reduce((sum, weight) => sum + weight, 0);
	const most = Math.max(0, ...known);
	const sums = new Map<number, { score: number; covered: number; words: string[] }>();
	found.forEach((hits, i) => {
		const weight = weights[i] ?? 0;
		for (const [doc, hit] of hits) {
			const sum = sums.get(doc) ?? { score: 0, covered: 0, words: [] };
			sums.set(doc, sum);
			sum.score += weight * (hit.title + hit.text);
			sum.covered += weight;
			if (weight >= most * telling) sum.words.push(hit.word);
		}
	});
	const ranked: Ranked[] = [];
	for (const [doc, { score, covered, words }] of sums) {
		const kind = kindOf(doc);
		if (!kind) continue;
		const share = covered / all;
		const hasAll = share >= nearlyAll;
		ranked.push({ doc, score: (score / all) * share * kindWeight[kind], words, hasAll });
	}
	return ranked.sort(better);
}

const better = (a: Ranked, z: Ranked): number =>
	Number(z.hasAll) - Number(a.hasAll) || z.score - a.score;

/** Each document at its best: in the query as it was typed, or with another name for the thing. */
export function best([typed = [], ...renamed]: Ranked[][]): Ranked[] {
	if (renamed.length === 0) return typed;
	const byDoc = new Map(typed.map((ranked) => [ranked.doc, ranked]));
	for (const ranking of renamed) {
		for (const found of ranking) {
			const other = { ...found, score: found.score * otherName };
			const known = byDoc.get(found.doc);
			// What was typed is what a person recognises in an excerpt.
			const words = known?.hasAll ? known.words : found.words;
			if (!known || better(other, known) < 0) byDoc.set(found.doc, { ...other, words });
		}
	}
	return [...byDoc.values()].sort(better);
}

/** A section also earns a part of what the best question about it does, where it was found itself. */
export function withSubjects(
	ranked: Ranked[],
	sectionOf: (doc: number) => number | undefined
): Ranked[] {
	const lifts = new Map<number, Ranked>();
	for (const found of ranked) {
		const section = sectionOf(found.doc);
		if (section !== undefined && !lifts.has(section)) lifts.set(section, found);
	}
	if (lifts.size === 0) return ranked;
	const lifted = ranked.map((found) => {
		const by = lifts.get(found.doc);
		if (!by) return found;
		return {
			...found,
			score: found.score + by.score * ofQuestion,
			hasAll: found.hasAll || by.hasAll
		};
	});
	return lifted.sort(better);
}

/** What several guides share stands at its place once; the others come after what is not known yet. */
export function withoutEchoes(ranked: Ranked[], nameOf: (doc: number) => string): Ranked[] {
	const seen = new Set<string>();
	let echoes = false;
	const lowered = ranked.map((found) => {
		const name = nameOf(found.doc);
		if (name === '' || !seen.has(name)) {
			seen.add(name);
			return found;
		}
		echoes = true;
		return { ...found, score: found.score * echo };
	});
	return echoes ? lowered.sort(better) : ranked;
}

/** BM25's weight of a word that `having` of all documents have. */
const rarity = (having: number, documents: number): number =>
	Math.log(1 + (documents - having + 0.5) / (having + 0.5));
