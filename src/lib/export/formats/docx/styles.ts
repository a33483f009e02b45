/**
 * The styles of a Word file. They have Word's own names, so that whoever goes on writing finds them,
 * and that a ministry's template can replace them.
 */
import { headingList, headingPlace } from './numbering.ts';
import { colours, fonts, monospace, type Setting } from './setting.ts';
import { hairline, size, spacing, style } from './style.ts';
import { tableStyle, tableTextSize } from './table-style.ts';
import {
	declaration,
	el,
	namespaces,
	paragraphProperties,
	runProperties,
	val,
	type Xml
} from './xml.ts';

/** `word/styles.xml` */
export const stylesPart = (set: Setting): Xml =>
	declaration +
	el(
		'w:styles',
		namespaces,
		el('w:docDefaults', {}, el('w:rPrDefault', {}, defaultRun(set)), defaultParagraph),
		'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
		'<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
		'<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
		'<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>',
		...paragraphStyles(set),
		...characterStyles.map(({ xml }) => xml),
		tableStyle(set.accent)
	);

/** Every paragraph style that our blocks use. */
const paragraphStyles = (set: Setting): Xml[] => [
	...coverStyles(set),
	headingStyle(set, 1, 19, spacing(480, 160, 1.05), set.accent),
	headingStyle(set, 2, 14, spacing(320, 100, 1.05), set.accent),
	headingStyle(set, 3, 11.5, spacing(240, 80, 1.05), colours.text),
	...textStyles,
	...tableStyles,
	...frameStyles
];

/** And those of single words. */
export const characterStyles: { id: string; name: string; xml: Xml }[] = [
	{
		id: 'FootnoteReference',
		name: 'footnote reference',
		xml: el(
			'w:style',
			{ 'w:type': 'character', 'w:styleId': 'FootnoteReference' },
			val('name', 'footnote reference'),
			runProperties({ raised: true })
		)
	}
];

/** The same one by one, for a template that lacks some of them. */
export const styleList = (set: Setting): { id: string; name: string; xml: Xml }[] =>
	paragraphStyles(set).map((xml) => ({
		id: /w:styleId="([^"]*)"/.exec(xml)?.[1] ?? '',
		name: /<w:name w:val="([^"]*)"/.exec(xml)?.[1] ?? '',
		xml
	}));

const defaultRun = ({ isRtl, language }: Setting): Xml =>
	runProperties(
		{ fonts, ...size(11), color: colours.text },
		el('w:lang', {
			'w:val': language,
			'w:eastAsia': 'zh-CN',
			'w:bidi': isRtl ? language : 'ar-SA'
		})
	);
const defaultParagraph = el('w:pPrDefault', {}, paragraphProperties({ spacing: spacing(0, 0) }));

const headingStyle = (
	set: Setting,
	level: 1 | 2 | 3,
	points: number,
	space: ReturnType<typeof spacing>,
	colour: string
): Xml =>
	style(
		`Heading${level}`,
		`heading ${level}`,
		{ ...size(points), bold: true, color: colour },
		{
			keepNext: true,
			keepLines: true,
			outline: level - 1,
			spacing: space,
			indent: headingPlace(level, set.isRtl).indent,
			numbering: { id: headingList, level: level - 1 }
		}
	);

const quiet = { color: colours.quiet };

const coverStyles = ({ accent }: Setting): Xml[] => [
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

const textStyles: Xml[] = [
	style('BodyText', 'Body Text', {}, { spacing: spacing(0, 140, 1.15) }),
	style('Lead', 'Lead', size(13), { spacing: spacing(0, 200, 1.2) }),
	style('SmallText', 'Small Text', { ...size(9.5), ...quiet }, { spacing: spacing(0, 140) }),
	style('ListParagraph', 'List Paragraph', {}, { spacing: spacing(0, 60, 1.13) }, 'ListParagraph'),
	style(
		'FootnoteText',
		'footnote text',
		size(9.5),
		{ spacing: spacing(0, 40, 1.05) },
		'FootnoteText'
	),
	style('CommentText', 'annotation text', size(10), { spacing: spacing(0, 40) }, 'CommentText'),
	style('Quote', 'Quote', quiet, {
		indent: { left: 567, right: 567 },
		spacing: spacing(0, 140, 1.15)
	}),
	style(
		'CodeText',
		'Code',
		{ fonts: monospace, ...size(9.5) },
		{ spacing: spacing(0, 140), shade: colours.shade }
	),
	style(
		'WriteLine',
		'Writing Line',
		{},
		{
			borders: { bottom: hairline(colours.quiet), between: hairline(colours.quiet) },
			spacing: spacing(200, 40, 1)
		},
		'WriteLine'
	),
	style(
		'Notice',
		'Notice',
		{},
		{ spacing: spacing(0, 0, 1.13), shade: colours.shade, indent: { left: 170, right: 170 } }
	)
];

const tableStyles: Xml[] = [
	style('Caption', 'caption', { ...size(9.5), ...quiet }, { spacing: spacing(80, 240) }),
	style(
		'TableText',
		'Table Text',
		size(tableTextSize),
		{ spacing: spacing(0, 0, 1.02) },
		'TableText'
	),
	style(
		'TableHeading',
		'Table Heading',
		{ ...size(9), bold: true },
		{ keepNext: true, spacing: spacing(0, 0, 1) },
		'TableText'
	)
];

const frameStyles: Xml[] = [
	style(
		'Marking',
		'Marking',
		{ ...size(9.5), bold: true, color: colours.alarm },
		{ spacing: spacing(0, 60), align: 'center' },
		'Header'
	),
	style(
		'Header',
		'header',
		{ ...size(9), ...quiet },
		{ borders: { bottom: hairline(colours.line) } },
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
		{ borders: { top: hairline(colours.line) } },
		'Footer'
	)
];
