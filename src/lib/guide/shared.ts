/** What guides share: a page of `content/shared/` that no guide names would never be shown. */
import { Checker } from './checker.ts';
import { guidesOf, languagesOf, namesIn, type Content } from './content.ts';
import type { ContentProblem } from './content-problem.ts';

const skeletons = { questions: 'assessment.json', measures: 'measures.json' };

/** Pages of `content/shared/` that no guide takes. */
export function checkShared(content: Content): ContentProblem[] {
	const problems: ContentProblem[] = [];
	const checker = new Checker(content, problems);
	for (const [folder, skeleton] of Object.entries(skeletons)) {
		const used = sharedIds(content, folder, skeleton);
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

function sharedIds(content: Content, list: string, skeleton: string): Set<string> {
	// Whatever is wrong with a skeleton is said by its own guide's compilation.
	const quiet = new Checker(content, []);
	return new Set(
		guidesOf(content).flatMap((guide) =>
			quiet
				.json(`guides/${guide}/${skeleton}`)
				.list(list)
				.filter((entry) => entry.raw.shared === true)
				.map((entry) => entry.text('id'))
		)
	);
}
