/**
 * Paragraphs of a chapter: which of them are still as they were prefilled, and which say something
 * that has changed since (P8).
 *
 * A chapter's sources hold, besides the values, one entry for each prefilled paragraph: `text:<hash>`
 * with the sources that it was made from; `accepted:<hash>` once somebody said that it may stay. A
 * paragraph that somebody edited no longer has its hash: it is theirs.
 */
import type { Block } from '#lib/model/guide.ts';
import type { Chapter, ChapterSource } from '#lib/model/workspace.ts';
import { piecesOf } from './blocks.ts';
import { paragraphsOf } from './markdown.ts';
import {
	hashOf,
	sourceReader,
	staleSources,
	type Material,
	type ReadSource,
	type StaleSource
} from './material.ts';
import type { Paragraph } from './prose.ts';

export type ChapterParagraph = {
	markdown: string;
	/** Prefilled, and neither edited nor accepted yet. */
	prefilled: boolean;
	/** What it was made from and has changed since; empty for a paragraph that somebody edited. */
	stale: StaleSource[];
};
export type ChapterPart = ChapterParagraph | { block: Block };

/** The sources that a chapter keeps for its prefilled paragraphs, each value once. */
export function sourcesFor(paragraphs: readonly Paragraph[], read: ReadSource): ChapterSource[] {
	const refs = new Set(paragraphs.flatMap((paragraph) => paragraph.refs));
	return [
		...[...refs].map((ref) => ({ ref, value: read(ref) ?? '' })),
		...paragraphs
			.filter(({ markdown }) => isText(markdown))
			.map(({ markdown, refs }) => ({
				ref: `text:${fingerprint(markdown)}`,
				value: refs.join(' ')
			}))
	];
}

/** A chapter in reading order: its paragraphs with what is known of them, and its live blocks. */
export function readParagraphs(chapter: Chapter, material: Material): ChapterPart[] {
	const stale = staleSources(chapter, material);
	const made = madeParagraphs(chapter);
	return piecesOf(chapter).flatMap((piece): ChapterPart[] => {
		if ('block' in piece) return [piece];
		return paragraphsOf(piece.markdown).map((markdown) => {
			const known = made.get(fingerprint(markdown));
			return {
				markdown,
				prefilled: known !== undefined && !known.accepted,
				stale: stale.filter((source) => known?.refs.includes(source.ref))
			};
		});
	});
}

/**
 * The sources of a chapter after somebody said that its text may stay as it is: no paragraph is
 * called prefilled any more, and none is flagged until the data changes again.
 */
export function acceptChapter(
	chapter: Pick<Chapter, 'sources'>,
	material: Material
): ChapterSource[] {
	const read = sourceReader(material);
	return chapter.sources
		.filter(({ ref }) => !ref.startsWith('seen:'))
		.map(({ ref, value }) => ({
			ref: ref.replace(/^text:/, 'accepted:'),
			value: read(ref) ?? value
		}));
}

/** Whether a paragraph stands as it was prefilled, and nobody accepted it. */
export function isUntouched(chapter: Pick<Chapter, 'sources'>, markdown: string): boolean {
	const known = madeParagraphs(chapter).get(fingerprint(markdown));
	return known !== undefined && !known.accepted;
}

/** Headings and marker lines are no text of their own. */
export const isText = (paragraph: string): boolean =>
	!/^\s{0,3}(?:#{1,6}\s[^\n]*|\{\{\s*[a-z-]+\s*\}\})\s*$/.test(paragraph);

export function madeParagraphs({
	sources
}: Pick<Chapter, 'sources'>): Map<string, { refs: string[]; accepted: boolean }> {
	return new Map(
		sources.flatMap(({ ref, value }) => {
			const [, kind, hash] = /^(text|accepted):(\w+)$/.exec(ref) ?? [];
			if (!kind || !hash) return [];
			return [[hash, { refs: value.split(' '), accepted: kind === 'accepted' }] as const];
		})
	);
}

/** Line breaks and spaces that an editor moves do not make a paragraph another one. */
export const fingerprint = (markdown: string): string =>
	hashOf(markdown.normalize('NFC').replace(/\s+/g, ' ').trim());
