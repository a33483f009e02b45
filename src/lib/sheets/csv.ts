/**
 * CSV as text: fields, separators, quotes. What would begin a formula in a spreadsheet program gets a `'`
 * before it, which reading takes away again (F-38).
 */

/** What begins a formula, also in the wide form of East Asian keyboards, and what the `'` itself is. */
const risky = /^[=+\-@\t\r＝＋－＠']/;

/** `text` as one field; a number's is written by `csvNumber`. */
export function csvField(text: string, separator: string): string {
	const harmless = risky.test(text) ? `'${text}` : text;
	const isPlain = harmless === text && !/["\r\n]/.test(text) && !text.includes(separator);
	const hasEdges = /^\s|\s$/.test(text);
	return isPlain && !hasEdges ? text : `"${harmless.replaceAll('"', '""')}"`;
}

export const csvNumber = (value: number, decimal: string): string =>
	String(value).replace('.', decimal);

/** The rows of a CSV text. Quotes may hold separators and line ends; the `'` before risky signs goes. */
export function readCsv(text: string): string[][] {
	const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
	const separator = separatorOf(source);
	const rows: string[][] = [];
	let row: string[] = [];
	let field = '';
	let isQuoted = false;
	const endField = (): void => {
		row.push(/^'[=+\-@\t\r＝＋－＠']/.test(field) ? field.slice(1) : field);
		field = '';
	};
	const endRow = (): void => {
		endField();
		if (row.length > 1 || row[0] !== '') rows.push(row);
		row = [];
	};
	for (let i = 0; i < source.length; i++) {
		const sign = source[i]!;
		if (isQuoted) {
			if (sign !== '"') field += sign;
			else if (source[i + 1] === '"') field += source[++i];
			else isQuoted = false;
		} else if (sign === '"' && field === '') isQuoted = true;
		else if (sign === separator) endField();
		else if (sign === '\n') endRow();
		else if (sign !== '\r' || source[i + 1] !== '\n') field += sign;
	}
	if (field !== '' || row.length > 0) endRow();
	return rows;
}

/** The one that the first line has most of. */
function separatorOf(text: string): string {
	const line = text.slice(0, text.indexOf('\n') + 1 || undefined);
	const count = (sign: string): number => line.split(sign).length;
	return [';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',');
}
