/**
 * Everything that is checked of content beside the compilation of its guides: the tree of files, what
 * guides share, what people say instead of their words, translations, the interface's words.
 */
import { checkLanguages } from '../i18n/check.ts';
import { checkTranslations } from './author/check-translations.ts';
import type { HashText } from './author/translation-marks.ts';
import { languagesOf, type Content } from './content.ts';
import type { ContentProblem } from './content-problem.ts';
import { checkShared } from './shared.ts';
import { checkThesaurus } from './check-thesaurus.ts';
import { checkWorkshops } from './check-workshops.ts';
import { checkTree } from './tree.ts';

export const checkContent = (content: Content, hash: HashText): ContentProblem[] => [
	...checkTree(content),
	...checkShared(content),
	...checkThesaurus(content),
	...checkWorkshops(content),
	...checkTranslations(content, hash),
	...checkLanguages(interfaceWords(content))
];

/** Language → file name → text. */
function interfaceWords(content: Content): Record<string, Record<string, string>> {
	const files = [...content.files.keys()];
	const wordsOf = (lang: string) => {
		const folder = `languages/${lang}/`;
		return Object.fromEntries(
			files
				.filter((path) => path.startsWith(folder))
				.map((path) => [path.slice(folder.length), content.read(path) ?? ''])
		);
	};
	return Object.fromEntries(languagesOf(content).map((lang) => [lang, wordsOf(lang)]));
}
