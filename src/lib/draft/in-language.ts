/**
 * A chapter in the language of a document: one that stands as it was prefilled is nobody's words yet,
 * and is made anew; one that somebody edited, accepted or renamed stays as they wrote it.
 */
import type { Lang, Outline } from '#lib/model/guide.ts';
import type { Chapter } from '#lib/model/workspace.ts';
import { splitBlocks } from './blocks.ts';
import { languageRef, makeChapter } from './chapters.ts';
import { paragraphsOf } from './markdown.ts';
import type { Material } from './material.ts';
import { isText, isUntouched } from './paragraphs.ts';
import type { Voice } from './words.ts';

/**
 * `there`: the outline and voice of the document's language, with `material` whose topics have that
 * language's names. `titles`: what the outline calls the chapter in the languages at hand.
 */
export function inLanguage(
	chapter: Chapter,
	there: { outline: Outline; material: Material; voice: Voice; date: string },
	titles: readonly (string | undefined)[]
): Chapter {
	const place = there.outline.chapters.find(({ id }) => chapter.id === `${chapter.guide}/${id}`);
	if (!place) return chapter;
	const title = titles.includes(chapter.title) ? place.title : chapter.title;
	const isOther = chapter.sources.some(
		({ ref }) => ref.startsWith(languageRef('')) && ref !== languageRef(there.voice.lang)
	);
	// In its own language the file says what the screen says, stale or not (P9).
	if (!isOther || !isAllUntouched(chapter)) return { ...chapter, title };
	const made = makeChapter(place, there.material, there.voice, there.date, chapter.order);
	return { ...chapter, title, body: made.body };
}

/** In which languages chapters were begun; each once. */
export function languagesOf(chapters: readonly Pick<Chapter, 'sources'>[]): Lang[] {
	const refs = chapters.flatMap(({ sources }) => sources.map(({ ref }) => ref));
	const mark = languageRef('');
	const named = refs.filter((ref) => ref.startsWith(mark)).map((ref) => ref.slice(mark.length));
	return [...new Set(named)].sort();
}

/**
 * Whether every paragraph is as it was prefilled, and none of them is gone: what somebody took out must
 * not come back in another language.
 */
export function isAllUntouched(chapter: Pick<Chapter, 'body' | 'sources'>): boolean {
	const paragraphs = splitBlocks(chapter.body)
		.flatMap((piece) => ('markdown' in piece ? paragraphsOf(piece.markdown) : []))
		.filter(isText);
	const made = new Set(
		chapter.sources.map(({ ref }) => ref).filter((ref) => ref.startsWith('text:'))
	);
	return (
		paragraphs.length > 0 &&
		paragraphs.length >= made.size &&
		paragraphs.every((text) => isUntouched(chapter, text))
	);
}
