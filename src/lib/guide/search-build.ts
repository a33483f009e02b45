/**
 * The search files of a guide, made while the packs are compiled (`packs-disk.ts`).
 *
 * A piece per part for its sections, per topic for its questions and measures, and one for the
 * terms' definitions: a corrected sentence changes the one piece that its page is in. Everything
 * that belongs to the guide as a whole (how rare a word is, the vocabulary) is summed on the device.
 */
import type { Lang, Measure, Question, Section } from '#lib/model/guide.ts';
import type { CompiledGuide } from './compile.ts';
import { asWritten, wordOf, wordsOf } from './normalise.ts';
import {
	writePostings,
	type Kind,
	type PieceFile,
	type TitleGroup,
	type TitlesFile
} from './search-files.ts';

/** A text of a document and what a word in it counts: headings and summaries more than prose. */
type Field = { text: string; weight: number };
type Doc = { kind: Kind; id: string; fields: Field[] };

/** A larger topic is cut in halves or thirds: about 4 KB is what one correction may cost. */
const mostDocsInTopic = 36;

/** The titles, and the pieces with ids that are unique in the guide; both are plain JSON values. */
export function buildSearch(guide: CompiledGuide): {
	titles: TitlesFile;
	pieces: { id: string; index: PieceFile }[];
} {
	const pieces: { id: string; docs: Doc[] }[] = [];
	for (const part of guide.parts) {
		const docs = part.sections.map((s) => sectionDoc(s, guide.texts.get(s.id) ?? ''));
		pieces.push({ id: part.id, docs });
	}
	for (const topic of guide.topics) {
		const docs = [...topic.questions.map(questionDoc), ...topic.measures.map(measureDoc)];
		const parts = Math.max(1, Math.ceil(docs.length / mostDocsInTopic));
		const size = Math.ceil(docs.length / parts);
		for (let n = 0; n < parts; n++) {
			const name = n === 0 ? `topic-${topic.id}` : `topic-${topic.id}-${n + 1}`;
			pieces.push({ id: name, docs: docs.slice(n * size, (n + 1) * size) });
		}
	}
	const definitions = guide.terms.map((term): Doc => {
		return { kind: 'term', id: term.id, fields: [{ text: term.definition, weight: 1 }] };
	});
	pieces.push({ id: 'definitions', docs: definitions });
	return {
		titles: titlesOf(guide),
		pieces: pieces
			.filter((piece) => piece.docs.length > 0)
			.map(({ id, docs }) => ({ id, index: pieceOf(guide.id, docs) }))
	};
}

function titlesOf(guide: CompiledGuide): TitlesFile {
	const pages = [
		...guide.parts.flatMap((part) => part.sections),
		...guide.topics.flatMap((topic) => [...topic.questions, ...topic.measures])
	];
	const langs = new Set([guide.lang, ...pages.map((page) => page.lang)]);
	return { guide: guide.id, groups: Array.from(langs, (lang) => titlesIn(guide, lang)) };
}

/** The titles of the pages that really are in `lang`; terms count as the guide's language. */
function titlesIn(guide: CompiledGuide, lang: Lang): TitleGroup {
	type Page = { id: string; title: string; lang: Lang };
	const rows = (pages: Page[]) =>
		pages.filter((page) => page.lang === lang).map((page) => [page.id, page.title]);
	const byPlace = (places: [string, Page[]][]) =>
		Object.fromEntries(
			places.map(([id, pages]) => [id, rows(pages)] as const).filter(([, own]) => own.length > 0)
		);
	return {
		lang,
		sections: byPlace(guide.parts.map((part) => [part.id, part.sections])),
		questions: byPlace(guide.topics.map((topic) => [topic.id, topic.questions])),
		measures: byPlace(guide.topics.map((topic) => [topic.id, topic.measures])),
		terms: lang === guide.lang ? guide.terms.map((term) => [term.id, term.term, ...term.also]) : []
	};
}

function sectionDoc(section: Section, text: string): Doc {
	return {
		kind: 'section',
		id: section.id,
		fields: [
			{ text, weight: 1 },
			{ text: section.summary, weight: 2 },
			// Already in the text: these make them count three times.
			...section.headings.map((heading) => ({ text: heading.text, weight: 2 })),
			...[...section.who, ...section.inputs, ...section.outputs].map(plain),
			...section.sources.map((source) => plain(source.title))
		]
	};
}

const plain = (text: string): Field => ({ text, weight: 1 });

const questionDoc = (question: Question): Doc => ({
	kind: 'question',
	id: question.id,
	fields: [
		{ text: question.question, weight: 2 },
		...[...question.levels, ...question.next, ...question.evidence, question.why].map(plain)
	]
});

const measureDoc = (measure: Measure): Doc => ({
	kind: 'measure',
	id: measure.id,
	fields: [measure.how, measure.done, measure.indicator].map(plain)
});

function pieceOf(guide: string, docs: Doc[]): PieceFile {
	const counts = new Map<string, Map<number, number>>();
	const spellings = new Map<string, Map<string, number>>();
	const lengths = docs.map((doc, index) => {
		let length = 0;
		for (const { text, weight } of doc.fields) {
			for (const { word, start, end } of wordsOf(text)) {
				length++;
				add(counts, word, index, weight);
				add(spellings, word, asWritten(text.slice(start, end)), 1);
			}
		}
		return length;
	});
	// By code unit, not by a locale: the device looks words up in this order.
	const words = [...counts.keys()].sort((a, b) => (a < b ? -1 : 1));
	return {
		guide,
		docs: docs.map((doc, index) => [doc.kind, doc.id, lengths[index] ?? 0]),
		words: words.map((word) => spellingOf(word, spellings.get(word))).join(' '),
		postings: words.map((word) => writePostings(counts.get(word) ?? new Map())).join(' ')
	};
}

function add<K>(into: Map<string, Map<K, number>>, word: string, key: K, by: number): void {
	const inner = into.get(word) ?? new Map<K, number>();
	inner.set(key, (inner.get(key) ?? 0) + by);
	into.set(word, inner);
}

/** The most frequent spelling of `word`; the accented `stratégie` stays a word that one can read. */
function spellingOf(word: string, spellings = new Map<string, number>()): string {
	const [best] = [...spellings]
		// A spelling longer than the index's longest word would not lead back to it.
		.filter(([spelling]) => wordOf(spelling) === word)
		.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
	return best?.[0] ?? word;
}
