/**
 * Forms of a word: number, gender, verb and noun ("évaluer", "évaluation"), and what Arabic writes
 * together with a word ("وبميزانية"). No dictionary: two words are forms of one where they share a
 * beginning and each ends as words of these languages do.
 */

/** The closeness of two words that only look like forms of one. */
export const inflected = 0.5;

/** Number, gender, person and case, as the index writes them: more than one letter may differ. */
const arabicEndings = new Set(
	'ه ات ون ين ان ي يه يون يين ها هم نا ته تها تهم تنا ت ا وا هما تي اتها اتهم'.split(' ').concat('')
);
/** English and French, without accents: the index does not know in which language a word is. */
const latinEndings = new Set(
	`s es e ed er ers ing ings ion ions ation ations ment ments al als ally ly ity ies y ive ives or
	ors ance ances ence ences able ible ful
	ez ent ant ants ante antes ee ees ement ements ateur ateurs atrice atrices age ages eur eurs euse
	euses if ifs ier iers iere ieres aire aires el els elle elles ale ales aux ique iques ure ures ir
	ie is it ite ites i re ndre nd nds nnent nons nez issement issements eux ons iser isation ise isee`
		.split(/\s+/)
		.concat('')
);
/** And, so, with, for, like, will: written together with the word that follows. */
const joined = ['و', 'ف', 'ب', 'ل', 'ك', 'س'];
const arabic = /^[\u0621-\u064A]/;
/** A beginning that two words share by being one word. */
const longStem = 5;
const shortStem = 4;

/** The beginnings with which a form of `word` may start: where a sorted list has to be looked at. */
export function beginningsOf(word: string): string[] {
	if (!arabic.test(word)) return [word.slice(0, Math.max(3, Math.min(word.length - 3, shortStem)))];
	const stem = stemOf(word);
	const own = bare(word);
	return [stem, ...joined.map((letter) => letter + stem), ...(own ? [stemOf(own)] : [])];
}

const stemOf = (word: string): string => word.slice(0, Math.max(3, word.length - 3));

/** An Arabic word without the letter that may be joined to it, or ''. */
const bare = (word: string): string =>
	word.length >= 4 && joined.includes(word[0] ?? '') && arabic.test(word) ? word.slice(1) : '';

/**
 * How surely `other` means `word`: 1 is the word itself, 0 another word. An `open` word is still
 * being typed and may begin a longer one.
 */
export function closenessOf(word: string, other: string, open: boolean): number {
	const plain = formOf(word, other, open);
	if (plain > 0 || !arabic.test(word)) return plain;
	const [own, others] = [bare(word), bare(other)];
	const without = Math.max(
		own ? formOf(own, other, false) : 0,
		others ? formOf(word, others, false) : 0
	);
	return without * 0.85;
}

function formOf(word: string, other: string, open: boolean): number {
	if (word === other) return 1;
	if (other.startsWith(word)) {
		const share = word.length / other.length;
		if (open) return 0.4 + 0.5 * share;
		if (other.length - word.length <= 3 && word.length > 2) return 0.4 + 0.4 * share;
	}
	let shared = 0;
	while (word[shared] === other[shared] && shared < word.length) shared++;
	const [rest, otherRest] = [word.slice(shared), other.slice(shared)];
	// laws, law
	if (shared >= 3 && rest.length === 1 && otherRest === '') return 0.6;
	if (shared >= 3 && arabicEndings.has(rest) && arabicEndings.has(otherRest)) return 0.6;
	// strategies, strategy; but not contract, contrast
	const isEnding =
		Math.min(rest.length, otherRest.length) <= 1 && rest.length + otherRest.length <= 4;
	if (shared >= longStem && isEnding) return inflected;
	// "financ-er", "financ-ement": an ending may begin within what both share.
	for (let cut = shared; cut >= Math.max(shortStem, shared - 2); cut--) {
		if (!latinEndings.has(word.slice(cut)) || !latinEndings.has(other.slice(cut))) continue;
		return cut >= longStem ? 0.45 : 0.35;
	}
	return 0;
}
