/**
 * Numbering: one scheme for the headings, tied to their styles, and schemes for lists.
 */
import {
	AlignmentType,
	LevelFormat,
	LevelSuffix,
	type IIndentAttributesProperties,
	type INumberingOptions
} from 'docx';

type Definition = INumberingOptions['config'][number];
type Place = {
	alignment: (typeof AlignmentType)[keyof typeof AlignmentType];
	indent: IIndentAttributesProperties;
};

/**
 * A number that begins `from` twips from the margin, `width` wide, with its text at `to`.
 *
 * Right to left, Word takes "left" for the side where reading begins and LibreOffice for the left
 * one, where the number hangs out of the page's margin. A number centred on its middle is in the same
 * place for both.
 */
function numberAt(isRtl: boolean, from: number, width: number, to: number): Place {
	if (!isRtl) return { alignment: AlignmentType.START, indent: { left: to, hanging: to - from } };
	const middle = Math.round(from + width / 2);
	return { alignment: AlignmentType.CENTER, indent: { left: to, hanging: to - middle } };
}

const headings = {
	1: { width: 210, to: 567 },
	2: { width: 370, to: 680 },
	3: { width: 520, to: 794 }
};
export const headingPlace = (level: 1 | 2 | 3, isRtl: boolean): Place =>
	numberAt(isRtl, 0, headings[level].width, headings[level].to);

/** 1, 1.1, 1.1.1: a heading gets its number from its style, also one that is typed in later. */
export const headingNumbering = (isRtl: boolean): Definition => ({
	reference: 'headings',
	levels: ([1, 2, 3] as const).map((level) => ({
		level: level - 1,
		format: LevelFormat.DECIMAL,
		text: ['%1', '%1.%2', '%1.%2.%3'][level - 1]!,
		alignment: headingPlace(level, isRtl).alignment,
		suffix: LevelSuffix.TAB,
		style: {
			style: `Heading${level}`,
			paragraph: { indent: headingPlace(level, isRtl).indent }
		}
	}))
});

/** Word's lists have nine levels. */
const nine = [0, 1, 2, 3, 4, 5, 6, 7, 8];
/** Where the text of a list's items begins, in twips from the margin. */
export const listIndent = (level: number): number => 397 * (level + 1);

export const bullets = (isRtl: boolean): Definition => ({
	reference: 'bullets',
	levels: nine.map((level) => {
		const { alignment, indent } = numberAt(isRtl, listIndent(level) - 284, 120, listIndent(level));
		return {
			level,
			format: LevelFormat.BULLET,
			text: ['•', '–', '·'][level % 3]!,
			alignment,
			style: { paragraph: { indent } }
		};
	})
});

/** Numbers from `start` on. Every level has the start, because a list knows its own level only. */
export const numbersFrom = (start: number, isRtl: boolean): Definition => ({
	reference: `numbers-${start}`,
	levels: nine.map((level) => {
		const { alignment, indent } = numberAt(isRtl, listIndent(level) - 340, 180, listIndent(level));
		return {
			level,
			format: LevelFormat.DECIMAL,
			text: `%${level + 1}.`,
			start,
			alignment,
			style: { paragraph: { indent } }
		};
	})
});
