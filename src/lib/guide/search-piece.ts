/**
 * Making a piece of the text index: out of the very files that a device keeps, here as in the build.
 *
 * The same files give the same bytes everywhere, so a device that keeps a guide need not fetch its
 * pieces (`courier/made.ts`). That is why nothing here asks a locale and all sorting is by code unit.
 * What a browser's older Unicode tables might do to a rare letter, the piece's hash brings to light.
 */
import type { Measure, Question, Section, Terms, Topic } from '#lib/model/guide.ts';
import { asWritten, wordOf, wordsOf } from './normalise.ts';
import { textOfHtml } from './passage.ts';
import { writePostings, type Kind, type PieceFile } from './search-files.ts';

/** A text of a document and what a word in it counts: headings and summaries more than prose. */
type Field = { text: string; weight: number };
/** What a search finds, with its words. */
export type Doc = { kind: Kind; id: string; fields: Field[] };

const plain = (text: string): Field => ({ text, weight: 1 });

export const sectionDoc = (section: Section): Doc => ({
	kind: 'section',
	id: section.id,
	fields: [
		plain(textOfHtml(section.html)),
		{ text: section.summary, weight: 4 },
		// Already in the text: these make them count three times.
		...section.headings.map((heading) => ({ text: heading.text, weight: 2 })),
		...[...section.who, ...section.inputs, ...section.outputs].map(plain),
		...section.sources.map((source) => plain(source.title))
	]
});

/** Its questions, then its measures: a piece names a stretch of this order. */
export const topicDocs = (topic: Pick<Topic, 'questions' | 'measures'>): Doc[] => [
	...topic.questions.map(questionDoc),
	...topic.measures.map(measureDoc)
];

export const termDocs = (terms: Terms): Doc[] =>
	terms.map((term) => ({ kind: 'term', id: term.id, fields: [plain(term.definition)] }));

const questionDoc = (question: Question): Doc => ({
	kind: 'question',
	id: question.id,
	fields: [
		{ text: question.question, weight: 4 },
		...[...question.levels, ...question.next, ...question.evidence, question.why].map(plain)
	]
});

const measureDoc = (measure: Measure): Doc => ({
	kind: 'measure',
	id: measure.id,
	fields: [measure.how, measure.done, measure.indicator].map(plain)
});

/** Documents become a piece one by one, so that a slow phone can do something else in between. */
export class PieceMaker {
	readonly #guide: string;
	readonly #docs: PieceFile['docs'] = [];
	readonly #counts = new Map<string, Map<number, number>>();
	readonly #spellings = new Map<string, Map<string, number>>();

	constructor(guide: string) {
		this.#guide = guide;
	}

	add({ kind, id, fields }: Doc): void {
		const place = this.#docs.length;
		let length = 0;
		for (const { text, weight } of fields) {
			for (const { word, start, end } of wordsOf(text)) {
				length++;
				count(this.#counts, word, place, weight);
				count(this.#spellings, word, asWritten(text.slice(start, end)), 1);
			}
		}
		this.#docs.push([kind, id, length]);
	}

	/** The piece; `JSON.stringify` of it is the file, to the byte. */
	finish(): PieceFile {
		// By code unit, not by a locale: the device looks words up in this order.
		const words = [...this.#counts.keys()].sort(byCodeUnit);
		return {
			guide: this.#guide,
			docs: this.#docs,
			words: words.map((word) => spellingOf(word, this.#spellings.get(word))).join(' '),
			postings: words.map((word) => writePostings(this.#counts.get(word) ?? new Map())).join(' ')
		};
	}
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : 1);

function count<K>(into: Map<string, Map<K, number>>, word: string, key: K, by: number): void {
	const inner = into.get(word) ?? new Map<K, number>();
	inner.set(key, (inner.get(key) ?? 0) + by);
	into.set(word, inner);
}

/** The most frequent spelling of `word`; the accented `stratégie` stays a word that one can read. */
function spellingOf(word: string, spellings = new Map<string, number>()): string {
	if (spellings.size === 1 && spellings.has(word)) return word;
	const [best] = [...spellings]
		// A spelling longer than the index's longest word would not lead back to it.
		.filter(([spelling]) => wordOf(spelling) === word)
		.sort(([a, n], [b, m]) => m - n || byCodeUnit(a, b));
	return best?.[0] ?? word;
}
