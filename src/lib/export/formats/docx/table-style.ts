/**
 * The style of all tables of a Word file, as a style that a ministry can change in one place.
 */
import { colours } from './setting.ts';

/** Points; and what a cell keeps free at each side, in twips. `widths.ts` reckons with both. */
export const tableTextSize = 9.5;
export const cellSide = 85;

/** A `w:style`: lines above, below and between rows. `accent`: six hex digits. */
export function tableStyle(accent: string): string {
	const line = (side: string, colour: string, width: number): string =>
		`<w:${side} w:val="single" w:sz="${width}" w:space="0" w:color="${colour}"/>`;
	const margin = (side: string, width: number): string =>
		`<w:${side} w:w="${width}" w:type="dxa"/>`;
	return (
		`<w:style w:type="table" w:customStyle="1" w:styleId="GuideTable"><w:name w:val="Guide Table"/>` +
		`<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/><w:tblPr><w:tblBorders>` +
		line('top', accent, 8) +
		line('bottom', accent, 8) +
		line('insideH', colours.line, 4) +
		`</w:tblBorders><w:tblCellMar>` +
		margin('top', 60) +
		margin('left', cellSide) +
		margin('bottom', 60) +
		margin('right', cellSide) +
		`</w:tblCellMar></w:tblPr></w:style>`
	);
}
