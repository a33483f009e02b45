/**
 * Counting words as Word does, so that a goal means the same in both: what white space sets apart and
 * has a letter or a digit in it. Marks, addresses and live blocks are no words. Languages that set
 * nothing apart are cut by `Intl.Segmenter`, where the browser has one.
 */
const unspaced =
	/[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u;

/** Cuts a text into words; undefined where the browser cannot. */
export type CutWords = ((text: string) => number) | undefined;

export const segmenterOf = (lang: string): CutWords => {
	if (typeof Intl.Segmenter !== 'function') return undefined;
	let segmenter: Intl.Segmenter | undefined;
	return (text) => {
		segmenter ??= new Intl.Segmenter(lang, { granularity: 'word' });
		return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).length;
	};
};

/** The words of a chapter's Markdown that a reader reads; live blocks are not counted. */
export function countWords(markdown: string, cut?: CutWords): number {
	const words = readable(markdown).match(/\S+/g) ?? [];
	return words.reduce((sum, word) => {
		if (!/[\p{L}\p{N}]/u.test(word)) return sum;
		return sum + (cut && unspaced.test(word) ? Math.max(1, cut(word)) : 1);
	}, 0);
}

const readable = (markdown: string): string =>
	markdown
		.replace(/^\s{0,3}\{\{\s*[a-z-]+\s*\}\}\s*$/gm, '')
		.replace(/^ {0,3}\[\^[^\]\s]+\]:/gm, '')
		.replace(/\[\^[^\]\s]+\]/g, '')
		.replace(/\]\([^()\s]*(?:\s+"[^"]*")?\)/g, ' ')
		.replace(/^\s*(?:\d{1,9}[.)]|[-*+]|>|#{1,6})(?=\s)/gm, '')
		.replace(/\|/g, ' ');
