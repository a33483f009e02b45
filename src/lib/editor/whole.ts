/** Finding and replacing in the text of a chapter that is not open: words only, never marks. */
import { Transform } from 'prosemirror-transform';
import { findAll, type FindOptions } from '#lib/draft/find.ts';
import { documentOf, readBody, rewrite, textOf } from './pieces.ts';
import { schema } from './schema.ts';
import { wordsIn } from './words-in.ts';

/** The words that a reader reads of a chapter's Markdown. */
export const plainWords = (body: string): string => wordsIn(documentOf(readBody(body))).text;

export const countIn = (body: string, wanted: string, options: FindOptions): number =>
	findAll(plainWords(body), wanted, options).length;

/** The Markdown with each `wanted` replaced; paragraphs without it keep their letters. */
export function replaceIn(body: string, wanted: string, by: string, options: FindOptions): string {
	const pieces = readBody(body);
	const doc = documentOf(pieces);
	const words = wordsIn(doc);
	const change = new Transform(doc);
	for (const { from, to } of findAll(words.text, wanted, options).reverse()) {
		const [start, end] = [words.position(from), words.position(to)];
		if (by === '') change.delete(start, end);
		else {
			const marks = change.doc.resolve(start + 1).marks();
			change.replaceWith(start, end, schema.text(by, marks));
		}
	}
	return textOf(rewrite(change.doc, pieces));
}
