/**
 * A Template: what of a ministry's own Word file our documents wear: its styles, theme, numbering, page,
 * headers and footers with their pictures. Everything else in it (its text, macros, links to elsewhere,
 * settings, properties) stays behind: only what is named here is ever read.
 */
import {
	fieldIsHarmless,
	relationshipsIn,
	isWellFormed,
	withoutRelationship
} from './template-xml.ts';

export const templateFaults = [
	'empty',
	'not-docx',
	'password',
	'damaged',
	'too-large',
	'entities',
	'strict'
] as const;
export type TemplateFault = (typeof templateFaults)[number];
/** Why a file cannot be a template: its words are `export.template-<fault>`. */
export class TemplateRefused extends Error {
	readonly fault: TemplateFault;
	constructor(fault: TemplateFault, detail: string, cause?: unknown) {
		super(`${fault}: ${detail}`, { cause });
		this.name = 'TemplateRefused';
		this.fault = fault;
	}
}

export type TemplateNote = 'macros' | 'external' | 'fields';
export type FramePart = {
	kind: 'header' | 'footer';
	type: 'default' | 'first' | 'even';
	xml: string;
	/** Pictures by the id that `xml` names them with; `name` is unique in the template. */
	media: { id: string; name: string; bytes: Uint8Array }[];
};
export type Template = {
	/** Null: it has none, and ours are used. */
	styles: string | null;
	theme: Uint8Array | null;
	numbering: string | null;
	/** The section without its references to headers and footers. */
	section: string;
	frames: FramePart[];
	evenAndOdd: boolean;
	mirrorMargins: boolean;
	/** `w:clrSchemeMapping`, or empty. */
	colours: string;
	/** What was left out, for the person to know. */
	notes: TemplateNote[];
};

const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const decode = (bytes: Uint8Array, name: string): string => {
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch (thrown) {
		throw new TemplateRefused('damaged', `${name} is not UTF-8`, thrown);
	}
	if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new TemplateRefused('entities', name);
	if (!isWellFormed(text)) throw new TemplateRefused('damaged', `${name} is not well-formed`);
	return text;
};

/** `get`: the named entries of the package that are there. Throws TemplateRefused. */
export function readTemplate(get: (names: string[]) => Map<string, Uint8Array>): Template {
	const bytesOf = (name: string): Uint8Array | undefined => get([name]).get(name);
	const part = (name: string): string | null => {
		const bytes = bytesOf(name);
		return bytes ? decode(bytes, name) : null;
	};
	const notes = new Set<TemplateNote>();
	const types = part('[Content_Types].xml');
	const roots = part('_rels/.rels');
	if (types === null || roots === null) throw new TemplateRefused('not-docx', 'no package');
	const root = relationshipsIn(roots, '').find(({ type }) => type === 'officeDocument');
	const path = root?.target ?? '';
	const text = path === '' ? null : part(path);
	if (text === null) throw new TemplateRefused('not-docx', 'no document');
	if (/purl\.oclc\.org\/ooxml\/wordprocessingml/.test(text))
		throw new TemplateRefused('strict', path);
	if (!text.includes(`xmlns:w="${main}"`)) throw new TemplateRefused('not-docx', path);
	if (/macroEnabled|vbaProject/i.test(types)) notes.add('macros');

	const relsOf = (name: string) => {
		const at = name.lastIndexOf('/') + 1;
		const xml = part(`${name.slice(0, at)}_rels/${name.slice(at)}.rels`);
		return xml === null ? [] : relationshipsIn(xml, name.slice(0, at));
	};
	const relationships = relsOf(path);
	const targetOf = (type: string): string | undefined =>
		relationships.find((one) => one.type === type && !one.external)?.target;
	const named = (type: string): string | null => {
		const target = targetOf(type);
		return target === undefined ? null : part(target);
	};
	const settings = named('settings') ?? '';
	const settingsPath = targetOf('settings');
	if (settingsPath && relsOf(settingsPath).some(({ external }) => external)) notes.add('external');
	const theme = targetOf('theme');
	if (theme) part(theme);

	const sections = [...text.matchAll(/<w:sectPr\b[^>]*?(?:\/>|>.*?<\/w:sectPr>)/gs)].map(
		([found]) => found
	);
	// A section without a header of its own has that of the one before.
	const found = new Map<
		string,
		{ kind: 'header' | 'footer'; type: FramePart['type']; id: string }
	>();
	for (const section of sections) {
		for (const [, kind, attributes = ''] of section.matchAll(
			/<w:(header|footer)Reference\b([^>]*?)\/>/g
		)) {
			const type = /w:type="(first|even|default)"/.exec(attributes)?.[1] ?? 'default';
			const id = /\br:id="([^"]+)"/.exec(attributes)?.[1];
			if (!id) continue;
			found.set(`${kind}-${type}`, {
				kind: kind === 'header' ? 'header' : 'footer',
				type: type === 'first' ? 'first' : type === 'even' ? 'even' : 'default',
				id
			});
		}
	}
	const frames = [...found.values()].flatMap(({ kind, type, id }, i): FramePart[] => {
		const target = relationships.find((one) => one.id === id && !one.external)?.target;
		const xml = target === undefined ? null : part(target);
		if (target === undefined || xml === null || !xml.includes(`xmlns:w="${main}"`)) return [];
		return [{ kind, type, ...frameOf(xml, relsOf(target), `frame${i + 1}`, bytesOf, notes) }];
	});
	const element = (name: string): string =>
		new RegExp(`<w:${name}\\b[^>]*/>`).exec(settings)?.[0] ?? '';
	const isOn = (name: string): boolean => {
		const said = element(name);
		return said !== '' && !/w:val="(?:0|false|off)"/.test(said);
	};
	return {
		styles: named('styles'),
		theme: theme ? (bytesOf(theme) ?? null) : null,
		numbering:
			named('numbering')
				?.replace(/<w:numPicBullet\b.*?<\/w:numPicBullet>/gs, '')
				.replace(/<w:lvlPicBulletId\b[^>]*\/>/g, '') ?? null,
		section: sectionOf(sections.at(-1) ?? ''),
		frames,
		evenAndOdd: isOn('evenAndOddHeaders'),
		mirrorMargins: isOn('mirrorMargins'),
		colours: element('clrSchemeMapping'),
		notes: [...notes]
	};

	/** Pictures inside the package come along; everything else that a header refers to does not. */
	function frameOf(
		source: string,
		own: ReturnType<typeof relationshipsIn>,
		prefix: string,
		read: (name: string) => Uint8Array | undefined,
		said: Set<TemplateNote>
	): Pick<FramePart, 'xml' | 'media'> {
		let xml = source;
		const media: FramePart['media'] = [];
		for (const { id, type, target, external } of own) {
			const extension = /\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)$/i.exec(target)?.[1];
			const bytes = type === 'image' && !external && extension ? read(target) : undefined;
			if (bytes && extension)
				media.push({ id, name: `${prefix}-${media.length + 1}.${extension.toLowerCase()}`, bytes });
			else {
				if (external) said.add('external');
				xml = withoutRelationship(xml, id);
			}
		}
		const calm = xml
			.replace(/(<w:instrText\b[^>]*>)([^<]*)(<\/w:instrText>)/g, (all, begin, words, end) =>
				fieldIsHarmless(words) ? all : `${begin}${end}`
			)
			.replace(/(<w:fldSimple\b[^>]*w:instr=")([^"]*)(")/g, (all, begin, words, end) =>
				fieldIsHarmless(words) ? all : `${begin} TITLE ${end}`
			);
		if (calm !== xml) said.add('fields');
		return { xml: calm, media };
	}
}

/** The page of a section: its size, margins, columns, border; not what kind of break it is. */
function sectionOf(section: string): string {
	const inside = /^<w:sectPr\b[^>]*>(.*)<\/w:sectPr>$/s.exec(section)?.[1] ?? '';
	return (
		inside
			.replace(/<w:(?:header|footer)Reference\b[^>]*\/>/g, '')
			.replace(
				/<w:(?:footnotePr|endnotePr|sectPrChange|printerSettings)\b[^>]*?(?:\/>|>.*?<\/w:(?:footnotePr|endnotePr|sectPrChange|printerSettings)>)/gs,
				''
			)
			.replace(/<w:type\b[^>]*\/>/g, '')
			.replace(/<w:bidi\b[^>]*\/>/g, '')
			// Page numbers begin at one, whatever the template's own did.
			.replace(/\s+w:start="\d+"(?=[^>]*\/>)/g, '')
	);
}
