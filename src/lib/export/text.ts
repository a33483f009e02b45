/**
 * Text that can stand in any file: valid characters only, in one normal form, and with its writing
 * direction kept to itself.
 *
 * People paste what other programs made: form feeds, half an emoji, a right-to-left override. XML
 * refuses some of it and a reader's eye the rest (F-39, F-66).
 */
import type { Direction } from '#lib/model/guide.ts';

/** U+2028 and U+2029 end a line in every program, but only some files keep them. */
const lineEnds = /\r\n?|[\u0085\u2028\u2029]/g;
/** What XML 1.0 has no way to write, and C1 controls, which no program shows. */
// eslint-disable-next-line no-control-regex -- control characters are what it is about
const invalid = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** `words` in NFC, with "\n" as the only line end, valid in XML, its bidi controls isolated. */
export function cleanText(words: string): string {
	return containControls(words.replace(lineEnds, '\n').replace(invalid, '').normalize('NFC'));
}

const fsi = '\u2068';
const pdi = '\u2069';
const pdf = '\u202C';
const controls = /[\u202A-\u202E\u2066-\u2069]/;
const embeddings = '\u202A\u202B\u202D\u202E';
const turns = /[\u202A\u202B\u202D\u202E]/;
const isolates = '\u2066\u2067\u2068';

/**
 * In each line with bidi controls everything that is opened is closed, and a line with embeddings or
 * overrides becomes one isolate: an override in a name turns the name, and nothing after it. Twice gives
 * the same as once.
 */
function containControls(words: string): string {
	if (!controls.test(words)) return words;
	return words
		.split('\n')
		.map((line) => {
			if (!controls.test(line)) return line;
			const inner = balanced(line);
			// Isolates keep to themselves already; one around them makes LibreOffice set words over words.
			return isOneIsolate(inner) || !turns.test(inner) ? inner : fsi + inner + pdi;
		})
		.join('\n');
}

/** Drops what closes nothing, and closes what is open at the end. */
function balanced(line: string): string {
	const open: string[] = [];
	let out = '';
	for (const char of line) {
		if (embeddings.includes(char)) open.push(pdf);
		else if (isolates.includes(char)) open.push(pdi);
		else if (char === pdf) {
			if (open.at(-1) !== pdf) continue;
			open.pop();
		} else if (char === pdi) {
			const at = open.lastIndexOf(pdi);
			if (at < 0) continue;
			// An isolate's end also ends the embeddings inside it.
			open.length = at;
		}
		out += char;
	}
	return out + open.reverse().join('');
}

/** Whether the first character opens an isolate that the last one closes. */
function isOneIsolate(line: string): boolean {
	if (!isolates.includes(line[0] ?? ' ') || !line.endsWith(pdi)) return false;
	let depth = 0;
	for (let i = 0; i < line.length; i++) {
		if (isolates.includes(line[i]!)) depth++;
		else if (line[i] === pdi && --depth === 0) return i === line.length - 1;
	}
	return false;
}

const rightToLeft =
	/[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const letter = /\p{L}/u;
const digit = /\p{N}/u;
/** What belongs to the letter before it: marks, joiners, variation selectors. */
const joins = /[\p{M}\u200C\u200D]/u;

/**
 * A person's name or title for a place in a sentence: isolated where its letters run against the
 * sentence, so that the words around it keep their order.
 */
export function inSentence(value: string, direction: Direction): string {
	const isRtl = direction === 'rtl';
	return stretches(value, direction).some((s) => s.rtl !== isRtl) ? fsi + value + pdi : value;
}

export type Stretch = { text: string; rtl: boolean };

/**
 * `words` cut where its direction changes, in reading order. Joined, the stretches are the text.
 * Digits after Latin letters stay with them ("ISO 27001"); signs and spaces between two stretches
 * belong to `base`: the rules W7, N1 and N2 of Unicode's bidi algorithm.
 */
export function stretches(words: string, base: Direction): Stretch[] {
	const found: Stretch[] = [];
	const push = (piece: string, rtl: boolean): void => {
		const last = found.at(-1);
		if (last && last.rtl === rtl) last.text += piece;
		else if (piece !== '') found.push({ text: piece, rtl });
	};
	let strong: boolean | null = null;
	let waiting = '';
	for (const char of words) {
		const last = found.at(-1);
		if (joins.test(char) && waiting === '' && last) {
			last.text += char;
			continue;
		}
		const isRtl = rightToLeft.test(char) && letter.test(char);
		const isStrong = isRtl || letter.test(char) || (strong === false && digit.test(char));
		if (!isStrong) {
			waiting += char;
			continue;
		}
		push(waiting, strong === isRtl ? isRtl : base === 'rtl');
		push(char, isRtl);
		waiting = '';
		strong = isRtl;
	}
	push(waiting, base === 'rtl');
	return found;
}

const entities: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;'
};
/** For text and attributes of HTML, SVG and XML. */
export const escapeMarkup = (words: string): string =>
	words.replace(/[&<>"']/g, (char) => entities[char]!);

/**
 * `address` as a reader may follow it from a document, or null: http, https or mailto, normalised
 * and with nothing in it that a relationship of a Word file may not hold.
 */
export function safeLink(address: string): string | null {
	// The URL parser drops tabs and line ends, which is how `java\nscript:` gets past a check.
	if (/\s/.test(address.trim())) return null;
	const url = parseUrl(address.trim());
	if (url === null || !['http:', 'https:', 'mailto:'].includes(url.protocol)) return null;
	if (url.protocol === 'mailto:' && url.pathname === '') return null;
	return url.href
		.replace(/%(?![0-9A-Fa-f]{2})/g, '%25')
		.replace(/[|^`\\{}"<>]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function parseUrl(address: string): URL | null {
	try {
		return new URL(address);
	} catch {
		return null;
	}
}
