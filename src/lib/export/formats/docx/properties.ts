/**
 * The file's own properties: title, who made it, when, in which language. Written here whole, because
 * `docx` knows no language and takes the time from the clock.
 */
import type { Prepared } from '../../prepare.ts';
import { escapeMarkup } from '../../text.ts';

/** `docProps/core.xml` */
export function coreProperties({ title, subtitle, lang, meta }: Prepared): string {
	const creator = meta.country || meta.workspace;
	const at = new Date(meta.created);
	const moment = Number.isNaN(at.getTime()) ? '' : at.toISOString().replace(/\.\d+Z$/, 'Z');
	const date = (name: string): string =>
		moment ? `<dcterms:${name} xsi:type="dcterms:W3CDTF">${moment}</dcterms:${name}>` : '';
	const text = (name: string, words: string): string =>
		words ? `<${name}>${escapeMarkup(words)}</${name}>` : '';
	return (
		'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
		'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"' +
		' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"' +
		' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
		text('dc:title', title) +
		text('dc:subject', subtitle) +
		text('dc:creator', creator) +
		text('cp:lastModifiedBy', creator) +
		text('dc:description', [meta.edition, meta.app].filter(Boolean).join('. ')) +
		text('dc:language', lang) +
		date('created') +
		date('modified') +
		'</cp:coreProperties>'
	);
}
