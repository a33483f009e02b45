/**
 * Tables in Word: fixed widths, a header row that comes again on every page, rows that stay whole.
 */
import { plain, type Cell, type Column, type Run, type TableBlock } from '../../document.ts';
import { paragraphOf } from './blocks.ts';
import { colours, tints, type Setting } from './setting.ts';
import { widthsOf } from './widths.ts';
import { el, lineOf, shadeOf, val, type Xml } from './xml.ts';

/** The table and its caption; without one, a little air. */
export function tableOf(block: TableBlock, set: Setting): Xml[] {
	const widths = widthsOf(block, set.textWidth);
	// A list of facts may go on overleaf: kept whole, each would leave half a page empty before it.
	const isFacts = block.header.length === 0;
	const isShort = block.rows.length <= 15 && lengthOf(block) <= (isFacts ? 500 : 1500);
	const row = (cells: Cell[], isHeader: boolean, at = 0): Xml =>
		el(
			'w:tr',
			{},
			`<w:trPr><w:cantSplit/>${isHeader ? '<w:tblHeader/>' : ''}</w:trPr>`,
			...cells.map((cell, i) => cellOf(cell, i, isHeader, at))
		);
	/** The first and the last two rows stay together, so that no line is alone on a page. */
	const stays = (at: number): boolean =>
		isShort || (isFacts && (at < 2 || at === block.rows.length - 2));
	const cellOf = (cell: Cell, i: number, isHeader: boolean, at: number): Xml =>
		el(
			'w:tc',
			{},
			el(
				'w:tcPr',
				{},
				el('w:tcW', { 'w:w': widths[i] ?? 0, 'w:type': 'dxa' }),
				isHeader ? headerLook : tintOf(cell)
			),
			...linesOf(cell.runs).map((line) => line_(line, block.columns[i], isHeader, at))
		);
	// A template's own table style shapes its first row by itself.
	const isShaped = set.styles?.table.hasHeader === true;
	const headerLook = isShaped
		? val('vAlign', 'bottom')
		: el('w:tcBorders', {}, lineOf('bottom', { color: set.accent, size: 6 })) +
			shadeOf(colours.shade) +
			val('vAlign', 'bottom');
	const line_ = (runs: Run[], column: Column | undefined, isHeader: boolean, at: number): Xml =>
		paragraphOf(isHeader ? 'TableHeading' : 'TableText', runs, set, {
			align: column?.align ?? 'start',
			keepNext: stays(at)
		});
	const hasHeader = block.header.length > 0;
	const rows = [
		...(hasHeader ? [row(block.header, true)] : []),
		...block.rows.map((cells, i) => row(cells, false, i))
	];
	const caption = paragraphOf(
		block.caption ? 'Caption' : 'BodyText',
		[{ text: block.caption }],
		set
	);
	if (rows.length === 0) return block.caption ? [caption] : [];
	const look = el(
		'w:tblPr',
		{},
		val('tblStyle', set.styles?.table.id ?? 'GuideTable'),
		set.isRtl ? '<w:bidiVisual/>' : '',
		el('w:tblW', { 'w:w': set.textWidth, 'w:type': 'dxa' }),
		el('w:tblLayout', { 'w:type': 'fixed' }),
		el('w:tblLook', {
			'w:val': hasHeader ? '0620' : '0600',
			'w:firstRow': hasHeader ? 1 : 0,
			'w:lastRow': 0,
			'w:firstColumn': 0,
			'w:lastColumn': 0,
			'w:noHBand': 1,
			'w:noVBand': 1
		})
	);
	const grid = el('w:tblGrid', {}, ...widths.map((width) => el('w:gridCol', { 'w:w': width })));
	return [el('w:tbl', {}, look, grid, ...rows), caption];
}

/** Characters of all cells: a short table stays on one page, with its caption. */
const lengthOf = ({ rows }: TableBlock): number =>
	rows.flat().reduce((sum, cell) => sum + plain(cell.runs).length, 0);

/** In the cell and not in the style: LibreOffice takes any first row for a header. */
const tintOf = ({ tint }: Cell): Xml => (tint ? shadeOf(tints[tint]) : '');

/** A cell's lines are paragraphs of their own: they can be edited one by one. */
function linesOf(runs: readonly Run[]): Run[][] {
	const lines: Run[][] = [[]];
	for (const run of runs) {
		if (run.note || run.remark) lines.at(-1)!.push(run);
		run.text.split('\n').forEach((text, i) => {
			if (i > 0) lines.push([]);
			if (text !== '') lines.at(-1)!.push({ ...run, text });
		});
	}
	return lines;
}
