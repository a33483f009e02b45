/**
 * The list of marks: by guide and section, narrowed by words, and as Markdown to take away.
 */
import type { Mark } from '#lib/model/mark.ts';

export type SectionMarks = { section: string; title: string; marks: Mark[] };
export type GuideMarks = { guide: string; sections: SectionMarks[] };

/**
 * The marks by guide and section. Sections stand in the order of their newest mark; in a section comes
 * the bookmark, then the note, then the highlights as they were made.
 */
export function byGuide(marks: readonly Mark[]): GuideMarks[] {
	const guides = new Map<string, Map<string, Mark[]>>();
	const newestFirst = [...marks].sort((a, b) => compare(b.at, a.at) || compare(a.id, b.id));
	for (const mark of newestFirst) {
		const sections = guides.get(mark.guide) ?? new Map<string, Mark[]>();
		guides.set(mark.guide, sections);
		sections.set(mark.section, [...(sections.get(mark.section) ?? []), mark]);
	}
	return [...guides].map(([guide, sections]) => ({
		guide,
		sections: [...sections].map(([section, all]) => ({
			section,
			title: all[0]!.title || section,
			marks: all.sort(
				(a, b) =>
					place.indexOf(a.kind) - place.indexOf(b.kind) ||
					compare(a.at, b.at) ||
					compare(a.id, b.id)
			)
		}))
	}));
}

const place: readonly Mark['kind'][] = ['bookmark', 'note', 'highlight'];
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The marks in which all words stand, in the title, the quote or the text; accents do not matter. */
export function searchMarks(marks: readonly Mark[], query: string): Mark[] {
	const words = plain(query).split(/\s+/).filter(Boolean);
	return marks.filter((mark) => {
		const text = plain(`${mark.title}\n${mark.quote.text}\n${mark.text}`);
		return words.every((word) => text.includes(word));
	});
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

export type MarksWords = {
	title: string;
	bookmark: string;
	/** The name of a guide. */
	guide: (id: string) => string;
	/** The absolute address of a section. */
	link: (mark: Mark) => string;
};

/** All marks as Markdown. What people wrote stays as it is; what they quoted is a quotation. */
export function marksAsMarkdown(marks: readonly Mark[], words: MarksWords): string {
	const lines = [`# ${oneLine(words.title)}`];
	for (const { guide, sections } of byGuide(marks)) {
		lines.push(`## ${oneLine(words.guide(guide))}`);
		for (const { title, marks: own } of sections) {
			lines.push(`### [${oneLine(title).replace(/[[\]]/g, '\\$&')}](${words.link(own[0]!)})`);
			for (const mark of own) {
				if (mark.kind === 'bookmark') lines.push(`*${words.bookmark}*`);
				if (mark.quote.text !== '') lines.push(`> ${oneLine(mark.quote.text)}`);
				if (mark.text.trim() !== '') lines.push(mark.text.trim());
			}
		}
	}
	return `${lines.join('\n\n')}\n`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
