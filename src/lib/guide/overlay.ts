/**
 * An Overlay: what a country changes in guides, without a fork. It hides, renames and adds sections,
 * questions, measures and chapters; `overlay-read.ts` has checked it, here it is applied.
 *
 * The build applies it to compiled guides, a device to the files that it reads (`overlay-reader.ts`).
 */
import type {
	GuideIndex,
	Lang,
	ManifestGuide,
	Measure,
	Outline,
	OutlineChapter,
	Question,
	Section,
	SectionRef,
	Topic
} from '#lib/model/guide.ts';
import { sharedSource } from './content.ts';
import type { TitleGroup, TitlesFile } from './search-files.ts';

/** Words by language; at least one. */
export type Texts<T> = Record<Lang, T>;
export type Change<Added> = {
	/** Ids. Of measures also those that served hidden questions alone. */
	hide: string[];
	/** Id → title by language; where a page's language has none, its own title stays. */
	rename: Record<string, Texts<string>>;
	add: Added[];
};

type SectionWords = Pick<Section, 'title' | 'summary' | 'html' | 'headings' | 'words'>;
type QuestionWords = Pick<Question, 'title' | 'question' | 'levels' | 'next' | 'evidence' | 'why'>;
type MeasureWords = Pick<Measure, 'title' | 'done' | 'indicator' | 'how'>;
type ChapterWords = Pick<OutlineChapter, 'title' | 'guidance' | 'checklist' | 'text'>;

/** `after`: the id before it; the empty text: at the end. */
export type AddedSection = { id: string; part: string; after: string; text: Texts<SectionWords> };
export type AddedQuestion = Omit<Question, keyof QuestionWords | 'lang' | 'shared'> & {
	text: Texts<QuestionWords>;
};
/** `topic`: that of the first question that it closes. */
export type AddedMeasure = Omit<Measure, keyof MeasureWords | 'lang' | 'shared'> & {
	topic: string;
	text: Texts<MeasureWords>;
};
export type AddedChapter = Omit<OutlineChapter, keyof ChapterWords> & {
	after: string;
	text: Texts<ChapterWords>;
};

export type GuideOverlay = {
	/** The edition that it was written for, and is applied to. */
	edition: string;
	sections: Change<AddedSection>;
	questions: Change<AddedQuestion>;
	measures: Change<AddedMeasure>;
	chapters: Change<AddedChapter>;
	/** Topic → how many questions it has with the overlay. */
	asked: Record<string, number>;
};
export const sorts = ['sections', 'questions', 'measures', 'chapters'] as const;
export type Sort = (typeof sorts)[number];

export type Overlay = { id: string; title: Texts<string>; guides: Record<string, GuideOverlay> };

/** The words in `lang`, else in the language that all is written in first, else in any. */
export function wordsIn<T>(text: Texts<T>, lang: Lang): { lang: Lang; words: T } {
	const found =
		[lang, sharedSource].find((one) => Object.hasOwn(text, one)) ?? Object.keys(text)[0]!;
	return { lang: found, words: text[found]! };
}

/** Where the app finds what an overlay adds: no address of any server. */
export const addedUrl = (guide: string, lang: Lang, name: string): string =>
	`overlay:${guide}/${lang}/${name}`;

/** The name of the piece of the text index that is made of what an overlay adds. No id has a dot. */
export const pieceName = 'search.piece';

type Titled = { id: string; title: string };

const kept = <T extends { id: string }>(things: T[], change: Change<unknown>): T[] =>
	things.filter(({ id }) => !change.hide.includes(id));

function renamed<T extends Titled>(thing: T, change: Change<unknown>, lang: Lang): T {
	const titles = Object.hasOwn(change.rename, thing.id) ? change.rename[thing.id]! : {};
	return Object.hasOwn(titles, lang) ? { ...thing, title: titles[lang]! } : thing;
}

/** `things` with each of `added` behind the one that it names, else at the end. */
export function placed<T extends { id: string }>(
	things: T[],
	added: { id: string; after: string }[],
	make: (id: string) => T
): T[] {
	const all = [...things];
	for (const { id, after } of added) {
		const at = all.findIndex((one) => one.id === after);
		all.splice(at < 0 ? all.length : at + 1, 0, make(id));
	}
	return all;
}

const questionIn = ({ text, ...facts }: AddedQuestion, wanted: Lang): Question => {
	const { lang, words } = wordsIn(text, wanted);
	return { ...facts, lang, ...words };
};
const measureIn = ({ text, topic: _topic, ...facts }: AddedMeasure, wanted: Lang): Measure => {
	const { lang, words } = wordsIn(text, wanted);
	return { ...facts, lang, ...words };
};

export function overlaidTopic<T extends Topic>(topic: T, overlay: GuideOverlay, lang: Lang): T {
	const { questions, measures } = overlay;
	const isAsked = (id: string) => !questions.hide.includes(id);
	return {
		...topic,
		questions: [
			...kept(topic.questions, questions).map((one) => renamed(one, questions, one.lang)),
			...questions.add.filter((one) => one.topic === topic.id).map((one) => questionIn(one, lang))
		],
		measures: [
			...kept(topic.measures, measures).map((one) => ({
				...renamed(one, measures, one.lang),
				closes: one.closes.filter(({ question }) => isAsked(question)),
				requires: one.requires.filter((id) => !measures.hide.includes(id))
			})),
			...measures.add.filter((one) => one.topic === topic.id).map((one) => measureIn(one, lang))
		],
		hints: topic.hints.filter(({ when, but }) => isAsked(when.question) && isAsked(but.question))
	};
}

export function overlaidOutline(outline: Outline, { chapters, sections }: GuideOverlay): Outline {
	const { lang } = outline;
	const make = (wanted: string): OutlineChapter => {
		const { after: _after, text, ...facts } = chapters.add.find(({ id }) => id === wanted)!;
		return { ...facts, ...wordsIn(text, lang).words };
	};
	return {
		...outline,
		chapters: kept(placed(outline.chapters, chapters.add, make), chapters).map((chapter) => ({
			...renamed(chapter, chapters, lang),
			sections: chapter.sections.filter((id) => !sections.hide.includes(id))
		}))
	};
}

/** The questions that a page informs, as they are with the overlay. */
function informed(section: Pick<Section, 'id' | 'lang' | 'questions'>, overlay: GuideOverlay) {
	const { questions } = overlay;
	return [
		...kept(section.questions, questions).map((one) => renamed(one, questions, section.lang)),
		...questions.add
			.filter((one) => one.section === section.id)
			.map(({ id, text }) => ({ id, title: wordsIn(text, section.lang).words.title }))
	];
}

/** Links to pages that are hidden become plain words. */
export function overlaidSection(section: Section, overlay: GuideOverlay): Section {
	return {
		...renamed(section, overlay.sections, section.lang),
		// Just as `compile/sections.ts` has `render.ts` write them.
		html: section.html.replace(
			/<a href="\.\.\/([a-z0-9-]+)\/">(.*?)<\/a>/gs,
			(link, id: string, words: string) => (overlay.sections.hide.includes(id) ? words : link)
		),
		questions: informed(section, overlay)
	};
}

/** The page that the overlay adds under `id`; undefined where it adds none. */
export function addedSection(overlay: GuideOverlay, id: string, wanted: Lang): Section | undefined {
	const added = overlay.sections.add.find((one) => one.id === id);
	if (!added) return undefined;
	const { lang, words } = wordsIn(added.text, wanted);
	const bare = { who: [], inputs: [], outputs: [], sources: [] };
	const questions = informed({ id, lang, questions: [] }, overlay);
	return { id, part: added.part, lang, ...words, ...bare, questions };
}

/** The sections of a part, whichever form they have. */
export const overlaidPart = <T extends Titled & { lang: Lang }>(
	part: string,
	sections: T[],
	{ sections: change }: GuideOverlay,
	make: (id: string) => T
): T[] => {
	const added = change.add.filter((one) => one.part === part);
	return kept(placed(sections, added, make), change).map((one) => renamed(one, change, one.lang));
};

export function overlaidIndex(index: GuideIndex, overlay: GuideOverlay): GuideIndex {
	const refTo = (name: string) => ({
		url: addedUrl(index.id, index.lang, name),
		sha256: '',
		bytes: 0
	});
	const make = (id: string): SectionRef => {
		const { title, lang } = addedSection(overlay, id, index.lang)!;
		return { id, title, lang, file: refTo(id) };
	};
	const adds = [overlay.sections, overlay.questions, overlay.measures].some((c) => c.add.length);
	return {
		...index,
		parts: index.parts
			.map((part) => ({
				...part,
				sections: overlaidPart(part.id, part.sections, overlay, make)
			}))
			.filter((part) => part.sections.length > 0),
		topics: index.topics.map((topic) => ({
			...topic,
			questions: overlay.asked[topic.id] ?? topic.questions
		})),
		search: {
			...index.search,
			pieces: [...index.search.pieces, ...(adds ? [refTo(pieceName)] : [])]
		}
	};
}

/** What has no title is not shown by a search: so nothing hidden is found. */
export function overlaidTitles(file: TitlesFile, overlay: GuideOverlay, lang: Lang): TitlesFile {
	const { sections, questions, measures } = overlay;
	const rows = (places: TitleGroup['sections'], change: Change<unknown>, of: Lang) =>
		Object.fromEntries(
			Object.entries(places).map(([place, own]) => [
				place,
				own.flatMap(([id = '', title = '', ...also]) =>
					change.hide.includes(id) ? [] : [[id, renamed({ id, title }, change, of).title, ...also]]
				)
			])
		);
	const groups = file.groups.map((group) => ({
		...group,
		sections: rows(group.sections, sections, group.lang),
		questions: rows(group.questions, questions, group.lang),
		measures: rows(group.measures, measures, group.lang)
	}));
	const add = (sort: 'sections' | 'questions' | 'measures', place: string, added: AddedTitle) => {
		const { lang: of, words } = wordsIn(added.text, lang);
		let group = groups.find((one) => one.lang === of);
		if (!group) {
			group = { lang: of, sections: {}, questions: {}, measures: {}, terms: [] };
			groups.push(group);
		}
		(group[sort][place] ??= []).push([added.id, words.title]);
	};
	// The measures have a file of their own; in older packs one file holds all.
	const has = (sort: 'sections' | 'measures') =>
		file.groups.some((group) => Object.keys(group[sort]).length > 0);
	if (has('sections')) {
		for (const one of sections.add) add('sections', one.part, one);
		for (const one of questions.add) add('questions', one.topic, one);
	}
	if (has('measures')) for (const one of measures.add) add('measures', one.topic, one);
	return { ...file, groups };
}
type AddedTitle = { id: string; text: Texts<{ title: string }> };

/** What the text index can be told of: the pages, questions and measures that are added. */
export const addedDocs = (overlay: GuideOverlay, lang: Lang) => ({
	sections: overlay.sections.add.map(({ id }) => addedSection(overlay, id, lang)!),
	questions: overlay.questions.add.map((one) => questionIn(one, lang)),
	measures: overlay.measures.add.map((one) => measureIn(one, lang))
});

const change = ({ add, hide }: Change<unknown>): number => add.length - hide.length;

/** The counts that the library shows. */
export const overlaidEntry = (entry: ManifestGuide, overlay: GuideOverlay): ManifestGuide => ({
	...entry,
	sections: entry.sections + change(overlay.sections),
	questions: entry.questions + change(overlay.questions),
	measures: entry.measures + change(overlay.measures)
});
