/**
 * A Suggestion: a word of the texts that a mistyped word was probably meant to be.
 *
 * Fuse finds the near words of the vocabulary and the titles that a query nearly spells. Its bit
 * patterns over some thousand words at every key are too slow on an old phone: words that lack the
 * letters, and therefore cannot be near, are left out before. Only a mistyped word needs it, so it
 * comes after the first results; until it is hired nothing is near.
 */
import type Fuse from 'fuse.js/basic';
import { distance } from './distance.ts';

/** The class of Fuse's basic build: `(await import('fuse.js/basic')).default`. */
export type Fuzzy = typeof Fuse;

export type Suggestion = {
	word: string;
	/** As most often written, for "did you mean". */
	spelling: string;
	/** Letters wrong, missing, too many or swapped: 1 or 2. */
	distance: number;
};
/** The nearest words, best first, and how many were looked at to find them. */
export type Suggestions = { words: Suggestion[]; looked: number };

type Known = { word: string; spelling: string; count: number };

/** A short word is too like others for a second mistake; three letters for a first one. */
const mistakesIn = (word: string): number => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);
const suggestions = 3;
/** Shorter words fall into two by chance. */
const shortestPair = 6;
/** Fuse's bit patterns are 32 wide. */
const longestPattern = 32;
const remembered = 100;

export class Spelling {
	readonly #known = new Map<string, Known>();
	/** Typing asks for the same words again and again. */
	readonly #answers = new Map<string, Suggestions>();
	#fuzzy: Fuzzy | undefined;

	constructor(fuzzy?: Fuzzy) {
		this.#fuzzy = fuzzy;
	}

	/** From now on near words are found. */
	hire(fuzzy: Fuzzy): void {
		this.#fuzzy = fuzzy;
		this.#answers.clear();
	}

	/** Adds a word; each time that it is added makes it a likelier suggestion. */
	add(word: string, spelling: string): void {
		this.#answers.clear();
		const known = this.#known.get(word);
		if (known) known.count++;
		else this.#known.set(word, { word, spelling, count: 1 });
	}

	/**
	 * The nearest known words, best first, at most three; none where nothing is near enough. An
	 * `open` word is still being typed: it may be the beginning of a longer one.
	 */
	closest(word: string, open: boolean): Suggestions {
		const key = `${word} ${open}`;
		const known = this.#answers.get(key);
		if (known) return known;
		const answer = this.#find(word.slice(0, longestPattern), open);
		if (this.#answers.size >= remembered) this.#answers.clear();
		this.#answers.set(key, answer);
		return answer;
	}

	/** Whether a text or a title has exactly this word. */
	has(word: string): boolean {
		return this.#known.has(word);
	}

	/**
	 * The two known words that `word` is when they are parted, or none. Where it could also be a
	 * mistake, only two that stand together in a title: "lockin" is "lock-in", "ransomwear" not two.
	 */
	apart(
		word: string,
		couldBeMistake: boolean,
		isInTitle: (phrase: string) => boolean
	): { word: string; spelling: string }[] {
		if (word.length < shortestPair) return [];
		let best: Known[] = [];
		let most = 0;
		for (let i = 2; i <= word.length - 2; i++) {
			const first = this.#known.get(word.slice(0, i));
			const second = this.#known.get(word.slice(i));
			if (!first || !second) continue;
			if (couldBeMistake && !isInTitle(`${first.word} ${second.word}`)) continue;
			const count = Math.min(first.count, second.count);
			if (count > most) [most, best] = [count, [first, second]];
		}
		return best;
	}

	#find(word: string, open: boolean): Suggestions {
		const mistakes = mistakesIn(word);
		// A number is right or is another number.
		if (!this.#fuzzy || mistakes === 0 || /\d/.test(word)) return { words: [], looked: 0 };
		const letters = new Letters(word);
		const near: Known[] = [];
		for (const known of this.#known.values()) {
			const longer = known.word.length - word.length;
			if (longer < -mistakes || (!open && longer > mistakes)) continue;
			if (letters.lack(known.word, mistakes)) continue;
			near.push(known);
		}
		const fuse = new this.#fuzzy(near, {
			keys: ['word'],
			ignoreLocation: true,
			ignoreFieldNorm: true,
			// Bitap counts two swapped letters as two mistakes.
			threshold: Math.min(0.5, (mistakes + 1) / word.length)
		});
		const words = fuse
			.search(word)
			.map(({ item }) => ({ ...item, distance: distance(word, item.word, open) }))
			.filter((found) => found.distance > 0 && found.distance <= mistakes)
			.sort((a, b) => rank(a, word) - rank(b, word) || b.count - a.count)
			.slice(0, suggestions)
			.map(({ word, spelling, distance }) => ({ word, spelling, distance }));
		return { words, looked: this.#known.size + near.length };
	}
}

/** Fewest mistakes, then the same first letter (seldom mistyped), then the nearest in length. */
const rank = (found: Suggestion, word: string): number =>
	found.distance * 100 +
	(found.word[0] === word[0] ? 0 : 50) +
	Math.min(40, Math.abs(found.word.length - word.length));

/** The titles that a whole query nearly spells, with words run together or apart. */
export class TitleSpelling {
	readonly #titles: { doc: number; title: string }[] = [];
	#fuzzy: Fuzzy | undefined;

	constructor(fuzzy?: Fuzzy) {
		this.#fuzzy = fuzzy;
	}

	/** From now on near titles are found. */
	hire(fuzzy: Fuzzy): void {
		this.#fuzzy = fuzzy;
	}

	add(doc: number, title: string): void {
		this.#titles.push({ doc, title });
	}

	/** Whether words stand together in a title. */
	has(phrase: string): boolean {
		return this.#titles.some(({ title }) => ` ${title} `.includes(` ${phrase} `));
	}

	/** Documents with the nearest titles, best first; a quarter of the letters may be wrong. */
	closest(query: string, limit: number): { docs: number[]; looked: number } {
		const pattern = query.slice(0, longestPattern);
		if (!this.#fuzzy || pattern.length < 5) return { docs: [], looked: 0 };
		const letters = new Letters(pattern);
		const mistakes = Math.floor(pattern.length / 4);
		const near = this.#titles.filter(({ title }) => !letters.lack(title, mistakes));
		const fuse = new this.#fuzzy(near, {
			keys: ['title'],
			ignoreLocation: true,
			ignoreFieldNorm: true,
			threshold: mistakes / pattern.length
		});
		const docs = fuse.search(pattern, { limit }).map((found) => found.item.doc);
		return { docs, looked: this.#titles.length + near.length };
	}
}

/** The letters of a word without their order; a few share a place, which lets some more through. */
class Letters {
	readonly #counts = new Uint8Array(32);
	readonly #rest = new Uint8Array(32);
	readonly #total: number;

	constructor(word: string) {
		for (let i = 0; i < word.length; i++) this.#counts[word.charCodeAt(i) & 31]! += 1;
		this.#total = word.length;
	}

	/** Whether `other` lacks more than `allowed` of the letters: so many edits they are apart. */
	lack(other: string, allowed: number): boolean {
		this.#rest.set(this.#counts);
		let missing = this.#total;
		for (let i = 0; i < other.length && missing > allowed; i++) {
			const letter = other.charCodeAt(i) & 31;
			const rest = this.#rest[letter] ?? 0;
			if (rest === 0) continue;
			this.#rest[letter] = rest - 1;
			missing--;
		}
		return missing > allowed;
	}
}
