/**
 * WordprocessingML as text: an element, and the few properties that many parts write.
 *
 * Word reads a paragraph's and a run's properties in the order of the schema only (ECMA-376, CT_PPr and
 * CT_RPr) and calls a file that has another one damaged. So nobody writes them by hand: `paragraphOf`
 * and `runOf` know the order.
 */
import { escapeMarkup } from '../../text.ts';

export type Xml = string;
type Attributes = Record<string, string | number | undefined>;

/** `<name a="1">…</name>`; attributes that are undefined are left out, values are escaped. */
export function el(name: string, attributes: Attributes = {}, ...children: Xml[]): Xml {
	let tag = name;
	for (const [key, value] of Object.entries(attributes)) {
		if (value !== undefined) tag += ` ${key}="${escapeMarkup(String(value))}"`;
	}
	const inside = children.join('');
	return inside === '' ? `<${tag}/>` : `<${tag}>${inside}</${name}>`;
}

/** `<w:name w:val="…"/>` */
export const val = (name: string, value: string | number): Xml =>
	el(`w:${name}`, { 'w:val': value });
const flag = (name: string, is: boolean | undefined): Xml => (is ? `<w:${name}/>` : '');

export type Line = { color: string; size: number; space?: number };
export const lineOf = (side: string, { color, size, space }: Line): Xml =>
	el(`w:${side}`, { 'w:val': 'single', 'w:sz': size, 'w:space': space, 'w:color': color });
export const shadeOf = (fill: string): Xml =>
	el('w:shd', { 'w:val': 'clear', 'w:color': 'auto', 'w:fill': fill });

export type Fonts = { ascii: string; hAnsi: string; cs: string; eastAsia?: string };
/** Sizes in half-points; colours as six hex digits. */
export type RunLook = {
	/** A character style. */
	style?: string;
	fonts?: Fonts;
	bold?: boolean;
	italic?: boolean;
	strike?: boolean;
	color?: string;
	size?: number;
	sizeComplex?: number;
	underline?: boolean;
	shade?: string;
	raised?: boolean;
	/** false is said too: in a right-to-left paragraph it is not the same as nothing. */
	rtl?: boolean;
};

/** CT_RPr in its order; empty where nothing is said. */
export function runProperties(look: RunLook, ...last: Xml[]): Xml {
	const { fonts } = look;
	const said = [
		look.style ? val('rStyle', look.style) : '',
		fonts
			? el('w:rFonts', {
					'w:ascii': fonts.ascii,
					'w:hAnsi': fonts.hAnsi,
					'w:eastAsia': fonts.eastAsia,
					'w:cs': fonts.cs
				})
			: '',
		flag('b', look.bold),
		flag('bCs', look.bold),
		flag('i', look.italic),
		flag('iCs', look.italic),
		flag('strike', look.strike),
		look.color ? val('color', look.color) : '',
		look.size ? val('sz', look.size) : '',
		look.sizeComplex ? val('szCs', look.sizeComplex) : '',
		look.underline ? val('u', 'single') : '',
		look.shade ? shadeOf(look.shade) : '',
		look.raised ? val('vertAlign', 'superscript') : '',
		look.rtl === undefined ? '' : look.rtl ? '<w:rtl/>' : '<w:rtl w:val="false"/>',
		...last
	].join('');
	return said && el('w:rPr', {}, said);
}

export type Spacing = { before: number; after: number; line: number };
/** Indents and tabs in twips. `numbering`: a list's number and the level in it. */
export type ParagraphLook = {
	style?: string;
	keepNext?: boolean;
	keepLines?: boolean;
	numbering?: { id: number; level: number };
	/** `between`: paragraphs with the same borders count as one otherwise. */
	borders?: { top?: Line; bottom?: Line; between?: Line };
	shade?: string;
	tabs?: { align: 'end'; position: number }[];
	bidi?: boolean;
	spacing?: Spacing;
	indent?: { left?: number; right?: number; hanging?: number; firstLine?: number };
	align?: 'start' | 'center' | 'end';
	/** 0 to 8: what a reader of the outline sees. */
	outline?: number;
};

/** CT_PPr in its order; empty where nothing is said. */
export function paragraphProperties(look: ParagraphLook): Xml {
	const { borders = {}, indent, numbering, spacing, tabs = [] } = look;
	const said = [
		look.style ? val('pStyle', look.style) : '',
		flag('keepNext', look.keepNext),
		flag('keepLines', look.keepLines),
		numbering ? el('w:numPr', {}, val('ilvl', numbering.level), val('numId', numbering.id)) : '',
		borders.top || borders.bottom || borders.between
			? el(
					'w:pBdr',
					{},
					borders.top ? lineOf('top', borders.top) : '',
					borders.bottom ? lineOf('bottom', borders.bottom) : '',
					borders.between ? lineOf('between', borders.between) : ''
				)
			: '',
		look.shade ? shadeOf(look.shade) : '',
		tabs.length
			? el(
					'w:tabs',
					{},
					...tabs.map((tab) => el('w:tab', { 'w:val': tab.align, 'w:pos': tab.position }))
				)
			: '',
		flag('bidi', look.bidi),
		spacing
			? el('w:spacing', {
					'w:before': spacing.before,
					'w:after': spacing.after,
					'w:line': spacing.line,
					// Without the rule LibreOffice takes the number for an exact height.
					'w:lineRule': 'auto'
				})
			: '',
		indent
			? el('w:ind', {
					'w:left': indent.left,
					'w:right': indent.right,
					'w:hanging': indent.hanging,
					'w:firstLine': indent.firstLine
				})
			: '',
		look.align ? val('jc', look.align) : '',
		look.outline === undefined ? '' : val('outlineLvl', look.outline)
	].join('');
	return said && el('w:pPr', {}, said);
}

/** The namespaces that our parts use. */
export const namespaces = {
	'xmlns:w': 'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
	'xmlns:r': 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
	'xmlns:wp': 'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing',
	'xmlns:a': 'http://schemas.openxmlformats.org/drawingml/2006/main',
	'xmlns:pic': 'http://schemas.openxmlformats.org/drawingml/2006/picture'
};
export const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
