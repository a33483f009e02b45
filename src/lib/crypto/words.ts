/**
 * An invitation as 24 words for a printed recovery sheet (K-3): BIP 39 of `w ‖ secret`, in English.
 *
 * The list of words weighs 6 KB: load this file only where somebody prints or types them.
 */
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { Problem } from '#lib/model/problem.ts';
import { concat } from './bytes.ts';
import type { Invitation } from './invitation.ts';

export const invitationWords = ({ w, secret }: Invitation): string[] =>
	entropyToMnemonic(concat(w, secret), wordlist).split(' ');

/** No two words share their first four letters: who types those has said the word. */
const byStart = new Map(wordlist.map((word) => [word.slice(0, 4), word]));

/**
 * The invitation of 24 typed words; their numbers, commas, capitals and lines do not matter, and four
 * letters of a word are enough. Throws Problem `words-unknown` {word, place} for the first that is not
 * in the list, `words-wrong` {count} where there are not 24 or they do not belong together.
 */
export function invitationFromWords(text: string): Invitation {
	const typed =
		text
			.slice(0, 4096)
			.toLowerCase()
			.normalize('NFKD')
			.match(/\p{L}+/gu) ?? [];
	const words = typed.map((word, i) => {
		const known = byStart.get(word.slice(0, 4));
		if (!known?.startsWith(word)) {
			throw new Problem('words-unknown', { word: word.slice(0, 40), place: i + 1 });
		}
		return known;
	});
	if (words.length !== 24) throw new Problem('words-wrong', { count: words.length });
	try {
		const bytes = mnemonicToEntropy(words.join(' '), wordlist);
		return { w: bytes.slice(0, 16), secret: bytes.slice(16) };
	} catch (thrown) {
		throw new Problem('words-wrong', { count: words.length }, thrown);
	}
}
