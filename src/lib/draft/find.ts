/**
 * Finding words in a text: capitals and accents do not matter unless somebody says so, nor do the
 * vowel signs and forms of alif of Arabic.
 */
export type Found = { from: number; to: number };
export type FindOptions = { exact?: boolean; wholeWords?: boolean };

/** A text without what does not matter, and for each of its units the place that it came from. */
type Folded = { text: string; at: number[] };

const forms: Record<string, string> = {
	أ: 'ا',
	إ: 'ا',
	آ: 'ا',
	ٱ: 'ا',
	ى: 'ي',
	ة: 'ه',
	ß: 'ss',
	œ: 'oe',
	æ: 'ae'
};

function fold(text: string, exact: boolean): Folded {
	let folded = '';
	const at: number[] = [];
	let place = 0;
	for (const sign of text) {
		const lower = sign.toLowerCase();
		const plain = exact
			? sign
			: (forms[lower] ?? lower)
					.normalize('NFD')
					.replace(/[\p{Mn}\u0640\u00AD]/gu, '')
					.replace(/[\u2018\u2019]/g, "'")
					.replace(/[\u00A0\u202F\n]/g, ' ');
		for (let i = 0; i < plain.length; i++) at.push(place);
		folded += plain;
		place += sign.length;
	}
	at.push(place);
	return { text: folded, at };
}

const isWord = (sign: string | undefined): boolean =>
	sign !== undefined && /[\p{L}\p{N}]/u.test(sign);

/** All places of `wanted` in `text`, in order, none in another. Nothing for an empty `wanted`. */
export function findAll(text: string, wanted: string, options: FindOptions = {}): Found[] {
	const needle = fold(wanted, options.exact ?? false).text;
	if (needle.trim() === '') return [];
	const hay = fold(text, options.exact ?? false);
	const found: Found[] = [];
	for (let i = hay.text.indexOf(needle); i !== -1;) {
		const end = i + needle.length;
		const isWhole = !isWord(hay.text[i - 1]) && !isWord(hay.text[end]);
		if (options.wholeWords && !isWhole) {
			i = hay.text.indexOf(needle, i + 1);
			continue;
		}
		// Signs above the last letter belong to it.
		found.push({ from: hay.at[i]!, to: hay.at[end]! });
		i = hay.text.indexOf(needle, end);
	}
	return found;
}
