/**
 * Whether a translation uses the established words: where a source page names a term of the glossary,
 * the page that translates it should name the term's translation or one of its synonyms.
 *
 * Rough on purpose (a word counts by its beginning, so that inflection does not matter): a warning to
 * look at, never a mistake.
 */
import type { Lang } from '#lib/model/guide.ts';
import { guidesOf, languagesOf, type Content } from '../content.ts';
import { tokenise } from '../normalise.ts';
import { plainText } from '../render.ts';
import { sharedPages } from '../shared.ts';
import { isObject, objectIn, scopesOf, sourceNames } from './translations.ts';

export type MissedTerm = {
	/** A guide's id, or `shared`. */
	scope: string;
	lang: Lang;
	/** Path of the translation below `content/`. */
	path: string;
	/** The term's name in the source, and what its translation is called. */
	term: string;
	wanted: string[];
};

type Term = { name: string; inSource: string[]; wanted: string[]; patterns: string[][] };

/** Terms that translated pages seem to lack, in every language. */
export function missedTerms(content: Content): MissedTerm[] {
	const glossaries = new Map<string, Term[]>();
	const users = sharedPages(content);
	return scopesOf(content)
		.filter(({ name }) => name !== 'interface')
		.flatMap((scope) => {
			const pages = sourceNames(content, scope).filter((name) => name.endsWith('.md'));
			return languagesOf(content)
				.filter((lang) => lang !== scope.source)
				.flatMap((lang) =>
					pages.flatMap((name) => {
						const path = `${scope.folder}${lang}/${name}`;
						const own = content.read(path);
						if (own === undefined) return [];
						const source = content.read(`${scope.folder}${scope.source}/${name}`) ?? '';
						const guides = scope.name === 'shared' ? (users.get(name) ?? []) : [scope.name];
						const terms = guides.flatMap((guide) => glossaryOf(guide, lang));
						return missedIn(source, own, terms).map(({ name, wanted }) => ({
							scope: scope.name,
							lang,
							path,
							term: name,
							wanted
						}));
					})
				);
		});

	function glossaryOf(guide: string, lang: Lang): Term[] {
		const key = `${guide}/${lang}`;
		if (!glossaries.has(key)) glossaries.set(key, readGlossary(content, guide, lang));
		return glossaries.get(key)!;
	}
}

/** The terms that `source` names and `own`, its translation, does not. */
function missedIn(source: string, own: string, terms: readonly Term[]): Term[] {
	const before = spaced(source);
	const after = spaced(own);
	const missed = terms.filter(
		({ inSource, patterns }) =>
			inSource.some((name) => before.includes(name)) &&
			!patterns.some((stems) => stems.every((stem) => after.includes(stem)))
	);
	return [...new Map(missed.map((term) => [term.name, term])).values()];
}

/** A page as its words, each between spaces; the keys of its head are in no language. */
const spaced = (text: string): string =>
	` ${tokenise(plainText(text.replace(/^\w+:/gm, ''))).join(' ')} `;

function readGlossary(content: Content, guide: string, lang: Lang): Term[] {
	if (!guidesOf(content).includes(guide)) return [];
	const source = String(objectIn(content, `guides/${guide}/guide.json`).source);
	const own = objectIn(content, `guides/${guide}/${lang}/terms.json`);
	return Object.entries(objectIn(content, `guides/${guide}/${source}/terms.json`)).flatMap(
		([id, entry]) => {
			const translated = own[id];
			if (!isObject(entry) || !isObject(translated)) return [];
			const name = String(entry.term);
			const also = Array.isArray(translated.also) ? translated.also.map(String) : [];
			const wanted = [String(translated.term), ...also];
			const found = tokenise(withoutBrackets(name));
			// The "e" of e-government is no word to look for, and "government" alone is another one.
			const isWhole =
				found.length ===
				withoutBrackets(name)
					.split(/[\s-]+/)
					.filter(Boolean).length;
			const words = isWhole ? found.join(' ') : '';
			if (words === '') return [];
			return [{ name, inSource: inflected(words), wanted, patterns: wanted.map(stemsOf) }];
		}
	);
}

/** `Incident response team (CIRT)` is called by the words before the bracket. */
const withoutBrackets = (name: string): string => name.replace(/\s*\([^)]*\)/g, '');

const inflected = (words: string): string[] => [
	` ${words} `,
	` ${words}s `,
	` ${words}es `,
	...(words.endsWith('y') ? [` ${words.slice(0, -1)}ies `] : [])
];

/** Beginnings of the words that carry the meaning: endings change, and Arabic joins "and", "for" before. */
function stemsOf(name: string): string[] {
	const words = tokenise(withoutBrackets(name));
	const heavy = words.filter((word) => word.length > 3);
	return (heavy.length > 0 ? heavy : words).map((word) => {
		const stem = word.slice(0, Math.max(4, word.length - 3));
		return /^\p{Script=Latin}/u.test(word) ? ` ${stem}` : stem;
	});
}
