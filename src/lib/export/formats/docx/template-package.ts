/**
 * A document in a template's package: our text on its styles, in its page, under its headers. Parts of ours
 * have names of their own, so that none meets one of the template's.
 */
import type { Prepared } from '../../prepare.ts';
import { FileParts } from './file.ts';
import { commentsParts } from './comments.ts';
import { footnotesPart } from './footnotes.ts';
import { footer, header, markingOf } from './frame.ts';
import { freeIn, mergedNumbering, numberingPart } from './numbering.ts';
import {
	commentParts,
	contentTypesOf,
	contentsOf,
	footnoteParts,
	notesPart,
	packageRelationships,
	relationshipPart,
	settingsOf,
	zipOf,
	type Part
} from './package.ts';
import { paragraphOf } from './blocks.ts';
import { coreProperties } from './properties.ts';
import { setting, type Setting } from './setting.ts';
import { stylesPart } from './styles.ts';
import type { FramePart, Template } from './template.ts';
import { accentOf, mapStyles, pageOf } from './template-styles.ts';
import { declaration, el, namespaces, type Xml } from './xml.ts';

/** The setting of a document that wears `template`. */
export function settingIn(template: Template, document: Prepared): Setting {
	const base = template.numbering === null ? undefined : freeIn(template.numbering);
	const page = pageOf(template.section);
	const theme = template.theme ? new TextDecoder().decode(template.theme) : '';
	const set: Setting = {
		...setting(document),
		file: new FileParts('Guide', base?.list),
		textWidth: Math.max(page.width - page.left - page.right, 2000)
	};
	set.accent = accentOf(theme) ?? set.accent;
	return {
		...set,
		styles:
			template.styles === null ? null : mapStyles(template.styles, template.numbering ?? '', set)
	};
}

type Frame = {
	kind: FramePart['kind'];
	type: FramePart['type'];
	xml: Xml;
	media: FramePart['media'];
};

/** The file. `blocks`: what `set` (of `settingIn`) wrote. */
export function packIn(
	template: Template,
	document: Prepared,
	blocks: Xml[],
	set: Setting
): Uint8Array<ArrayBuffer> {
	const { file, isRtl } = set;
	const frames = framesOf(template, document, set);
	const { numbering } = template;
	const notes = footnotesPart(document.notes, set);
	const remarks = commentsParts(document.remarks, set);
	const said = remarks ? contentsOf(remarks) : {};
	const own: (Part & { part: Xml | Uint8Array })[] = [
		{
			id: 'rIdStyles',
			type: 'styles',
			target: 'styles.xml',
			content: 'styles',
			part: set.styles?.xml ?? stylesPart(set)
		},
		{
			id: 'rIdNumbering',
			type: 'numbering',
			target: 'numbering.xml',
			content: 'numbering',
			part:
				numbering === null
					? numberingPart(file.lists, isRtl)
					: mergedNumbering(numbering, file.lists, isRtl, freeIn(numbering))
		},
		{
			id: 'rIdSettings',
			type: 'settings',
			target: 'settings.xml',
			content: 'settings',
			part: settingsOf({
				before: template.mirrorMargins ? '<w:mirrorMargins/>' : '',
				between: template.evenAndOdd ? '<w:evenAndOddHeaders/>' : '',
				after: template.colours,
				notes: notes !== null
			})
		},
		...(notes ? [{ ...notesPart, part: notes.xml }] : []),
		...(remarks
			? commentParts.map((one) => ({ ...one, part: said[`word/${one.target}`] ?? '' }))
			: []),
		...(template.theme
			? [
					{
						id: 'rIdTheme',
						type: 'theme',
						target: 'theme/theme1.xml',
						content: 'application/vnd.openxmlformats-officedocument.theme+xml',
						part: template.theme
					}
				]
			: []),
		...frames.map(({ kind, xml }, i) => ({
			id: `rIdFrame${i + 1}`,
			type: kind,
			target: `${kind}Guide${i + 1}.xml`,
			content: kind,
			part: xml
		}))
	];
	const parts: Record<string, Xml | Uint8Array> = {
		'[Content_Types].xml': contentTypesOf(
			own,
			[...new Set(frames.flatMap(({ media }) => media.map(({ name }) => endingOf(name))))].sort()
		),
		'_rels/.rels': packageRelationships,
		'docProps/core.xml': coreProperties(document),
		'word/document.xml':
			declaration +
			el('w:document', namespaces, el('w:body', {}, ...blocks, sectionOf(template, frames, isRtl))),
		'word/_rels/document.xml.rels': relationshipPart([...own, ...file.relationships])
	};
	for (const { target, part } of own) parts[`word/${target}`] = part;
	Object.assign(parts, notes ? footnoteParts(notes) : {});
	frames.forEach(({ kind, media }, i) => {
		for (const { name, bytes } of media) parts[`word/media/${name}`] = bytes;
		if (media.length > 0) {
			parts[`word/_rels/${kind}Guide${i + 1}.xml.rels`] = relationshipPart(
				media.map(({ id, name }) => ({ id, type: 'image', target: `media/${name}` }))
			);
		}
	});
	for (const [name, bytes] of file.media) parts[`word/${name}`] = bytes;
	return zipOf(parts, document.meta.created);
}

const endingOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
const hasFirst = ({ section }: Template): boolean =>
	/<w:titlePg\b(?![^>]*w:val="(?:0|false|off)")[^>]*\/>/.test(section);

/**
 * The template's headers with what every page of ours must say in them; ours where it has none of a kind
 * at all, so that a page has its number.
 */
function framesOf(template: Template, document: Prepared, set: Setting): Frame[] {
	const notice = noticeOf(document, set);
	const frames: Frame[] = template.frames.map((frame) => ({
		...frame,
		xml:
			frame.kind === 'header' && notice !== ''
				? frame.xml.replace(/<\/w:hdr>\s*$/, `${notice}</w:hdr>`)
				: frame.xml
	}));
	const has = (kind: FramePart['kind'], type?: FramePart['type']): boolean =>
		template.frames.some((one) => one.kind === kind && (!type || one.type === type));
	const types: FramePart['type'][] = [
		'default',
		...(hasFirst(template) ? ['first' as const] : []),
		...(template.evenAndOdd ? ['even' as const] : [])
	];
	for (const type of types) {
		if (!has('header')) {
			frames.push({
				kind: 'header',
				type,
				xml: header(document, set, type === 'first'),
				media: []
			});
		} else if (!has('header', type) && notice !== '') {
			const xml = declaration + el('w:hdr', namespaces, notice);
			frames.push({ kind: 'header', type, xml, media: [] });
		}
		if (!has('footer'))
			frames.push({ kind: 'footer', type, xml: footer(document, set), media: [] });
	}
	return frames;
}

const noticeOf = (document: Prepared, set: Setting): Xml =>
	(document.fictional === null
		? ''
		: paragraphOf('Fictional', [{ text: document.fictional }], set)) + markingOf(document, set);

/** References first, then the page as the template has it, with the direction in its place. */
function sectionOf(template: Template, frames: readonly Frame[], isRtl: boolean): Xml {
	const references = frames
		.map(({ kind, type }, i) =>
			el(`w:${kind}Reference`, { 'w:type': type, 'r:id': `rIdFrame${i + 1}` })
		)
		.join('');
	const inside = template.section || '<w:pgSz w:w="11906" w:h="16838"/>';
	if (!isRtl) return `<w:sectPr>${references}${inside}</w:sectPr>`;
	// CT_SectPr: bidi after titlePg and textDirection, before rtlGutter and docGrid.
	const at = inside.search(/<w:(?:rtlGutter|docGrid)\b/);
	const withDirection =
		at < 0 ? `${inside}<w:bidi/>` : `${inside.slice(0, at)}<w:bidi/>${inside.slice(at)}`;
	return `<w:sectPr>${references}${withDirection}</w:sectPr>`;
}
