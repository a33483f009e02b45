/**
 * Docs: what a search can find, each document under a number, and how documents belong together.
 *
 * A document is named by whichever file comes first, its titles or a piece of text; until its title
 * is there it is not shown.
 */
import type { Lang } from '#lib/model/guide.ts';
import type { Kind, TitleGroup, TitleRow, TitlesFile } from './search-files.ts';

/** What a result says of the page that it leads to. */
export type Doc = {
	kind: Kind;
	id: string;
	guide: string;
	title: string;
	/** The language that the page really is in. */
	lang: Lang;
	/** The part of a section, the topic of a question or measure, '' for a term. */
	place: string;
};
/** A name that a document is found by. */
export type Called = { doc: number; name: string };

export class Docs {
	readonly #docs: Doc[] = [];
	readonly #places = new Map<string, number>();
	/** Question, measure or term → the section about it, in the same language. */
	readonly #sections = new Map<number, number>();

	get size(): number {
		return this.#docs.length;
	}

	/** The number of a document, known or not. */
	place(guide: string, kind: Kind, id: string): number {
		const key = `${guide}/${kind}/${id}`;
		const known = this.#places.get(key);
		if (known !== undefined) return known;
		this.#places.set(key, this.#docs.length);
		return this.#docs.push({ kind, id, guide, title: '', lang: '', place: '' }) - 1;
	}

	at(doc: number): Doc | undefined {
		return this.#docs[doc];
	}

	/** The kind of what can be shown. */
	kindOf(doc: number): Kind | undefined {
		const { title, kind } = this.#docs[doc] ?? {};
		return title ? kind : undefined;
	}

	/** The section that a page is about: itself, or that of a question, a measure or a term. */
	subjectOf(doc: number): number | undefined {
		return this.#docs[doc]?.kind === 'section' ? doc : this.#sections.get(doc);
	}

	/** Two guides may hold the same question, measure or term; sections are each guide's own. */
	nameOf(doc: number): string {
		const { kind, title } = this.#docs[doc] ?? {};
		return kind && kind !== 'section' ? `${kind} ${title}` : '';
	}

	/**
	 * Gives the documents of a titles file their titles. `own` are the names that they bear,
	 * `aliases` what they answer to as well.
	 */
	addTitles({ guide, groups }: TitlesFile): { own: Called[]; aliases: Called[] } {
		const own = groups.flatMap(({ lang, sections, questions, measures, terms }) => [
			...this.#add(guide, 'section', lang, sections),
			...this.#add(guide, 'question', lang, questions),
			...this.#add(guide, 'measure', lang, measures),
			...this.#add(guide, 'term', lang, { '': terms })
		]);
		for (const { lang, questions, measures } of groups) {
			this.#placeSubjects(guide, 'question', lang, questions);
			this.#placeSubjects(guide, 'measure', lang, measures);
		}
		return { own, aliases: groups.flatMap((group) => this.#alsoCalled(guide, group)) };
	}

	#placeSubjects(guide: string, kind: Kind, lang: Lang, places: Record<string, TitleRow[]>): void {
		for (const [id = '', , section = id] of Object.values(places).flat()) {
			const subject = this.place(guide, 'section', section);
			const { title, lang: own } = this.#docs[subject] ?? {};
			if (title && own === lang) this.#sections.set(this.place(guide, kind, id), subject);
		}
	}

	#add(guide: string, kind: Kind, lang: Lang, places: Record<string, TitleRow[]>): Called[] {
		return Object.entries(places).flatMap(([place, rows]) =>
			rows.flatMap(([id = '', title = '', ...more]) => {
				const doc = this.place(guide, kind, id);
				this.#docs[doc] = { kind, id, guide, title, lang, place };
				return (kind === 'term' ? [title, ...more] : [title]).map((name) => ({ doc, name }));
			})
		);
	}

	/**
	 * A section also answers to the names of the question and the term about its subject: its title
	 * is a sentence ("Practise before the real incident"), people type the noun ("exercises").
	 */
	#alsoCalled(guide: string, { sections, questions, terms }: TitleGroup): Called[] {
		const ids = idsIn(sections);
		const called = [
			...Object.values(questions).flatMap((rows) =>
				rows.map(([id, title = '', section = id]) => ({ section, names: [title] }))
			),
			...terms.map(([section, ...names]) => ({ section, names }))
		];
		return called.flatMap(({ section = '', names }) =>
			ids.has(section)
				? names.map((name) => ({ doc: this.place(guide, 'section', section), name }))
				: []
		);
	}
}

const idsIn = (places: Record<string, TitleRow[]>): Set<string | undefined> =>
	new Set(Object.values(places).flatMap((rows) => rows.map(([id]) => id)));
