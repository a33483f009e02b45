/** The glossary: the guide's terms that the chapters use, with their definitions. */
import { paragraph, type ExportBlock } from '../document.ts';
import type { ExportInput, ExportTerm } from '../input.ts';
import { facts } from './tables.ts';

export function glossary(input: ExportInput): ExportBlock[] {
	const { words, terms } = input;
	if (terms === null) return [paragraph(words('export.glossaryLater'), 'small')];
	const found = termsIn(
		[...input.chapters.flatMap(({ title, body }) => [title, body])].join('\n'),
		terms
	);
	if (found.length === 0) return [paragraph(words('export.noTerms'), 'small')];
	const compare = new Intl.Collator(input.lang).compare;
	return [
		facts(
			[...found]
				.sort((a, b) => compare(a.term, b.term))
				.map(({ term, definition }) => [term, definition])
		)
	];
}

const plain = (text: string): string =>
	text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[’']/g, "'");
const isArabic = (text: string): boolean => /\p{Script=Arabic}/u.test(text);
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * The terms that occur in `text`, by name or synonym, as whole words with up to two letters of inflection;
 * Arabic joins its articles and prepositions to the word, so there what comes before may be three letters.
 */
export function termsIn(text: string, terms: readonly ExportTerm[]): ExportTerm[] {
	const all = plain(text);
	return terms.filter(({ term, also }) =>
		[term, ...also].some((name) => {
			const words = plain(name).trim();
			if (words.length < 2) return false;
			const before = isArabic(words) ? '(?:\\p{L}{0,3})' : '';
			return new RegExp(
				`(?:^|[^\\p{L}\\p{N}])${before}${escaped(words)}\\p{L}{0,2}(?:$|[^\\p{L}\\p{N}])`,
				'u'
			).test(all);
		})
	);
}
