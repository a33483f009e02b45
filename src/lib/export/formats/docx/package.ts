/**
 * The last touch to a Word file: what `docx` has no option for. The table style goes in, a
 * right-to-left section says that it is one, and the entries of the ZIP have the time of the export
 * instead of the clock's.
 */
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import type { Prepared } from '../../prepare.ts';
import type { Setting } from './setting.ts';
import { tableStyle } from './table-style.ts';

const body = 'word/document.xml';
const styles = 'word/styles.xml';

/** `packed`: the file as `docx` made it. Throws if that has no document in it. */
export function finish(
	packed: Uint8Array,
	document: Prepared,
	set: Setting
): Uint8Array<ArrayBuffer> {
	const files = unzipSync(packed);
	const change = (path: string, by: (xml: string) => string): void => {
		const xml = files[path];
		if (!xml) throw new Error(`no ${path} in the packed file`);
		files[path] = strToU8(by(strFromU8(xml)));
	};
	change(styles, (xml) => xml.replace('</w:styles>', () => `${tableStyle(set.accent)}</w:styles>`));
	if (set.isRtl) change(body, withSectionDirection);
	const at = new Date(document.meta.created);
	// ZIP knows no year before 1980 nor after 2107.
	const isKnown = at.getUTCFullYear() >= 1980 && at.getUTCFullYear() <= 2107;
	const mtime = isKnown ? at : new Date('2000-01-01T12:00:00Z');
	const entries: Zippable = {};
	for (const [path, bytes] of Object.entries(files)) entries[path] = [bytes, { mtime }];
	return zipSync(entries, { level: 6 });
}

/** `w:bidi` comes after `w:titlePg` and before `w:docGrid` (ECMA-376, CT_SectPr). */
const withSectionDirection = (xml: string): string =>
	xml.replace(/<w:sectPr\b.*?<\/w:sectPr>/gs, (section) =>
		section.includes('<w:docGrid')
			? section.replace('<w:docGrid', '<w:bidi/><w:docGrid')
			: section.replace('</w:sectPr>', '<w:bidi/></w:sectPr>')
	);
