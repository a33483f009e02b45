/**
 * Tables in Word: fixed widths, a header row that comes again on every page, rows that stay whole.
 */
import {
	AlignmentType,
	BorderStyle,
	Table,
	TableCell,
	TableLayoutType,
	TableRow,
	WidthType,
	type FileChild,
	type ITableCellOptions,
	type Paragraph
} from 'docx';
import { plain, type Cell, type Column, type Run, type TableBlock } from '../../document.ts';
import { paragraphOf } from './blocks.ts';
import { textWidth, tints, type Setting } from './setting.ts';
import { shaded } from './style.ts';

/** The table and its caption; without one, a little air. */
export function tableOf(block: TableBlock, set: Setting): FileChild[] {
	const widths = widthsOf(block.columns);
	const isShort = block.rows.length <= 15 && lengthOf(block) <= 1500;
	const row = (cells: Cell[], isHeader: boolean): TableRow =>
		new TableRow({
			tableHeader: isHeader ? true : undefined,
			cantSplit: true,
			keepNext: isShort ? true : undefined,
			children: cells.map((cell, i) => cellOf(cell, i, isHeader))
		});
	const cellOf = (cell: Cell, i: number, isHeader: boolean): TableCell =>
		new TableCell({
			width: { size: widths[i] ?? 0, type: WidthType.DXA },
			...(isHeader ? headerCell : shadeOf(cell)),
			children: linesOf(cell.runs).map((line) => line_(line, block.columns[i], isHeader))
		});
	const headerCell: Partial<ITableCellOptions> = {
		shading: shaded,
		borders: { bottom: { style: BorderStyle.SINGLE, color: set.accent, size: 6 } },
		verticalAlign: 'bottom'
	};
	const line_ = (runs: Run[], column: Column | undefined, isHeader: boolean): Paragraph =>
		paragraphOf(isHeader ? 'TableHeading' : 'TableText', runs, set, {
			alignment: alignments[column?.align ?? 'start']
		});
	const hasHeader = block.header.length > 0;
	const rows = [
		...(hasHeader ? [row(block.header, true)] : []),
		...block.rows.map((cells) => row(cells, false))
	];
	const caption = paragraphOf(
		block.caption ? 'Caption' : 'BodyText',
		[{ text: block.caption }],
		set
	);
	if (rows.length === 0) return block.caption ? [caption] : [];
	return [
		new Table({
			style: 'GuideTable',
			rows,
			columnWidths: widths,
			width: { size: textWidth, type: WidthType.DXA },
			layout: TableLayoutType.FIXED,
			visuallyRightToLeft: set.isRtl ? true : undefined,
			borders: {},
			tableLook: {
				firstRow: hasHeader,
				lastRow: false,
				firstColumn: false,
				lastColumn: false,
				noHBand: true,
				noVBand: true
			}
		}),
		caption
	];
}

/** Characters of all cells: a short table stays on one page, with its caption. */
const lengthOf = ({ rows }: TableBlock): number =>
	rows.flat().reduce((sum, cell) => sum + plain(cell.runs).length, 0);

/** In the cell and not in the style: LibreOffice takes any first row for a header. */
const shadeOf = ({ tint }: Cell): Partial<ITableCellOptions> =>
	tint ? { shading: { fill: tints[tint], type: 'clear', color: 'auto' } } : {};

const alignments = {
	start: AlignmentType.START,
	center: AlignmentType.CENTER,
	end: AlignmentType.END
} as const;

/** Whole twips that add up to the width of the text. */
function widthsOf(columns: readonly Column[]): number[] {
	const total = columns.reduce((sum, column) => sum + Math.max(column.weight, 0.01), 0);
	let used = 0;
	return columns.map(({ weight }, i) => {
		const isLast = i === columns.length - 1;
		const width = isLast
			? textWidth - used
			: Math.round((textWidth * Math.max(weight, 0.01)) / total);
		used += width;
		return width;
	});
}

/** A cell's lines are paragraphs of their own: they can be edited one by one. */
function linesOf(runs: readonly Run[]): Run[][] {
	const lines: Run[][] = [[]];
	for (const run of runs) {
		run.text.split('\n').forEach((text, i) => {
			if (i > 0) lines.push([]);
			if (text !== '') lines.at(-1)!.push({ ...run, text });
		});
	}
	return lines;
}
