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

/** Room for `12`, `12.3` and `12.3.10` in the widest font that stands in for ours (DejaVu Sans, bold). */
const headings = {
	1: { width: 210, to: 640 },
	2: { width: 370, to: 790 },
	3: { width: 730, to: 1090 }
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

/** Where our lists begin among a template's: the number of the first scheme and of the first list. */
export type ListBase = { scheme: number; list: number };

/** The schemes and the instances of the text's lists. Each counts from its own start. */
function listsOf(lists: readonly ListStart[], isRtl: boolean, base: ListBase) {
	const kinds = [...new Set(lists)];
	return {
		schemes: kinds
			.map((start, i) =>
				abstract(base.scheme + i, start === null ? bulletLevels(isRtl) : numberLevels(start, isRtl))
			)
			.join(''),
		instances: lists
			.map((start, i) =>
				el(
					'w:num',
					{ 'w:numId': base.list + i },
					val('abstractNumId', base.scheme + kinds.indexOf(start)),
					...nine.map((level) =>
						el('w:lvlOverride', { 'w:ilvl': level }, val('startOverride', start ?? 1))
					)
				)
			)
			.join('')
	};
}

const abstract = (id: number, levels: Level[]): Xml =>
	el(
		'w:abstractNum',
		{ 'w:abstractNumId': id },
		val('multiLevelType', 'multilevel'),
		...levels.map(levelOf)
	);

/** `word/numbering.xml`: the headings' list is 1, the text's lists are 2, 3, … in their order. */
export function numberingPart(lists: readonly ListStart[], isRtl: boolean): Xml {
	const { schemes, instances } = listsOf(lists, isRtl, { scheme: 1, list: headingList + 1 });
	return (
		declaration +
		el(
			'w:numbering',
			namespaces,
			abstract(0, headingLevels(isRtl)),
			schemes,
			el('w:num', { 'w:numId': headingList }, val('abstractNumId', 0)),
			instances
		)
	);
}

const numbersIn = (xml: string, pattern: RegExp): number[] =>
	[...xml.matchAll(pattern)].map(([, found]) => Number(found));
const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), 0);

/** The first numbers that a template's lists leave free. */
export const freeIn = (template: string): ListBase => ({
	scheme: most(numbersIn(template, /<w:abstractNum\b[^>]*w:abstractNumId="(\d+)"/g)) + 1,
	list: most(numbersIn(template, /<w:num\b[^>]*w:numId="(\d+)"/g)) + 1
});

/** A template's numbering with the text's lists in it: schemes before instances, as the schema has it. */
export function mergedNumbering(
	template: string,
	lists: readonly ListStart[],
	isRtl: boolean,
	base: ListBase
): Xml {
	const { schemes, instances } = listsOf(lists, isRtl, base);
	const first = template.search(/<w:num\s/);
	const at = first < 0 ? template.search(/<w:numIdMacAtCleanup\b|<\/w:numbering>/) : first;
	const withSchemes = template.slice(0, at) + schemes + template.slice(at);
	const end = withSchemes.search(/<w:numIdMacAtCleanup\b|<\/w:numbering>/);
	return withSchemes.slice(0, end) + instances + withSchemes.slice(end);
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
