/**
 * Word: an ExportDocument as a DOCX that is meant to be worked on: real styles, headings that number
 * themselves, a contents table that Word fills, tables whose header rows repeat.
 *
 * Written by ourselves, with fflate for the ZIP: see `src/decisions/word-files.md`.
 */
import type { ExportDocument } from '../document.ts';
import { prepare, type Prepared } from '../prepare.ts';
import { blocksOf, pageBreak } from './docx/blocks.ts';
import { contents } from './docx/contents.ts';
import { cover } from './docx/cover.ts';
import { pack } from './docx/package.ts';
import { setting, type Setting } from './docx/setting.ts';
import type { Template } from './docx/template.ts';
import { packIn, settingIn } from './docx/template-package.ts';
import type { Xml } from './docx/xml.ts';

/** The bytes of the file, in a ministry's own template where there is one. Throws Problem `export-failed` for a document beyond the limits. */
export async function writeDocx(
	document: ExportDocument,
	template?: Template
): Promise<Uint8Array<ArrayBuffer>> {
	const prepared = prepare(document);
	if (template) {
		const worn = settingIn(template, prepared);
		return packIn(template, prepared, childrenOf(prepared, worn), worn);
	}
	const set = setting(prepared);
	return pack(prepared, childrenOf(prepared, set), set);
}

/** A contents table ends its page; without one, the text follows on the head. */
function childrenOf(document: Prepared, set: Setting): Xml[] {
	const map = document.contents ? contents(document, set) : [];
	const isPage = document.cover === 'page';
	return [
		...cover(document, set),
		...(isPage ? [pageBreak(set)] : []),
		...map,
		...(map.length > 0 ? [pageBreak(set)] : []),
		...blocksOf(document.blocks, set)
	];
}
