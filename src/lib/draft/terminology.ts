/**
 * Terminology: words of the glossary in a text. A term is marked so that its definition can be read;
 * another form of it (`also`) so that the preferred one can be taken.
 */
import type { Term } from '#lib/model/guide.ts';
import { findAll, type Found } from './find.ts';

export type TermFound = Found & { term: Term; preferred: boolean };

/** The terms in a text, in its order; of two in one place the longer. */
export function findTerms(text: string, terms: readonly Term[]): TermFound[] {
	const all = terms
		.flatMap((term) =>
			[term.term, ...term.also].flatMap((form, i) =>
				findAll(text, form, { wholeWords: true, exact: isAcronym(form) }).map((found) => ({
					...found,
					term,
					preferred: i === 0
				}))
			)
		)
		.sort((a, b) => a.from - b.from || b.to - a.to || Number(b.preferred) - Number(a.preferred));
	let end = 0;
	return all.filter((found) => {
		if (found.from < end) return false;
		end = found.to;
		return true;
	});
}

/** "IT" is a term, "it" is not. */
const isAcronym = (form: string): boolean => /^[\p{Lu}\p{N}\-/]{2,6}$/u.test(form);
