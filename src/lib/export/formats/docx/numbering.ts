/**
 * Numbering: one scheme for the headings, tied to their styles, and schemes for lists.
 */
import { declaration, el, namespaces, paragraphProperties, val, type Xml } from './xml.ts';

type Place = { align: 'start' | 'center'; indent: { left: number; hanging: number } };
type Level = { format: 'decimal' | 'bullet'; text: string; start: number; style?: string } & Place;

/**
 * A number that begins `from` twips from the margin, `width` wide, with its text at `to`.
 *
 * Right to left, Word takes "left" for the side where reading begins and LibreOffice for the left
 * one, where the number hangs out of the page's margin. A number centred on its middle is in the same
 * place for both.
 */
function numberAt(isRtl: boolean, from: number, width: number, to: number): Place {
	if (!isRtl) return { align: 'start', indent: { left: to, hanging: to - from } };
	const middle = Math.round(from + width / 2);
	return { align: 'center', indent: { left: to, hanging: to - middle } };
}

const headings = {
	1: { width: 210, to: 567 },
	2: { width: 370, to: 680 },
	3: { width: 520, to: 794 }
};
export const headingPlace = (level: 1 | 2 | 3, isRtl: boolean): Place =>
	numberAt(isRtl, 0, headings[level].width, headings[level].to);

/** The number of the headings' own list. */
export const headingList = 1;

/** 1, 1.1, 1.1.1: a heading gets its number from its style, also one that is typed in later. */
const headingLevels = (isRtl: boolean): Level[] =>
	([1, 2, 3] as const).map((level) => ({
		format: 'decimal',
		text: ['%1', '%1.%2', '%1.%2.%3'][level - 1]!,
		start: 1,
		style: `Heading${level}`,
		...headingPlace(level, isRtl)
	}));

/** Word's lists have nine levels. */
const nine = [0, 1, 2, 3, 4, 5, 6, 7, 8];
/** Where the text of a list's items begins, in twips from the margin. */
export const listIndent = (level: number): number => 397 * (level + 1);

const bulletLevels = (isRtl: boolean): Level[] =>
	nine.map((level) => ({
		format: 'bullet',
		text: ['•', '–', '·'][level % 3]!,
		start: 1,
		...numberAt(isRtl, listIndent(level) - 284, 120, listIndent(level))
	}));

/** Numbers from `start` on. Every level has the start, because a list knows its own level only. */
const numberLevels = (start: number, isRtl: boolean): Level[] =>
	nine.map((level) => ({
		format: 'decimal',
		text: `%${level + 1}.`,
		start,
		...numberAt(isRtl, listIndent(level) - 340, 180, listIndent(level))
	}));

/** A list of the text: its first number, or null for bullets. */
export type ListStart = number | null;

/**
 * `word/numbering.xml`: the headings' list is 1, the text's lists are 2, 3, … in their order. Each is an
 * instance of its own, so that each counts from its own start.
 */
export function numberingPart(lists: readonly ListStart[], isRtl: boolean): Xml {
	const kinds = [...new Set(lists)];
	const abstract = (id: number, levels: Level[]): Xml =>
		el(
			'w:abstractNum',
			{ 'w:abstractNumId': id },
			val('multiLevelType', 'multilevel'),
			...levels.map(levelOf)
		);
	const instance = (id: number, of: number, start: number): Xml =>
		el(
			'w:num',
			{ 'w:numId': id },
			val('abstractNumId', of),
			...nine.map((level) => el('w:lvlOverride', { 'w:ilvl': level }, val('startOverride', start)))
		);
	return (
		declaration +
		el(
			'w:numbering',
			namespaces,
			abstract(0, headingLevels(isRtl)),
			...kinds.map((start, i) =>
				abstract(i + 1, start === null ? bulletLevels(isRtl) : numberLevels(start, isRtl))
			),
			el('w:num', { 'w:numId': headingList }, val('abstractNumId', 0)),
			...lists.map((start, i) =>
				instance(headingList + 1 + i, kinds.indexOf(start) + 1, start ?? 1)
			)
		)
	);
}

const levelOf = ({ format, text, start, style, align, indent }: Level, i: number): Xml =>
	el(
		'w:lvl',
		{ 'w:ilvl': i },
		val('start', start),
		val('numFmt', format),
		style ? val('pStyle', style) : '',
		val('suff', 'tab'),
		val('lvlText', text),
		val('lvlJc', align),
		paragraphProperties({ indent })
	);
