/**
 * The contents table: a field that Word fills with page numbers when the file is opened, and in it
 * the entries as they are now, because LibreOffice and viewers show what is stored.
 *
 * Page numbers are not stored: only a layout engine knows them, and a wrong one is worse than none.
 */
import {
	ImportedXmlComponent,
	InternalHyperlink,
	Run,
	type FileChild,
	type ParagraphChild,
	type XmlComponent
} from 'docx';
import type { Prepared, PreparedHeading } from '../../prepare.ts';
import { paragraphOf } from './blocks.ts';
import { textRuns } from './runs.ts';
import type { Setting } from './setting.ts';

/** From three headings on; a shorter document needs no map. */
export function contents(document: Prepared, set: Setting): FileChild[] {
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
			paragraphOf(`TOC${entry.level}`, [], set, {
				children: [
					...(i === 0 ? begin : []),
					entryOf(entry, set),
					...(i === entries.length - 1 ? end : [])
				]
			})
		)
	];
}

function entryOf(entry: PreparedHeading, set: Setting): ParagraphChild {
	const number = entry.number === '' ? [] : textRuns({ text: `${entry.number}\u2002` }, set);
	const words = entry.runs.flatMap((run) => textRuns({ text: run.text.replace(/\n/g, ' ') }, set));
	return new InternalHyperlink({ anchor: entry.anchor, children: [...number, ...words] });
}

/** The parts of a field, a run each, as Word writes them. */
const field = (parts: string[], { isRtl }: Setting): Run[] =>
	parts.map((xml) => new Run({ children: [piece(xml)], rightToLeft: isRtl ? true : undefined }));

const piece = (xml: string): XmlComponent => ImportedXmlComponent.fromXmlString(xml);
