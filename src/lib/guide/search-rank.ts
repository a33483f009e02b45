/**
 * The order of what was found: BM25 over the texts, a bonus for words in a title, and what a
 * document holds of the whole query before what it holds of one word.
 */
import type { Kind } from './search-files.ts';

/** What one word of the query found in one document: the worth of its best matches. */
export type Hit = { title: number; text: number; words: string[]; sure: number };
/** Document → its hit, for one word of the query. */
export type Hits = Map<number, Hit>;
/** What one word of the query found, and how many documents have what it names: its rarity. */
export type Found = { hits: Hits; having: number };
export type Ranked = { doc: number; score: number; words: string[]; hasAll: boolean };

/** BM25's saturation, later than usual: what a page says often is its subject. Length counts half, because a page is as long as its subject needs. */
const k1 = 2;
const b = 0.5;
/** What a word in a title is worth against one in the text, and more where it is all of the title. */
const inTitle = 1.5;
const allOfTitle = 3;
/** A page explains; a measure or a term is rather looked for by its own name. */
const kindWeight: Record<Kind, number> = { section: 1, question: 0.7, measure: 0.5, term: 0.6 };
/** A document has "all" words also when it lacks only those that say nothing (the, of). */
const nearlyAll = 0.9;
/** What all words are worth beyond their share, and that they are all there. */
const coverage = 2;
const allThere = 1.5;
/** What was seen before counts less: the same page of another guide, a page on the same subject. */
const echo = 0.5;
const sameSubject = 0.6;
/** A question asks about one side of its section's subject, a measure is one step in it. */
const lift: Partial<Record<Kind, number>> = { question: 0.4, measure: 0.25 };
/** Words below this share of the most telling one's weight are not highlighted. */
const telling = 0.35;

/** The worth of a word in a title of `length` words. */
export const titleWorth = (length: number): number => inTitle + allOfTitle / Math.max(1, length);

/** The worth of a word that stands `tf` times in a text of `length` words, `average` being usual. */
export const textWorth = (tf: number, length: number, average: number): number =>
	(tf * (k1 + 1)) / (tf + k1 * (1 - b + (b * length) / Math.max(1, average)));

/** `found` is what each word of the query found; `kindOf` is undefined for what is not shown. */
export function rank(
	found: Found[],
	documents: number,
	kindOf: (doc: number) => Kind | undefined
): Ranked[] {
	const weights = found.map(({ having }) => rarity(having, documents));
	// Of those that found something: an unknown word would be the rarest of all, and nobody has it.
	const known = weights.filter((_, i) => found[i]?.hits.size);
	const all = known.reduce((sum, weight) => sum + weight, 0);
	const most = Math.max(0, ...known);
	const sums = new Map<number, { score: number; covered: number; words: Set<string> }>();
	found.forEach(({ hits }, i) => {
		const weight = weights[i] ?? 0;
		for (const [doc, hit] of hits) {
			const sum = sums.get(doc) ?? { score: 0, covered: 0, words: new Set() };
			sums.set(doc, sum);
			sum.score += weight * (hit.title + hit.text);
			sum.covered += weight;
			if (weight >= most * telling) for (const word of hit.words) sum.words.add(word);
		}
	});
	const ranked: Ranked[] = [];
	for (const [doc, { score, covered, words }] of sums) {
		const kind = kindOf(doc);
		if (!kind) continue;
		const share = covered / all;
		const hasAll = share >= nearlyAll;
		const worth = (score / all) * share ** coverage * (hasAll ? allThere : 1);
		ranked.push({ doc, score: worth * kindWeight[kind], words: [...words], hasAll });
	}
	return ranked.sort(better);
}

const better = (a: Ranked, z: Ranked): number => z.score - a.score;

/** What a document is about: its section, itself for a section; undefined where nobody knows. */
export type SubjectOf = (doc: number) => number | undefined;

/**
 * A section earns a part of what the best question and the best measure about it do, where it was
 * found itself: the pages of a subject bear each other out.
 */
export function withSubjects(
	ranked: Ranked[],
	subjectOf: SubjectOf,
	kindOf: (doc: number) => Kind | undefined
): Ranked[] {
	const lifts = new Map<number, Map<Kind, Ranked>>();
	for (const found of ranked) {
		const section = subjectOf(found.doc);
		const kind = kindOf(found.doc);
		if (section === undefined || section === found.doc || !kind) continue;
		const own = lifts.get(section) ?? new Map<Kind, Ranked>();
		lifts.set(section, own);
		if (!own.has(kind)) own.set(kind, found);
	}
	if (lifts.size === 0) return ranked;
	const lifted = ranked.map((found) => {
		let { score, hasAll } = found;
		for (const [kind, by] of lifts.get(found.doc) ?? []) {
			score += by.score * (lift[kind] ?? 0);
			hasAll ||= by.hasAll;
		}
		return { ...found, score, hasAll };
	});
	return lifted.sort(better);
}

/**
 * What was seen before comes after what is not known yet: what several guides share stands at its
 * place once, and a subject does not take the first places with all its pages.
 */
export function withoutEchoes(
	ranked: Ranked[],
	nameOf: (doc: number) => string,
	subjectOf: SubjectOf
): Ranked[] {
	const names = new Set<string>();
	/** How many pages of a subject came before. */
	const subjects = new Map<number, number>();
	const lowered = ranked.map((found) => {
		const name = nameOf(found.doc);
		const subject = subjectOf(found.doc);
		const isEcho = name !== '' && names.has(name);
		const before = subject === undefined ? 0 : (subjects.get(subject) ?? 0);
		names.add(name);
		if (subject !== undefined) subjects.set(subject, before + 1);
		if (!isEcho && before === 0) return found;
		return { ...found, score: found.score * (isEcho ? echo : sameSubject ** Math.min(2, before)) };
	});
	return lowered.sort(better);
}

/** BM25's weight of a word that `having` of all documents have. */
const rarity = (having: number, documents: number): number =>
	Math.log(1 + (documents - having + 0.5) / (having + 0.5));
