/**
 * Chapters: an outline becomes the first text of a strategy. Each chapter begins with the outline's
 * own text, its places filled, and goes on with what the data says about its topics.
 *
 * The outline's blocks say how much: a chapter with `level-summary` and one or two topics is the home
 * of these topics and tells standing, gaps and actions in full; its prose takes the place of that one
 * block, so that nothing is said twice. One with more topics shows the block. All other chapters have
 * a paragraph a topic.
 */
import { findGaps } from '#lib/assessment/gaps.ts';
import { summarise, type Summary } from '#lib/assessment/summary.ts';
import type { Block, Outline, OutlineChapter, Topic } from '#lib/model/guide.ts';
import type { Chapter } from '#lib/model/workspace.ts';
import { escapeMarkdown, fillPlaces, paragraphsOf, placesIn } from './markdown.ts';
import { liveActions, sourceReader, type Material } from './material.ts';
import { sourcesFor } from './paragraphs.ts';
import { tellActions, tellBriefly, tellGaps, tellScore, tellStanding } from './prose.ts';
import type { Paragraph, Teller } from './prose.ts';
import type { Voice } from './words.ts';

/** A source that says in which language the text was prefilled; nothing that could change. */
export const languageRef = (lang: string): string => `language:${lang}`;

/** Every chapter of the outline, in its order. `date`: the day that the text states, as written. */
export const makeChapters = (
	outline: Outline,
	material: Material,
	voice: Voice,
	date: string
): Chapter[] => {
	const teller = tellerOf(material, voice);
	return outline.chapters.map((chapter, i) => make(chapter, teller, date, i + 1));
};

/**
 * One chapter, prefilled. The same material gives the same text on every device, so that two people
 * who both begin the draft merge into one.
 */
export const makeChapter = (
	outline: OutlineChapter,
	material: Material,
	voice: Voice,
	date: string,
	order: number
): Chapter => make(outline, tellerOf(material, voice), date, order);

const tellerOf = (material: Material, voice: Voice): Teller => ({
	material,
	voice,
	gaps: findGaps(material.view).gaps
});

function make(outline: OutlineChapter, teller: Teller, date: string, order: number): Chapter {
	const { assessment } = teller.material.view;
	const topics = outline.topics.flatMap(
		(id) => assessment.topics.find((topic) => topic.id === id) ?? []
	);
	const isHome = outline.blocks.includes('level-summary') && topics.length <= 2;
	const isShown = outline.blocks.includes('level-summary') && !isHome;
	const told = isHome
		? topics.flatMap((topic) => tellInFull(teller, topic, topics.length > 1, outline.blocks))
		: isShown
			? []
			: topics.map((topic) => tellBriefly(teller, topic));
	const paragraphs = [...openingOf(outline, teller, date), ...told];
	return {
		id: `${assessment.guide}/${outline.id}`,
		guide: assessment.guide,
		title: outline.title,
		body: paragraphs.map((paragraph) => paragraph.markdown).join('\n\n'),
		hidden: false,
		order,
		sources: [
			...sourcesFor(paragraphs, sourceReader(teller.material)),
			{ ref: languageRef(teller.voice.lang), value: '' }
		],
		blocks: outline.blocks.filter((block) => !(isHome && block === 'level-summary')),
		goal: 0
	};
}

/** The outline's text with its places filled; a paragraph depends on the places that it has. */
function openingOf(outline: OutlineChapter, teller: Teller, date: string): Paragraph[] {
	const values = placesOf(summarise(teller.material.view), teller, date);
	return paragraphsOf(outline.text).map((text) => ({
		markdown: fillPlaces(text, values),
		refs: placesIn(text)
			.filter((place) => Object.hasOwn(values, place) && place !== 'date')
			.map((place) => `summary:${place}`)
	}));
}

function placesOf(
	summary: Summary,
	{ material, voice }: Teller,
	date: string
): Record<string, string> {
	const title = (topic: string | undefined): string => {
		const found = material.view.assessment.topics.find(({ id }) => id === topic);
		return found ? escapeMarkdown(found.title) : voice.words('draft.placeArea');
	};
	return {
		country: escapeMarkdown(material.country) || voice.words('draft.placeCountry'),
		date: escapeMarkdown(date),
		strongest: title(summary.strongest?.topic),
		weakest: title(summary.weakest?.topic),
		answered: voice.number(summary.answered),
		questions: voice.number(summary.questions),
		proven: voice.number(summary.proven),
		actions: voice.number(liveActions(material).length)
	};
}

/** Standing, gaps and actions of a topic under their headings; with its own heading if `isOneOfTwo`. */
function tellInFull(
	teller: Teller,
	topic: Topic,
	isOneOfTwo: boolean,
	blocks: readonly Block[]
): Paragraph[] {
	const { words } = teller.voice;
	const heading = (depth: number, text: string): Paragraph => ({
		markdown: `${'#'.repeat(depth)} ${text}`,
		refs: []
	});
	// Two topics would both place the one block of the chapter: then it stands at the end.
	const placing = (block: Block): Block | null =>
		!isOneOfTwo && blocks.includes(block) ? block : null;
	const depth = isOneOfTwo ? 3 : 2;
	const under = (title: string, paragraphs: Paragraph[]): Paragraph[] =>
		paragraphs.length === 0 ? [] : [heading(depth, title), ...paragraphs];
	return [
		...(isOneOfTwo ? [heading(2, escapeMarkdown(topic.title))] : []),
		...under(words('draft.whereWeStand'), [
			tellScore(teller, topic),
			...tellStanding(teller, topic)
		]),
		...under(words('draft.whatIsMissing'), tellGaps(teller, topic, placing('gap-list'))),
		...under(words('draft.whatWillBeDone'), tellActions(teller, topic, placing('action-table')))
	];
}
