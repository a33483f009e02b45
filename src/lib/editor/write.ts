/**
 * Writing: a node of the editor as Markdown. Text stays as it was typed wherever Markdown reads it as
 * these words; where it would read a mark, the signs are escaped.
 */
import type { Mark, Node } from 'prosemirror-model';
import { isBlock, markerOf } from '#lib/draft/blocks.ts';
import { writeInline, type Care } from './write-inline.ts';

/** A node as Markdown, without a line end. `before`: what stands above it, for lists side by side. */
export function writeNode(node: Node, care: Care, before = ''): string {
	switch (node.type.name) {
		case 'paragraph':
			return writeInline(node, care, 'paragraph');
		case 'heading':
			return `${'#'.repeat(Number(node.attrs.level))} ${writeInline(node, care, 'line')}`.trimEnd();
		case 'rule':
			return '---';
		case 'source':
			return node.textContent.replace(/\s+$/, '');
		case 'live': {
			const name = String(node.attrs.block);
			return isBlock(name) ? markerOf(name) : '';
		}
		case 'footnote':
			return `[^${String(node.attrs.label)}]: ${writeInline(node, care, 'line')}`.trimEnd();
		case 'blockquote':
			return writeBlocks(children(node), care, false)
				.split('\n')
				.map((line) => (line === '' ? '>' : `> ${line}`))
				.join('\n');
		case 'bullet_list':
		case 'ordered_list':
			return writeList(node, care, before);
		case 'table':
			return writeTable(node, care);
		default:
			return node.textContent;
	}
}

export const children = (node: Node): Node[] => Array.from(node.children);

function writeBlocks(nodes: readonly Node[], care: Care, tight: boolean): string {
	let text = '';
	let last = '';
	for (const node of nodes) {
		const written = writeNode(node, care, last);
		if (written === '' && text === '') continue;
		// In a tight list only what cannot be taken for the paragraph above may follow it directly.
		const isList = /_list$/.test(node.type.name);
		text += text === '' ? written : `${tight && isList ? '\n' : '\n\n'}${written}`;
		last = written;
	}
	return text;
}

/** Two lists in a row would be read as one: the second takes the other sign. */
function writeList(list: Node, care: Care, before: string): string {
	const tight = list.attrs.tight === true;
	const above = /^(?:([-*+])|\d+([.)])) /.exec(before);
	const bullet = above?.[1] === '-' ? '*' : '-';
	const stop = above?.[2] === '.' ? ')' : '.';
	const first = Number(list.attrs.order ?? 1);
	const items = children(list).map((item, i) => {
		const sign = list.type.name === 'ordered_list' ? `${first + i}${stop}` : bullet;
		const task = item.attrs.task === null ? '' : item.attrs.task ? '[x] ' : '[ ] ';
		const content = writeBlocks(children(item), care, tight);
		const startsEmpty = item.firstChild?.content.size === 0 && content !== '';
		const indent = ' '.repeat(sign.length + 1);
		const lines = content.split('\n').map((line, j) => (j === 0 || !line ? line : indent + line));
		// A list in an item without words of its own begins below the sign.
		if (startsEmpty) return `${sign}\n${indent}${lines.join('\n')}`;
		return `${sign} ${task}${lines.join('\n')}`.trimEnd();
	});
	return items.join(tight ? '\n' : '\n\n');
}

function writeTable(table: Node, care: Care): string {
	const rows = children(table).map(children);
	const columns = Math.max(1, ...rows.map((row) => row.length));
	const line = (cells: string[]): string =>
		`| ${[...cells, ...Array<string>(columns - cells.length).fill('')].join(' | ')} |`;
	const dashes = { left: ':--', right: '--:', center: ':-:' };
	const isAligned = (align: unknown): align is keyof typeof dashes =>
		typeof align === 'string' && align in dashes;
	const [head = [], ...rest] = rows.map((row) => row.map((c) => writeInline(c, care, 'cell')));
	const marks = Array.from({ length: columns }, (_, i) => {
		const align: unknown = rows[0]?.[i]?.attrs.align;
		return isAligned(align) ? dashes[align] : '---';
	});
	return [line(head), line(marks), ...rest.map(line)].join('\n');
}

export type { Care, Mark };
