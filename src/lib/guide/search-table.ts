/**
 * A table of the search: sorted words, and the documents that each leads to. One per file, so that
 * a piece that arrives is ready without sorting everything again.
 */
import { asWritten, wordOf, wordsOf } from './normalise.ts';
import { beginningsOf, closenessOf } from './search-forms.ts';
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

/**
 * `names` are titles with their document; a document may have several. Words of `everyday` make no
 * title longer: they are not what it says.
 */
export function titleTable(
	names: { doc: number; name: string }[],
	everyday = new Set<string>()
): Table {
	const found = new Map<string, { spelling: string; postings: Posting[] }>();
	const lengths = names.map(({ name }, doc) => {
		const own = new Set<string>();
		let length = 0;
		for (const { word, start, end } of wordsOf(name)) {
			if (!everyday.has(word)) length++;
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
 * The words of `table` that `word` means: itself, what it begins, and its forms ("strategies" for
 * "strategy"). An `open` word is still being typed and may begin a longer one.
 */
export function matchWords(table: Table, word: string, open: boolean): WordMatch[] {
	const matches = new Map<number, WordMatch>();
	for (const start of beginningsOf(word)) {
		for (let place = firstFrom(table.words, start); place < table.words.length; place++) {
			const other = table.words[place] ?? '';
			if (!other.startsWith(start)) break;
			const closeness = matches.has(place) ? 0 : closenessOf(word, other, open);
			if (closeness > 0) matches.set(place, { place, word: other, closeness });
		}
	}
	return [...matches.values()];
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
