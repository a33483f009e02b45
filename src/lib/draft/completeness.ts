/**
 * Completeness of a chapter, for the list of chapters. The rule: paragraphs that are people's own
 * (written, edited, or accepted as they were prefilled) and have no place left to fill, out of all
 * paragraphs of the chapter, or of the outline's text where that has more.
 */
import type { OutlineChapter } from '#lib/model/guide.ts';
import type { Chapter } from '#lib/model/workspace.ts';
import { splitBlocks } from './blocks.ts';
import { paragraphsOf } from './markdown.ts';
import { isText, isUntouched } from './paragraphs.ts';

/**
 * 0 to 1. 0 for an empty chapter and for one that is just prefilled; 1 only when every paragraph is
 * somebody's and none has a `[place]` left. `outline`: undefined for a chapter of the team's own.
 */
export function completenessOf(
	chapter: Pick<Chapter, 'body' | 'sources'>,
	outline: Pick<OutlineChapter, 'text'> | undefined
): number {
	const paragraphs = splitBlocks(chapter.body)
		.flatMap((piece) => ('markdown' in piece ? paragraphsOf(piece.markdown) : []))
		.filter(isText);
	const expected = paragraphsOf(outline?.text ?? '').filter(isText).length;
	const own = paragraphs.filter((text) => !isUntouched(chapter, text) && !hasPlaceLeft(text));
	const all = Math.max(paragraphs.length, expected);
	return all === 0 ? 0 : own.length / all;
}

/** `[country]`, but not a link, a reference, a box to tick or an escaped bracket. */
const hasPlaceLeft = (text: string): boolean =>
	/(?:^|[^\\!\]])\[(?![ xX]\]|\^)[^[\]\n]{1,200}\](?![[(:])/.test(text);
