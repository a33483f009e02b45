/**
 * The two sorts of search file: the titles of a guide, and a piece of its text index.
 *
 * A piece holds the words of a few documents (the sections of a part, the questions and measures of
 * a topic, the terms), so one corrected sentence moves one piece. Words are sorted and joined,
 * postings are one character each: measured against other forms in `src/decisions/search.md`.
 * Files pass the parsers below once and are trusted after.
 */
import type { Lang } from '#lib/model/guide.ts';
import { isContentId } from '#lib/model/ids.ts';
import { Problem } from '#lib/model/problem.ts';

export const kinds = ['section', 'question', 'measure', 'term'] as const;
/** What a search finds. */
export type Kind = (typeof kinds)[number];

/**
 * `[id, title]`; a question or measure with another id than its section: `[id, title, section]`; a term:
 * `[id, term, …other names]`.
 */
export type TitleRow = string[];
export type TitlesFile = {
	guide: string;
	/** By the language that the pages really are in: the guide's own, and its source language. */
	groups: TitleGroup[];
};
export type TitleGroup = {
	lang: Lang;
	/** Part → its sections. */
	sections: Record<string, TitleRow[]>;
	/** Topic → its questions, its measures. */
	questions: Record<string, TitleRow[]>;
	measures: Record<string, TitleRow[]>;
	terms: TitleRow[];
};

export type PieceFile = {
	guide: string;
	/** `[kind, id, length in words]`; a posting names a document by its place here. */
	docs: [Kind, string, number][];
	/** Joined by spaces; sorted by their normalised form; as most often spelt, in lower case. */
	words: string;
	/** Per word its postings, joined by spaces, in the order of `words`. */
	postings: string;
};

/** How often a word stands in a document, coarsely: the ranking needs no more. */
const buckets = [1, 2, 4, 8] as const;
const tfOf = [1, 2.5, 5, 10] as const;
/** Space separates; `"` would be escaped. */
const firstCode = 0x23;
/** Keeps a posting's character well below the surrogates. */
const mostDocs = 1000;

/** A document of the piece and how often, about, the word stands in it. */
export type Posting = { doc: number; tf: number };

/** Postings in rising order of document as characters: the step to the document, and its bucket. */
export function writePostings(counts: Map<number, number>): string {
	let text = '';
	let next = 0;
	for (const [doc, count] of [...counts].sort(([a], [b]) => a - b)) {
		if (doc >= mostDocs) throw new RangeError(`a piece holds ${mostDocs} documents, found ${doc}`);
		const bucket = buckets.findLastIndex((least) => count >= least);
		text += String.fromCharCode(firstCode + (doc - next) * buckets.length + bucket);
		next = doc + 1;
	}
	return text;
}

export function readPostings(text: string): Posting[] {
	const postings: Posting[] = [];
	let doc = -1;
	for (let i = 0; i < text.length; i++) {
		const value = text.charCodeAt(i) - firstCode;
		doc += 1 + Math.floor(value / buckets.length);
		postings.push({ doc, tf: tfOf[value & (buckets.length - 1)] ?? 1 });
	}
	return postings;
}

/** Throws 'pack-broken' where `value` is not a titles file. */
export function parseTitles(value: unknown): TitlesFile {
	const file = record(value, 'titles');
	return { guide: contentId(file.guide, 'guide'), groups: list(file.groups, 'groups').map(group) };
}

/** Throws 'pack-broken' where `value` is not a piece. */
export function parsePiece(value: unknown): PieceFile {
	const file = record(value, 'piece');
	const docs = list(file.docs, 'docs').map((row, i): PieceFile['docs'][number] => {
		const [kind, id, length] = list(row, `docs[${i}]`);
		const known = kinds.find((k) => k === kind);
		if (!known || typeof length !== 'number' || !(length >= 0)) {
			throw broken(`docs[${i}]`, 'kind, id and length');
		}
		return [known, contentId(id, `docs[${i}]`), length];
	});
	const words = text(file.words, 'words');
	const postings = text(file.postings, 'postings');
	if (words.split(' ').length !== postings.split(' ').length) {
		throw broken('postings', 'as many as words');
	}
	return { guide: contentId(file.guide, 'guide'), docs, words, postings };
}

/** With the place that is wrong, so that a damaged file is not half loaded. */
const broken = (at: string, expected: string): Problem =>
	new Problem('pack-broken', { url: 'search', at, expected });

function group(value: unknown): TitleGroup {
	const file = record(value, 'groups');
	return {
		lang: text(file.lang, 'lang'),
		sections: byPlace(file.sections, 'sections'),
		questions: byPlace(file.questions, 'questions'),
		measures: byPlace(file.measures, 'measures'),
		terms: rows(file.terms, 'terms')
	};
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function record(value: unknown, at: string): Record<string, unknown> {
	if (!isRecord(value)) throw broken(at, 'an object');
	return value;
}

function list(value: unknown, at: string): unknown[] {
	if (!Array.isArray(value)) throw broken(at, 'a list');
	return value;
}

function text(value: unknown, at: string): string {
	if (typeof value !== 'string') throw broken(at, 'text');
	return value;
}

function contentId(value: unknown, at: string): string {
	const id = text(value, at);
	if (!isContentId(id)) throw broken(at, 'an id');
	return id;
}

const byPlace = (value: unknown, at: string): Record<string, TitleRow[]> =>
	Object.fromEntries(
		Object.entries(record(value, at)).map(([place, own]) => [place, rows(own, `${at}.${place}`)])
	);

function rows(value: unknown, at: string): TitleRow[] {
	return list(value, at).map((row, i) => {
		const words = list(row, `${at}[${i}]`).map((word) => text(word, `${at}[${i}]`));
		contentId(words[0], `${at}[${i}]`);
		if (words.length < 2) throw broken(`${at}[${i}]`, 'an id and a title');
		return words;
	});
}
