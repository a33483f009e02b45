/**
 * The search files of a guide, made while the packs are compiled (`packs-disk.ts`).
 *
 * A piece per part for its sections, per topic for its questions and measures, and one for the
 * terms' definitions: a corrected sentence changes the one piece that its page is in. Everything
 * that belongs to the guide as a whole (how rare a word is, the vocabulary) is summed on the device.
 */
import type { SearchPiece } from '#lib/model/guide.ts';
import type { CompiledGuide } from './compile.ts';
import type { PieceFile, TitlesFile } from './search-files.ts';
import { PieceMaker, sectionDoc, termDocs, topicDocs, type Doc } from './search-piece.ts';
import { titlesOf } from './search-titles.ts';

/** A larger topic is cut in halves or thirds: about 4 KB is what one correction may cost. */
const mostDocsInTopic = 36;

/** A piece by an id that is unique in the guide, with what the device can make it from. */
export type BuiltPiece = { id: string; from: Pick<SearchPiece, 'part' | 'topic' | 'slice'> };

/** The titles, and the pieces that are not empty; both are plain JSON values. */
export function buildSearch(guide: CompiledGuide): {
	titles: TitlesFile;
	pieces: (BuiltPiece & { index: PieceFile })[];
} {
	const pieces: (BuiltPiece & { docs: Doc[] })[] = [];
	for (const part of guide.parts) {
		pieces.push({ id: part.id, from: { part: part.id }, docs: part.sections.map(sectionDoc) });
	}
	for (const topic of guide.topics) {
		const docs = topicDocs(topic);
		const parts = Math.max(1, Math.ceil(docs.length / mostDocsInTopic));
		const size = Math.ceil(docs.length / parts);
		for (let n = 0; n < parts; n++) {
			const id = n === 0 ? `topic-${topic.id}` : `topic-${topic.id}-${n + 1}`;
			const slice: [number, number] = [n * size, (n + 1) * size];
			pieces.push({ id, from: { topic: topic.id, slice }, docs: docs.slice(...slice) });
		}
	}
	pieces.push({ id: 'definitions', from: {}, docs: termDocs(guide.terms) });
	return {
		titles: titlesOf(guide),
		pieces: pieces
			.filter((piece) => piece.docs.length > 0)
			.map(({ id, from, docs }) => {
				const maker = new PieceMaker(guide.id);
				for (const doc of docs) maker.add(doc);
				return { id, from, index: maker.finish() };
			})
	};
}
