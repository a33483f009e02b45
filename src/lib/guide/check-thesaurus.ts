/**
 * What is checked of a thesaurus (`shared/<lang>/thesaurus.json`): what no title and no term is called
 * leads nowhere in particular, and a word said twice weighs on every visit for nothing.
 */
import { isObject, objectIn } from './author/translations.ts';
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
		const names = namesIn(content, lang);
		for (const key of file.keys()) {
			const words = tokenise(key);
			if (words.length === 0 || !names.some((name) => words.every((word) => name.has(word)))) {
				const mend = 'write the words as a title or the glossary has them, or remove the line';
				file.wrong(key, 'words of one title or term of this language', key, mend);
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

/** The words of each title, term and other name of this language. */
function namesIn(content: Content, lang: Lang): Set<string>[] {
	const own = new RegExp(`^(?:guides/[^/]+|shared)/${lang}/`);
	const paths = [...content.files.keys()].filter((path) => own.test(path));
	const names = paths.flatMap((path) => {
		if (path.endsWith('.md')) return /^title:(.*)$/m.exec(content.read(path) ?? '')?.[1] ?? [];
		if (!path.endsWith('/terms.json')) return [];
		return Object.values(objectIn(content, path)).flatMap((term) =>
			isObject(term) ? [term.term, ...(Array.isArray(term.also) ? term.also : [])].map(String) : []
		);
	});
	return names.map((name) => new Set(tokenise(name)));
}
