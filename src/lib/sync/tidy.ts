/** Texts as they are stored and read, whatever was typed or sent (F-39). Without Yjs: a phone's page loads this. */

/**
 * What `tidyText` leaves as it is, whatever stands beside what: ASCII, Latin letters with their accents
 * in them, Arabic letters and digits, the dashes and quotes. All texts of a workspace are read with
 * each key that is pressed, and nearly all of them are made of these.
 */
const tidy =
	/^[\t\n\x20-\x7E\u00A0-\u02FF\u060C\u061B\u061F\u0621-\u064A\u0660-\u066C\u2010-\u2027\u2030-\u205E]*$/;

/**
 * `text` as it is stored and read: Unicode NFC (F-39), no unpaired surrogates (they have no UTF-8),
 * `\n` line ends, and no control characters but tab and newline (no XML file can carry them).
 */
export function tidyText(text: string): string {
	if (tidy.test(text)) return text;
	return (
		text
			.replace(/\r\n?/g, '\n')
			// In `u` mode a surrogate that has its partner is part of a character and does not match.
			.replace(/\p{Cs}/gu, '\uFFFD')
			// eslint-disable-next-line no-control-regex
			.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '')
			.normalize('NFC')
	);
}

/** `tidyText` for one line: newlines and tabs become spaces. */
export const tidyLine = (text: string): string => tidyText(text).replace(/[\n\t]/g, ' ');

/**
 * `tidyLine` for what a person or an organisation is called: no signs that turn the direction of what
 * stands beside them (U+202E), no invisible ones but those that join letters (Persian needs them), no
 * floods of accents, single spaces (F-39).
 */
export const tidyName = (text: string): string =>
	tidyLine(text)
		.replace(/[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD\u061C]/g, '')
		.replace(/(\p{M}{3})\p{M}+/gu, '$1')
		.replace(/\s+/g, ' ')
		.trim();
