/**
 * A table of the search: sorted words, and the documents that each leads to. One per file, so that
 * a piece that arrives is ready without sorting everything again.
 */
import { asWritten, wordOf, wordsOf } from './normalise.ts';
import { readPostings, type PieceFile, type Posting } from './search-files.ts';

export type Table = {
	of: 'titles' | 'text';
	/** Sorted by code unit. */
	words: string[];
	/** How each is written, for "did you mean". */
	spellings: string[];
	/** Documents (places in `docs`) with the word at this place of `words`. */
	postings: (place: number) => Posting[];
	/** Place in the list of all documents. */
	docs: number[];
	/** In words. */
	lengths: number[];
};

/** A word of the table that the searched word means, and how surely: 1 is the word itself. */
export type WordMatch = { place: number; word: string; closeness: number };

/** The closeness of two words that only look like forms of one. */
export const inflected = 0.5;

/** `names` are titles with their document; a document may have several. */
export function titleTable(names: { doc: number; name: string }[]): Table {
	const found = new Map<string, { spelling: string; postings: Posting[] }>();
	const lengths = names.map(({ name }, doc) => {
		const own = new Set<string>();
		let length = 0;
		for (const { word, start, end } of wordsOf(name)) {
			length++;
			if (own.has(word)) continue;
			own.add(word);
			const entry = found.get(word) ?? {
				spelling: asWritten(name.slice(start, end)),
				postings: []
			};
			entry.postings.push({ doc, tf: 1 });
			found.set(word, entry);
		}
		return length;
	});
	const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
	return {
		of: 'titles',
		words: sorted.map(([word]) => word),
		spellings: sorted.map(([, { spelling }]) => spelling),
		postings: (place) => sorted[place]?.[1].postings ?? [],
		docs: names.map(({ doc }) => doc),
		lengths
	};
}

/** `docs` are the places of the piece's documents. */
export function textTable(piece: PieceFile, docs: number[]): Table {
	const spellings = piece.words.split(' ');
	const postings = piece.postings.split(' ');
	return {
		of: 'text',
		words: spellings.map(wordOf),
		spellings,
		// Read when asked for: of some thousand words, a search looks at a dozen.
		postings: (place) => readPostings(postings[place] ?? ''),
		docs,
		lengths: piece.docs.map(([, , length]) => length)
	};
}

/**
 * The words of `table` that `word` means: itself, what it begins, and its inflections ("strategies"
 * for "strategy"). An `open` word is still being typed and may begin a longer one.
 */
export function matchWords(table: Table, word: string, open: boolean): WordMatch[] {
	const matches: WordMatch[] = [];
	// What two inflections of a word surely share; everything with that beginning stands together.
	const stem = word.slice(0, Math.max(3, word.length - 3));
	for (let place = firstFrom(table.words, stem); place < table.words.length; place++) {
		const other = table.words[place] ?? '';
		if (!other.startsWith(stem)) break;
		const closeness = closenessOf(word, other, open);
		if (closeness > 0) matches.push({ place, word: other, closeness });
	}
	return matches;
}

/** Number, gender and case, as the index writes them: more than one letter may differ (ون, ين). */
const arabicEndings = new Set(['', 'ه', 'ات', 'ون', 'ين', 'ان', 'ي', 'يه', 'يون', 'يين']);

/** How surely `other` means `word`: 1 is the word itself, 0 another word. */
export function closenessOf(word: string, other: string, open: boolean): number {
	if (word === other) return 1;
	if (other.startsWith(word)) {
		const share = word.length / other.length;
		if (open) return 0.4 + 0.5 * share;
		return other.length - word.length <= 3 && word.length > 2 ? 0.4 + 0.4 * share : 0;
	}
	let shared = 0;
	while (word[shared] === other[shared]) shared++;
	const rest = word.length - shared;
	const otherRest = other.length - shared;
	// laws, law
	if (shared >= 3 && rest === 1 && otherRest === 0) return 0.6;
	if (
		shared >= 3 &&
		arabicEndings.has(word.slice(shared)) &&
		arabicEndings.has(other.slice(shared))
	)
		return 0.6;
	// strategies, strategy; but not contract, contrast
	const isEnding = Math.min(rest, otherRest) <= 1 && rest + otherRest <= 4;
	return shared >= 5 && isEnding ? inflected : 0;
}

/** Place of the first word that is not before `start`. */
function firstFrom(words: string[], start: string): number {
	let low = 0;
	let high = words.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((words[middle] ?? '') < start) low = middle + 1;
		else high = middle;
	}
	return low;
}
