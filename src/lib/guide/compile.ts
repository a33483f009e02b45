/**
 * A pack becomes a Guide: the files of `content/guides/<guide>/`, and what it takes from
 * `content/shared/`, are checked and compiled for one language. Every mistake is collected with file,
 * line, expected and found; nothing is guessed.
 *
 * Pure: content can come from disk, memory or a test. `compile/` has a file per sort of thing.
 */
import {
	accents,
	movables,
	type Crosswalk,
	type Indicator,
	type Lang,
	type MigrationStep,
	type Movable,
	type Outline,
	type Section,
	type Term,
	type Topic
} from '#lib/model/guide.ts';
import type { Fields } from './fields.ts';
import { languagesOf, promises, type Content } from './content.ts';
import type { ContentProblem } from './content-problem.ts';
import { readHint, readMeasure, readQuestion } from './compile/assessment.ts';
import { checkIds, mendId } from './compile/ids.ts';
import { readIndicators } from './compile/indicators.ts';
import { formerIds, readMigration } from './compile/migration.ts';
import { readOutline } from './compile/outline.ts';
import { Pack } from './compile/pack.ts';
import { readSection, type PartSkeleton } from './compile/sections.ts';
import { readTerms } from './compile/terms.ts';
import { checkMap, leastCore } from './map.ts';
import { PageChecker } from './page-checker.ts';

export type CompiledGuide = {
	id: string;
	lang: Lang;
	edition: string;
	accent: string;
	title: string;
	short: string;
	summary: string;
	audience: string;
	parts: { id: string; title: string; sections: Section[] }[];
	topics: (Topic & { short: string })[];
	crosswalks: Crosswalk[];
	/** Words for the owners of its measures and indicators, by id. */
	owners: Record<string, string>;
	terms: Term[];
	outline: Outline;
	indicators: Indicator[];
	/** Absent where nothing ever moved. */
	migration?: MigrationStep[];
};

const guideKeys = 'id edition source accent parts topics retired complete'.split(' ');

/** Compiles `guide` of the content for `lang`; pages that the language lacks come from the source. */
export function compileGuide(
	content: Content,
	guide: string,
	lang: Lang
): { guide: CompiledGuide; problems: ContentProblem[] } {
	const problems: ContentProblem[] = [];
	const checker = new PageChecker(content, problems);
	const identity = checker.json(`guides/${guide}/guide.json`);
	identity.only(guideKeys);
	const pack = new Pack(checker, guide, lang, identity.text('source'));
	const complete = identity.child('complete');
	for (const code of complete.keys()) {
		complete.oneOf(code, promises);
		if (languagesOf(content).includes(code)) continue;
		identity.wrong('complete', 'languages of content/languages', code, mendId);
	}
	const names = pack.words('names.json');
	const ownerWords = pack.sharedWords('owners.json');
	const owners = ownerWords.keys();

	const partSkeletons = identity.list('parts').map((part) => ({
		id: part.text('id'),
		free: part.flag('free'),
		sections: part.texts('sections')
	}));
	const sections = new Set(partSkeletons.flatMap((p) => p.sections));
	const topicIds = identity.texts('topics');
	const crosswalks = readCrosswalks(names);
	const terms = readTerms(pack);

	const skeleton = pack.skeleton('assessment.json');
	const measureSkeleton = pack.skeleton('measures.json');
	const scope = { sections, topics: topicIds, crosswalks };
	const questions = skeleton.list('questions').map((entry) => readQuestion(pack, entry, scope));
	const measures = measureSkeleton
		.list('measures')
		.map((entry) => readMeasure(pack, entry, owners));
	const questionIds = new Set(questions.map((q) => q.id));
	const hintTexts = names.child('hints');
	const hints = skeleton.list('hints').map((entry) => readHint(entry, questionIds, hintTexts));
	const indicators = readIndicators(pack, topicIds, owners);
	const outline = readOutline(pack, { sections, topics: topicIds });

	const migration = readMigration(pack, identity, {
		sections: [...sections],
		questions: questions.map((q) => q.id),
		measures: measures.map((m) => m.id),
		chapters: outline.chapters.map((c) => c.id)
	});
	const former = formerIds(migration, 'sections');
	checkAllIds();
	for (const topic of topicIds) {
		const asked = questions.filter((q) => q.topic === topic);
		const core = asked.filter((q) => q.path === 'core');
		if (core.length >= Math.min(leastCore, asked.length)) continue;
		const path = pack.path('assessment.json');
		const at = asked.find((q) => q.path !== 'core')!.id;
		checker.report(
			path,
			checker.lineOf(path, at),
			`${leastCore} core questions`,
			`${core.length}`,
			{
				field: topic,
				mend: `give another question of ${topic} "path": "core": without it the core path has no score for the topic`
			}
		);
	}
	const isMapped = skeleton.isThere && measureSkeleton.isThere;
	for (const { at, expected, found, mend } of isMapped ? checkMap(questions, measures) : []) {
		const path = pack.path('measures.json');
		checker.report(path, checker.lineOf(path, at), expected, found, { field: at, mend });
	}

	const sectionScope = {
		sections,
		terms: new Set(terms.map((t) => t.id)),
		questions,
		sources: pack.skeleton('sources.json')
	};
	const partOf = (part: PartSkeleton) => ({
		id: part.id,
		title: names.child('parts').text(part.id),
		sections: part.sections.map((id) => {
			const section = readSection(pack, id, part, sectionScope);
			const was = former.get(id);
			return was ? { ...section, was } : section;
		})
	});
	const topicOf = (id: string) => {
		const words = names.child('topics').child(id);
		const own = questions.filter((q) => q.topic === id);
		const mine = new Set(own.map((q) => q.id));
		return {
			id,
			lang,
			title: words.text('title'),
			short: words.text('short'),
			questions: own,
			measures: measures.filter((m) => mine.has(m.closes[0]?.question ?? '')),
			hints: hints.filter((h) => mine.has(h.when.question))
		};
	};
	const used = new Set([...measures, ...indicators].map(({ owner }) => owner));
	const compiled: CompiledGuide = {
		id: identity.text('id'),
		lang,
		edition: identity.text('edition'),
		accent: identity.oneOf('accent', accents),
		title: names.text('title'),
		short: names.text('short'),
		summary: names.text('summary'),
		audience: names.text('audience'),
		parts: partSkeletons.map(partOf),
		topics: topicIds.map(topicOf),
		crosswalks,
		owners: Object.fromEntries(
			owners.filter((id) => used.has(id)).map((id) => [id, ownerWords.text(id)])
		),
		terms,
		outline,
		indicators,
		...(migration.length > 0 ? { migration } : {})
	};
	if (compiled.id !== guide)
		identity.wrong('id', `the name of its folder, ${guide}`, compiled.id, 'rename one of the two');
	return { guide: compiled, problems };

	function checkAllIds(): void {
		const retired = new Set(identity.texts('retired', true));
		const own = (things: { id: string; shared?: true }[]) =>
			new Set(things.filter((one) => !one.shared).map((one) => one.id));
		const chapters = outline.chapters;
		const sorts: [name: string, ids: string[], sort?: Movable][] = [
			['guide.json', partSkeletons.flatMap((p) => p.sections), 'sections'],
			['guide.json', topicIds],
			['guide.json', partSkeletons.map((p) => p.id)],
			['assessment.json', questions.map((q) => q.id), 'questions'],
			['assessment.json', hints.map((h) => h.id)],
			['measures.json', measures.map((m) => m.id), 'measures'],
			['outline.json', chapters.map((c) => c.id), 'chapters'],
			['indicators.json', indicators.map((i) => i.id)],
			[`${pack.source}/terms.json`, terms.map((t) => t.id)]
		];
		// A section and its question often share an id: where one of them moved, the other may stay.
		const named = (id: string, sort: Movable) =>
			migration.some((step) => Object.hasOwn(step[sort], id));
		for (const [name, ids, sort] of sorts) {
			const own = [...retired].filter(
				(id) => (sort && named(id, sort)) || !movables.some((other) => named(id, other))
			);
			checkIds(pack, name, ids, new Set(own));
		}
		const folders: [name: string, known: Set<string>, skeleton: string][] = [
			['sections', sections, 'guide.json'],
			['questions', own(questions), 'assessment.json'],
			['measures', own(measures), 'measures.json'],
			['outline', own(chapters), 'outline.json']
		];
		// Where a skeleton cannot be read, every page would seem to be one too many.
		const isRead = (name: string) => checker.isReadable(pack.path(name));
		for (const [name, known, skeleton] of folders.filter((folder) => isRead(folder[2]))) {
			checker.orphans(pack.path(`${pack.source}/${name}/`), known, skeleton);
			if (lang !== pack.source) checker.orphans(pack.path(`${lang}/${name}/`), known, skeleton);
		}
	}
}

const readCrosswalks = (names: Fields): Crosswalk[] =>
	names.entries('crosswalks').map(([id, walk]) => ({
		id,
		title: walk.text('title'),
		values: Object.entries(walk.record('values')).map(([value, title]) => ({
			id: value,
			title: String(title)
		}))
	}));
