/**
 * How a style of a Word file is put together: sizes, lines, and the few things that all styles share.
 */
import {
	el,
	paragraphProperties,
	runProperties,
	val,
	type Line,
	type ParagraphLook,
	type RunLook,
	type Spacing,
	type Xml
} from './xml.ts';

/** Half-points for Latin, and a tenth more for Arabic, whose letters are smaller at the same size. */
export const size = (points: number): Pick<RunLook, 'size' | 'sizeComplex'> => ({
	size: points * 2,
	sizeComplex: Math.round(points * 2.2)
});

/** Space before and after in twips; `lines`: height of a line, 1 is as high as its letters ask. */
export const spacing = (before: number, after: number, lines = 1.08): Spacing => ({
	before,
	after,
	line: Math.round(lines * 240)
});

export const hairline = (color: string): Line => ({ color, size: 4, space: 4 });

/** A paragraph style. `next`: the style of the paragraph that somebody types after it. */
export const style = (
	id: string,
	name: string,
	run: RunLook,
	paragraph: ParagraphLook,
	next = 'BodyText'
): Xml =>
	el(
		'w:style',
		{ 'w:type': 'paragraph', 'w:styleId': id },
		val('name', name),
		val('basedOn', 'Normal'),
		val('next', next),
		'<w:qFormat/>',
		paragraphProperties(paragraph),
		runProperties(run)
	);
