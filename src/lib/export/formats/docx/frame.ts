/**
 * What stands on every page of a Word file: above, the title and the country, and that the document
 * is fictional where it is; below, its edition and the page.
 */
import {
	Footer,
	Header,
	PageNumber,
	Paragraph,
	Tab,
	TabStopType,
	TextRun,
	type IParagraphOptions,
	type ParagraphChild
} from 'docx';
import type { Prepared } from '../../prepare.ts';
import { paragraphOf } from './blocks.ts';
import { textRuns } from './runs.ts';
import { textWidth, type Setting } from './setting.ts';

/** Two ends of one line. A tab runs in the paragraph's direction, so this holds for both. */
function line(
	style: string,
	begin: ParagraphChild[],
	end: ParagraphChild[],
	set: Setting,
	options: IParagraphOptions = {}
): Paragraph {
	const tab = new TextRun({ children: [new Tab()], rightToLeft: set.isRtl ? true : undefined });
	return paragraphOf(style, [], set, {
		tabStops: [{ type: TabStopType.END, position: textWidth }],
		children: [...begin, tab, ...end],
		...options
	});
}

/** The first page has its title in large letters already. */
export function header(document: Prepared, set: Setting, isFirst: boolean): Header {
	const { fictional, meta, title } = document;
	const notice = fictional === null ? [] : [paragraphOf('Fictional', [{ text: fictional }], set)];
	const country = textRuns({ text: meta.country || meta.workspace }, set);
	const running = line('Header', textRuns({ text: title }, set), country, set);
	const nothing = paragraphOf('TableText', [], set);
	return new Header({ children: isFirst ? [...notice, nothing] : [...notice, running] });
}

export function footer(document: Prepared, set: Setting): Footer {
	const begin = textRuns({ text: document.meta.edition }, set);
	return new Footer({ children: [line('Footer', begin, pageOf(document.words.pageOf, set), set)] });
}

/** "Page {page} of {pages}" with Word's fields in its places, in the order of the language. */
const pageOf = (words: string, set: Setting): ParagraphChild[] =>
	words.split(/(\{pages?\})/).flatMap((piece) => {
		const field = fields[piece];
		if (field === undefined) return textRuns({ text: piece }, set);
		return [new TextRun({ children: [field], rightToLeft: set.isRtl ? true : undefined })];
	});

const fields: Record<string, (typeof PageNumber)[keyof typeof PageNumber]> = {
	'{page}': PageNumber.CURRENT,
	'{pages}': PageNumber.TOTAL_PAGES
};
