/**
 * Making the titles file of the search: out of what a device keeps of a guide, here as in the build
 * (`search-piece.ts` says why the same bytes come out).
 */
import type { Lang, Terms } from '#lib/model/guide.ts';
import type { TitleGroup, TitlesFile } from './search-files.ts';

type Page = { id: string; title: string; lang: Lang; section?: string };
/** What the titles are made from: of an index or of a compiled guide. */
export type Titled = {
	id: string;
	lang: Lang;
	parts: { id: string; sections: Page[] }[];
	topics: { id: string; questions: Page[]; measures: Page[] }[];
	terms: Terms;
};

export function titlesOf(guide: Titled): TitlesFile {
	const pages = [
		...guide.parts.flatMap((part) => part.sections),
		...guide.topics.flatMap((topic) => [...topic.questions, ...topic.measures])
	];
	const langs = new Set([guide.lang, ...pages.map((page) => page.lang)]);
	return { guide: guide.id, groups: Array.from(langs, (lang) => titlesIn(guide, lang)) };
}

/** The titles of the pages that really are in `lang`; terms count as the guide's language. */
function titlesIn(guide: Titled, lang: Lang): TitleGroup {
	const rows = (pages: Page[]) => pages.filter((page) => page.lang === lang).map(row);
	const byPlace = (places: [string, Page[]][]) =>
		Object.fromEntries(
			places.map(([id, pages]) => [id, rows(pages)] as const).filter(([, own]) => own.length > 0)
		);
	return {
		lang,
		sections: byPlace(guide.parts.map((part) => [part.id, part.sections])),
		questions: byPlace(guide.topics.map((topic) => [topic.id, topic.questions])),
		measures: byPlace(guide.topics.map((topic) => [topic.id, topic.measures])),
		terms: lang === guide.lang ? guide.terms.map((term) => [term.id, term.term, ...term.also]) : []
	};
}

/** A question says which section it is about, where that does not bear its id. */
const row = ({ id, title, section = id }: Page): string[] =>
	section === id ? [id, title] : [id, title, section];
