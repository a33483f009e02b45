/** Opens a ministry's Word template: a file that a stranger made (F-36, F-37), refused with a reason. */
import { readTemplate, TemplateRefused, type Template } from '#lib/export/formats/docx/template.ts';
import { Problem } from '#lib/model/problem.ts';
import { openZip, zipLimits } from './zip.ts';

/** The head of an OLE file: Word's old format, and its envelope of a file with a password. */
const ole = [0xd0, 0xcf, 0x11, 0xe0];

/** Throws TemplateRefused and nothing else. */
export function openTemplate(bytes: Uint8Array): Template {
	if (bytes.length === 0) throw new TemplateRefused('empty', 'no bytes');
	if (bytes.length > zipLimits.packed) throw new TemplateRefused('too-large', `${bytes.length}`);
	if (ole.every((byte, i) => bytes[i] === byte)) throw new TemplateRefused('password', 'OLE');
	try {
		return readTemplate(openZip(bytes));
	} catch (thrown) {
		if (thrown instanceof TemplateRefused) throw thrown;
		if (!(thrown instanceof Problem)) throw new TemplateRefused('damaged', String(thrown), thrown);
		const { code, values } = thrown;
		if (code === 'file-not-project') throw new TemplateRefused('not-docx', 'no ZIP', thrown);
		if (code === 'file-too-large') throw new TemplateRefused('too-large', String(values.reason));
		const isLocked = values.reason === 'encrypted';
		throw new TemplateRefused(isLocked ? 'password' : 'damaged', String(values.reason), thrown);
	}
}
