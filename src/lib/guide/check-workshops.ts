/**
 * What is checked of the workshop templates (`shared/workshops.json`, `shared/<lang>/workshops.json`):
 * every session that a template names is there, is held in a way that the app knows, lasts between five
 * minutes and four hours, and has its words in every language that has the file.
 */
import { templateMistakes } from '#lib/workshop/template.ts';
import { objectIn } from './author/translations.ts';
import { languagesOf, type Content } from './content.ts';
import type { ContentProblem } from './content-problem.ts';

export const workshopFile = 'workshops.json';

export function checkWorkshops(content: Content): ContentProblem[] {
	const skeleton = `shared/${workshopFile}`;
	const languages = languagesOf(content).filter((lang) =>
		content.files.has(`shared/${lang}/${workshopFile}`)
	);
	if (!content.files.has(skeleton)) return [];
	return languages.flatMap((lang) => {
		const path = `shared/${lang}/${workshopFile}`;
		const mistakes = templateMistakes(objectIn(content, skeleton), objectIn(content, path));
		return mistakes.map((found) => ({
			file: `content/${path}`,
			line: 1,
			expected: `the words of ${skeleton}, and sessions that it can hold`,
			found,
			mend: `mend it here or in content/${skeleton}; content/README.md, "Workshops", has an example`
		}));
	});
}
