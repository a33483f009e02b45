/**
 * A pack becomes a Guide: the files of `content/guides/<guide>/` are checked and compiled for one
 * language. Every mistake is collected with file, line, expected and found; nothing is guessed.
 *
 * Pure: it takes a reader, so that content can come from disk, memory or a test.
 */
import {
	blocks,
	costs,
	efforts,
	gates,
	owners,
	units,
	type Crosswalk,
	type GateWords,
	type Hint,
	type Lang,
	type Measure,
	type Outline,
	type OutlineChapter,
	type Question,
	type Section,
	type Source,
	type Term,
	type Topic
} from '#lib/model/guide.ts';
import { isContentId } from '#lib/model/ids.ts';
import { Checker, type Fields } from './checker.ts';
import type { ContentProblem } from './front-matter.ts';
import { checkMap } from './map.ts';
import { plainText, render } from './render.ts';

/** The text of a file below the guide's folder, or undefined where there is none. */
export type ReadFile = (path: string) => string | undefined;

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
	terms: Term[];
	outline: Outline;
};

type PartSkeleton = { id: string; free?: boolean; sections: string[] };
const standardHeadings = ['do', 'who', 'pitfalls', 'good', 'example'];

/** Compiles the guide at `read` for `lang`; pages that the language lacks come from the source. */
export function compileGuide(
	folder: string,
	lang: Lang,
	read: ReadFile
): { guide: CompiledGuide; problems: ContentProblem[] } {
	const problems: ContentProblem[] = [];
	const checker = new Checker(folder, read, problems);
	const identity = checker.json('guide.json');
	const source = identity.text('source');

	/** The file in the reader's language, else in the source language. */
	const localised = (path: string): { path: string; lang: Lang } =>
		lang !== source && read(`${lang}/${path}`) !== undefined
			? { path: `${lang}/${path}`, lang }
			: { path: `${source}/${path}`, lang: source };

	const names = checker.json(localised('names.json').path);
	const sources = checker.json('sources.json');
	const skeleton = checker.json('assessment.json');
	const measureSkeleton = checker.json('measures.json');

	const partSkeletons = identity.list('parts').map((part) => ({
		id: part.id('id'),
		free: part.raw.free === true,
		sections: part.texts('sections')
	}));
	const sectionIds = new Set(partSkeletons.flatMap((p) => p.sections));
	const topicIds = identity.texts('topics');
	const crosswalks = names.entries('crosswalks').map(([id, walk]) => ({
		id,
		title: walk.text('title'),
		values: Object.entries(walk.record('values')).map(([value, title]) => ({
			id: value,
			title: String(title)
		}))
	}));

	const terms = readTerms(checker, localised('terms.json').path);
	const termIds = new Set(terms.map((t) => t.id));
	const questions = skeleton.list('questions').map(readQuestion);
	const measures = measureSkeleton.list('measures').map(readMeasure);
	const hints = skeleton.list('hints').map(readHint);
	checkIds(
		checker,
		'assessment.json',
		questions.map((q) => q.id)
	);
	checkIds(
		checker,
		'measures.json',
		measures.map((m) => m.id)
	);
	checkIds(
		checker,
		'guide.json',
		partSkeletons.flatMap((p) => p.sections)
	);
	checker.orphans(`${source}/sections/`, sectionIds);
	checker.orphans(`${source}/questions/`, new Set(questions.map((q) => q.id)));
	checker.orphans(`${source}/measures/`, new Set(measures.map((m) => m.id)));
	for (const problem of checkMap(questions, measures)) {
		checker.report(
			'measures.json',
			checker.lineOf('measures.json', problem.at),
			problem.expected,
			problem.found
		);
	}

	const parts = partSkeletons.map((part) => ({
		id: part.id,
		title: names.child('parts').text(part.id),
		sections: part.sections.map((id) => readSection(id, part))
	}));
	const topics = topicIds.map((id) => {
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
	});

	const guide: CompiledGuide = {
		id: identity.text('id'),
		lang,
		edition: identity.text('edition'),
		accent: identity.text('accent'),
		title: names.text('title'),
		short: names.text('short'),
		summary: names.text('summary'),
		audience: names.text('audience'),
		parts,
		topics,
		crosswalks,
		terms,
		outline: readOutline()
	};
	return { guide, problems };

	function readSection(id: string, part: PartSkeleton): Section {
		const at = localised(`sections/${id}.md`);
		const page = checker.markdown(at.path);
		const rendered = render(page.body, {
			// Relative, so that a page in another language leads to its own neighbours.
			linkTo: (scheme, to) => (scheme === 'section' ? `../${to}/` : `../glossary/#${to}`)
		});
		for (const refused of rendered.refused) {
			checker.report(at.path, page.lineIn(refused.split(' ')[1] ?? ''), 'plain Markdown', refused);
		}
		for (const link of rendered.links) {
			const known = link.scheme === 'section' ? sectionIds : termIds;
			if (!known.has(link.id)) {
				checker.report(
					at.path,
					page.lineIn(`${link.scheme}:${link.id}`),
					`a known ${link.scheme} id`,
					link.id
				);
			}
		}
		if (!part.free) {
			for (const heading of standardHeadings) {
				if (!rendered.headings.some((h) => h.id === heading)) {
					checker.report(at.path, page.bodyLine, `a heading {#${heading}}`, 'none');
				}
			}
		}
		return {
			id,
			part: part.id,
			lang: at.lang,
			title: page.text('title'),
			summary: page.text('summary'),
			who: page.texts('who', true),
			inputs: page.texts('inputs', true),
			outputs: page.texts('outputs', true),
			sources: page.texts('sources', true).map((key) => readSource(at.path, page, key)),
			headings: rendered.headings,
			html: rendered.html,
			words: plainText(page.body).split(' ').length,
			questions: questions
				.filter((q) => q.section === id)
				.map((q) => ({ id: q.id, title: q.title }))
		};
	}

	function readSource(path: string, page: Fields, id: string): Source {
		if (!(id in sources.raw)) {
			checker.report(path, page.line('sources'), 'a source of sources.json', id);
			return { id, title: id, publisher: '' };
		}
		const entry = sources.child(id);
		const year = entry.raw.year;
		return {
			id,
			title: entry.text('title'),
			publisher: entry.text('publisher'),
			...(year === undefined ? {} : { year: String(year) })
		};
	}

	function readQuestion(entry: Fields): Question {
		const id = entry.id('id');
		const at = localised(`questions/${id}.md`);
		const words = checker.markdown(at.path);
		const section = entry.text('section');
		const topic = entry.text('topic');
		if (!sectionIds.has(section)) entry.wrong('section', 'a section of guide.json', section);
		if (!topicIds.includes(topic)) entry.wrong('topic', 'a topic of guide.json', topic);
		const crosswalk = entry.record('crosswalk') as Record<string, string[]>;
		for (const [walk, values] of Object.entries(crosswalk)) {
			const known = crosswalks.find((c) => c.id === walk);
			for (const value of values) {
				// `D1.2` is a factor of dimension `D1`: the view by crosswalk goes by dimension.
				if (!known?.values.some((v) => v.id === value || value.startsWith(`${v.id}.`))) {
					entry.wrong('crosswalk', `a value of crosswalk ${walk} in names.json`, value);
				}
			}
		}
		return {
			id,
			topic,
			kind: entry.oneOf('kind', ['maturity']),
			weight: entry.oneOf('weight', [1, 2, 3]),
			path: entry.oneOf('path', ['core', 'full']),
			section,
			crosswalk,
			lang: at.lang,
			title: words.text('title'),
			question: words.text('question'),
			levels: words.textsOf('levels', 5),
			next: words.textsOf('next', 4),
			evidence: words.texts('evidence'),
			why: plainText(words.body)
		};
	}

	function readMeasure(entry: Fields): Measure {
		const id = entry.id('id');
		const at = localised(`measures/${id}.md`);
		const words = checker.markdown(at.path);
		return {
			id,
			closes: entry.list('closes').map((c) => ({
				question: c.text('question'),
				from: c.oneOf('from', [0, 1, 2, 3]),
				to: c.oneOf('to', [1, 2, 3, 4])
			})),
			owner: entry.oneOf('owner', owners),
			effort: entry.oneOf('effort', efforts),
			cost: entry.oneOf('cost', costs),
			months: entry.number('months', 1, 36),
			requires: entry.texts('requires', true),
			unit: entry.oneOf('unit', units),
			lang: at.lang,
			title: words.text('title'),
			done: words.text('done'),
			indicator: words.text('indicator'),
			how: plainText(words.body)
		};
	}

	function readHint(entry: Fields): Hint {
		const known = (question: string) => {
			if (!questions.some((q) => q.id === question))
				entry.wrong('id', 'a question of assessment.json', question);
			return question;
		};
		const when = entry.child('when');
		const but = entry.child('but');
		const id = entry.id('id');
		const words = lang === source ? undefined : names.raw.hints;
		const translated = (words as Record<string, string> | undefined)?.[id];
		return {
			id,
			when: {
				question: known(when.text('question')),
				atLeast: when.oneOf('atLeast', [0, 1, 2, 3, 4])
			},
			but: { question: known(but.text('question')), atMost: but.oneOf('atMost', [0, 1, 2, 3, 4]) },
			text: translated ?? entry.text('text')
		};
	}

	function readOutline(): Outline {
		const skeleton = checker.json('outline.json');
		const readiness = checker.json(localised('readiness.json').path);
		const chapters = skeleton.list('chapters').map((entry): OutlineChapter => {
			const id = entry.id('id');
			const words = checker.markdown(localised(`outline/${id}.md`).path);
			for (const topic of entry.texts('topics', true)) {
				if (!topicIds.includes(topic)) entry.wrong('topics', 'a topic of guide.json', topic);
			}
			for (const section of entry.texts('sections', true)) {
				if (!sectionIds.has(section)) entry.wrong('sections', 'a section of guide.json', section);
			}
			return {
				id,
				title: words.text('title'),
				guidance: words.text('guidance'),
				checklist: words.texts('checklist'),
				text: words.body.trim(),
				topics: entry.texts('topics', true),
				sections: entry.texts('sections', true),
				blocks: entry.texts('blocks', true).map((block) => {
					const known = blocks.find((b) => b === block);
					if (!known) entry.wrong('blocks', blocks.join(', '), block);
					return known ?? 'method-note';
				})
			};
		});
		const gate = (name: string): GateWords => {
			const words = readiness.child(name);
			return {
				question: words.text('question'),
				why: words.text('why'),
				yes: words.text('yes'),
				partly: words.text('partly'),
				no: words.text('no')
			};
		};
		return {
			lang: localised('readiness.json').lang,
			chapters,
			readiness: Object.fromEntries(gates.map((g) => [g, gate(g)])) as Outline['readiness']
		};
	}
}

function readTerms(checker: Checker, path: string): Term[] {
	const file = checker.json(path);
	const ids = Object.keys(file.raw);
	return ids.map((id) => {
		const entry = file.child(id);
		for (const see of entry.texts('see', true)) {
			if (!ids.includes(see)) entry.wrong('see', 'a term of terms.json', see);
		}
		return {
			id,
			term: entry.text('term'),
			definition: entry.text('definition'),
			also: entry.texts('also', true),
			see: entry.texts('see', true)
		};
	});
}

function checkIds(checker: Checker, path: string, ids: string[]): void {
	const seen = new Set<string>();
	for (const id of ids) {
		if (!isContentId(id)) {
			checker.report(path, checker.lineOf(path, id), 'an id of lower-case words and hyphens', id);
		}
		if (seen.has(id)) {
			checker.report(path, checker.lineOf(path, id, 2), 'an id used once', `${id} twice`);
		}
		seen.add(id);
	}
}
