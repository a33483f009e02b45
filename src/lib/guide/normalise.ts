/**
 * A word as the search knows it: what two spellings of the same word have in common.
 *
 * Case, accents, ligatures, Arabic letter variants and foreign digits fall away, on both sides: in
 * the index and in what a person types. Nothing here is a pattern made from a person's text, and
 * every expression below is a plain class of characters: the time grows with the length (F-41).
 */

/** One word of a text and where it stands in it (UTF-16 offsets). */
export type FoundWord = { word: string; start: number; end: number };

/** No language needs longer ones; a stranger's text could hold one word of a megabyte. */
const longestWord = 40;

/** Letters that no Unicode decomposition takes apart, but that people type one for the other. */
const alike: Record<string, string> = {
	œ: 'oe',
	æ: 'ae',
	ß: 'ss',
	ø: 'o',
	ł: 'l',
	đ: 'd',
	ð: 'd',
	þ: 'th',
	ı: 'i',
	ς: 'σ',
	ٱ: 'ا',
	ى: 'ي',
	ی: 'ي',
	ے: 'ي',
	ة: 'ه',
	ە: 'ه',
	ہ: 'ه',
	ھ: 'ه',
	ک: 'ك',
	// The hamza alone is often left out (جزء, جز); on a carrier (أ ؤ ئ) it is a mark and falls away.
	ء: ''
};
const alikeLetters = new RegExp(`[${Object.keys(alike).join('')}]`, 'g');
/** Marks (accents, harakat), invisible joiners and hyphens, and the Arabic stretching stroke. */
const unheard = /[\p{M}\p{Cf}\u0640]+/gu;
const digits = /[\u0660-\u0669\u06F0-\u06F9]/g;
const plainWord = /^[a-z0-9]*$/;

/** `text` with the spelling differences of its letters removed; spaces and punctuation stay. */
export function normalise(text: string): string {
	if (plainWord.test(text)) return text;
	return text
		.normalize('NFKD')
		.toLowerCase()
		.replace(unheard, '')
		.replace(alikeLetters, (letter) => alike[letter] ?? letter)
		.replace(digits, (digit) => String(digit.charCodeAt(0) & 0xf));
}

const span = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\u0640\u00AD\u200C\u200D]*/gu;
const han = /\p{Script=Han}/u;
const hanOrRun = /\p{Script=Han}|\P{Script=Han}+/gu;
const oneLetter = /^\p{L}$/u;
const noWord = /[^\p{L}\p{N}]+/gu;
/** "and the", "with the", "like the", "so the", "the", "to the": written together with the noun. */
const article = /^(?:وال|بال|كال|فال|ال|لل)(?=\p{L}{3})/u;

/** Most words of most texts: nothing of what follows does anything to them but make them small. */
const asciiWord = /^[a-zA-Z0-9]+$/;

/** One spelling (no spaces) as the word of the index, or '' where it is none. */
export function wordOf(spelling: string): string {
	if (asciiWord.test(spelling)) {
		return spelling.length === 1 && spelling > '9'
			? ''
			: spelling.slice(0, longestWord).toLowerCase();
	}
	const word = normalise(spelling).replace(noWord, '').replace(article, '').slice(0, longestWord);
	// A letter alone (the l of "l'eau", the s of "team's") says nothing; a Chinese character does.
	return oneLetter.test(word) && !han.test(word) ? '' : word;
}

/** The words of `text` in order: two letters or more, or a number; a Chinese character is a word. */
export function* wordsOf(text: string): Generator<FoundWord> {
	for (const match of text.matchAll(span)) {
		const found = match[0];
		const start = match.index;
		if (!asciiWord.test(found) && han.test(found)) {
			let at = start;
			for (const sign of found.match(hanOrRun) ?? []) {
				const word = wordOf(sign);
				if (word) yield { word, start: at, end: at + sign.length };
				at += sign.length;
			}
			continue;
		}
		const word = wordOf(found);
		if (word) yield { word, start, end: start + found.length };
	}
}

/** The words of `text` as the index knows them. */
export const tokenise = (text: string): string[] => Array.from(wordsOf(text), (w) => w.word);

const unseen = /[\p{Cf}\u0640]+/gu;

/** A spelling as a person would like to read it in "did you mean": no invisible or stretching signs. */
export const asWritten = (spelling: string): string =>
	spelling.normalize('NFC').toLowerCase().replace(unseen, '');

/** How much of a query is looked at; the rest of a pasted chapter changes nothing. */
export const longestQuery = 200;
export const mostWords = 8;

/**
 * The words of what a person typed, bounded: at most 200 characters and 8 words are looked at.
 * Those of `everyday` are left out, unless nothing else would remain ("who").
 */
export function queryWords(query: string, everyday?: Set<string>): FoundWord[] {
	const all = [...wordsOf(query.slice(0, longestQuery))];
	const telling = everyday ? all.filter(({ word }) => !everyday.has(word)) : all;
	return (telling.length > 0 ? telling : all).slice(0, mostWords);
}
