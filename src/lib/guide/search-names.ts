/**
 * Names: what the glossary calls one thing ("EMR", "electronic health record").
 *
 * A page says it one way, a person types it the other; where a query holds one name of a term, it is
 * searched with the others as well.
 */
import { closenessOf } from './search-table.ts';

type Named = { words: string[]; others: string[][] };

/** `by` stands for `count` words of the query, starting with the one at `from`. */
type Alternative = { from: number; count: number; by: string[] };

/** No name is worth more of a keystroke; longer ones are not looked for. */
const longestName = 5;
const mostAlternatives = 4;

export class Names {
	/** By the first letters of their first word: a plural shares them. */
	readonly #known = new Map<string, Named[]>();

	/** The names of one term, each as its words in the index; `everyday` words are not asked for. */
	add(names: string[][], everyday: Set<string>): void {
		const telling = names.map((name) => name.filter((word) => !everyday.has(word)));
		for (const [i, words] of telling.entries()) {
			const others = telling.filter((other, j) => j !== i && other.length > 0);
			const [first] = words;
			if (!first || words.length > longestName || others.length === 0) continue;
			// "lock-in" is more than a lock.
			if (words.length === 1 && names[i]?.length !== 1) continue;
			const start = first.slice(0, 3);
			const list = this.#known.get(start) ?? [];
			this.#known.set(start, [...list, { words, others }]);
		}
	}

	/**
	 * `words` with a name in them replaced by another of the same thing; at most four, those for the
	 * longest names first. Two words that are written together elsewhere are another name as well.
	 */
	alternatives(words: string[], isKnown: (word: string) => boolean): Alternative[] {
		const found: Alternative[] = [];
		const seen = new Set<string>();
		words.forEach((word, from) => {
			// "smart phone"
			const joined = `${word}${words[from + 1] ?? ''}`;
			if (joined !== word && isKnown(joined)) found.push({ from, count: 2, by: [joined] });
			for (const { words: name, others } of this.#known.get(word.slice(0, 3)) ?? []) {
				if (!name.every((own, i) => isForm(words[from + i] ?? '', own))) continue;
				for (const by of others) {
					const key = `${from} ${name.length} ${by.join(' ')}`;
					if (seen.has(key)) continue;
					seen.add(key);
					found.push({ from, count: name.length, by });
				}
			}
		});
		return found.sort((a, z) => z.count - a.count).slice(0, mostAlternatives);
	}
}

/** The word itself, its plural or singular. */
const isForm = (word: string, other: string): boolean => closenessOf(word, other, false) >= 0.6;
