/**
 * What stands on every page of a Word file: above, the title and the country, and that the document
 * is fictional where it is; below, its edition and the page.
 */
import type { Prepared } from '../../prepare.ts';
import { paragraphOf } from './blocks.ts';
import { markRun, textRuns } from './runs.ts';
import type { Setting } from './setting.ts';
import { declaration, el, namespaces, type Xml } from './xml.ts';

/** Two ends of one line. A tab runs in the paragraph's direction, so this holds for both. */
const line = (style: string, begin: Xml, end: Xml, set: Setting): Xml =>
	paragraphOf(
		style,
		[],
		set,
		{ tabs: [{ align: 'end', position: set.textWidth }] },
		begin + markRun('<w:tab/>', set) + end
	);

/** A header part. The first page has its title in large letters already. */
export function header(document: Prepared, set: Setting, isFirst: boolean): Xml {
	const { fictional, meta, title } = document;
	const notice =
		(fictional === null ? '' : paragraphOf('Fictional', [{ text: fictional }], set)) +
		markingOf(document, set);
	const country = textRuns({ text: meta.country || meta.workspace }, set);
	const running = line('Header', textRuns({ text: title }, set), country, set);
	const nothing = paragraphOf('TableText', [], set);
	return declaration + el('w:hdr', namespaces, notice, isFirst ? nothing : running);
}

/** A footer part. */
export function footer(document: Prepared, set: Setting): Xml {
	const { edition, stamp } = document.meta;
	const begin = textRuns({ text: [edition, stamp].filter(Boolean).join(' · ') }, set);
	const pages = line('Footer', begin, pageOf(document.words.pageOf, set), set);
	return declaration + el('w:ftr', namespaces, pages);
}

/** "Page {page} of {pages}" with Word's fields in its places, in the order of the language. */
const pageOf = (words: string, set: Setting): Xml =>
	words
		.split(/(\{pages?\})/)
		.map((piece) => {
			const field = fields[piece];
			return field === undefined ? textRuns({ text: piece }, set) : fieldOf(field, set);
		})
		.join('');

/** The marking in words, and across the page in grey: whoever cuts off the edge still sees it. */
export const markingOf = ({ marking }: Pick<Prepared, 'marking'>, set: Setting): Xml =>
	marking === ''
		? ''
		: paragraphOf('Marking', [{ text: marking }], set, {}, textRuns({ text: marking }, set)) +
			paragraphOf('TableText', [], set, {}, markRun(watermark(marking), set));

/**
 * Word's own form of a watermark: a shape of VML behind the text of a header. Word lists it under "Remove
 * watermark", and LibreOffice shows it too.
 */
function watermark(words: string): Xml {
	// A line of letters that fills the diagonal, whatever its length.
	const length = Math.max(6, Array.from(words).length);
	const height = Math.round(Math.min(130, 900 / length) * 10) / 10;
	const width = Math.round(Math.min(500, height * length * 0.62));
	return el(
		'w:pict',
		{},
		'<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>',
		el(
			'v:shape',
			{
				'xmlns:v': 'urn:schemas-microsoft-com:vml',
				'xmlns:o': 'urn:schemas-microsoft-com:office:office',
				id: 'PowerPlusWaterMarkObject1',
				'o:spid': '_x0000_s2049',
				type: '#_x0000_t136',
				style: `position:absolute;margin-left:0;margin-top:0;width:${width}pt;height:${height}pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin`,
				'o:allowincell': 'f',
				fillcolor: '#c0c0c0',
				stroked: 'f'
			},
			'<v:fill opacity=".35"/>',
			el('v:textpath', { style: 'font-family:Arial;font-size:1pt', string: words })
		)
	);
}

const fields: Record<string, string> = { '{page}': 'PAGE', '{pages}': 'NUMPAGES' };

const fieldOf = (instruction: string, set: Setting): Xml =>
	[
		'<w:fldChar w:fldCharType="begin"/>',
		`<w:instrText xml:space="preserve">${instruction}</w:instrText>`,
		'<w:fldChar w:fldCharType="separate"/>',
		'<w:t>1</w:t>',
		'<w:fldChar w:fldCharType="end"/>'
	]
		.map((mark) => markRun(mark, set))
		.join('');
