/**
 * Footnotes in Word: a mark in the text, and a part of the file with what the notes say. Word numbers them
 * through the whole document, and so do we: the number is the note's id.
 */
import type { Run } from '../../document.ts';
import type { PreparedNote } from '../../prepare.ts';
import { paragraphOf } from './blocks.ts';
import { FileParts, type Relationship } from './file.ts';
import { markRun, runOf, runsOf } from './runs.ts';
import type { Setting } from './setting.ts';
import { declaration, el, namespaces, type Xml } from './xml.ts';

/** What every file with footnotes has besides them: the line above them, and above those that go on. */
const lines = [
	{ id: -1, type: 'separator', mark: '<w:separator/>' },
	{ id: 0, type: 'continuationSeparator', mark: '<w:continuationSeparator/>' }
] as const;

/** For `word/settings.xml`. */
export const footnoteSettings: Xml = el(
	'w:footnotePr',
	{},
	...lines.map(({ id }) => el('w:footnote', { 'w:id': id }))
);

/** `word/footnotes.xml` and where its links lead; null for a document without notes. */
export function footnotesPart(
	notes: readonly PreparedNote[],
	set: Setting
): { xml: Xml; relationships: Relationship[] } | null {
	if (notes.length === 0) return null;
	// A part of a package has its own relationships.
	const own: Setting = { ...set, file: new FileParts('Note') };
	const xml =
		declaration +
		el(
			'w:footnotes',
			namespaces,
			...lines.map(({ id, type, mark }) =>
				el(
					'w:footnote',
					{ 'w:type': type, 'w:id': id },
					paragraphOf('FootnoteText', [], own, {}, markRun(mark, own))
				)
			),
			...notes.map(({ number, runs }) => footnote(number, runs, own))
		);
	return { xml, relationships: own.file.relationships };
}

function footnote(number: number, runs: readonly Run[], set: Setting): Xml {
	const begin = runOf(lookOf(set), '<w:footnoteRef/>') + runsOf([{ text: ' ' }], set);
	return el(
		'w:footnote',
		{ 'w:id': number },
		paragraphOf('FootnoteText', [], set, {}, begin + runsOf(runs, set))
	);
}

/** What every look of a mark has. */
const lookOf = (set: Setting) => ({
	style: set.styles?.ids.FootnoteReference ?? 'FootnoteReference',
	...(set.isRtl ? { rtl: true } : {})
});

/** The mark where a note hangs; a second one refers to the first, as Word's cross-references do. */
export function markOf({ runs, number = 0 }: NonNullable<Run['note']>, set: Setting): Xml {
	const name = `_RefNote${number}`;
	const look = lookOf(set);
	if (runs !== null) {
		const id = set.file.bookmark();
		return (
			el('w:bookmarkStart', { 'w:name': name, 'w:id': id }) +
			runOf(look, el('w:footnoteReference', { 'w:id': number })) +
			el('w:bookmarkEnd', { 'w:id': id })
		);
	}
	return [
		'<w:fldChar w:fldCharType="begin"/>',
		`<w:instrText xml:space="preserve"> NOTEREF ${name} \\f \\h </w:instrText>`,
		'<w:fldChar w:fldCharType="separate"/>',
		`<w:t>${number}</w:t>`,
		'<w:fldChar w:fldCharType="end"/>'
	]
		.map((mark) => runOf(look, mark))
		.join('');
}
