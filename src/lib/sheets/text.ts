/** Text on its way into a cell and back: what XML can carry, and what a cell holds. */

/** Characters (UTF-16 units) that a cell of a spreadsheet holds. */
export const cellLimit = 32_767;

/**
 * `text` as a file can carry it: NFC, "\n" as the only line end, no control characters but tab and line
 * end, and U+FFFD for half a character. Nothing else: what people wrote comes back as it was.
 */
export function cellText(text: string): string {
	return (
		text
			.replace(/\r\n?/g, '\n')
			.replace(/\p{Cs}/gu, '\uFFFD')
			// eslint-disable-next-line no-control-regex -- control characters are what it is about
			.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]/g, '')
			.normalize('NFC')
	);
}

export const cellLine = (text: string): string => cellText(text).replace(/[\n\t]/g, ' ');

/** `text` with `mark` at its end where it is longer than a cell holds; never half a character. */
export function cutToCell(text: string, mark: string): { text: string; cut: boolean } {
	if (text.length <= cellLimit) return { text, cut: false };
	const most = cellLimit - mark.length;
	const end = /[\uD800-\uDBFF]/.test(text[most - 1]!) ? most - 1 : most;
	return { text: text.slice(0, end) + mark, cut: true };
}

/** Names are the same whatever their case, spaces and composition. */
export const sameName = (name: string): string =>
	cellLine(name).replace(/\s+/g, ' ').trim().toLocaleLowerCase('en');

/** 32 bits of FNV-1a in base 36: to see that a value is not the one that was written. */
export function shortHash(text: string): string {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	return (hash >>> 0).toString(36);
}
