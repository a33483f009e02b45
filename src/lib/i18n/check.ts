/**
 * The interface words of every language against the English ones: no key missing or left over, the
 * same places in braces, every plural category that the language has.
 */
import type { Message, Messages } from './words.ts';

type LanguageProblem = { file: string; line: number; expected: string; found: string };

/** `languages`: language → file name → text. */
export function checkLanguages(
	languages: Record<string, Record<string, string>>,
	source = 'en'
): LanguageProblem[] {
	const problems: LanguageProblem[] = [];
	for (const [lang, files] of Object.entries(languages)) {
		for (const [name, original] of Object.entries(languages[source] ?? {})) {
			const file = `content/languages/${lang}/${name}`;
			const text = files[name];
			if (text === undefined) {
				problems.push({ file, line: 1, expected: 'a file', found: 'none' });
				continue;
			}
			if (name === 'language.json') continue;
			const report = (key: string, expected: string, found: string) =>
				problems.push({ file, line: lineOf(text, key), expected: `${key}: ${expected}`, found });
			const words = JSON.parse(text) as Messages;
			const english = JSON.parse(original) as Messages;
			for (const key of Object.keys(english).filter((k) => !k.startsWith('$'))) {
				if (!(key in words)) report(key, 'a message', 'none');
				else checkMessage(lang, key, words[key]!, english[key]!, report);
			}
			for (const key of Object.keys(words)) {
				if (!(key in english)) report(key, 'a key of the English file', 'none such');
			}
		}
	}
	return problems;
}

type Report = (key: string, expected: string, found: string) => void;

function checkMessage(
	lang: string,
	key: string,
	message: Message,
	english: Message,
	report: Report
): void {
	const wanted = places(english);
	const found = places(message);
	for (const place of wanted) if (!found.has(place)) report(key, `{${place}}`, 'none');
	for (const place of found)
		if (!wanted.has(place)) report(key, 'only places of the English text', `{${place}}`);
	if (typeof english === 'string') {
		if (typeof message !== 'string') report(key, 'one text', 'plural forms');
		return;
	}
	if (typeof message === 'string') return report(key, 'plural forms', 'one text');
	const { pluralCategories } = new Intl.PluralRules(lang).resolvedOptions();
	for (const category of pluralCategories) {
		// French and Portuguese have "many" for whole millions, which no count here reaches.
		if (category === 'many' && lang !== 'ar') continue;
		if (!(category in message)) report(key, `plural form ${category}`, 'none');
	}
}

function places(message: Message): Set<string> {
	const text = typeof message === 'string' ? message : Object.values(message).join(' ');
	return new Set(
		[...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!).filter((name) => name !== 'count')
	);
}

function lineOf(text: string, key: string): number {
	const at = text.split('\n').findIndex((line) => line.includes(`"${key}"`));
	return at < 0 ? 1 : at + 1;
}
