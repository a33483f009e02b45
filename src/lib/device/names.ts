/** Names of files that every system takes. */

/** Bytes of a name with its extension. File systems allow 255; a browser may add " (12)". */
const longest = 200;

/**
 * A file name for a person's `name`, the extension (letters and digits) kept: no bidi controls that
 * would show `cod.exe` as `exe.doc` (F-39), no path, no name that Windows reserves, no dot or space at an
 * end, at most 200 bytes. A name without a letter or digit becomes `workspace` (F-40).
 */
export function safeFileName(name: string, extension: string): string {
	const cleaned = name
		.normalize('NFC')
		.replace(/\p{Cs}/gu, '')
		// Marks of direction, zero-width characters, invisible operators.
		.replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, '')
		.replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
		.replace(/[/\\:*?"<>|]/g, '-')
		// A flood of accents on one letter.
		.replace(/(\p{M}{3})\p{M}+/gu, '$1')
		.replace(/\s+/g, ' ');
	const room = longest - extension.length - 1;
	const base = trimEnds(cutBytes(trimEnds(cleaned), room));
	if (!/[\p{L}\p{N}]/u.test(base)) return `workspace.${extension}`;
	const reserved = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)/i;
	return `${reserved.test(base) ? '_' : ''}${base}.${extension}`;
}

/** Without dots and spaces at both ends: the first hides a file, the last vanishes on Windows. */
const trimEnds = (text: string): string => text.replace(/^[. ]+|[. ]+$/g, '');

/** The longest start of `text` of at most `bytes` bytes in UTF-8 that cuts no character. */
function cutBytes(text: string, bytes: number): string {
	const encoder = new TextEncoder();
	let used = 0;
	let kept = '';
	for (const character of text) {
		used += encoder.encode(character).length;
		if (used > bytes) break;
		kept += character;
	}
	return kept;
}
