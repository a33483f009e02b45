/**
 * Markdown: an ExportDocument as CommonMark with GitHub's tables. Every text is literal: what a
 * person wrote is escaped, so that no sign in it becomes a mark, and no tag HTML.
 *
 * A picture would be a wall of letters in a text file: a figure is its words. Its numbers stand in
 * the table beside it.
 */
import type { Cell, ExportBlock, ExportDocument, ListBlock, TableBlock } from '../document.ts';
import { prepare, type PreparedBlock } from '../prepare.ts';
import { inline, literal } from './markdown-inline.ts';

/** The file in UTF-8. Throws Problem `export-failed` for a document beyond the limits. */
export async function writeMarkdown(document: ExportDocument): Promise<Uint8Array<ArrayBuffer>> {
	return new TextEncoder().encode(markdownOf(document));
}

/** The same as a string. */
export function markdownOf(document: ExportDocument): string {
	const { title, subtitle, meta, fictional, marking, blocks, notes } = prepare(document);
	const country = meta.country || meta.workspace;
	const lines = [
		country,
		country === meta.workspace ? '' : meta.workspace,
		meta.date,
		meta.edition,
		meta.app,
		meta.stamp
	];
	const pieces = [
		`# ${oneLine(literal(title))}`,
		marking === '' ? '' : `**${literal(marking)}**`,
		subtitle === '' ? '' : `**${literal(subtitle)}**`,
		fictional === null ? '' : prefixed('> ', '> ', `**${literal(fictional)}**`),
		lines
			.filter((line) => line !== '')
			.map((line) => `- ${oneLine(literal(line))}`)
			.join('\n'),
		written(blocks),
		...notes.map(({ number, runs }) => `[^${number}]: ${oneLine(inline(runs))}`.trimEnd())
	];
	return `${pieces.filter((piece) => piece !== '').join('\n\n')}\n`;
}

const oneLine = (text: string): string => text.replace(/\s*\\?\n\s*/g, ' ');

/** `first` before the first line, `rest` before the others; nothing after the last sign of a line. */
const prefixed = (first: string, rest: string, text: string): string =>
	text
		.split('\n')
		.map((line, i) => ((i === 0 ? first : line === '' ? rest.trimEnd() : rest) + line).trimEnd())
		.join('\n');

function written(blocks: readonly PreparedBlock[]): string {
	let isOther = false;
	return blocks
		.map((block, i) => {
			// Two lists in a row would be one; another sign before the items keeps them apart.
			isOther = block.kind === 'list' && blocks[i - 1]?.kind === 'list' && !isOther;
			return one(block, isOther);
		})
		.filter((piece) => piece !== '')
		.join('\n\n');
}

function one(block: PreparedBlock, isOther: boolean): string {
	switch (block.kind) {
		case 'heading': {
			const number = block.number === '' ? '' : `${block.number} `;
			return `${'#'.repeat(block.level + 1)} ${number}${oneLine(inline(block.runs))}`;
		}
		case 'paragraph':
			return inline(block.runs);
		case 'list':
			return list(block, isOther);
		case 'table':
			return [table(block), literal(block.caption)].filter((piece) => piece !== '').join('\n\n');
		case 'notice': {
			const title = block.title === '' ? '' : `**${literal(block.title)}**`;
			const inner = [title, inside(block.blocks)].filter((piece) => piece !== '').join('\n\n');
			return inner === '' ? '' : prefixed('> ', '> ', inner);
		}
		case 'quote': {
			const inner = inside(block.blocks);
			return inner === '' ? '' : prefixed('> ', '> ', inner);
		}
		case 'code':
			return code(block.text);
		case 'figure':
			return [literal(block.alt), literal(block.caption)].filter((p) => p !== '').join('\n\n');
		case 'lines':
			return [
				literal(block.label),
				...Array.from({ length: block.count }, () => '\\_'.repeat(40))
			].join('\n\n');
		case 'rule':
			return '* * *';
		case 'page-break':
			return '';
	}
}

/** `prepare` has made paragraphs of headings in here. */
const inside = (blocks: readonly ExportBlock[]): string =>
	written(blocks.flatMap((block) => (block.kind === 'heading' ? [] : [block])));

function list(block: ListBlock, isOther: boolean): string {
	const isTight = isShort(block);
	return block.items
		.map((item, i) => {
			const marker = block.ordered
				? `${block.start + i}${isOther ? ')' : '.'} `
				: isOther
					? '* '
					: '- ';
			const text = inside(item);
			return prefixed(marker, ' '.repeat(marker.length), isTight ? tight(text) : text);
		})
		.join(isTight ? '\n' : '\n\n');
}

/** Items of one paragraph each, and lists of such items. */
const isShort = (block: ListBlock): boolean =>
	block.items.every((item) =>
		item.every((inner, i) =>
			i === 0 ? inner.kind === 'paragraph' : inner.kind === 'list' && isShort(inner)
		)
	);

/** A list inside a list needs no empty line before it. */
const tight = (text: string): string => text.replace(/\n\n/g, '\n');

function table({ columns, header, rows }: TableBlock): string {
	const line = (cells: readonly Cell[]): string =>
		`| ${cells.map((cell) => inline(cell.runs, '<br>')).join(' | ')} |`;
	const rules = { start: '---', center: ':---:', end: '---:' } as const;
	const head = header.length > 0 ? header : columns.map(() => ({ runs: [] }));
	return [
		line(head),
		`| ${columns.map((column) => rules[column.align]).join(' | ')} |`,
		...rows.map(line)
	].join('\n');
}

function code(text: string): string {
	const longest = [...text.matchAll(/`+/g)].reduce(
		(most, [ticks]) => Math.max(most, ticks.length),
		2
	);
	const fence = '`'.repeat(longest + 1);
	return `${fence}\n${text}\n${fence}`;
}
