/** The words of a document as one plain text, and where each of them stands in the document. */
import type { Node } from 'prosemirror-model';

export type WordsIn = {
	/** Text blocks with a line end between them; a note or picture in the text is one U+FFFC. */
	text: string;
	/** The document's position of an offset of `text`. */
	position: (offset: number) => number;
	/** The offset of a position; the nearest before it where there is none. */
	offset: (position: number) => number;
};

export function wordsIn(doc: Node): WordsIn {
	let text = '';
	const blocks: { at: number; from: number; size: number }[] = [];
	doc.descendants((node, from) => {
		if (!node.isTextblock) return true;
		if (blocks.length > 0) text += '\n';
		const words = node.textBetween(0, node.content.size, null, '\uFFFC');
		blocks.push({ at: text.length, from: from + 1, size: words.length });
		text += words;
		return false;
	});
	const last = <T>(
		fits: (block: (typeof blocks)[number]) => boolean,
		give: T,
		of: (b: (typeof blocks)[number]) => T
	): T => {
		const block = blocks.findLast(fits);
		return block ? of(block) : give;
	};
	return {
		text,
		position: (offset) =>
			last(
				(b) => b.at <= offset,
				0,
				(b) => b.from + Math.min(offset - b.at, b.size)
			),
		offset: (position) =>
			last(
				(b) => b.from <= position,
				0,
				(b) => b.at + Math.min(position - b.from, b.size)
			)
	};
}
