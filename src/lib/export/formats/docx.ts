/**
 * Word: an ExportDocument as a DOCX that is meant to be worked on: real styles, headings that number
 * themselves, a contents table that Word fills, tables whose header rows repeat.
 *
 * `docx` (about 70 kB) is loaded with this file and by nobody else.
 */
import { Document, Packer, type FileChild } from 'docx';
import type { ExportDocument } from '../document.ts';
import { prepare, type Prepared } from '../prepare.ts';
import { blocksOf, pageBreak } from './docx/blocks.ts';
import { contents } from './docx/contents.ts';
import { cover } from './docx/cover.ts';
import { footer, header } from './docx/frame.ts';
import { headingNumbering } from './docx/numbering.ts';
import { finish } from './docx/package.ts';
import { coreProperties } from './docx/properties.ts';
import { styles } from './docx/styles.ts';
import { page, setting, type Setting } from './docx/setting.ts';

/** The bytes of the file. Throws Problem `export-failed` for a document beyond the limits. */
export async function writeDocx(document: ExportDocument): Promise<Uint8Array<ArrayBuffer>> {
	const prepared = prepare(document);
	const set = setting(prepared);
	const file = new Document({
		features: { updateFields: true },
		styles: styles(set),
		numbering: { config: [headingNumbering(set.isRtl)] },
		sections: [
			{
				properties: {
					titlePage: true,
					page: { size: { width: page.width, height: page.height }, margin: page.margin }
				},
				headers: { first: header(prepared, set, true), default: header(prepared, set, false) },
				footers: { first: footer(prepared, set), default: footer(prepared, set) },
				children: childrenOf(prepared, set)
			}
		]
	});
	const packed = await Packer.pack(file, 'uint8array', undefined, [
		{ path: 'docProps/core.xml', data: coreProperties(prepared) }
	]);
	return finish(packed, prepared, set);
}

/** A contents table ends the first page; without one, the text follows on it. */
function childrenOf(document: Prepared, set: Setting): FileChild[] {
	const map = contents(document, set);
	const begin = map.length > 0 ? [pageBreak(set)] : [];
	return [...cover(document, set), ...map, ...begin, ...blocksOf(document.blocks, set)];
}
