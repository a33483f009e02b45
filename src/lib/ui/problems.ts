/** A problem's words in the page's language: what happened, what is safe, what to do. */
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import { hasWords, translate, type Values } from '#lib/i18n/words.ts';
import { Problem } from '#lib/model/problem.ts';
import { currentLang } from './words.ts';

/** What goes wrong between people is said in the words that only their pages load. */
const namespaces = ['problems', 'people'];

export function problemText(code: string, values: Values = {}): string {
	const lang = currentLang();
	const keys = namespaces.map((namespace) => `${namespace}.${code}`);
	const key = keys.find((one) => hasWords(lang, one)) ?? keys[0]!;
	return translate(lang, key as MessageKey, values);
}

export const wordsOf = (problem: Problem): string => problemText(problem.code, problem.values);
