/** The outline: chapters that a draft starts from, and what has to be in place before an assessment. */
import {
	blocks,
	gates,
	type GateWords,
	type Outline,
	type OutlineChapter
} from '#lib/model/guide.ts';
import type { Fields } from '../checker.ts';
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
	const id = entry.id('id');
	const { page } = pack.page('outline', id);
	page.only(['title', 'guidance', 'checklist']);
	const topics = entry.texts('topics', true);
	const sections = entry.texts('sections', true);
	for (const topic of topics) {
		if (!scope.topics.includes(topic)) entry.wrong('topics', 'a topic of guide.json', topic);
	}
	for (const section of sections) {
		if (!scope.sections.has(section)) entry.wrong('sections', 'a section of guide.json', section);
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
		title: page.text('title'),
		guidance: page.text('guidance'),
		checklist: page.texts('checklist'),
		text: page.body.trim(),
		topics,
		sections,
		blocks: entry.texts('blocks', true).map((block) => {
			const known = blocks.find((b) => b === block);
			if (!known) entry.wrong('blocks', blocks.join(', '), block);
			return known ?? 'method-note';
		})
	};
}

const readGate = (words: Fields): GateWords => ({
	question: words.text('question'),
	why: words.text('why'),
	yes: words.text('yes'),
	partly: words.text('partly'),
	no: words.text('no')
});
