/**
 * What stands on every page of a Word file: above, the title and the country, and that the document
 * is fictional where it is; below, its edition and the page.
 */
import type { Prepared } from '../../prepare.ts';
import { paragraphOf } from './blocks.ts';
import { markRun, textRuns } from './runs.ts';
import { textWidth, type Setting } from './setting.ts';
import { declaration, el, namespaces, type Xml } from './xml.ts';

/** Two ends of one line. A tab runs in the paragraph's direction, so this holds for both. */
const line = (style: string, begin: Xml, end: Xml, set: Setting): Xml =>
	paragraphOf(
		style,
		[],
		set,
		{ tabs: [{ align: 'end', position: textWidth }] },
		begin + markRun('<w:tab/>', set) + end
	);

/** A header part. The first page has its title in large letters already. */
export function header(document: Prepared, set: Setting, isFirst: boolean): Xml {
	const { fictional, meta, title } = document;
	const notice = fictional === null ? '' : paragraphOf('Fictional', [{ text: fictional }], set);
	const country = textRuns({ text: meta.country || meta.workspace }, set);
	const running = line('Header', textRuns({ text: title }, set), country, set);
	const nothing = paragraphOf('TableText', [], set);
	return declaration + el('w:hdr', namespaces, notice, isFirst ? nothing : running);
}

/** A footer part. */
export function footer(document: Prepared, set: Setting): Xml {
	const begin = textRuns({ text: document.meta.edition }, set);
	const pages = line('Footer', begin, pageOf(document.words.pageOf, set), set);
	return declaration + el('w:ftr', namespaces, pages);
}

/** "Page {page} of {pages}" with Word's fields in its places, in the order of the language. */
const pageOf = (words: string, set: Setting): Xml =>
	words
		.split(/(\{pages?\})/)
		.map((piece) => {
			const field = fields[piece];
			return field === undefined ? textRuns({ text: piece }, set) : fieldOf(field, set);
		})
		.join('');

const fields: Record<string, string> = { '{page}': 'PAGE', '{pages}': 'NUMPAGES' };

const fieldOf = (instruction: string, set: Setting): Xml =>
	[
		'<w:fldChar w:fldCharType="begin"/>',
		`<w:instrText xml:space="preserve">${instruction}</w:instrText>`,
		'<w:fldChar w:fldCharType="separate"/>',
		'<w:t>1</w:t>',
		'<w:fldChar w:fldCharType="end"/>'
	]
		.map((mark) => markRun(mark, set))
		.join('');
