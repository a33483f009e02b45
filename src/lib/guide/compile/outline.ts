/** The outline: chapters that a draft starts from, and what has to be in place before an assessment. */
import {
	blocks,
	gates,
	places,
	type GateWords,
	type Outline,
	type OutlineChapter
} from '#lib/model/guide.ts';
import type { Fields } from '../fields.ts';
import { mendId } from './ids.ts';
import type { Pack } from './pack.ts';

/** What a chapter may refer to. */
export type ChapterScope = { sections: ReadonlySet<string>; topics: readonly string[] };

export function readOutline(pack: Pack, scope: ChapterScope): Outline {
	const chapters = pack.skeleton('outline.json').list('chapters');
	const readiness = pack.words('readiness.json');
	return {
		lang: pack.isTranslated('readiness.json') ? pack.lang : pack.source,
		chapters: chapters.map((entry) => readChapter(pack, entry, scope)),
		readiness: Object.fromEntries(
			gates.map((gate) => [gate, readGate(readiness.child(gate))])
		) as Outline['readiness']
	};
}

function readChapter(pack: Pack, entry: Fields, scope: ChapterScope): OutlineChapter {
	const { page } = pack.page('outline', entry.text('id'));
	page.only(['title', 'guidance', 'checklist']);
	for (const { 1: place, index } of page.body.matchAll(/\{(\w+)\}/g)) {
		if (places.includes(place!)) continue;
		const line = page.bodyLine + page.body.slice(0, index).split('\n').length - 1;
		pack.checker.report(page.path, line, `a place, one of ${places.join(', ')}`, place!, {
			mend: 'correct the word in braces'
		});
	}
	return { ...chapterFacts(entry, scope), ...chapterWords(page, page.body) };
}

/** What the skeleton says of a chapter. */
export function chapterFacts(entry: Fields, scope: ChapterScope) {
	const id = entry.text('id');
	const topics = entry.texts('topics', true);
	const sections = entry.texts('sections', true);
	for (const topic of topics) {
		if (!scope.topics.includes(topic))
			entry.wrong('topics', 'a topic of guide.json', topic, mendId);
	}
	for (const section of sections) {
		if (!scope.sections.has(section))
			entry.wrong('sections', 'a section of guide.json', section, mendId);
	}
	if (topics.length + sections.length === 0) {
		entry.wrong(
			'sections',
			`a topic or a section for chapter ${id}`,
			[],
			'name at least one: a chapter tells what to read, or is made from answers'
		);
	}
	return {
		id,
		topics,
		sections,
		blocks: entry.texts('blocks', true).map((block) => {
			const known = blocks.find((b) => b === block);
			if (!known) entry.wrong('blocks', blocks.join(', '), block);
			return known ?? 'method-note';
		})
	};
}

/** The words of a chapter; `text` is Markdown. */
export const chapterWords = (page: Fields, text: string) => ({
	title: page.text('title'),
	guidance: page.text('guidance'),
	checklist: page.texts('checklist'),
	text: text.trim()
});

const readGate = (words: Fields): GateWords => ({
	question: words.text('question'),
	why: words.text('why'),
	yes: words.text('yes'),
	partly: words.text('partly'),
	no: words.text('no')
});
