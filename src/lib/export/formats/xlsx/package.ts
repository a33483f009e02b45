/** The package: a spreadsheet is a ZIP of parts, a list of their types, and how they refer to each other. */
import { escapeMarkup } from '../../text.ts';
import { cellText } from '#lib/sheets/text.ts';
import type { Tables } from '#lib/sheets/table.ts';
import { definedNames, linesOf, textCell, type Writing } from './sheet.ts';
import { stampSheet } from './layout.ts';
import { declaration, el, main, office, type Xml } from './xml.ts';

const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const pack = 'http://schemas.openxmlformats.org/package/2006';

const override = (name: string, type: string): Xml =>
	el('Override', { PartName: name, ContentType: type });

/** The parts that depend on the number of sheets alone. */
export function fixedParts(tables: Tables): Record<string, Xml> {
	const sheets = Array.from({ length: tables.tables.length + 2 }, (_, i) => i + 1);
	return {
		'[Content_Types].xml':
			declaration +
			el(
				'Types',
				{ xmlns: `${pack}/content-types` },
				el('Default', {
					Extension: 'rels',
					ContentType: 'application/vnd.openxmlformats-package.relationships+xml'
				}),
				el('Default', { Extension: 'xml', ContentType: 'application/xml' }),
				override('/xl/workbook.xml', `${types}.sheet.main+xml`),
				...sheets.map((n) => override(`/xl/worksheets/sheet${n}.xml`, `${types}.worksheet+xml`)),
				override('/xl/styles.xml', `${types}.styles+xml`),
				override('/xl/sharedStrings.xml', `${types}.sharedStrings+xml`),
				override(
					'/docProps/core.xml',
					'application/vnd.openxmlformats-package.core-properties+xml'
				),
				override(
					'/docProps/app.xml',
					'application/vnd.openxmlformats-officedocument.extended-properties+xml'
				)
			),
		'_rels/.rels': relationships([
			[`${office}/officeDocument`, 'xl/workbook.xml'],
			[`${pack}/relationships/metadata/core-properties`, 'docProps/core.xml'],
			[`${office}/extended-properties`, 'docProps/app.xml']
		]),
		'docProps/core.xml': coreProperties(tables),
		'docProps/app.xml':
			declaration +
			el(
				'Properties',
				{ xmlns: 'http://schemas.openxmlformats.org/officeDocument/2006/extended-properties' },
				'<Application>e-Strategy Guide</Application>'
			),
		'xl/_rels/workbook.xml.rels': relationships([
			...sheets.map((n): [string, string] => [`${office}/worksheet`, `worksheets/sheet${n}.xml`]),
			[`${office}/styles`, 'styles.xml'],
			[`${office}/sharedStrings`, 'sharedStrings.xml']
		])
	};
}

const relationships = (all: [type: string, target: string][]): Xml =>
	declaration +
	el(
		'Relationships',
		{ xmlns: `${pack}/relationships` },
		...all.map(([type, target], i) =>
			el('Relationship', { Id: `rId${i + 1}`, Type: type, Target: target })
		)
	);

function coreProperties({ stamp, fictional }: Tables): Xml {
	const at = new Date(stamp.exported);
	const moment = Number.isNaN(at.getTime()) ? '' : at.toISOString().replace(/\.\d+Z$/, 'Z');
	const text = (name: string, words: string): Xml =>
		words ? `<${name}>${escapeMarkup(cellText(words))}</${name}>` : '';
	const date = (name: string): Xml =>
		moment ? `<dcterms:${name} xsi:type="dcterms:W3CDTF">${moment}</dcterms:${name}>` : '';
	const creator = stamp.country || stamp.name;
	return (
		declaration +
		'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"' +
		' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"' +
		' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
		text('dc:title', [stamp.name, fictional].filter(Boolean).join(' · ')) +
		text('dc:subject', stamp.country) +
		text('dc:creator', creator) +
		text('cp:lastModifiedBy', creator) +
		text('dc:description', [...stamp.editions, stamp.app].join('. ')) +
		text('dc:language', stamp.lang) +
		date('created') +
		date('modified') +
		'</cp:coreProperties>'
	);
}

export function workbookPart({ tables, layout }: Writing): Xml {
	const names = [
		layout.names.get('readme')!,
		...tables.tables.map(({ id }) => layout.names.get(id)!)
	];
	const sheets = [
		...names.map((name, i) => el('sheet', { name, sheetId: i + 1, 'r:id': `rId${i + 1}` })),
		el('sheet', {
			name: stampSheet,
			sheetId: names.length + 1,
			state: 'veryHidden',
			'r:id': `rId${names.length + 1}`
		})
	];
	return (
		declaration +
		el(
			'workbook',
			{ xmlns: main, 'xmlns:r': office },
			'<workbookPr defaultThemeVersion="124226"/>',
			'<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="24000" windowHeight="12000" tabRatio="850"/></bookViews>',
			el('sheets', {}, ...sheets),
			el(
				'definedNames',
				{},
				...tables.tables.map((table, i) => definedNames(table, names[i + 1]!, i + 1))
			),
			'<calcPr calcId="191029" fullCalcOnLoad="1"/>'
		)
	);
}

/** The first sheet: what this is, what may be edited, what comes back. */
export function readMePart({ tables, styles, texts, cut }: Writing): Xml {
	const { direction, readMe, cutNotice } = tables;
	const lines = [
		...readMe.lines,
		...(cut.size > 0
			? [{ heading: true, text: cutNotice.replace('{count}', String(cut.size)) }]
			: [])
	];
	const rows = lines.map(({ heading, text }, i) => {
		const role = i === 0 ? 'title' : heading ? 'heading' : 'prose';
		const size = role === 'title' ? 28 : role === 'heading' ? 24 : 16;
		const height = linesOf(text, role === 'prose' ? 80 : 58) * size + (role === 'prose' ? 4 : 0);
		return `<row r="${i + 1}" ht="${height}" customHeight="1">${textCell(`A${i + 1}`, styles.of({ role, wrap: true }), cellText(text), texts)}</row>`;
	});
	return (
		declaration +
		el(
			'worksheet',
			{ xmlns: main },
			'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
			el(
				'sheetViews',
				{},
				el('sheetView', {
					showGridLines: 0,
					rightToLeft: direction === 'rtl' ? 1 : undefined,
					tabSelected: 1,
					workbookViewId: 0
				})
			),
			'<sheetFormatPr defaultRowHeight="15"/>',
			'<cols><col min="1" max="1" width="84" customWidth="1"/></cols>',
			'<sheetData>' + rows.join('') + '</sheetData>',
			'<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>',
			'<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="0"/>'
		)
	);
}
