/**
 * An overlay that somebody brings as a file: what it would change, or its mistakes. Loaded when a file is
 * chosen; it reads the guides that the overlay names, as they are without any overlay.
 */
import type { Lang } from '#lib/model/guide.ts';
import { largestFile } from './content.ts';
import type { ContentProblem } from './content-problem.ts';
import { sorts, wordsIn, type Overlay, type Sort } from './overlay.ts';
import { readOverlay, type OverlayBase } from './overlay-read.ts';
import {
	readAssessment,
	readIndex,
	readManifest,
	readOutline,
	readTerms,
	type ReadJson
} from './packs.ts';

/** What happens to the things of one sort in one guide; `names` in the reader's language. */
export type OverlayChange = {
	guide: string;
	sort: Sort;
	what: 'hide' | 'rename' | 'add';
	names: string[];
};
export type Examined =
	| { overlay: Overlay; changes: OverlayChange[] }
	| { overlay: undefined; problems: ContentProblem[] };

/** A file from the person's disk, as `File` has it. */
export type ChosenFile = { name: string; size: number; arrayBuffer: () => Promise<ArrayBuffer> };

/** `read` reads without an overlay. Rejects with a Problem where a guide cannot be read. */
export async function examineOverlay(
	file: ChosenFile,
	read: ReadJson,
	lang: Lang,
	languages: readonly Lang[]
): Promise<Examined> {
	// Ten megabytes are not even looked at.
	const text = file.size > largestFile ? undefined : textOf(await file.arrayBuffer());
	const path = file.name;
	const bases = await Promise.all(
		(await guidesIn(read, lang, text)).map((guide) => baseOf(read, lang, guide))
	);
	const content = { files: new Map([[path, file.size]]), read: () => text };
	const { overlay, problems } = readOverlay(content, path, bases, languages);
	if (overlay) return { overlay, changes: changesOf(overlay, bases, lang) };
	const named = problems.map((problem) => ({ ...problem, file: file.name }));
	return { overlay, problems: named };
}

/** With the byte order mark, which the check then finds; bytes that are no UTF-8 become U+FFFD. */
const textOf = (bytes: ArrayBuffer): string =>
	new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).replaceAll('\r\n', '\n');

/** The guides that the overlay names. */
async function guidesIn(read: ReadJson, lang: Lang, text = ''): Promise<string[]> {
	const { guides } = await readManifest(read);
	const known = guides.filter((guide) => guide.lang === lang).map(({ id }) => id);
	return known.filter((id) => text.includes(JSON.stringify(id)));
}

async function baseOf(read: ReadJson, lang: Lang, guide: string): Promise<OverlayBase> {
	const index = await readIndex(read, lang, guide);
	const [{ topics }, outline, terms] = await Promise.all([
		readAssessment(read, index),
		readOutline(read, index),
		readTerms(read, index)
	]);
	return {
		guide,
		edition: index.edition,
		parts: index.parts,
		topics,
		chapters: outline.chapters,
		crosswalks: index.crosswalks,
		terms: terms.map(({ id }) => id),
		owners: Object.keys(index.owners ?? {}),
		retired: []
	};
}

function changesOf(overlay: Overlay, bases: readonly OverlayBase[], lang: Lang): OverlayChange[] {
	return Object.entries(overlay.guides).flatMap(([guide, own]) => {
		const base = bases.find((one) => one.guide === guide);
		return sorts.flatMap((sort) => {
			const { hide, rename, add } = own[sort];
			const titles = new Map(base ? titlesOf(base, sort) : []);
			const name = (id: string) => titles.get(id) ?? id;
			const lists: [OverlayChange['what'], string[]][] = [
				['hide', hide.map(name)],
				[
					'rename',
					Object.entries(rename).map(([id, text]) => `${name(id)} → ${wordsIn(text, lang).words}`)
				],
				['add', add.map(({ text }) => wordsIn<{ title: string }>(text, lang).words.title)]
			];
			return lists
				.filter(([, names]) => names.length > 0)
				.map(([what, names]) => ({ guide, sort, what, names }));
		});
	});
}

function titlesOf({ parts, topics, chapters }: OverlayBase, sort: Sort): [string, string][] {
	const lists = {
		sections: () => parts.flatMap((part) => part.sections),
		questions: () => topics.flatMap((topic) => topic.questions),
		measures: () => topics.flatMap((topic) => topic.measures),
		chapters: () => chapters
	};
	return lists[sort]().map(({ id, title }) => [id, title]);
}
