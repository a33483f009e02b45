/**
 * A thesaurus: what people say instead of the words of the field, per language
 * (`content/shared/<lang>/thesaurus.json`). It leads to pages and is never shown.
 */
import { Problem } from '#lib/model/problem.ts';

/** A word or phrase that stands on pages → what people say instead. */
export type Thesaurus = Map<string, string[]>;

/** The words and phrases of one line of a thesaurus. */
export const saidIn = (line: string): string[] =>
	line
		.split(';')
		.map((said) => said.trim())
		.filter((said) => said !== '');

/** Throws 'pack-broken' where `value` is not a thesaurus. Keys that begin with `$` are notes. */
export function parseThesaurus(value: unknown): Thesaurus {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw broken('');
	const thesaurus: Thesaurus = new Map();
	for (const [word, line] of Object.entries(value)) {
		if (word.startsWith('$')) continue;
		if (typeof line !== 'string') throw broken(word);
		thesaurus.set(word, saidIn(line));
	}
	return thesaurus;
}

const broken = (at: string): Problem =>
	new Problem('pack-broken', { url: 'thesaurus', at, expected: 'words and what is said instead' });
