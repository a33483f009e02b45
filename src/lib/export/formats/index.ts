/**
 * The formats: ways to write a document out. Each is loaded when it is asked for.
 */
import type { ExportDocument } from '../document.ts';
import type { ExportInput } from '../input.ts';
import type { Template } from './docx/template.ts';

export type WriteOptions = {
	/** The data that the document was made from, for formats that write rows and not pages. */
	input?: ExportInput;
	/** A ministry's own Word template. */
	template?: Template;
};

export type ExportFormat = {
	id: 'docx' | 'markdown' | 'html';
	/** Without the dot. */
	extension: string;
	mime: string;
	/** Pictures are wanted as PNG too, drawn before it writes. */
	needsPictures?: boolean;
	/** Throws Problem `export-failed` for a document beyond the limits; nothing else by design. */
	write: (document: ExportDocument, more?: WriteOptions) => Promise<Uint8Array<ArrayBuffer>>;
};

export const formats: readonly ExportFormat[] = [
	{
		id: 'docx',
		extension: 'docx',
		mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		needsPictures: true,
		write: async (document, more) => (await import('./docx.ts')).writeDocx(document, more?.template)
	},
	{
		id: 'html',
		extension: 'html',
		mime: 'text/html;charset=utf-8',
		write: async (document) => (await import('./html.ts')).writeHtml(document)
	},
	{
		id: 'markdown',
		extension: 'md',
		mime: 'text/markdown;charset=utf-8',
		write: async (document) => (await import('./markdown.ts')).writeMarkdown(document)
	}
];
