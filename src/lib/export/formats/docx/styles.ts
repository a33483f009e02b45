/**
 * The styles of a Word file. They have Word's own names, so that whoever goes on writing finds them,
 * and that a ministry's template can replace them.
 */
import type { IParagraphStyleOptions, IStylesOptions } from 'docx';
import { headingPlace } from './numbering.ts';
import { colours, fonts, monospace, type Setting } from './setting.ts';
import { hairline, shaded, size, spacing, style } from './style.ts';

export const styles = (set: Setting): IStylesOptions => ({
	default: {
		document: {
			run: {
				font: fonts,
				...size(11),
				color: colours.text,
				language: {
					value: set.language,
					eastAsia: 'zh-CN',
					bidirectional: set.isRtl ? set.language : 'ar-SA'
				}
			},
			paragraph: { spacing: spacing(0, 0) }
		}
	},
	paragraphStyles: [
		...coverStyles(set),
		headingStyle(set, 1, 19, spacing(480, 160, 1.05), set.accent),
		headingStyle(set, 2, 14, spacing(320, 100, 1.05), set.accent),
		headingStyle(set, 3, 11.5, spacing(240, 80, 1.05), colours.text),
		...textStyles,
		...tableStyles,
		...frameStyles
	]
});

const headingStyle = (
	set: Setting,
	level: 1 | 2 | 3,
	points: number,
	space: ReturnType<typeof spacing>,
	colour: string
): IParagraphStyleOptions =>
	style(
		`Heading${level}`,
		`heading ${level}`,
		{ ...size(points), bold: true, color: colour },
		{
			keepNext: true,
			keepLines: true,
			outlineLevel: level - 1,
			spacing: space,
			indent: headingPlace(level, set.isRtl).indent,
			numbering: { reference: 'headings', level: level - 1 }
		}
	);

const quiet = { color: colours.quiet };

const coverStyles = ({ accent }: Setting): IParagraphStyleOptions[] => [
	style('CoverCountry', 'Cover Country', { ...size(13), bold: true }, { spacing: spacing(480, 0) }),
	style(
		'Title',
		'Title',
		{ ...size(30), bold: true, color: accent },
		{ keepNext: true, spacing: spacing(120, 80, 1) }
	),
	style('Subtitle', 'Subtitle', { ...size(15), ...quiet }, { spacing: spacing(0, 200) }),
	style('CoverLine', 'Cover Line', { ...size(10.5), ...quiet }, { spacing: spacing(0, 30) }),
	style(
		'TOCHeading',
		'TOC Heading',
		{ ...size(14), bold: true, color: accent },
		{ keepNext: true, spacing: spacing(480, 120) }
	),
	style('TOC1', 'toc 1', { bold: true }, { spacing: spacing(100, 20) }, 'TOC1'),
	style('TOC2', 'toc 2', {}, { spacing: spacing(0, 20), indent: { left: 397 } }, 'TOC2')
];

const textStyles: IParagraphStyleOptions[] = [
	style('BodyText', 'Body Text', {}, { spacing: spacing(0, 140, 1.15) }),
	style('Lead', 'Lead', size(13), { spacing: spacing(0, 200, 1.2) }),
	style('SmallText', 'Small Text', { ...size(9.5), ...quiet }, { spacing: spacing(0, 140) }),
	style('ListParagraph', 'List Paragraph', {}, { spacing: spacing(0, 60, 1.13) }, 'ListParagraph'),
	style('Quote', 'Quote', quiet, {
		indent: { left: 567, right: 567 },
		spacing: spacing(0, 140, 1.15)
	}),
	style(
		'CodeText',
		'Code',
		{ font: monospace, ...size(9.5) },
		{ spacing: spacing(0, 140), shading: shaded }
	),
	style(
		'Notice',
		'Notice',
		{},
		{ spacing: spacing(0, 0, 1.13), shading: shaded, indent: { left: 170, right: 170 } }
	)
];

const tableStyles: IParagraphStyleOptions[] = [
	style('Caption', 'caption', { ...size(9.5), ...quiet }, { spacing: spacing(80, 240) }),
	style('TableText', 'Table Text', size(9.5), { spacing: spacing(0, 0, 1.02) }, 'TableText'),
	style(
		'TableHeading',
		'Table Heading',
		{ ...size(9), bold: true },
		{ keepNext: true, spacing: spacing(0, 0, 1) },
		'TableText'
	)
];

const frameStyles: IParagraphStyleOptions[] = [
	style(
		'Header',
		'header',
		{ ...size(9), ...quiet },
		{ border: { bottom: hairline(colours.line) } },
		'Header'
	),
	style(
		'Fictional',
		'Fictional Notice',
		{ ...size(9.5), bold: true, color: colours.alarm },
		{ spacing: spacing(0, 80) },
		'Header'
	),
	style(
		'Footer',
		'footer',
		{ ...size(9), ...quiet },
		{ border: { top: hairline(colours.line) } },
		'Footer'
	)
];
