/**
 * Blocks in Word: paragraphs in their styles, lists, figures; tables are next door.
 */
import type {
	ExportBlock,
	FigureBlock,
	LinesBlock,
	ListBlock,
	NoticeBlock,
	Run
} from '../../document.ts';
import type { PreparedBlock, PreparedHeading } from '../../prepare.ts';
import { listIndent } from './numbering.ts';
import { pictureOf } from './picture.ts';
import { runsOf } from './runs.ts';
import type { Setting } from './setting.ts';
import { tableOf } from './tables.ts';
import { el, paragraphProperties, type ParagraphLook, type Xml } from './xml.ts';

/** Where a block is: its paragraphs' style, how far they are moved in, how deep in lists. */
type Place = { style: string; indent: number; level: number };
const page: Place = { style: 'BodyText', indent: 0, level: 0 };

export const blocksOf = (blocks: readonly PreparedBlock[], set: Setting): Xml[] =>
	blocks.flatMap((block, i) => {
		if (block.kind === 'heading') return [headingOf(block, set)];
		const leads = ['list', 'table', 'figure'].includes(blocks[i + 1]?.kind ?? '');
		const isForm = block.kind === 'lines' && blocks[i + 1]?.kind === 'lines';
		return blockOf(block, set, page, isForm || (block.kind === 'paragraph' && leads));
	});

/** A paragraph of a style, with its direction. Every paragraph of a file is made here. */
export const paragraphOf = (
	style: string,
	runs: readonly Run[],
	set: Setting,
	look: ParagraphLook = {},
	inside: Xml = runsOf(runs, set)
): Xml =>
	el(
		'w:p',
		{},
		paragraphProperties({ style: set.styles?.ids[style] ?? style, bidi: set.isRtl, ...look }),
		inside
	);

function headingOf(block: PreparedHeading, set: Setting): Xml {
	const id = set.file.bookmark();
	return paragraphOf(
		`Heading${block.level}`,
		[],
		set,
		block.numbered || set.styles?.numbersHeadings === false
			? {}
			: { numbering: { id: 0, level: 0 }, indent: { left: 0, firstLine: 0 } },
		el('w:bookmarkStart', { 'w:name': block.anchor, 'w:id': id }) +
			runsOf(block.runs, set) +
			el('w:bookmarkEnd', { 'w:id': id })
	);
}

/** `leads`: a sentence stays on the page of what it leads to. */
function blockOf(block: ExportBlock, set: Setting, place: Place, leads = false): Xml[] {
	const moved = place.indent > 0 ? { indent: { left: place.indent } } : {};
	switch (block.kind) {
		case 'heading':
			return [paragraphOf(place.style, bold(block.runs), set, moved)];
		case 'paragraph': {
			const style =
				block.role === 'lead' ? 'Lead' : block.role === 'small' ? 'SmallText' : place.style;
			return [paragraphOf(style, block.runs, set, leads ? { ...moved, keepNext: true } : moved)];
		}
		case 'list':
			return listOf(block, set, place);
		case 'table':
			return tableOf(block, set);
		case 'notice':
			return noticeOf(block, set, place);
		case 'quote':
			return block.blocks.flatMap((b) =>
				blockOf(b, set, { ...place, style: 'Quote', indent: place.indent + 567 })
			);
		case 'code':
			return [paragraphOf('CodeText', [{ text: block.text }], set, moved)];
		case 'figure':
			return figureOf(block, set);
		case 'lines':
			return linesOf(block, set, leads);
		case 'rule':
			return [
				paragraphOf(place.style, [], set, {
					borders: { bottom: { color: 'auto', size: 6, space: 1 } }
				})
			];
		case 'page-break':
			return [pageBreak(set)];
	}
}

/** A label, and lines to write on by hand: as high as handwriting needs. */
const linesOf = ({ label, count }: LinesBlock, set: Setting, leads: boolean): Xml[] => [
	...(label ? [paragraphOf('SmallText', [{ text: label }], set, { keepNext: true })] : []),
	...Array.from({ length: Math.min(Math.max(count, 1), 20) }, (_, i) =>
		paragraphOf('WriteLine', [], set, leads || i + 1 < count ? { keepNext: true } : {})
	)
];

/** A small paragraph that ends its page. */
export const pageBreak = (set: Setting): Xml =>
	paragraphOf('TableText', [], set, {}, '<w:r><w:br w:type="page"/></w:r>');

const bold = (runs: readonly Run[]): Run[] => runs.map((run) => ({ ...run, bold: true }));

function listOf(list: ListBlock, set: Setting, place: Place): Xml[] {
	const level = Math.min(place.level, 8);
	const numbering = { id: set.file.list(list.ordered ? list.start : null), level };
	const style = place.style === 'BodyText' ? 'ListParagraph' : place.style;
	const inner: Place = { style, indent: listIndent(level), level: level + 1 };
	return list.items.flatMap((item) => {
		const [first, ...rest] = item;
		const isText = first?.kind === 'paragraph';
		return [
			paragraphOf(style, isText ? first.runs : [], set, { numbering }),
			...(isText ? rest : item).flatMap((block) => blockOf(block, set, inner))
		];
	});
}

function noticeOf(notice: NoticeBlock, set: Setting, place: Place): Xml[] {
	const inner: Place = { ...place, style: 'Notice' };
	return [
		...(notice.title ? [paragraphOf('Notice', [{ text: notice.title, bold: true }], set)] : []),
		...notice.blocks.flatMap((block) => blockOf(block, set, inner)),
		paragraphOf('TableText', [], set)
	];
}

/** The picture as SVG, with the PNG for programs that know no SVG; without a PNG, its words. */
function figureOf(figure: FigureBlock, set: Setting): Xml[] {
	const caption = figure.caption ? [paragraphOf('Caption', [{ text: figure.caption }], set)] : [];
	if (figure.png === null)
		return [paragraphOf('SmallText', [{ text: figure.alt }], set), ...caption];
	const look = { align: 'center', keepNext: figure.caption !== '' } as const;
	return [paragraphOf('BodyText', [], set, look, pictureOf(figure, figure.png, set)), ...caption];
}
