/**
 * What is checked of a thesaurus (`shared/<lang>/thesaurus.json`): a word that no page uses would lead
 * nowhere, and a word said twice weighs on every visit for nothing.
 */
import { Checker } from './checker.ts';
import { languagesOf, type Content } from './content.ts';
import type { ContentProblem } from './content-problem.ts';
import type { Lang } from '#lib/model/guide.ts';
import { normalise, tokenise } from './normalise.ts';
import { saidIn } from './search-thesaurus.ts';

export const thesaurusFile = 'thesaurus.json';

export function checkThesaurus(content: Content): ContentProblem[] {
	const problems: ContentProblem[] = [];
	const checker = new Checker(content, problems);
	for (const lang of languagesOf(content)) {
		const path = `shared/${lang}/${thesaurusFile}`;
		if (!content.files.has(path)) continue;
		const file = checker.json(path);
		if (!file.isThere) continue;
		const known = wordsOfPages(content, lang);
		for (const key of file.keys()) {
			const unknown = tokenise(key).find((word) => !known.has(word));
			if (tokenise(key).length === 0 || unknown !== undefined) {
				const mend = 'write the word as the pages write it, or remove the line';
				file.wrong(key, 'words that stand on the pages of this language', unknown ?? key, mend);
			}
			checkSaid(saidIn(file.text(key)), (expected, found, mend) =>
				file.wrong(key, expected, found, mend)
			);
		}
	}
	return problems;
}

function checkSaid(
	said: string[],
	wrong: (expected: string, found: string, mend: string) => void
): void {
	const seen = new Set<string>();
	for (const one of said) {
		if (tokenise(one).length === 0) {
			wrong('words between semicolons', one, 'write letters, or remove it');
		}
		if (seen.has(normalise(one))) wrong('each word once', `${one} twice`, 'remove one of the two');
		seen.add(normalise(one));
	}
}

/** Every word that a page or a list of this language has. */
function wordsOfPages(content: Content, lang: Lang): Set<string> {
	const words = new Set<string>();
	const own = new RegExp(`^(?:guides/[^/]+|shared)/${lang}/`);
	for (const path of content.files.keys()) {
		if (!own.test(path) || path.endsWith(`/${thesaurusFile}`)) continue;
		for (const word of tokenise(content.read(path) ?? '')) words.add(word);
	}
	return words;
}
