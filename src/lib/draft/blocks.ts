/**
 * Live blocks: the pieces of a chapter that are made from the data each time it is shown or exported.
 * A line `{{score-table}}` of the body places one; those that no line places stand at the end.
 */
import { blocks, type Block } from '#lib/model/guide.ts';
import type { Chapter } from '#lib/model/workspace.ts';

export type Piece = { markdown: string } | { block: Block };

const marker = /^\s{0,3}\{\{\s*([a-z-]+)\s*\}\}\s*$/;

export const isBlock = (name: string): name is Block => blocks.some((known) => known === name);

/** The line that places a block. */
export const markerOf = (block: Block): string => `{{${block}}}`;

/** A body cut at its marker lines, without empty pieces. An unknown name stays text. */
export function splitBlocks(body: string): Piece[] {
	const pieces: Piece[] = [];
	let lines: string[] = [];
	const flush = (): void => {
		const markdown = lines.join('\n').replace(/^(?:[ \t]*\n)+|\s+$/g, '');
		if (markdown.trim() !== '') pieces.push({ markdown });
		lines = [];
	};
	for (const line of body.split(/\r\n?|\n/)) {
		const name = marker.exec(line)?.[1];
		const block = blocks.find((known) => known === name);
		if (block === undefined) lines.push(line);
		else {
			flush();
			pieces.push({ block });
		}
	}
	flush();
	return pieces;
}

/**
 * The chapter with the figures of the country in it, where it is the one about the context of the
 * strategy and any are given: they belong there, whenever it was begun.
 */
export const withFigures = (chapter: Chapter, areGiven: boolean): Chapter =>
	areGiven && chapter.id.endsWith('/context') && !chapter.blocks.includes('figure-table')
		? { ...chapter, blocks: [...chapter.blocks, 'figure-table'] }
		: chapter;

/** A whole chapter in reading order: its body, then the blocks that the body does not place. */
export function piecesOf(chapter: Pick<Chapter, 'body' | 'blocks'>): Piece[] {
	const pieces = splitBlocks(chapter.body);
	const placed = new Set(pieces.flatMap((piece) => ('block' in piece ? [piece.block] : [])));
	return [
		...pieces,
		...chapter.blocks.filter((block) => !placed.has(block)).map((block) => ({ block }))
	];
}
