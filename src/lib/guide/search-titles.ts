/**
 * Making the titles files of the search: that of the pages, which comes first, and that of the
 * measures, which are more than all others together and come with the texts. Out of what a device keeps of a guide, here as in the build
 * (`search-piece.ts` says why the same bytes come out).
 */
import type { Lang, Terms } from '#lib/model/guide.ts';
import type { TitleGroup, TitlesFile } from './search-files.ts';

type Page = { id: string; title: string; lang: Lang; section?: string };
type MeasurePage = Page & { closes: { question: string }[] };
/** What the titles are made from: of an index or of a compiled guide. */
export type Titled = {
	id: string;
	lang: Lang;
	parts: { id: string; sections: Page[] }[];
	topics: { id: string; questions: Page[]; measures: MeasurePage[] }[];
	terms: Terms;
};

/** Sections, questions and terms. */
export function titlesOf(guide: Titled): TitlesFile {
	const pages = [
		...guide.parts.flatMap((part) => part.sections),
		...guide.topics.flatMap((topic) => topic.questions)
	];
	return fileOf(guide, pages, (lang) => ({
		lang,
		sections: byPlace(
			guide.parts.map((part) => [part.id, part.sections]),
			lang
		),
		questions: byPlace(
			guide.topics.map((topic) => [topic.id, topic.questions]),
			lang
		),
		measures: {},
		// Terms count as the guide's language.
		terms: lang === guide.lang ? guide.terms.map((term) => [term.id, term.term, ...term.also]) : []
	}));
}

/** Measures, each with the section of the question that it closes first. */
export function measureTitlesOf(guide: Titled): TitlesFile {
	const sections = new Map(
		guide.topics.flatMap(({ questions }) => questions.map(({ id, section }) => [id, section]))
	);
	const topics = guide.topics.map(({ id, measures }): [string, Page[]] => [
		id,
		measures.map((measure) => ({
			...measure,
			section: sections.get(measure.closes[0]?.question ?? '')
		}))
	]);
	return fileOf(
		guide,
		topics.flatMap(([, pages]) => pages),
		(lang) => ({ lang, sections: {}, questions: {}, measures: byPlace(topics, lang), terms: [] })
	);
}

/** Groups by the language that the pages really are in, the guide's own first. */
const fileOf = (
	{ id, lang }: Titled,
	pages: Page[],
	groupIn: (lang: Lang) => TitleGroup
): TitlesFile => ({
	guide: id,
	groups: Array.from(new Set([lang, ...pages.map((page) => page.lang)]), groupIn)
});

const byPlace = (places: [string, Page[]][], lang: Lang): Record<string, string[][]> =>
	Object.fromEntries(
		places
			.map(([id, pages]) => [id, pages.filter((page) => page.lang === lang).map(row)] as const)
			.filter(([, rows]) => rows.length > 0)
	);

/** A question or a measure says which section it is about, where that does not bear its id. */
const row = ({ id, title, section = id }: Page): string[] =>
	section === id ? [id, title] : [id, title, section];
