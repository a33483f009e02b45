/** A problem in the words of somebody who holds a phone in a room; else in the app's. */
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import { hasWords, translate } from '#lib/i18n/words.ts';
import type { Problem } from '#lib/model/problem.ts';
import { wordsOf } from '#lib/ui/problems.ts';
import { currentLang } from '#lib/ui/words.ts';

export function inTheRoom(problem: Problem): string {
	const key = `room.${problem.code}`;
	return hasWords(currentLang(), key)
		? translate(currentLang(), key as MessageKey, problem.values)
		: wordsOf(problem);
}
