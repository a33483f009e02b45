/**
 * The interface words of every language against the English ones: no key missing or left over, the
 * same places in braces, every plural category that the language has.
 */
import type { Message, Messages } from './words.ts';

type LanguageProblem = {
	file: string;
	line: number;
	field?: string;
	expected: string;
	found: string;
	mend?: string;
};

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
				const mend = `copy content/languages/${source}/${name} and translate it`;
				problems.push({ file, line: 1, expected: 'a file', found: 'none', mend });
				continue;
			}
			if (name === 'language.json') continue;
			const report: Report = (field, expected, found, mend) =>
				problems.push({ file, line: lineOf(text, field), field, expected, found, mend });
			const words = parseMessages(text);
			const english = parseMessages(original);
			if (!words || !english) {
				const at = words ? `content/languages/${source}/${name}` : file;
				problems.push({
					file: at,
					line: 1,
					expected: 'JSON: an object of messages',
					found: 'none'
				});
				continue;
			}
			for (const key of Object.keys(english).filter((k) => !k.startsWith('$'))) {
				if (!(key in words)) {
					report(
						key,
						'a message',
						'none',
						`translate "${key}" of content/languages/${source}/${name}`
					);
				} else checkMessage(lang, key, words[key]!, english[key]!, report);
			}
			for (const key of Object.keys(words).filter((k) => !k.startsWith('$'))) {
				if (key in english) continue;
				report(key, 'a key of the English file', 'none such', 'correct the key, or remove it');
			}
		}
	}
	return problems;
}

type Report = (key: string, expected: string, found: string, mend?: string) => void;

function parseMessages(text: string): Messages | undefined {
	try {
		const value: unknown = JSON.parse(text);
		const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
		return isObject ? (value as Messages) : undefined;
	} catch {
		return undefined;
	}
}

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
