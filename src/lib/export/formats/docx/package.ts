/**
 * The package: a Word file is a ZIP of parts, a list of their types, and a list of how they refer to
 * each other (ECMA-376 part 2). The entries have the time of the export: the same document is the same
 * bytes.
 */
import { strToU8, zipSync, type Zippable } from 'fflate';
import type { Prepared } from '../../prepare.ts';
import { commentsParts } from './comments.ts';
import { footnoteSettings, footnotesPart } from './footnotes.ts';
import { footer, header } from './frame.ts';
import { numberingPart } from './numbering.ts';
import { coreProperties } from './properties.ts';
import { page, type Setting } from './setting.ts';
import { stylesPart } from './styles.ts';
import { declaration, el, namespaces, val, type Xml } from './xml.ts';

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const types = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** The parts beside the text, in the order of their ids from `rId1`. */
const own = [
	{ id: 'rId1', type: 'styles', target: 'styles.xml', content: 'styles' },
	{ id: 'rId2', type: 'numbering', target: 'numbering.xml', content: 'numbering' },
	{ id: 'rId3', type: 'settings', target: 'settings.xml', content: 'settings' },
	{ id: 'rId4', type: 'header', target: 'header1.xml', content: 'header' },
	{ id: 'rId5', type: 'header', target: 'header2.xml', content: 'header' },
	{ id: 'rId6', type: 'footer', target: 'footer1.xml', content: 'footer' },
	{ id: 'rId7', type: 'footer', target: 'footer2.xml', content: 'footer' }
] as const;

/** The file. `blocks`: the paragraphs and tables of its text, which `set.file` has taken note of. */
export function pack(document: Prepared, blocks: Xml[], set: Setting): Uint8Array<ArrayBuffer> {
	const { file, isRtl } = set;
	const notes = footnotesPart(document.notes, set);
	const remarks = commentsParts(document.remarks, set);
	const all: Part[] = [...own, ...(notes ? [notesPart] : []), ...(remarks ? commentParts : [])];
	const parts: Record<string, Xml | Uint8Array> = {
		'[Content_Types].xml': contentTypesOf(all),
		'_rels/.rels': packageRelationships,
		'docProps/core.xml': coreProperties(document),
		'word/document.xml':
			declaration + el('w:document', namespaces, el('w:body', {}, ...blocks, section(isRtl))),
		'word/_rels/document.xml.rels': relationshipPart([...all, ...file.relationships]),
		'word/styles.xml': stylesPart(set),
		'word/numbering.xml': numberingPart(file.lists, isRtl),
		'word/settings.xml': settingsOf({ notes: notes !== null }),
		'word/header1.xml': header(document, set, false),
		'word/header2.xml': header(document, set, true),
		'word/footer1.xml': footer(document, set),
		'word/footer2.xml': footer(document, set)
	};
	Object.assign(parts, notes ? footnoteParts(notes) : {}, remarks ? contentsOf(remarks) : {});
	for (const [name, bytes] of file.media) parts[`word/${name}`] = bytes;
	return zipOf(parts, document.meta.created);
}

/** Where the footnotes are, in a file that has any. */
export const notesPart: Part = {
	id: 'rIdNotes',
	type: 'footnotes',
	target: 'footnotes.xml',
	content: 'footnotes'
};
export const footnoteParts = (
	notes: NonNullable<ReturnType<typeof footnotesPart>>
): Record<string, Xml> => ({
	'word/footnotes.xml': notes.xml,
	...(notes.relationships.length > 0
		? { 'word/_rels/footnotes.xml.rels': relationshipPart(notes.relationships) }
		: {})
});

/** Where the comments are, in a file that has any. */
export const commentParts: readonly Part[] = [
	{ id: 'rIdComments', type: 'comments', target: 'comments.xml', content: 'comments' },
	{
		id: 'rIdCommentsEx',
		type: 'http://schemas.microsoft.com/office/2011/relationships/commentsExtended',
		target: 'commentsExtended.xml',
		content: 'commentsExtended'
	}
];
export const contentsOf = (
	remarks: NonNullable<ReturnType<typeof commentsParts>>
): Record<string, Xml> => ({
	'word/comments.xml': remarks.comments,
	'word/commentsExtended.xml': remarks.extended
});

/** The ZIP of the parts, all with the time of the export. */
export function zipOf(
	parts: Record<string, Xml | Uint8Array>,
	created: string
): Uint8Array<ArrayBuffer> {
	const at = new Date(created);
	// ZIP knows no year before 1980 nor after 2107.
	const isKnown = at.getUTCFullYear() >= 1980 && at.getUTCFullYear() <= 2107;
	const mtime = isKnown ? at : new Date('2000-01-01T12:00:00Z');
	const entries: Zippable = {};
	for (const [path, part] of Object.entries(parts)) {
		entries[path] = [typeof part === 'string' ? strToU8(part) : part, { mtime }];
	}
	return zipSync(entries, { level: 6 });
}

export type Part = { id: string; type: string; target: string; content: string };

/** `[Content_Types].xml`; `pictures`: endings of pictures besides PNG and SVG. */
export const contentTypesOf = (all: readonly Part[], pictures: readonly string[] = []): Xml =>
	declaration +
	el(
		'Types',
		{ xmlns: 'http://schemas.openxmlformats.org/package/2006/content-types' },
		el('Default', {
			Extension: 'rels',
			ContentType: 'application/vnd.openxmlformats-package.relationships+xml'
		}),
		el('Default', { Extension: 'xml', ContentType: 'application/xml' }),
		el('Default', { Extension: 'png', ContentType: 'image/png' }),
		el('Default', { Extension: 'svg', ContentType: 'image/svg+xml' }),
		el('Override', { PartName: '/word/document.xml', ContentType: `${types}.document.main+xml` }),
		el('Override', {
			PartName: '/docProps/core.xml',
			ContentType: 'application/vnd.openxmlformats-package.core-properties+xml'
		}),
		...pictures
			.filter((ending) => ending !== 'png' && ending !== 'svg')
			.map((ending) =>
				el('Default', {
					Extension: ending,
					ContentType: pictureTypes[ending] ?? `image/${ending}`
				})
			),
		...all.map(({ target, content }) =>
			el('Override', {
				PartName: `/word/${target}`,
				ContentType: content.includes('/') ? content : `${types}.${content}+xml`
			})
		)
	);

const pictureTypes: Record<string, string> = {
	jpg: 'image/jpeg',
	tif: 'image/tiff',
	emf: 'image/x-emf',
	wmf: 'image/x-wmf'
};

const relationshipsOf = (...all: Xml[]): Xml =>
	declaration +
	el(
		'Relationships',
		{ xmlns: 'http://schemas.openxmlformats.org/package/2006/relationships' },
		...all
	);

export const packageRelationships = relationshipsOf(
	el('Relationship', { Id: 'rId1', Type: `${office}/officeDocument`, Target: 'word/document.xml' }),
	el('Relationship', {
		Id: 'rId2',
		Type: 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties',
		Target: 'docProps/core.xml'
	})
);

/** A `.rels` part. Links lead out of the package; everything else stays in it. */
export const relationshipPart = (
	all: readonly { id: string; type: string; target: string }[]
): Xml =>
	relationshipsOf(
		...all.map(({ id, type, target }) =>
			el('Relationship', {
				Id: id,
				Type: type.includes(':') ? type : `${office}/${type}`,
				Target: target,
				TargetMode: type === 'hyperlink' ? 'External' : undefined
			})
		)
	);

/**
 * In the order of CT_Settings. `updateFields`: Word asks, and fills the contents table with its page
 * numbers. `before`: `w:mirrorMargins`; `between`: `w:evenAndOddHeaders`; `after`: colours.
 */
export function settingsOf({ before = '', between = '', after = '', notes = false } = {}): Xml {
	return (
		declaration +
		el(
			'w:settings',
			namespaces,
			before,
			val('defaultTabStop', 720),
			between,
			'<w:updateFields/>',
			notes ? footnoteSettings : '',
			el(
				'w:compat',
				{},
				el('w:compatSetting', {
					'w:name': 'compatibilityMode',
					'w:uri': 'http://schemas.microsoft.com/office/word',
					'w:val': 15
				})
			),
			after
		)
	);
}

/** The page: its size, its frame, and its direction, in the order of CT_SectPr. */
const section = (isRtl: boolean): Xml => {
	const { margin } = page;
	return el(
		'w:sectPr',
		{},
		'<w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId5"/>',
		'<w:footerReference w:type="default" r:id="rId6"/><w:footerReference w:type="first" r:id="rId7"/>',
		el('w:pgSz', { 'w:w': page.width, 'w:h': page.height }),
		el('w:pgMar', {
			'w:top': margin.top,
			'w:right': margin.right,
			'w:bottom': margin.bottom,
			'w:left': margin.left,
			'w:header': margin.header,
			'w:footer': margin.footer,
			'w:gutter': 0
		}),
		'<w:titlePg/>',
		isRtl ? '<w:bidi/>' : '',
		'<w:docGrid w:linePitch="360"/>'
	);
};
