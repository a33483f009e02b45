/**
 * Blocks in Word: paragraphs in their styles, lists, figures; tables are next door.
 */
import {
	AlignmentType,
	Bookmark,
	ImageRun,
	PageBreak,
	Paragraph,
	type FileChild,
	type IParagraphOptions
} from 'docx';
import type { ExportBlock, FigureBlock, ListBlock, NoticeBlock, Run } from '../../document.ts';
import type { PreparedBlock, PreparedHeading } from '../../prepare.ts';
import { bullets, listIndent, numbersFrom } from './numbering.ts';
import { runsOf } from './runs.ts';
import { textWidth, type Setting } from './setting.ts';
import { tableOf } from './tables.ts';

/** Where a block is: its paragraphs' style, how far they are moved in, how deep in lists. */
type Place = { style: string; indent: number; level: number };
const page: Place = { style: 'BodyText', indent: 0, level: 0 };

export const blocksOf = (blocks: readonly PreparedBlock[], set: Setting): FileChild[] =>
	blocks.flatMap((block, i) => {
		if (block.kind === 'heading') return [headingOf(block, set)];
		const leads = ['list', 'table', 'figure'].includes(blocks[i + 1]?.kind ?? '');
		return blockOf(block, set, page, block.kind === 'paragraph' && leads);
	});

/** A paragraph of a style, with its direction. Every paragraph of a file is made here. */
export const paragraphOf = (
	style: string,
	runs: readonly Run[],
	set: Setting,
	options: IParagraphOptions = {}
): Paragraph =>
	new Paragraph({
		style,
		bidirectional: set.isRtl ? true : undefined,
		children: runsOf(runs, set),
		...options
	});

const headingOf = (block: PreparedHeading, set: Setting): Paragraph =>
	paragraphOf(`Heading${block.level}`, block.runs, set, {
		children: [new Bookmark({ id: block.anchor, children: runsOf(block.runs, set) })],
		...(block.numbered ? {} : { numbering: false, indent: { left: 0, firstLine: 0 } })
	});

/** `leads`: a sentence stays on the page of what it leads to. */
function blockOf(block: ExportBlock, set: Setting, place: Place, leads = false): FileChild[] {
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
		case 'rule':
			return [paragraphOf(place.style, [], set, { thematicBreak: true })];
		case 'page-break':
			return [pageBreak(set)];
	}
}

/** A small paragraph that ends its page. */
export const pageBreak = (set: Setting): Paragraph =>
	paragraphOf('TableText', [], set, { children: [new PageBreak()] });

const bold = (runs: readonly Run[]): Run[] => runs.map((run) => ({ ...run, bold: true }));

function listOf(list: ListBlock, set: Setting, place: Place): FileChild[] {
	const level = Math.min(place.level, 8);
	const reference = list.ordered ? numbersFrom(list.start, set.isRtl) : bullets(set.isRtl);
	const numbering = { reference, level, instance: set.nextList(), custom: true };
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

function noticeOf(notice: NoticeBlock, set: Setting, place: Place): FileChild[] {
	const inner: Place = { ...place, style: 'Notice' };
	return [
		...(notice.title ? [paragraphOf('Notice', [{ text: notice.title, bold: true }], set)] : []),
		...notice.blocks.flatMap((block) => blockOf(block, set, inner)),
		paragraphOf('TableText', [], set)
	];
}

/** The picture as SVG, with the PNG for programs that know no SVG; without a PNG, its words. */
function figureOf(figure: FigureBlock, set: Setting): FileChild[] {
	const caption = figure.caption ? [paragraphOf('Caption', [{ text: figure.caption }], set)] : [];
	if (figure.png === null)
		return [paragraphOf('SmallText', [{ text: figure.alt }], set), ...caption];
	// 15 twips are a pixel at 96 to the inch.
	const scale = Math.min(1, textWidth / 15 / figure.width);
	const transformation = {
		width: Math.round(figure.width * scale),
		height: Math.round(figure.height * scale)
	};
	const picture = new ImageRun({
		type: 'svg',
		data: new TextEncoder().encode(figure.svg),
		fallback: { type: 'png', data: figure.png },
		transformation,
		altText: { name: figure.caption.slice(0, 60), description: figure.alt, title: '' }
	});
	return [
		paragraphOf('BodyText', [], set, {
			children: [picture],
			alignment: AlignmentType.CENTER,
			keepNext: figure.caption !== ''
		}),
		...caption
	];
}
