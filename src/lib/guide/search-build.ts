/**
 * The search files of a guide, made while the packs are compiled (`packs-disk.ts`).
 *
 * Pieces per part for its sections, per topic for its questions and measures, and one for the
 * terms' definitions: a corrected sentence changes the one piece that its page is in. Everything
 * that belongs to the guide as a whole (how rare a word is, the vocabulary) is summed on the device.
 */
import type { SearchPiece } from '#lib/model/guide.ts';
import type { CompiledGuide } from './compile.ts';
import type { PieceFile, TitlesFile } from './search-files.ts';
import { PieceMaker, sectionDoc, termDocs, topicDocs, type Doc } from './search-piece.ts';
import { measureTitlesOf, titlesOf } from './search-titles.ts';

/** What is longer is cut in halves or thirds: about 4 KB is what one correction may cost. */
const mostBytes = 20_500;
/** What its name and its length take, against those of its text. */
const bytesOfDoc = 80;

/** A piece by an id that is unique in the guide, with what the device can make it from. */
export type BuiltPiece = { id: string; from: Pick<SearchPiece, 'part' | 'topic' | 'slice'> };

/** The titles, and the pieces that are not empty; both are plain JSON values. */
export function buildSearch(guide: CompiledGuide): {
	titles: TitlesFile;
	measures: TitlesFile;
	pieces: (BuiltPiece & { index: PieceFile })[];
} {
	const pieces: (BuiltPiece & { docs: Doc[] })[] = [];
	for (const part of guide.parts) {
		pieces.push(...cut(part.id, { part: part.id }, part.sections.map(sectionDoc)));
	}
	for (const topic of guide.topics) {
		pieces.push(...cut(`topic-${topic.id}`, { topic: topic.id }, topicDocs(topic)));
	}
	pieces.push(...cut('definitions', {}, termDocs(guide.terms)));
	return {
		titles: titlesOf(guide),
		measures: measureTitlesOf(guide),
		pieces: pieces
			.filter((piece) => piece.docs.length > 0)
			.map(({ id, from, docs }) => {
				const maker = new PieceMaker(guide.id);
				for (const doc of docs) maker.add(doc);
				return { id, from, index: maker.finish() };
			})
	};
}

/** Documents in as many pieces as their length asks for, of about as many documents each. */
function cut(id: string, from: BuiltPiece['from'], docs: Doc[]): (BuiltPiece & { docs: Doc[] })[] {
	const text = docs.flatMap(({ fields }) => fields.map(({ text }) => text)).join(' ');
	const bytes = new TextEncoder().encode(text).length + docs.length * bytesOfDoc;
	const size = Math.max(1, Math.ceil(docs.length / Math.ceil(Math.max(1, bytes) / mostBytes)));
	return Array.from({ length: Math.ceil(docs.length / size) }, (_, n) => {
		const slice: [number, number] = [n * size, (n + 1) * size];
		return {
			id: n === 0 ? id : `${id}-${n + 1}`,
			from: size < docs.length ? { ...from, slice } : from,
			docs: docs.slice(...slice)
		};
	});
}
