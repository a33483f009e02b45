/**
 * How a style of a Word file is put together: sizes, lines, and the few things that all styles share.
 */
import {
	BorderStyle,
	LineRuleType,
	type IBorderOptions,
	type IParagraphStyleOptions,
	type IRunStylePropertiesOptions,
	type ISpacingProperties
} from 'docx';
import { colours } from './setting.ts';

/** Half-points for Latin, and a tenth more for Arabic, whose letters are smaller at the same size. */
export const size = (
	points: number
): Pick<IRunStylePropertiesOptions, 'size' | 'sizeComplexScript'> => ({
	size: points * 2,
	sizeComplexScript: Math.round(points * 2.2)
});

/** Space before and after in twips; `lines`: height of a line, 1 is as high as its letters ask. */
export const spacing = (before: number, after: number, lines = 1.08): ISpacingProperties => ({
	before,
	after,
	line: Math.round(lines * 240),
	// Without the rule LibreOffice takes the number for an exact height.
	lineRule: LineRuleType.AUTO
});

export const hairline = (colour: string): IBorderOptions => ({
	style: BorderStyle.SINGLE,
	color: colour,
	size: 4,
	space: 4
});

export const shaded = { fill: colours.shade, type: 'clear', color: 'auto' } as const;

/** A paragraph style. `next`: the style of the paragraph that somebody types after it. */
export const style = (
	id: string,
	name: string,
	run: IRunStylePropertiesOptions,
	paragraph: IParagraphStyleOptions['paragraph'],
	next = 'BodyText'
): IParagraphStyleOptions => ({
	id,
	name,
	basedOn: 'Normal',
	next,
	quickFormat: true,
	run,
	paragraph
});
