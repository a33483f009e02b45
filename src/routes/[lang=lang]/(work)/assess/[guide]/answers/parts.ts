/** What several people need at a question, and its words: loaded where there are several, or a comment. */
import { loadWords } from '#lib/i18n/languages.ts';
import type { Lang } from '#lib/model/guide.ts';

export async function answersParts(lang: Lang) {
	const [answers] = await Promise.all([import('./Answers.svelte'), loadWords(lang, 'answers')]);
	return { Answers: answers.default };
}

export async function talkParts(lang: Lang) {
	const [talk] = await Promise.all([
		import('../../../talk/Talk.svelte'),
		loadWords(lang, 'answers')
	]);
	return { Talk: talk.default };
}
