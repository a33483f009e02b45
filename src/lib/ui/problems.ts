/** A problem's words in the page's language: what happened, what is safe, what to do. */
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import { translate, type Values } from '#lib/i18n/words.ts';
import { Problem } from '#lib/model/problem.ts';
import { currentLang } from './words.ts';

export function problemText(code: string, values: Values = {}): string {
	return translate(currentLang(), `problems.${code}` as MessageKey, values);
}

export const wordsOf = (problem: Problem): string => problemText(problem.code, problem.values);
