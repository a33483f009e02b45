/**
 * Preparing a document for a format: the same for all of them, so that no format can forget it.
 *
 * All texts are cleaned, links that may not be followed lose their address, headings form a tree
 * that begins at level 1 and skips none (screen readers and Word's numbering both rely on it) and
 * get their numbers, and a document beyond the limits is refused.
 */
import { Problem } from '#lib/model/problem.ts';
import {
	limits,
	type Cell,
	type ExportBlock,
	type ExportDocument,
	type HeadingBlock,
	type Run
} from './document.ts';
import { cleanText, safeLink } from './text.ts';

/** A heading with its number ("2.1"; empty without one) and a name that is unique in the file. */
export type PreparedHeading = HeadingBlock & { number: string; anchor: string };
export type PreparedNote = { number: number; runs: Run[] };
export type PreparedBlock = Exclude<ExportBlock, HeadingBlock> | PreparedHeading;
export type Prepared = Required<Omit<ExportDocument, 'blocks' | 'meta'>> & {
	meta: Required<ExportDocument['meta']>;
	blocks: PreparedBlock[];
	/** The footnotes, in the order of their numbers. */
	notes: PreparedNote[];
};

/** Throws Problem `export-failed` with `what`, `found` and `limit` for a document that is too large. */
export function prepare(document: ExportDocument): Prepared {
	refuseTooLarge(document);
	const clean = cleaner();
	const { meta, words } = document;
	const { blocks, notes } = cleanBlocks(document.blocks, clean);
	return {
		lang: document.lang,
		direction: document.direction,
		title: clean(document.title),
		subtitle: clean(document.subtitle),
		meta: {
			country: clean(meta.country),
			workspace: clean(meta.workspace),
			date: clean(meta.date),
			created: meta.created,
			edition: clean(meta.edition),
			app: clean(meta.app),
			stamp: clean(meta.stamp ?? '')
		},
		marking: clean(document.marking ?? '')
			.replace(/\s+/g, ' ')
			.trim()
			.slice(0, limits.marking),
		cover: document.cover ?? 'head',
		contents: document.contents ?? true,
		accent: /^#[0-9a-f]{6}$/i.test(document.accent) ? document.accent : '#1d4e89',
		remarks: (document.remarks ?? []).map((remark) => ({
			...remark,
			thread: remark.thread.map(({ name, text, at }) => ({
				name: clean(name),
				text: clean(text),
				at
			}))
		})),
		fictional: document.fictional === null ? null : clean(document.fictional),
		words: {
			contents: clean(words.contents),
			notes: clean(words.notes),
			back: clean(words.back),
			pageOf: clean(words.pageOf)
		},
		blocks: numbered(blocks),
		notes
	};
}

/** The same for a piece of a document on a screen: clean, with its footnotes numbered and beside it. */
export const preparePiece = (
	blocks: readonly ExportBlock[]
): { blocks: ExportBlock[]; notes: PreparedNote[] } => cleanBlocks(blocks, cleaner());

function cleanBlocks(blocks: readonly ExportBlock[], clean: Clean) {
	const notes: PreparedNote[] = [];
	const numbers = new Map<string, number>();
	const runs = (all: readonly Run[]): Run[] =>
		all.flatMap((run): Run[] => {
			if (run.remark) return [{ text: '', remark: run.remark }];
			if (run.note) {
				const { key, label } = run.note;
				const known = numbers.get(key);
				const number = known ?? numbers.size + 1;
				if (known !== undefined) return [{ text: '', note: { key, label, runs: null, number } }];
				numbers.set(key, number);
				const said = runs(run.note.runs ?? []);
				notes.push({ number, runs: said });
				return [{ text: '', note: { key, label, runs: said, number } }];
			}
			const text = clean(run.text);
			if (text === '') return [];
			const link = run.link === undefined ? null : safeLink(run.link);
			return [{ ...run, text, link: link ?? undefined }];
		});
	return { blocks: blocks.map((block) => cleanBlock(block, clean, runs)), notes };
}

type Clean = (words: string) => string;
/** `cleanText` that remembers: in a table the same few words come again and again. */
function cleaner(): Clean {
	const known = new Map<string, string>();
	return (words) => {
		if (words.length > 60) return cleanText(words);
		let found = known.get(words);
		if (found === undefined) known.set(words, (found = cleanText(words)));
		return found;
	};
}

function cleanBlock(
	block: ExportBlock,
	clean: Clean,
	runs: (all: readonly Run[]) => Run[]
): ExportBlock {
	const cells = (row: Cell[], columns: number): Cell[] => {
		const cleaned = row.map((cell) => ({ ...cell, runs: runs(cell.runs) }));
		while (cleaned.length < columns) cleaned.push({ runs: [] });
		return cleaned;
	};
	const inside = (blocks: ExportBlock[]): ExportBlock[] =>
		blocks.map((inner): ExportBlock => {
			const cleaned = cleanBlock(inner, clean, runs);
			return cleaned.kind === 'heading' ? { kind: 'paragraph', runs: cleaned.runs } : cleaned;
		});
	switch (block.kind) {
		case 'heading':
		case 'paragraph':
			return { ...block, runs: runs(block.runs) };
		case 'list':
			return { ...block, items: block.items.map(inside) };
		case 'table':
			return {
				...block,
				header: block.header.length > 0 ? cells(block.header, block.columns.length) : [],
				rows: block.rows.map((row) => cells(row, block.columns.length)),
				caption: clean(block.caption)
			};
		case 'notice':
			return { ...block, title: clean(block.title), blocks: inside(block.blocks) };
		case 'quote':
			return { ...block, blocks: inside(block.blocks) };
		case 'code':
			return { ...block, text: clean(block.text) };
		case 'figure':
			return { ...block, alt: clean(block.alt), caption: clean(block.caption) };
		case 'lines':
			return { ...block, label: clean(block.label) };
		case 'rule':
		case 'page-break':
			return block;
	}
}

function numbered(blocks: ExportBlock[]): PreparedBlock[] {
	const counts = [0, 0, 0];
	let previous = 0;
	let anchors = 0;
	/** The level of the heading without a number that the place is under, or 4. */
	let without = 4;
	return blocks.map((block) => {
		if (block.kind !== 'heading') return block;
		const anchor = `heading_${++anchors}`;
		// Deeper by one level at a time.
		const level = levelWithin(block.level, previous + 1);
		previous = level;
		if (!block.numbered || level > without) {
			without = Math.min(without, level);
			return { ...block, level, numbered: false, number: '', anchor };
		}
		without = 4;
		counts[level - 1]!++;
		counts.fill(0, level);
		return { ...block, level, number: counts.slice(0, level).join('.'), anchor };
	});
}

const levelWithin = (level: 1 | 2 | 3, most: number): 1 | 2 | 3 =>
	most <= 1 ? 1 : most === 2 && level === 3 ? 2 : level;

function refuseTooLarge(document: ExportDocument): void {
	const found = { blocks: 0, cells: 0, columns: 0, characters: 0, depth: 0 };
	const runs = (all: Run[]): void => {
		for (const { text, note } of all) {
			found.characters += text.length;
			if (note?.runs) {
				found.blocks++;
				runs(note.runs);
			}
		}
	};
	const count = (blocks: ExportBlock[], depth: number): void => {
		found.depth = Math.max(found.depth, depth);
		if (depth > limits.depth) return;
		for (const block of blocks) {
			found.blocks++;
			if (block.kind === 'heading' || block.kind === 'paragraph') runs(block.runs);
			else if (block.kind === 'code') found.characters += block.text.length;
			else if (block.kind === 'list') for (const item of block.items) count(item, depth + 1);
			else if (block.kind === 'quote' || block.kind === 'notice') count(block.blocks, depth + 1);
			else if (block.kind === 'table') {
				found.columns = Math.max(found.columns, block.columns.length);
				for (const row of [block.header, ...block.rows]) {
					found.cells += row.length;
					for (const cell of row) runs(cell.runs);
				}
			}
		}
	};
	count(document.blocks, 0);
	for (const what of ['blocks', 'cells', 'columns', 'characters', 'depth'] as const) {
		if (found[what] <= limits[what]) continue;
		throw new Problem('export-failed', { what, found: found[what], limit: limits[what] });
	}
}
