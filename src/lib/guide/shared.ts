/** What guides share: a page of `content/shared/` that no guide names would never be shown. */
import { Checker } from './checker.ts';
import { guidesOf, languagesOf, namesIn, type Content } from './content.ts';
import type { ContentProblem } from './content-problem.ts';

const skeletons = { questions: 'assessment.json', measures: 'measures.json' };

/** Pages of `content/shared/` that no guide takes. */
export function checkShared(content: Content): ContentProblem[] {
	const problems: ContentProblem[] = [];
	const checker = new Checker(content, problems);
	const pages = sharedPages(content);
	for (const [folder, skeleton] of Object.entries(skeletons)) {
		const used = new Set(
			[...pages.keys()]
				.filter((page) => page.startsWith(`${folder}/`))
				.map((page) => page.slice(folder.length + 1, -'.md'.length))
		);
		for (const lang of namesIn(content, 'shared/').filter((l) =>
			languagesOf(content).includes(l)
		)) {
			checker.orphans(
				`shared/${lang}/${folder}/`,
				used,
				`${skeleton} of a guide with "shared": true`
			);
		}
	}
	return problems;
}

/** Page (`questions/<id>.md`) → the guides that take it. */
export function sharedPages(content: Content): Map<string, string[]> {
	// Whatever is wrong with a skeleton is said by its own guide's compilation.
	const quiet = new Checker(content, []);
	const pages = new Map<string, string[]>();
	for (const guide of guidesOf(content)) {
		for (const [list, skeleton] of Object.entries(skeletons)) {
			for (const entry of quiet.json(`guides/${guide}/${skeleton}`).list(list)) {
				if (entry.raw.shared !== true) continue;
				const page = `${list}/${entry.text('id')}.md`;
				pages.set(page, [...(pages.get(page) ?? []), guide]);
			}
		}
	}
	return pages;
}
