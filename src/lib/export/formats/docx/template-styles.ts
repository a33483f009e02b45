/**
 * Our blocks on a template's styles: by the names that Word keeps in English in every language, else by
 * id; what a template lacks is added to its styles, based on its own normal one.
 */
import { characterStyles, styleList } from './styles.ts';
import type { Setting } from './setting.ts';
import { tableStyle } from './table-style.ts';
import type { Xml } from './xml.ts';

export type StyleMap = {
	/** Our id → the template's. */
	ids: Record<string, string>;
	/** The heading styles count by themselves. */
	numbersHeadings: boolean;
	/** The style of tables, and whether it shapes its own first row. */
	table: { id: string; hasHeader: boolean };
	/** `word/styles.xml`, with what was missing. */
	xml: Xml;
};

type Style = {
	id: string;
	type: string;
	name: string;
	xml: string;
	basedOn: string;
	isCustom: boolean;
};

const stylesIn = (xml: string): Style[] =>
	[...xml.matchAll(/<w:style\b([^>]*)>(.*?)<\/w:style>/gs)].map(
		([all, list = '', inside = '']) => ({
			id: /w:styleId="([^"]*)"/.exec(list)?.[1] ?? '',
			type: /w:type="([^"]*)"/.exec(list)?.[1] ?? 'paragraph',
			isCustom: /w:customStyle="(?:1|true)"/.test(list),
			name: (/<w:name\b[^>]*w:val="([^"]*)"/.exec(inside)?.[1] ?? '').toLowerCase(),
			basedOn: /<w:basedOn\b[^>]*w:val="([^"]*)"/.exec(inside)?.[1] ?? '',
			xml: all
		})
	);

/** Other programs' names for Word's styles. */
const aliases: Record<string, string[]> = {
	BodyText: ['body text', 'text body'],
	ListParagraph: ['list paragraph', 'list'],
	TOCHeading: ['toc heading', 'contents heading'],
	TOC1: ['toc 1', 'contents 1'],
	TOC2: ['toc 2', 'contents 2'],
	Quote: ['quote', 'quotations'],
	Header: ['header'],
	Footer: ['footer'],
	Caption: ['caption'],
	CommentText: ['annotation text', 'comment'],
	FootnoteText: ['footnote text', 'footnote'],
	FootnoteReference: ['footnote reference', 'footnote anchor', 'footnote characters'],
	Title: ['title'],
	Subtitle: ['subtitle'],
	Heading1: ['heading 1'],
	Heading2: ['heading 2'],
	Heading3: ['heading 3']
};

/** `numbering`: the template's, or empty. */
export function mapStyles(template: string, numbering: string, set: Setting): StyleMap {
	const theirs = stylesIn(template);
	const paragraphs = theirs.filter(({ type }) => type === 'paragraph');
	const normal =
		/<w:style\b(?=[^>]*w:type="paragraph")(?=[^>]*w:default="(?:1|true)")[^>]*w:styleId="([^"]*)"/.exec(
			template
		)?.[1] ??
		paragraphs.find(({ name }) => name === 'normal')?.id ??
		'Normal';
	const ids: Record<string, string> = { Normal: normal };
	const missing: string[] = [];
	const characters = theirs.filter(({ type }) => type === 'character');
	const own = [
		...styleList(set).map((style) => ({ ...style, among: paragraphs })),
		...characterStyles.map((style) => ({ ...style, among: characters }))
	];
	for (const { id, name, xml, among } of own) {
		const names = [...(aliases[id] ?? []), name.toLowerCase()];
		const found =
			names.flatMap((one) => among.find((style) => style.name === one) ?? [])[0] ??
			(id in aliases ? among.find((style) => style.id === id) : undefined);
		if (found) ids[id] = found.id;
		else {
			const free = theirs.some((style) => style.id === id) ? `Guide${id}` : id;
			ids[id] = free;
			missing.push(xml.replace(`w:styleId="${id}"`, `w:styleId="${free}"`));
		}
	}
	const tables = theirs.filter(({ type }) => type === 'table');
	const shaped = tables.find(
		(style) => style.isCustom && !['table normal', 'normal table'].includes(style.name)
	);
	const grid = tables.find(({ name, id }) => name === 'table grid' || id === 'TableGrid');
	const chosen = shaped ?? grid;
	const added = [
		...missing.map((xml) =>
			xml
				.replace(
					/(<w:basedOn w:val=")([^"]*)(")/,
					(_all, a, id, b) => `${a}${ids[id] ?? normal}${b}`
				)
				.replace(/(<w:next w:val=")([^"]*)(")/, (_all, a, id, b) => `${a}${ids[id] ?? normal}${b}`)
		),
		chosen
			? ''
			: tableStyle(set.accent).replace(
					/<w:basedOn w:val="TableNormal"\/>/,
					tables.some(({ id }) => id === 'TableNormal') ? '<w:basedOn w:val="TableNormal"/>' : ''
				)
	].join('');
	return {
		ids,
		numbersHeadings: counts(paragraphs, ids.Heading1 ?? '', numbering),
		table: {
			id: chosen?.id ?? 'GuideTable',
			hasHeader: /<w:tblStylePr\b[^>]*w:type="firstRow"/.test(chosen?.xml ?? '')
		},
		xml: template.replace(/<\/w:styles>\s*$/, `${added}</w:styles>`)
	};
}

/** Whether a style, or one that it is based on, belongs to a list. */
function counts(styles: readonly Style[], id: string, numbering: string, depth = 0): boolean {
	const style = styles.find((one) => one.id === id);
	if (!style || depth > 10) return false;
	const list = /<w:numId\b[^>]*w:val="(\d+)"/.exec(style.xml)?.[1];
	return list === undefined
		? counts(styles, style.basedOn, numbering, depth + 1)
		: showsNumbers(numbering, list);
}

/** LibreOffice ties its headings to a list that shows nothing. */
function showsNumbers(numbering: string, list: string): boolean {
	const instance = new RegExp(`<w:num\\b[^>]*w:numId="${list}".*?</w:num>`, 's').exec(
		numbering
	)?.[0];
	const scheme = /<w:abstractNumId\b[^>]*w:val="(\d+)"/.exec(instance ?? '')?.[1];
	if (scheme === undefined) return false;
	const levels = new RegExp(
		`<w:abstractNum\\b[^>]*w:abstractNumId="${scheme}".*?</w:abstractNum>`,
		's'
	).exec(numbering)?.[0];
	const first = /<w:lvl\b[^>]*w:ilvl="0".*?<\/w:lvl>/s.exec(levels ?? '')?.[0] ?? '';
	return first !== '' && !/<w:numFmt\b[^>]*w:val="none"/.test(first);
}

/** The first colour of a theme, six hex digits; null where it has none of its own. */
export const accentOf = (theme: string): string | null =>
	/<a:accent1>\s*<a:srgbClr val="([0-9a-f]{6})"/i.exec(theme)?.[1]?.toUpperCase() ?? null;

/** Sizes of a section in twips; what a template does not say is as ours. */
export function pageOf(section: string): { width: number; left: number; right: number } {
	const number = (element: string, name: string, otherwise: number): number => {
		const tag = new RegExp(`<w:${element}\\b[^>]*>`).exec(section)?.[0] ?? '';
		const value = Number(new RegExp(`w:${name}="(\\d+)`).exec(tag)?.[1]);
		return Number.isFinite(value) && value > 0 ? value : otherwise;
	};
	return {
		width: number('pgSz', 'w', 11906),
		left: number('pgMar', 'left', 1247),
		right: number('pgMar', 'right', 1247)
	};
}
