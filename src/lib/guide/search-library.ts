/**
 * The library of a search: the tables of everything that was added, and what a word finds in them.
 */
import type { PieceFile } from './search-files.ts';
import { textWorth, titleWorth, type Hits } from './search-rank.ts';
import { matchWords, textTable, titleTable, type Table } from './search-table.ts';
import type { Called } from './search-docs.ts';
import type { Spelling } from './spelling.ts';

/** A word that is looked for; a guess differs from what was typed in so many letters. */
export type Meant = { word: string; distance: number };

/** A guess counts less than what was typed, per letter that differs. */
const guessed = 0.8;
const remembered = 200;

export class Library {
	readonly #tables: Table[] = [];
	readonly #spelling: Spelling;
	/** While a person types, the words before the last stay the same. */
	readonly #answers = new Map<string, Hits>();
	#textDocs = 0;
	#textLength = 0;
	/** Words, postings and candidates looked at: the cost, whatever the machine. */
	work = 0;

	/** `spelling` learns every word that is added. */
	constructor(spelling: Spelling) {
		this.#spelling = spelling;
	}

	addNames(names: Called[], everyday: Set<string>): void {
		this.#add(titleTable(names, everyday));
	}

	/** `places` are the numbers of the piece's documents. */
	addText(piece: PieceFile, places: number[]): void {
		const table = textTable(piece, places);
		this.#textDocs += places.length;
		this.#textLength += table.lengths.reduce((sum, length) => sum + length, 0);
		this.#add(table);
	}

	#add(table: Table): void {
		this.#tables.push(table);
		this.#answers.clear();
		table.words.forEach((word, place) => this.#spelling.add(word, table.spellings[place] ?? word));
	}

	/** The documents with one of `meant`, each with its best match in title and text. Not to be changed. */
	hitsOf(meant: Meant[], open: boolean): Hits {
		const key = `${open} ${meant.map(({ word, distance }) => `${word} ${distance}`).join(' ')}`;
		const known = this.#answers.get(key);
		if (known) return known;
		const hits = this.#find(meant, open);
		if (this.#answers.size >= remembered) this.#answers.clear();
		this.#answers.set(key, hits);
		return hits;
	}

	#find(meant: Meant[], open: boolean): Hits {
		const hits: Hits = new Map();
		const average = this.#textLength / Math.max(1, this.#textDocs);
		for (const table of this.#tables) {
			for (const { word, distance } of meant) {
				for (const match of matchWords(table, word, open)) {
					const sure = match.closeness * guessed ** distance;
					const postings = table.postings(match.place);
					this.work += 1 + postings.length;
					for (const { doc, tf } of postings) {
						const place = table.docs[doc];
						if (place === undefined) continue;
						const length = table.lengths[doc] ?? 1;
						const hit = hits.get(place) ?? { title: 0, text: 0, words: [], sure: 0 };
						hits.set(place, hit);
						if (table.of === 'titles') {
							hit.title = Math.max(hit.title, sure * titleWorth(length));
						} else {
							hit.text = Math.max(hit.text, sure * textWorth(tf, length, average));
						}
						if (sure > hit.sure) Object.assign(hit, { sure, words: [match.word] });
					}
				}
			}
		}
		return hits;
	}
}
