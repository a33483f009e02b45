/**
 * Reading an overlay: its file becomes an Overlay, or the list of its mistakes with file, line, field,
 * expected, found and how to mend. One mistake, and the whole overlay is refused.
 *
 * Pure: the same file is read in the build (`overlay-compile.ts`) and in a browser (Settings).
 */
import type { Crosswalk, Lang, OutlineChapter, Topic } from '#lib/model/guide.ts';
import { isContentId } from '#lib/model/ids.ts';
import { Checker } from './checker.ts';
import { measureFacts, measureWords, questionFacts, questionWords } from './compile/assessment.ts';
import { mendId } from './compile/ids.ts';
import { chapterFacts, chapterWords } from './compile/outline.ts';
import type { Content } from './content.ts';
import type { ContentProblem } from './content-problem.ts';
import { Fields } from './fields.ts';
import { lineAt, placeOfId, placeOfKey } from './json-lines.ts';
import { checkMap, leastCore } from './map.ts';
import { plainText, render } from './render.ts';
import { checkFile } from './tree.ts';
import {
	overlaidTopic,
	sorts,
	type AddedMeasure,
	type Change,
	type GuideOverlay,
	type Overlay,
	type Texts
} from './overlay.ts';

/** What a guide has before the overlay. */
export type OverlayBase = {
	guide: string;
	edition: string;
	parts: { id: string; sections: { id: string; title: string }[] }[];
	topics: Topic[];
	chapters: OutlineChapter[];
	crosswalks: Crosswalk[];
	/** Ids of the glossary. */
	terms: string[];
	owners: string[];
	/** Ids that stood for something else before; only the build knows them. */
	retired: string[];
};

/**
 * The overlay in the file `path` of `content`, and all its mistakes. `overlay` is undefined where there
 * is one.
 */
export function readOverlay(
	content: Content,
	path: string,
	bases: readonly OverlayBase[],
	languages: readonly Lang[]
): { overlay: Overlay | undefined; problems: ContentProblem[] } {
	const problems: ContentProblem[] = [];
	checkFile(content, path, content.files.get(path) ?? 0, (at, line, expected, found, mend) =>
		problems.push({ file: `content/${at}`, line, expected, found, mend })
	);
	const checker = new Checker(content, problems);
	const text = content.read(path) ?? '';
	const root = checker.json(path);
	if (!root.isThere) return { overlay: undefined, problems };
	root.only(['overlay', 'title', 'guides']);
	const id = root.text('overlay');
	if (id && !isContentId(id)) {
		root.wrong('overlay', 'an id of lower-case words and hyphens', id, 'write it like numenia');
	}
	const reader = new Reader(checker, path, text, languages);
	const title = reader.texts(new Part(root, placeOfKey(text, 'title', 0)), 'title');
	const guides: [string, GuideOverlay][] = [];
	const all = reader.inside(new Part(root, 0), 'guides');
	if (all.fields.keys().length === 0) root.wrong('guides', 'changes to a guide', root.raw.guides);
	for (const guide of all.fields.keys()) {
		const base = bases.find((one) => one.guide === guide);
		if (base) guides.push([guide, reader.guide(reader.inside(all, guide), base)]);
		else {
			const known = bases.map((one) => one.guide).join(', ');
			all.fields.wrong(guide, `a guide of the app (${known})`, guide, 'correct the id');
		}
	}
	const overlay = { id, title, guides: Object.fromEntries(guides) };
	return { overlay: problems.length === 0 ? overlay : undefined, problems };
}

/** Fields, and where they begin in the file: the same key stands in many objects. */
class Part {
	readonly fields: Fields;
	readonly at: number;

	constructor(fields: Fields, at: number) {
		this.fields = fields;
		this.at = at;
	}
}

class Reader {
	readonly #checker: Checker;
	readonly #path: string;
	readonly #text: string;
	readonly #languages: readonly Lang[];

	constructor(checker: Checker, path: string, text: string, languages: readonly Lang[]) {
		this.#checker = checker;
		this.#path = path;
		this.#text = text;
		this.#languages = languages;
	}

	/** The object under `key`. */
	inside(part: Part, key: string): Part {
		return this.#at(part.fields.raw[key] ?? {}, placeOfKey(this.#text, key, part.at));
	}

	#at(raw: unknown, at: number): Part {
		const line = (key: string) => lineAt(this.#text, key ? placeOfKey(this.#text, key, at) : at);
		return new Part(new Fields(this.#checker, this.#path, raw, line), at);
	}

	/** Languages that the object under `key` has words in; others are a mistake. */
	#inLanguages(part: Part, key: string): { part: Part; langs: Lang[] } {
		const own = this.inside(part, key);
		const langs = own.fields.keys();
		for (const lang of langs.filter((one) => !this.#languages.includes(one))) {
			const expected = `a language of the app (${this.#languages.join(', ')})`;
			own.fields.wrong(lang, expected, lang, 'correct the code, or remove the words');
		}
		if (langs.length === 0) {
			part.fields.wrong(key, 'words in at least one language', part.fields.raw[key]);
		}
		return { part: own, langs };
	}

	/** A text by language. */
	texts(part: Part, key: string): Texts<string> {
		const { part: own, langs } = this.#inLanguages(part, key);
		return Object.fromEntries(langs.map((lang) => [lang, own.fields.text(lang)]));
	}

	/** The words of a thing that is added, by language. */
	#words<T>(part: Part, keys: string[], read: (fields: Fields) => T): Texts<T> {
		const { part: own, langs } = this.#inLanguages(part, 'text');
		return Object.fromEntries(
			langs.map((lang) => {
				const { fields } = this.inside(own, lang);
				fields.only(keys);
				return [lang, read(fields)];
			})
		);
	}

	#report(at: number, field: string, expected: string, found: string, mend: string): void {
		this.#checker.report(this.#path, lineAt(this.#text, at), expected, found, { field, mend });
	}

	/** Where the text stands as a value after `from`. */
	#placeOf(value: string, from: number): number {
		return Math.max(from, this.#text.indexOf(JSON.stringify(value), from));
	}

	/** What `part` hides, renames and adds, of things of which `known` are there and `used` were. */
	#change<T>(
		part: Part,
		known: string[],
		used: string[],
		keys: string[],
		read: (part: Part) => T
	): Change<T> {
		const { fields } = part;
		fields.only(['hide', 'rename', 'add']);
		const hide = fields.texts('hide', true);
		const hideAt = placeOfKey(this.#text, 'hide', part.at);
		for (const id of hide.filter((one) => !known.includes(one))) {
			this.#report(this.#placeOf(id, hideAt), 'hide', 'an id that the guide has', id, mendId);
		}
		const names = this.inside(part, 'rename');
		const rename = names.fields.keys().map((id): [string, Texts<string>] => {
			if (!known.includes(id)) names.fields.wrong(id, 'an id that the guide has', id, mendId);
			if (hide.includes(id)) {
				const mend = 'take it out of "hide", or out of "rename"';
				names.fields.wrong(id, 'something that is not hidden', id, mend);
			}
			return [id, this.texts(names, id)];
		});
		const seen = new Set<string>();
		const addAt = placeOfKey(this.#text, 'add', part.at);
		const add = (fields.raw.add === undefined ? [] : fields.list('add')).map((entry) => {
			const id = typeof entry.raw.id === 'string' ? entry.raw.id : '';
			const first = placeOfId(this.#text, id, addAt);
			const at = seen.has(id) ? placeOfId(this.#text, id, first + 1) : first;
			const own = this.#at(entry.raw, id ? at : addAt);
			own.fields.only(['id', 'text', ...keys]);
			if (id) this.#checkId(id, at, seen, known, used);
			seen.add(id);
			return read(own);
		});
		return { hide, rename: Object.fromEntries(rename), add };
	}

	#checkId(id: string, at: number, seen: Set<string>, known: string[], used: string[]): void {
		const report = (expected: string, found: string, mend: string) =>
			this.#report(at, 'id', expected, found, mend);
		if (!isContentId(id)) {
			report('an id of lower-case words and hyphens', id, 'write it like data-protection');
		} else if (seen.has(id)) {
			report('an id used once', `${id} twice`, 'give the second another id');
		} else if (known.includes(id)) {
			report('an id that the guide does not use', id, 'begin it with your country: numenia-…');
		} else if (used.includes(id)) {
			const mend = 'choose a new id: answers that people kept still carry the old one';
			report('an id that never stood for something else', `${id}, retired in guide.json`, mend);
		}
	}

	/** The id of a neighbour, or the empty text. */
	#after(fields: Fields, ids: string[]): string {
		const after = fields.optional('after');
		if (after && !ids.includes(after)) {
			fields.wrong('after', 'an id of its neighbours', after, mendId);
		}
		return after;
	}

	guide(part: Part, base: OverlayBase): GuideOverlay {
		const { fields } = part;
		fields.only(['edition', ...sorts]);
		const edition = fields.text('edition');
		if (edition && edition !== base.edition) {
			const mend = 'look at what the other edition changed, then write its number here';
			fields.wrong('edition', `the edition of the guide, ${base.edition}`, edition, mend);
		}
		const known = base.parts.flatMap((one) => one.sections.map(({ id }) => id));
		const sectionsPart = this.inside(part, 'sections');
		const hidden: unknown = sectionsPart.fields.raw.hide;
		const added = idsOf(sectionsPart.fields.raw.add);
		const isHidden = (id: string) => Array.isArray(hidden) && hidden.includes(id);
		const sections = new Set([...known, ...added].filter((id) => !isHidden(id)));
		const scope = {
			sections,
			topics: base.topics.map(({ id }) => id),
			crosswalks: base.crosswalks
		};
		const questions = base.topics.flatMap((topic) => topic.questions);
		const measures = base.topics.flatMap((topic) => topic.measures);
		const ids = (things: { id: string }[]) => things.map(({ id }) => id);

		const overlay: GuideOverlay = {
			edition,
			sections: this.#change(sectionsPart, known, base.retired, ['part', 'after'], (own) => {
				const inPart = own.fields.oneOf('part', ids(base.parts), mendId);
				const neighbours = ids(base.parts.find(({ id }) => id === inPart)?.sections ?? []);
				return {
					id: own.fields.text('id'),
					part: inPart,
					after: this.#after(own.fields, [...neighbours, ...added]),
					text: this.#words(own, ['title', 'summary', 'body'], (words) =>
						this.#page(words, sections, base.terms)
					)
				};
			}),
			questions: this.#change(
				this.inside(part, 'questions'),
				ids(questions),
				base.retired,
				'topic kind weight path section crosswalk'.split(' '),
				(own) => ({
					...questionFacts(own.fields, scope),
					text: this.#words(
						own,
						['title', 'question', 'levels', 'next', 'evidence', 'why'],
						(words) => questionWords(words, words.text('why'))
					)
				})
			),
			measures: this.#change(
				this.inside(part, 'measures'),
				ids(measures),
				base.retired,
				'closes owner effort cost months requires unit'.split(' '),
				(own): AddedMeasure => ({
					...measureFacts(own.fields, base.owners, 'choose an owner that the guide has'),
					topic: '',
					text: this.#words(own, ['title', 'done', 'indicator', 'how'], (words) =>
						measureWords(words, words.text('how'))
					)
				})
			),
			chapters: this.#change(
				this.inside(part, 'chapters'),
				ids(base.chapters),
				base.retired,
				['after', 'topics', 'sections', 'blocks'],
				(own) => ({
					...chapterFacts(own.fields, scope),
					after: this.#after(own.fields, [
						...ids(base.chapters),
						...idsOf(part.fields.child('chapters').raw.add)
					]),
					text: this.#words(own, ['title', 'guidance', 'checklist', 'text'], (words) =>
						chapterWords(words, words.text('text'))
					)
				})
			),
			asked: {}
		};
		this.#together(part, overlay, base);
		return overlay;
	}

	/** A page's Markdown as safe HTML, with its links checked. */
	#page(words: Fields, sections: ReadonlySet<string>, terms: readonly string[]) {
		const body = words.text('body');
		const rendered = render(body, {
			// The same as in `compile/sections.ts`.
			linkTo: (scheme, to) => (scheme === 'section' ? `../${to}/` : `../glossary/#${to}`)
		});
		for (const refused of rendered.refused) {
			const mend = 'link with (section:id) or (term:id); HTML, images and other addresses stay out';
			words.wrong('body', 'plain Markdown', refused, mend);
		}
		for (const { scheme, id } of rendered.links) {
			if (scheme === 'section' ? sections.has(id) : terms.includes(id)) continue;
			const expected = scheme === 'section' ? 'a link to a page that is shown' : 'a link to a term';
			words.wrong('body', expected, `${scheme}:${id}`, mendId);
		}
		return {
			title: words.text('title'),
			summary: words.text('summary'),
			html: rendered.html,
			headings: rendered.headings,
			words: plainText(body).split(' ').length
		};
	}

	/** What only shows when all is put together; it also completes the overlay. */
	#together(part: Part, overlay: GuideOverlay, base: OverlayBase): void {
		const { sections, questions, measures, chapters } = overlay;
		const placeOf = (id: string) => this.#placeOf(id, part.at);
		const left = base.topics
			.flatMap((topic) => topic.questions)
			.filter((q) => isLeft(q, questions));
		for (const { id, section } of left.filter((q) => sections.hide.includes(q.section))) {
			this.#report(
				placeOf(section),
				'hide',
				`no question that leads to the hidden page ${section}`,
				id,
				'hide the question too, or rename the page instead of hiding it'
			);
		}
		for (const chapter of base.chapters.filter((one) => isLeft(one, chapters))) {
			const isEmpty = chapter.sections.every((id) => sections.hide.includes(id));
			if (!isEmpty || chapter.topics.length > 0) continue;
			this.#report(
				placeOf(chapter.sections[0] ?? ''),
				'hide',
				`a page for the chapter ${chapter.id}`,
				'none',
				'hide the chapter too, or leave one of its pages'
			);
		}
		const topicOf = new Map(
			[...left, ...questions.add].map(({ id, topic }): [string, string] => [id, topic])
		);
		for (const one of measures.add) one.topic = topicOf.get(one.closes[0]?.question ?? '') ?? '';
		const allMeasures = base.topics.flatMap((topic) => topic.measures);
		for (const { id, closes } of allMeasures) {
			if (measures.hide.includes(id) || closes.length === 0) continue;
			if (closes.every((one) => questions.hide.includes(one.question))) measures.hide.push(id);
		}
		const after = base.topics.map((topic) => overlaidTopic(topic, overlay, topic.lang));
		for (const [n, { id, questions: asked }] of after.entries()) {
			overlay.asked[id] = asked.length;
			const core = (list: Topic['questions']) => list.filter((q) => q.path === 'core').length;
			const before = base.topics[n]!.questions;
			if (core(asked) >= Math.min(leastCore, core(before))) continue;
			const gone = before.find((q) => questions.hide.includes(q.id) && q.path === 'core');
			this.#report(
				placeOf(gone?.id ?? id),
				'hide',
				`${leastCore} core questions in the topic ${id}`,
				`${core(asked)}`,
				'hide fewer, or add one whose "path" is "core": without them the topic has no score'
			);
		}
		const homeless = measures.add.filter((one) => one.topic === '');
		const mapped = [
			...after.flatMap((topic) => topic.measures),
			...homeless.map((one) => ({ ...one, lang: '', title: '', done: '', indicator: '', how: '' }))
		];
		const asked = after.flatMap((topic) => topic.questions);
		for (const { at, expected, found, mend } of checkMap(asked, mapped)) {
			// A question may lack a measure that was hidden: then that is the place to look at.
			const hidden = allMeasures.find(
				(m) => measures.hide.includes(m.id) && m.closes.some((c) => c.question === at)
			);
			const place = this.#text.includes(JSON.stringify(at), part.at) ? at : (hidden?.id ?? at);
			this.#report(placeOf(place), at, expected, found, mend);
		}
	}
}

const isLeft = ({ id }: { id: string }, change: Change<unknown>): boolean =>
	!change.hide.includes(id);

function idsOf(list: unknown): string[] {
	if (!Array.isArray(list)) return [];
	return list.flatMap((one: { id?: unknown } | null) =>
		typeof one?.id === 'string' ? [one.id] : []
	);
}
