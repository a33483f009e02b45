/**
 * The draft: its chapters in order, with live blocks where a line places them.
 */
import { piecesOf } from '#lib/draft/blocks.ts';
import type { Block } from '#lib/model/guide.ts';
import { heading, paragraph, type ExportBlock, type Remark } from '../document.ts';
import { placeRemarks } from '../remarks.ts';
import type { ExportChapter, ExportInput } from '../input.ts';
import { blocksOf, highestHeading, notesOf } from '../markdown.ts';
import { budgetBlock } from './budget.ts';
import { chart } from './chart.ts';
import { glossary } from './glossary.ts';
import { logFrameBlock } from './log-frame.ts';
import { actionTable, indicatorTable } from './plan.ts';
import { stakeholderTable } from './stakeholders.ts';
import {
	figureTable,
	gapTable,
	levelSummary,
	methodNote,
	scoreTable,
	type Topics
} from './tables.ts';
import { timelineBlock } from './timeline.ts';

/** `remarks`: takes those of the chapters. */
export function draftPart(input: ExportInput, remarks: Remark[] = []): ExportBlock[] {
	const { chapters, words } = input;
	if (chapters.length === 0) {
		return [heading(1, words('export.draftTitle')), paragraph(words('export.noChapters'))];
	}
	return chapters.flatMap((chapter, i) => chapterBlocks(input, chapter, i, remarks));
}

/** Its pieces are those of the screen (P9): marker lines, then the blocks that no line places. */
function chapterBlocks(
	input: ExportInput,
	chapter: ExportChapter,
	place: number,
	remarks: Remark[]
): ExportBlock[] {
	const { words } = input;
	const highest = highestHeading(chapter.body);
	const pieces = piecesOf(chapter);
	const texts = pieces.flatMap((piece) => ('block' in piece ? [] : [piece.markdown]));
	const notes = notesOf(texts, String(place + 1));
	const written: ExportBlock[] = [];
	const made = pieces.flatMap((piece) => {
		if ('block' in piece) return liveBlock(input, piece.block, chapter.topics);
		const blocks = blocksOf(piece.markdown, 2, highest, notes);
		written.push(...blocks);
		return blocks;
	});
	const body = notes.settle(made);
	const title = heading(1, chapter.title || words('export.untitledChapter'));
	// Live blocks are nobody's words: nothing is remarked on them.
	const own = notes.settle(written);
	remarks.push(...placeRemarks(chapter.remarks ?? [], place, title.runs, own));
	return [title, ...(body.length > 0 ? body : [paragraph(words('export.emptyChapter'), 'small')])];
}

/** What a live block stands for, from the data as it is now. */
export function liveBlock(input: ExportInput, block: Block, topics: Topics): ExportBlock[] {
	switch (block) {
		case 'score-table':
			return scoreTable(input, topics);
		case 'radar':
			return chart(input, topics);
		case 'gap-list':
			return gapTable(input, topics);
		case 'action-table':
			return actionTable(input, topics);
		case 'indicator-table':
			return indicatorTable(input, topics);
		case 'level-summary':
			return levelSummary(input, topics);
		case 'figure-table':
			return figureTable(input);
		case 'method-note':
			return methodNote(input);
		case 'budget':
			return budgetBlock(input);
		case 'timeline':
			return timelineBlock(input, topics);
		case 'log-frame':
			return logFrameBlock(input);
		case 'stakeholder-table':
			return stakeholderTable(input);
		case 'glossary':
			return glossary(input);
	}
}
