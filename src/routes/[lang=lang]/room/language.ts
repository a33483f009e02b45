/** Which of a question's languages a phone shows. */
import { sourceLanguage } from '#lib/i18n/languages.ts';
import type { BallotWords, PhoneBallot } from '#lib/room/phone-scene.ts';
import { currentLang } from '#lib/ui/words.ts';

/** The phone's own; else the source language, which every guide has; else the one that there is. */
export function languageFor(words: PhoneBallot['words'], own: string = currentLang()): string {
	return [own, sourceLanguage].find((code) => words[code]) ?? Object.keys(words)[0] ?? own;
}

const none: BallotWords = { title: '', question: '', levels: [] };
export const wordsFor = (words: PhoneBallot['words'], own?: string): BallotWords =>
	words[languageFor(words, own)] ?? none;
