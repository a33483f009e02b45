/**
 * Packs from disk, for the build, the prerendered pages and the checks: every guide of `content/`
 * compiled for every language into files whose names carry their hash.
 *
 * A reader keeps and refreshes these files one by one, so a section, a topic, a piece of the search
 * index are a file each: one corrected sentence moves its own few kilobytes and no others.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { lineOf } from '#lib/model/bundle-line.ts';
import type { FileRef, GuideIndex, Manifest, Section, Topic } from '#lib/model/guide.ts';
import { hashDigits } from '#lib/model/hash-digits.ts';
import { checkContent } from './check-content.ts';
import { compileGuide, type CompiledGuide } from './compile.ts';
import { diskContent } from './content-disk.ts';
import { guidesOf, languagesOf, type Content } from './content.ts';
import { withoutRepeats, type ContentProblem } from './content-problem.ts';
import { applyOverlays } from './overlay-compile.ts';
import { buildSearch } from './search-build.ts';
import { rememberSizes, wireSize } from './wire-size.ts';

export type Packs = {
	manifest: Manifest;
	/** URL path → body. */
	files: Map<string, string>;
	guides: Map<string, CompiledGuide>;
	indexes: Map<string, GuideIndex>;
	problems: ContentProblem[];
};

/** Packs that are being made. */
type Packing = Packs & { sizeOf: SizeOf };

/** Compiles everything below the folder `content`; problems are returned, not thrown. */
export const compilePacks = (content: string): Packs => packsOf(diskContent(content));

/** What a text costs on the wire, in bytes. */
type SizeOf = (body: string) => number;

/**
 * The same of content that is already open. To measure every file takes half a minute where nothing is
 * remembered: who only wants the mistakes brings a `sizeOf` that does not.
 */
export function packsOf(content: Content, sizeOf: SizeOf = wireSize): Packs {
	const packs: Packing = {
		sizeOf,
		manifest: { guides: [] },
		files: new Map(),
		guides: new Map(),
		indexes: new Map(),
		problems: []
	};
	const problems = checkContent(content, shortHash);
	for (const guide of guidesOf(content)) {
		for (const lang of languagesOf(content)) {
			const { guide: compiled, problems: found } = compileGuide(content, guide, lang);
			problems.push(...found);
			packs.guides.set(`${lang}/${guide}`, compiled);
		}
	}
	problems.push(...applyOverlays(content, packs.guides));
	for (const guide of guidesOf(content)) {
		for (const lang of languagesOf(content)) {
			const compiled = packs.guides.get(`${lang}/${guide}`)!;
			const { index, refs } = emit(packs, compiled);
			packs.indexes.set(`${lang}/${guide}`, index);
			const ref = addFile(packs, `content/${guide}/${lang}/index`, index);
			const bundle = addBundle(packs, `content/${guide}/${lang}/bundle`, [ref, ...refs]);
			packs.manifest.guides.push({
				id: compiled.id,
				lang,
				edition: compiled.edition,
				title: compiled.title,
				summary: compiled.summary,
				audience: compiled.audience,
				accent: compiled.accent,
				sections: compiled.parts.reduce((n, p) => n + p.sections.length, 0),
				questions: compiled.topics.reduce((n, t) => n + t.questions.length, 0),
				measures: compiled.topics.reduce((n, t) => n + t.measures.length, 0),
				terms: compiled.terms.length,
				index: ref,
				bundle
			});
		}
	}
	packs.problems = withoutRepeats(problems);
	rememberSizes();
	packs.files.set('/content/manifest.json', JSON.stringify(packs.manifest));
	return packs;
}

function emit(packs: Packing, guide: CompiledGuide): { index: GuideIndex; refs: FileRef[] } {
	const refs: FileRef[] = [];
	const put = (name: string, value: unknown): FileRef => {
		const ref = addFile(packs, `content/${guide.id}/${name}`, value);
		refs.push(ref);
		return ref;
	};
	const search = buildSearch(guide);
	const index: GuideIndex = {
		id: guide.id,
		lang: guide.lang,
		edition: guide.edition,
		accent: guide.accent,
		title: guide.title,
		short: guide.short,
		summary: guide.summary,
		audience: guide.audience,
		parts: guide.parts.map((part) => ({
			id: part.id,
			title: part.title,
			sections: part.sections.map((section: Section) => ({
				id: section.id,
				title: section.title,
				lang: section.lang,
				// The section's own language: a page shown in three languages is one file.
				file: put(`${section.lang}/${section.id}`, section)
			}))
		})),
		topics: guide.topics.map(({ short, ...topic }) => ({
			id: topic.id,
			title: topic.title,
			short,
			questions: topic.questions.length,
			file: put(`${guide.lang}/topic-${topic.id}`, topic satisfies Topic)
		})),
		crosswalks: guide.crosswalks,
		owners: guide.owners,
		terms: put(`${guide.lang}/terms`, guide.terms),
		outline: put(`${guide.lang}/outline`, guide.outline),
		...(guide.indicators.length > 0
			? { indicators: put(`${guide.lang}/indicators`, guide.indicators) }
			: {}),
		...(guide.migration ? { migration: guide.migration } : {}),
		search: {
			// Not in the bundle: a device that keeps the guide makes them from what it keeps.
			titles: addFile(packs, `content/${guide.id}/${guide.lang}/search-titles`, search.titles),
			measures: addFile(
				packs,
				`content/${guide.id}/${guide.lang}/search-measures`,
				search.measures
			),
			pieces: search.pieces.map(({ id, from, index }) => ({
				...addFile(packs, `content/${guide.id}/${guide.lang}/search-${id}`, index),
				...from
			}))
		}
	};
	return { index, refs };
}

const addFile = (packs: Packing, name: string, value: unknown): FileRef =>
	add(packs, name, 'json', JSON.stringify(value));

/**
 * The files of a guide in one, a line each: whoever keeps the whole guide pays
 * neither a round trip nor a compression dictionary per file, a third of the bytes.
 */
function addBundle(packs: Packing, name: string, refs: FileRef[]): FileRef {
	const urls = [...new Set(refs.map((ref) => ref.url))];
	const lines = urls.map((url) => lineOf(url, packs.files.get(url)!));
	return add(packs, name, 'txt', lines.join(''));
}

function add(packs: Packing, name: string, extension: string, body: string): FileRef {
	const sha256 = createHash('sha256').update(body).digest('hex');
	const url = `/${name}.${sha256.slice(0, 10)}.${extension}`;
	packs.files.set(url, body);
	return { url, sha256: sha256.slice(0, hashDigits), bytes: packs.sizeOf(body) };
}

/** The hash by which a translation names the text that it translates. */
export const shortHash = (text: string): string =>
	createHash('sha256').update(text).digest('hex').slice(0, 10);

let once: Packs | undefined;
/** The packs of this checkout, compiled once a process: for prerendering. */
export const diskPacks = (): Packs => (once ??= compilePacks(join(process.cwd(), 'content')));
