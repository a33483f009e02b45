/**
 * Names: what is called one thing, by the glossary ("EMR", "electronic health record") or by people
 * (a "boss" where pages write of a lead authority).
 *
 * A page says it one way, a person types it the other; where a query holds one name, it is searched
 * with the others as well.
 */
import { closenessOf } from './search-forms.ts';

type Named = { words: string[]; others: string[][]; less: number };

/**
 * `by` stands for `count` words of the query, starting with the one at `from`; what it finds counts
 * `less` than what was typed.
 */
export type Alternative = { from: number; count: number; by: string[]; less: number };

/** What another name of the glossary is worth, and what a word that only people use. */
const sameName = 0.85;
const everydayName = 0.7;
/** No name is worth more of a keystroke; longer ones are not looked for. */
const longestName = 5;
const mostAlternatives = 12;

export class Names {
	/** By the first letters of their first word: a plural shares them. */
	readonly #known = new Map<string, Named[]>();
	/** Words that people use. */
	readonly #used = new Set<string>();

	/** The names of one term, each as its words in the index; `everyday` words are not asked for. */
	add(names: string[][], everyday: Set<string>): void {
		const telling = names.map((name) => tellingIn(name, everyday));
		for (const [i, words] of telling.entries()) {
			// "lock-in" is more than a lock.
			if (words.length === 1 && names[i]?.length !== 1) continue;
			const others = telling.filter((other, j) => j !== i && other.length > 0);
			this.#add({ words, others, less: sameName });
		}
	}

	/** What people say instead of `word`, which stands on the pages. */
	addEveryday(word: string[], said: string[][], everyday: Set<string>): void {
		const others = [tellingIn(word, everyday)];
		for (const name of said) {
			const words = tellingIn(name, everyday);
			this.#add({ words, others, less: everydayName });
			for (const own of words) this.#used.add(own);
		}
	}

	/** Whether people use the word, so that it is no typing mistake. */
	isUsed(word: string): boolean {
		return this.#used.has(word);
	}

	/**
	 * What else the words of a query could be called; those for the longest names first. Two words
	 * that are written together elsewhere are another name as well.
	 */
	alternatives(words: string[], isKnown: (word: string) => boolean): Alternative[] {
		const found: Alternative[] = [];
		const seen = new Set<string>();
		words.forEach((word, from) => {
			// "smart phone"
			const joined = `${word}${words[from + 1] ?? ''}`;
			if (joined !== word && isKnown(joined)) {
				found.push({ from, count: 2, by: [joined], less: sameName });
			}
			for (const { words: name, others, less } of this.#known.get(word.slice(0, 3)) ?? []) {
				if (!name.every((own, i) => isForm(words[from + i] ?? '', own))) continue;
				for (const by of others) {
					const key = `${from} ${name.length} ${by.join(' ')}`;
					if (seen.has(key)) continue;
					seen.add(key);
					found.push({ from, count: name.length, by, less });
				}
			}
		});
		return found.sort((a, z) => z.count - a.count || z.less - a.less).slice(0, mostAlternatives);
	}

	#add(named: Named): void {
		const { words, others } = named;
		const [first] = words;
		if (!first || words.length > longestName || others.length === 0) return;
		const start = first.slice(0, 3);
		const list = this.#known.get(start);
		if (list) list.push(named);
		else this.#known.set(start, [named]);
	}
}

/** The words of a name that tell something; all of them where none does ("who does what"). */
function tellingIn(name: string[], everyday: Set<string>): string[] {
	const telling = name.filter((word) => !everyday.has(word));
	return telling.length > 0 ? telling : name;
}

/** The word itself or a form of it: "evaluate the risks" holds "risk evaluation". */
const isForm = (word: string, other: string): boolean => closenessOf(word, other, false) >= 0.45;
