/**
 * A new guide: the smallest one that keeps every promise that is checked, with placeholder text to
 * write over. Two topics of two core questions, two measures a question, a page for each need.
 */
import { isContentId } from '#lib/model/ids.ts';
import type { Lang } from '#lib/model/guide.ts';
import { languagesOf, namesIn, type Content } from '../content.ts';
import { chapterPage, measurePage, questionPage, sectionPage, words } from './placeholders.ts';

export type NewGuide = { files: Map<string, string> } | { refused: string };

const json = (value: unknown): string => `${JSON.stringify(value, null, '\t')}\n`;
const sections = ['about', 'first-step', 'second-step'];
const topics = ['topic-one', 'topic-two'];
const questions = [1, 2, 3, 4];
const chapters = ['summary', 'actions'];

/** Files by path below `content/`, or a sentence why not. `edition`: such as `2026.1`. */
export function newGuide(content: Content, id: string, lang: Lang, edition: string): NewGuide {
	if (!isContentId(id)) {
		return {
			refused: `"${id}" is no id: use lower-case letters, digits and hyphens, such as e-justice.`
		};
	}
	if (namesIn(content, 'guides/').includes(id)) {
		return {
			refused: `There is a guide "${id}" already, in content/guides/${id}/. Choose another id.`
		};
	}
	if (!languagesOf(content).includes(lang)) {
		const known = languagesOf(content).join(', ');
		return { refused: `"${lang}" is no language of content/languages. There are: ${known}.` };
	}
	const files = { ...skeletons(id, lang, edition), ...prose(lang) };
	return {
		files: new Map(Object.entries(files).map(([path, text]) => [`guides/${id}/${path}`, text]))
	};
}

function skeletons(id: string, source: Lang, edition: string): Record<string, string> {
	return {
		'guide.json': json({
			id,
			edition,
			source,
			accent: 'teal',
			parts: [
				{ id: 'start', free: true, sections: sections.slice(0, 1) },
				{ id: 'method', sections: sections.slice(1) }
			],
			topics
		}),
		'sources.json': json({
			example: { title: 'PLACEHOLDER: title of a source', publisher: 'PLACEHOLDER', year: 2026 }
		}),
		'assessment.json': json({
			questions: questions.map((n) => ({
				id: `question-${n}`,
				topic: topics[n <= 2 ? 0 : 1],
				kind: 'maturity',
				weight: 2,
				path: 'core',
				section: sections[n <= 2 ? 1 : 2],
				crosswalk: { sdg: ['16'] }
			})),
			hints: []
		}),
		'measures.json': json({
			measures: questions.flatMap((n) => [
				measure(`begin-${n}`, n, 0, 2, []),
				measure(`finish-${n}`, n, 2, 4, [`begin-${n}`])
			])
		}),
		'outline.json': json({
			chapters: [
				{ id: 'summary', topics, sections: ['about'], blocks: ['score-table'] },
				{ id: 'actions', topics, sections: ['second-step'], blocks: ['action-table'] }
			]
		}),
		'indicators.json': json({
			indicators: [
				{ id: 'indicator-1', topic: topics[0], unit: 'percent', owner: 'lead-authority', every: 12 }
			]
		})
	};
}

const measure = (id: string, question: number, from: number, to: number, requires: string[]) => ({
	id,
	closes: [{ question: `question-${question}`, from, to }],
	owner: 'lead-authority',
	effort: 'medium',
	cost: 'low',
	months: 6,
	requires,
	unit: 'count'
});

function prose(lang: Lang): Record<string, string> {
	const pages: [path: string, text: string][] = [
		...sections.map((id, i): [string, string] => [
			`sections/${id}`,
			sectionPage(id, sections[(i + 1) % sections.length]!, i > 0)
		]),
		...questions.map((n): [string, string] => [`questions/question-${n}`, questionPage(n)]),
		...questions.flatMap((n): [string, string][] => [
			[`measures/begin-${n}`, measurePage('Begin', n)],
			[`measures/finish-${n}`, measurePage('Finish', n)]
		]),
		...chapters.map((id): [string, string] => [`outline/${id}`, chapterPage(id)])
	];
	return {
		...Object.fromEntries(
			Object.entries(words).map(([name, value]) => [`${lang}/${name}.json`, json(value)])
		),
		...Object.fromEntries(pages.map(([path, text]) => [`${lang}/${path}.md`, text]))
	};
}
