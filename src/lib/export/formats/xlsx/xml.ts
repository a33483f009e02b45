/** SpreadsheetML as text: an element, the name of a cell, text as a part of a file carries it. */
export type Xml = string;
type Attributes = Record<string, string | number | undefined>;

export const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
export const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Line ends in an attribute would be read as spaces. */
export const escape = (text: string): Xml =>
	text.replace(/[&<>"]/g, (sign) => signs[sign]!).replace(/\n/g, '&#10;');

export function el(name: string, attributes: Attributes = {}, ...children: Xml[]): Xml {
	let tag = name;
	for (const [key, value] of Object.entries(attributes)) {
		if (value !== undefined) tag += ` ${key}="${escape(String(value))}"`;
	}
	const inside = children.join('');
	return inside === '' ? `<${tag}/>` : `<${tag}>${inside}</${name}>`;
}

/**
 * Text inside of an element. Programs read `_x0041_` in a cell as "A" (ECMA-376, ST_Xstring), so that
 * whoever wrote these letters themselves needs their first sign escaped.
 */
export const textOf = (text: string): Xml =>
	text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replace(/[&<>]/g, (sign) => signs[sign]!);

/** 1 → A, 27 → AA. */
export function letters(column: number): string {
	let name = '';
	for (let n = column; n > 0; n = Math.floor((n - 1) / 26)) {
		name = String.fromCharCode(65 + ((n - 1) % 26)) + name;
	}
	return name;
}
