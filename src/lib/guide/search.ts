/**
 * A search over guides: sections, questions, measures and terms by their titles and texts.
 *
 * Titles come first and are enough for results; each piece of text that arrives later makes them
 * better. Words find by an inverted index (the word, what it begins, its inflections); a word that
 * nothing knows is taken for its nearest neighbours. Pure: the files come in as values.
 */
import {
	asWritten,
	normalise,
	queryWords,
	tokenise,
	wordsOf,
	type FoundWord
} from './normalise.ts';
import { Docs, type Doc } from './search-docs.ts';
import { parsePiece, parseTitles } from './search-files.ts';
import { Library } from './search-library.ts';
import { Names } from './search-names.ts';
import { ofPhrase, withOthers, type Other } from './search-hits.ts';
import {
	rank,
	withoutEchoes,
	withSubjects,
	type Found,
	type Hits,
	type Ranked
} from './search-rank.ts';
import { parseThesaurus } from './search-thesaurus.ts';
import { inflected } from './search-forms.ts';
import { everydayWords } from './search-words.ts';
import { Spelling, TitleSpelling, type Fuzzy } from './spelling.ts';

export type Result = Doc & {
	score: number;
	/** Words of the index that were found in it: what an excerpt highlights. */
	words: string[];
};

export type Answer = {
	/** Best first: what holds most of the query, in its title above all. */
	results: Result[];
	/** How many there are without the limit. */
	total: number;
	/** The query with its unknown words replaced by what was searched instead, or ''. */
	corrected: string;
	/** Words, postings and candidates looked at: the cost, whatever the machine. */
	work: number;
};

export type Search = {
	/** Throws 'pack-broken' where `file` is not a titles file. */
	addTitles: (file: unknown) => void;
	/** Throws 'pack-broken' where `file` is not a piece. */
	addPiece: (file: unknown) => void;
	/** What people say instead; after the titles. Throws 'pack-broken' where it is no thesaurus. */
	addThesaurus: (file: unknown) => void;
	/** From now on mistyped words are understood, too. */
	hire: (fuzzy: Fuzzy) => void;
	/** A query without a word finds nothing; 200 characters and 8 words of it are looked at. */
	search: (query: string, limit?: number) => Answer;
};

/** A word of the query as it was understood. */
type Read = { word: string; hits: Hits };
/** What stands in the query, and what was searched instead. */
type Correction = { at: FoundWord; by: string };

/** With fewer matches than this, near words and nearly spelt titles come in. */
const fewMatches = 3;

/** With `fuzzy` from the start, or as soon as it is hired, mistyped words find what they meant. */
export function createSearch(fuzzy?: Fuzzy): Search {
	const docs = new Docs();
	const spelling = new Spelling(fuzzy);
	const library = new Library(spelling);
	const titles = new TitleSpelling(fuzzy);
	const names = new Names();
	const everyday = new Set<string>();
	const kindOf = (doc: number) => docs.kindOf(doc);

	return { addTitles, addPiece, addThesaurus, hire, search };

	function hire(hired: Fuzzy): void {
		spelling.hire(hired);
		titles.hire(hired);
	}

	function addTitles(file: unknown): void {
		const parsed = parseTitles(file);
		// The first group is in the language that is asked in.
		for (const word of everydayWords(parsed.groups[0]?.lang ?? '')) everyday.add(word);
		for (const [, ...called] of parsed.groups.flatMap(({ terms }) => terms)) {
			names.add(called.map(tokenise), everyday);
		}
		const { own, aliases } = docs.addTitles(parsed);
		for (const { doc, name } of own) titles.add(doc, tokenise(name).join(' '));
		library.addNames([...own, ...aliases], everyday);
	}

	function addPiece(file: unknown): void {
		const piece = parsePiece(file);
		library.addText(
			piece,
			piece.docs.map(([kind, id]) => docs.place(piece.guide, kind, id))
		);
	}

	function addThesaurus(file: unknown): void {
		for (const [word, said] of parseThesaurus(file)) {
			names.addEveryday(tokenise(word), said.map(tokenise), everyday);
			for (const name of said) {
				for (const { word, start, end } of wordsOf(name)) {
					spelling.add(word, asWritten(name.slice(start, end)));
				}
			}
		}
	}

	function search(query: string, limit = 20): Answer {
		library.work = 0;
		const words = queryWords(query, everyday).map((word) => withLetter(query, word));
		const corrections: Correction[] = [];
		const read = words.flatMap((asked, i) => {
			// The last word is still being typed, unless something follows it.
			const open = i === words.length - 1 && asked.end === query.length;
			return readWord(asked, open, corrections);
		});
		const found = withOtherNames(read);
		const subjectOf = (doc: number) => docs.subjectOf(doc);
		const ranked = withNearTitles(
			withoutEchoes(
				withSubjects(rank(found, docs.size, kindOf), subjectOf, kindOf),
				(doc) => docs.nameOf(doc),
				subjectOf
			),
			words
		);
		return {
			results: ranked.slice(0, limit).flatMap(({ doc, score, words }) => {
				const shown = docs.at(doc);
				return shown ? [{ ...shown, score, words }] : [];
			}),
			total: ranked.length,
			corrected: correct(query, corrections),
			work: library.work
		};
	}

	/** "e-santé" is "esanté" where that is known; else the letter says nothing. */
	function withLetter(query: string, asked: FoundWord): FoundWord {
		const start = asked.start - 2;
		const letter = /^\p{L}-$/u.test(query.slice(Math.max(0, start), asked.start))
			? query[start]
			: '';
		const word = normalise(letter ?? '') + asked.word;
		return letter && spelling.has(word) ? { ...asked, word, start } : asked;
	}

	/** A word as it was typed, or as it was probably meant: then that is in `corrections`. */
	function readWord(asked: FoundWord, open: boolean, corrections: Correction[]): Read[] {
		const meant = [{ word: asked.word, distance: 0 }];
		const hits = library.hitsOf(meant, open);
		const surest = Math.max(0, ...Array.from(hits.values(), (hit) => hit.sure));
		const isKnown = surest > inflected;
		if (names.isUsed(asked.word) || (isKnown && hits.size >= fewMatches)) {
			return [{ word: asked.word, hits }];
		}
		// "stategy" could be a form of "state", but is rather "strategy"; "organization" may stand
		// once among many an "organisation": both are looked for, the guess is worth less.
		const { words: near, looked } = spelling.closest(asked.word, open);
		library.work += looked;
		const guesses = near.filter((n) => hits.size === 0 || n.distance === 1);
		const apart = hits.size === 0 ? spelling.apart(asked.word, near.length > 0, isInTitle) : [];
		if (apart.length > 0) {
			corrections.push({ at: asked, by: apart.map((part) => part.spelling).join(' ') });
			return apart.flatMap(({ word }) =>
				everyday.has(word) ? [] : [{ word, hits: exactly(word) }]
			);
		}
		if (guesses[0] && !isKnown) corrections.push({ at: asked, by: guesses[0].spelling });
		const likely = isKnown ? asked.word : (guesses[0]?.word ?? asked.word);
		// What nothing has was not meant: then the nearest guess is what the person typed.
		const slip = hits.size === 0 ? (guesses[0]?.distance ?? 0) : 0;
		const all = [...meant, ...guesses.map((g) => ({ ...g, distance: g.distance - slip }))];
		return [
			{ word: likely, hits: guesses.length > 0 ? library.hitsOf(all, open && isKnown) : hits }
		];
	}

	/** What each word found, by itself and by the other names of what it is a name of. */
	function withOtherNames(read: Read[]): Found[] {
		const others: Other[][] = read.map(() => []);
		const words = read.map(({ word }) => word);
		for (const { from, count, by, less } of names.alternatives(words, (w) => spelling.has(w))) {
			const hits = ofPhrase(by.map(exactly));
			for (const own of others.slice(from, from + count)) own.push({ hits, less });
		}
		return read.map(({ hits }, i) => withOthers(hits, others[i] ?? []));
	}

	function exactly(word: string): Hits {
		return library.hitsOf([{ word, distance: 0 }], false);
	}

	function isInTitle(phrase: string): boolean {
		return titles.has(phrase);
	}

	/** "databreach" is no typing mistake of a word, but nearly a title. */
	function withNearTitles(ranked: Ranked[], words: FoundWord[]): Ranked[] {
		const full = ranked.filter((r) => r.hasAll);
		if (full.length >= fewMatches) return ranked;
		const { docs: nearDocs, looked } = titles.closest(words.map((w) => w.word).join(' '), 10);
		library.work += looked;
		const known = new Set(full.map((r) => r.doc));
		const near: Ranked[] = [];
		for (const doc of nearDocs) {
			if (known.has(doc)) continue;
			known.add(doc);
			near.push({ doc, score: 0, words: [], hasAll: false });
		}
		return [...full, ...near, ...ranked.filter((r) => !known.has(r.doc))];
	}
}

/** `query` with each word at `at` replaced by its suggestion. */
function correct(query: string, corrections: Correction[]): string {
	let text = '';
	let end = 0;
	for (const { at, by } of corrections) {
		text += query.slice(end, at.start) + by;
		end = at.end;
	}
	return corrections.length > 0 ? text + query.slice(end) : '';
}
