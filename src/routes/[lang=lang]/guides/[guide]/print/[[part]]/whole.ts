/**
 * The whole guide, for paper: what it costs and how long it will be, and its texts, read one after
 * the other so that a slow line shows how far it has come.
 */
import { readSection, readTerms, type ReadJson } from '#lib/guide/packs.ts';
import type { FileRef, GuideIndex, Section, Term } from '#lib/model/guide.ts';

export type WholePart = { id: string; title: string; sections: Section[] };
export type Whole = { parts: WholePart[]; terms: Term[] };

/** Measured on the cybersecurity guide, printed on A4 by Chromium: bytes of its packed text a page. */
const bytesPerPage = 1120;
/** Title and contents. */
const frontPages = 4;

/** Transferred bytes of all texts, and about how many sheets of A4 they fill. */
export function sizeOfWhole({ parts, terms }: Pick<GuideIndex, 'parts' | 'terms'>): {
	bytes: number;
	pages: number;
} {
	const files = new Map<string, FileRef>([[terms.url, terms]]);
	for (const { file } of parts.flatMap((part) => part.sections)) files.set(file.url, file);
	const bytes = [...files.values()].reduce((sum, file) => sum + file.bytes, 0);
	const pages = Math.round(bytes / bytesPerPage) + frontPages + parts.length / 2;
	return { bytes, pages: Math.max(10, Math.round(pages / 10) * 10) };
}

/** Reads all of it, six texts at a time. Throws the Problems of `guide/packs.ts`; again goes on. */
export async function readWhole(
	read: ReadJson,
	index: GuideIndex,
	onProgress: (done: number, total: number) => void
): Promise<Whole> {
	const ids = index.parts.flatMap((part) => part.sections.map(({ id }) => id));
	const sections = new Map<string, Section>();
	for (let at = 0; at < ids.length; at += 6) {
		onProgress(at, ids.length);
		const some = ids.slice(at, at + 6);
		const found = await Promise.all(some.map((id) => readSection(read, index, id)));
		for (const section of found) sections.set(section.id, section);
	}
	const terms = await readTerms(read, index);
	const collator = new Intl.Collator(index.lang);
	return {
		parts: index.parts.map(({ id, title, sections: refs }) => ({
			id,
			title,
			sections: refs.flatMap((ref) => sections.get(ref.id) ?? [])
		})),
		terms: [...terms].sort((a, b) => collator.compare(a.term, b.term))
	};
}
