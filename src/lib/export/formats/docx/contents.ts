/**
 * The contents table: a field that Word fills with page numbers when the file is opened, and in it
 * the entries as they are now, because LibreOffice and viewers show what is stored.
 *
 * Page numbers are not stored: only a layout engine knows them, and a wrong one is worse than none.
 */
import type { Prepared, PreparedHeading } from '../../prepare.ts';
import { paragraphOf } from './blocks.ts';
import { markRun, textRuns } from './runs.ts';
import type { Setting } from './setting.ts';
import { el, type Xml } from './xml.ts';

/** From three headings on; a shorter document needs no map. */
export function contents(document: Prepared, set: Setting): Xml[] {
	const entries = document.blocks.filter(
		(block): block is PreparedHeading => block.kind === 'heading' && block.level <= 2
	);
	if (entries.length < 3) return [];
	const begin = field(
		[
			'<w:fldChar w:fldCharType="begin" w:dirty="true"/>',
			'<w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText>',
			'<w:fldChar w:fldCharType="separate"/>'
		],
		set
	);
	const end = field(['<w:fldChar w:fldCharType="end"/>'], set);
	return [
		paragraphOf('TOCHeading', [{ text: document.words.contents }], set),
		...entries.map((entry, i) =>
			paragraphOf(
				`TOC${entry.level}`,
				[],
				set,
				{},
				(i === 0 ? begin : '') + entryOf(entry, set) + (i === entries.length - 1 ? end : '')
			)
		)
	];
}

function entryOf(entry: PreparedHeading, set: Setting): Xml {
	const number =
		entry.number === '' || set.styles?.numbersHeadings === false
			? ''
			: textRuns({ text: `${entry.number}\u2002` }, set);
	const words = entry.runs.map((run) => textRuns({ text: run.text.replace(/\n/g, ' ') }, set));
	return el('w:hyperlink', { 'w:anchor': entry.anchor, 'w:history': 1 }, number, ...words);
}

/** The parts of a field, a run each, as Word writes them. */
const field = (marks: Xml[], set: Setting): Xml => marks.map((mark) => markRun(mark, set)).join('');
