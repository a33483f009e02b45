/**
 * A search over guides: sections, questions, measures and terms by their titles and texts.
 *
 * Titles come first and are enough for results; each piece of text that arrives later makes them
 * better. Words find by an inverted index (the word, what it begins, its inflections); a word that
 * nothing knows is taken for its nearest neighbours. Pure: the files come in as values.
 */
import type { Lang } from '#lib/model/guide.ts';
import { queryWords, tokenise, type FoundWord } from './normalise.ts';
import { Names } from './search-names.ts';
import { everydayWords } from './search-words.ts';
import {
	parsePiece,
	parseTitles,
	type Kind,
	type TitleGroup,
	type TitleRow
} from './search-files.ts';
import {
	best,
	rank,
	textWorth,
	titleWorth,
	withoutEchoes,
	withSubjects,
	type Hits,
	type Ranked
} from './search-rank.ts';
import { inflected, matchWords, textTable, titleTable, type Table } from './search-table.ts';
import { Spelling, TitleSpelling } from './spelling.ts';

export type Result = {
	kind: Kind;
	id: string;
	guide: string;
	title: string;
	/** The language that the page really is in. */
	lang: Lang;
	/** The part of a section, the topic of a question or measure, '' for a term. */
	place: string;
	score: number;
	/** Words of the index that were found in it: what an excerpt highlights. */
	words: string[];
};

export type Answer = {
	/** Best first; those with all words of the query before those with some. */
	results: Result[];
	/** How many there are without the limit. */
	total: number;
	/** The query with its unknown words replaced by what was searched instead, or ''. */
	corrected: string;
	/** Words, postings and candidates looked at: the cost, whatever the machine. */
	work: number;
};

export type Search = {
	/** Throws 'pack-broken' where `file` is not a titles file. */
	addTitles: (file: unknown) => void;
	/** Throws 'pack-broken' where `file` is not a piece. */
	addPiece: (file: unknown) => void;
	/** A query without a word finds nothing; 200 characters and 8 words of it are looked at. */
	search: (query: string, limit?: number) => Answer;
};

type Doc = Omit<Result, 'score' | 'words'>;

/** A guess counts less than what was typed, per letter that differs. */
const guessed = 0.8;
/** With fewer matches than this, near words and nearly spelt titles come in. */
const fewMatches = 3;

export function createSearch(): Search {
	const docs: Doc[] = [];
	const docAt = new Map<string, number>();
	const tables: Table[] = [];
	const spelling = new Spelling();
	const titles = new TitleSpelling();
	const names = new Names();
	/** Question → the section about it, in the same language. */
	const sectionOf = new Map<number, number>();
	const everyday = new Set<string>();
	let textDocs = 0;
	let textLength = 0;
	let work = 0;

	return { addTitles, addPiece, search };

	function addTitles(file: unknown): void {
		const { guide, groups } = parseTitles(file);
		// The first group is in the language that is asked in.
		for (const word of everydayWords(groups[0]?.lang ?? '')) everyday.add(word);
		const own: { doc: number; name: string }[] = [];
		const aliases: { doc: number; name: string }[] = [];
		const add = (kind: Kind, lang: Lang, places: Record<string, TitleRow[]>) => {
			for (const [place, rows] of Object.entries(places)) {
				for (const [id = '', title = '', ...more] of rows) {
					const doc = docOf(guide, kind, id);
					docs[doc] = { kind, id, guide, title, lang, place };
					const called = kind === 'term' ? [title, ...more] : [title];
					own.push(...called.map((name) => ({ doc, name })));
					if (kind === 'term') names.add(called.map(tokenise), everyday);
				}
			}
		};
		for (const { lang, sections, questions, measures, terms } of groups) {
			add('section', lang, sections);
			add('question', lang, questions);
			add('measure', lang, measures);
			add('term', lang, { '': terms });
		}
		for (const { doc, name } of own) titles.add(doc, tokenise(name).join(' '));
		for (const { sections, questions } of groups) {
			const ids = new Set(Object.values(sections).flatMap((rows) => rows.map(([id]) => id)));
			for (const [id = '', , section = id] of Object.values(questions).flat()) {
				if (!ids.has(section)) continue;
				sectionOf.set(docOf(guide, 'question', id), docOf(guide, 'section', section));
			}
		}
		for (const group of groups) aliases.push(...alsoCalled(guide, group));
		addTable(titleTable([...own, ...aliases]));
	}

	/**
	 * A section also answers to the names of the question and the term about its subject: its title
	 * is a sentence ("Practise before the real incident"), people type the noun ("exercises").
	 */
	function alsoCalled(guide: string, { sections, questions, terms }: TitleGroup) {
		const own = new Set(Object.values(sections).flatMap((rows) => rows.map(([id]) => id)));
		const called = [
			...Object.values(questions).flatMap((rows) =>
				rows.map(([id, title = '', section = id]) => ({ section, names: [title] }))
			),
			...terms.map(([section, ...names]) => ({ section, names }))
		];
		return called.flatMap(({ section = '', names }) =>
			own.has(section) ? names.map((name) => ({ doc: docOf(guide, 'section', section), name })) : []
		);
	}

	function addPiece(file: unknown): void {
		const piece = parsePiece(file);
		const places = piece.docs.map(([kind, id]) => docOf(piece.guide, kind, id));
		const table = textTable(piece, places);
		textDocs += places.length;
		textLength += table.lengths.reduce((sum, length) => sum + length, 0);
		addTable(table);
	}

	function addTable(table: Table): void {
		tables.push(table);
		table.words.forEach((word, place) => spelling.add(word, table.spellings[place] ?? word));
	}

	/** A piece may come before the titles: its documents wait without one, and are not shown. */
	function docOf(guide: string, kind: Kind, id: string): number {
		const key = `${guide}/${kind}/${id}`;
		const known = docAt.get(key);
		if (known !== undefined) return known;
		docAt.set(key, docs.length);
		return docs.push({ kind, id, guide, title: '', lang: '', place: '' }) - 1;
	}

	function search(query: string, limit = 20): Answer {
		work = 0;
		const words = queryWords(query, everyday);
		const corrections: { at: FoundWord; by: string }[] = [];
		const read: string[] = [];
		const found: Hits[] = [];
		words.forEach((asked, i) => {
			// The last word is still being typed, unless something follows it.
			const open = i === words.length - 1 && asked.end === query.length;
			const meant = [{ word: asked.word, distance: 0 }];
			const hits = hitsOf(meant, open);
			const surest = Math.max(0, ...Array.from(hits.values(), (hit) => hit.sure));
			const isKnown = surest > inflected;
			const add = (word: string, hits: Hits) => {
				read.push(word);
				found.push(hits);
			};
			if (isKnown && hits.size >= fewMatches) return add(asked.word, hits);
			// "stategy" could be a form of "state", but is rather "strategy"; "organization" may stand
			// once among many an "organisation": both are looked for, the guess is worth less.
			const { words: near, looked } = spelling.closest(asked.word, open);
			work += looked;
			const guesses = near.filter((n) => hits.size === 0 || n.distance === 1);
			const apart = hits.size === 0 ? spelling.apart(asked.word, near.length > 0, isInTitle) : [];
			if (apart.length > 0) {
				corrections.push({ at: asked, by: apart.map((part) => part.spelling).join(' ') });
				for (const { word } of apart) {
					if (!everyday.has(word)) add(word, hitsOf([{ word, distance: 0 }], false));
				}
				return;
			}
			if (guesses[0] && !isKnown) corrections.push({ at: asked, by: guesses[0].spelling });
			const likely = isKnown ? asked.word : (guesses[0]?.word ?? asked.word);
			add(likely, guesses.length > 0 ? hitsOf([...meant, ...guesses], open && isKnown) : hits);
		});
		const rankings = [rank(found, docs.length, kindOf)];
		const renamed = names.alternatives(read, (word) => spelling.has(word));
		for (const { from, count, by } of renamed) {
			const instead = by.map((word) => hitsOf([{ word, distance: 0 }], false));
			rankings.push(rank(found.toSpliced(from, count, ...instead), docs.length, kindOf));
		}
		const ranked = withNearTitles(
			withoutEchoes(withSubjects(best(rankings), subjectOf), nameOf),
			words
		);
		return {
			results: ranked.slice(0, limit).flatMap(({ doc, score, words }) => {
				const shown = docs[doc];
				return shown ? [{ ...shown, score, words }] : [];
			}),
			total: ranked.length,
			corrected: correct(query, corrections),
			work
		};
	}

	function subjectOf(doc: number): number | undefined {
		return sectionOf.get(doc);
	}

	function isInTitle(phrase: string): boolean {
		return titles.has(phrase);
	}

	/** Two guides may hold the same question, measure or term; sections are each guide's own. */
	function nameOf(doc: number): string {
		const { kind, title } = docs[doc] ?? {};
		return kind && kind !== 'section' ? `${kind} ${title}` : '';
	}

	/** The documents with one of `meant`, each with its best match in title and text. */
	function hitsOf(meant: { word: string; distance: number }[], open: boolean): Hits {
		const hits: Hits = new Map();
		const average = textLength / Math.max(1, textDocs);
		for (const table of tables) {
			for (const { word, distance } of meant) {
				for (const match of matchWords(table, word, open)) {
					const sure = match.closeness * guessed ** distance;
					const postings = table.postings(match.place);
					work += 1 + postings.length;
					for (const { doc, tf } of postings) {
						const place = table.docs[doc];
						if (place === undefined) continue;
						const length = table.lengths[doc] ?? 1;
						const hit = hits.get(place) ?? { title: 0, text: 0, word: '', sure: 0 };
						hits.set(place, hit);
						if (table.of === 'titles') {
							hit.title = Math.max(hit.title, sure * titleWorth(length));
						} else {
							hit.text = Math.max(hit.text, sure * textWorth(tf, length, average));
						}
						if (sure > hit.sure) Object.assign(hit, { sure, word: match.word });
					}
				}
			}
		}
		return hits;
	}

	function kindOf(doc: number): Kind | undefined {
		const { title, kind } = docs[doc] ?? {};
		return title ? kind : undefined;
	}

	/** "databreach" is no typing mistake of a word, but nearly a title. */
	function withNearTitles(ranked: Ranked[], words: FoundWord[]): Ranked[] {
		const full = ranked.filter((r) => r.hasAll);
		if (full.length >= fewMatches) return ranked;
		const { docs: nearDocs, looked } = titles.closest(words.map((w) => w.word).join(' '), 10);
		work += looked;
		const known = new Set(full.map((r) => r.doc));
		const near: Ranked[] = [];
		for (const doc of nearDocs) {
			if (known.has(doc)) continue;
			known.add(doc);
			near.push({ doc, score: 0, words: [], hasAll: false });
		}
		return [...full, ...near, ...ranked.filter((r) => !known.has(r.doc))];
	}
}

/** `query` with each word at `at` replaced by its suggestion. */
function correct(query: string, corrections: { at: FoundWord; by: string }[]): string {
	let text = '';
	let end = 0;
	for (const { at, by } of corrections) {
		text += query.slice(end, at.start) + by;
		end = at.end;
	}
	return corrections.length > 0 ? text + query.slice(end) : '';
}
