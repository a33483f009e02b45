/**
 * Remarks in a document: where the words are that somebody remarked on, between two runs without a text of
 * their own. Formats that know no remarks pass over them.
 */
import { placeOf } from '#lib/draft/anchor.ts';
import type { Cell, ExportBlock, Remark, Run } from './document.ts';
import type { ExportRemark } from './input.ts';

/** What the editor has in a text for a note or a line break. */
const sign = '\uFFFC';

/** Runs of text in reading order; live blocks are not among the blocks that are given. */
function textsOf(blocks: readonly ExportBlock[]): Run[][] {
	return blocks.flatMap((block): Run[][] => {
		switch (block.kind) {
			case 'heading':
			case 'paragraph':
				return [block.runs];
			case 'list':
				return block.items.flatMap(textsOf);
			case 'table':
				return [block.header, ...block.rows].flat().map((cell: Cell) => cell.runs);
			case 'quote':
			case 'notice':
				return textsOf(block.blocks);
			default:
				return [];
		}
	});
}

const wordsOf = (runs: readonly Run[]): string =>
	runs.map((run) => (run.note ? sign : run.text.replaceAll('\n', sign))).join('');

/**
 * The remarks of a chapter, each with the name by which its two marks are known. The marks are put into the
 * runs of `blocks`; what is said of words that are gone stands at `title`.
 */
export function placeRemarks(
	remarks: readonly ExportRemark[],
	chapter: number,
	title: Run[],
	blocks: readonly ExportBlock[]
): Remark[] {
	const texts = textsOf(blocks);
	const starts: number[] = [];
	let all = '';
	for (const runs of texts) {
		starts.push(all.length);
		all += `${wordsOf(runs)}\n`;
	}
	/** The last first, so that the places of those before stay true. */
	const marks: { at: number; key: string; edge: 'begin' | 'end' }[] = [];
	const found = remarks.map((remark, i): Remark => {
		const key = `${chapter}:${i}`;
		const place = placeOf(all, remark);
		if (place === null || place.to <= place.from) {
			title.unshift({ text: '', remark: { key, edge: 'begin' } });
			title.push({ text: '', remark: { key, edge: 'end' } });
		} else {
			marks.push({ at: place.from, key, edge: 'begin' }, { at: place.to, key, edge: 'end' });
		}
		return { key, thread: [remark, ...remark.answers], resolved: remark.resolved };
	});
	marks.sort((a, b) => b.at - a.at || (a.edge === 'begin' ? -1 : 1));
	for (const { at, key, edge } of marks) {
		// An end belongs to the text before it, not to the beginning of the next.
		const i = starts.findLastIndex((start) => (edge === 'end' ? start < at : start <= at));
		const runs = texts[i];
		if (runs) insert(runs, at - (starts[i] ?? 0), { text: '', remark: { key, edge } });
	}
	return found;
}

/** Puts `mark` at `offset` of the words of `runs`; a run that it falls into becomes two. */
function insert(runs: Run[], offset: number, mark: Run): void {
	let before = 0;
	for (const [i, run] of runs.entries()) {
		const size = run.note ? 1 : run.text.length;
		if (offset <= before) {
			runs.splice(i, 0, mark);
			return;
		}
		if (offset < before + size) {
			const cut = offset - before;
			const [first, rest] = [run.text.slice(0, cut), run.text.slice(cut)];
			runs.splice(i, 1, { ...run, text: first }, mark, { ...run, text: rest });
			return;
		}
		before += size;
	}
	runs.push(mark);
}
