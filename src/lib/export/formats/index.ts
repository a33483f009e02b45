/**
 * The formats: ways to write an ExportDocument out. Each is loaded when it is asked for.
 */
import type { ExportDocument } from '../document.ts';

export type ExportFormat = {
	id: 'docx' | 'markdown' | 'html';
	/** Without the dot. */
	extension: string;
	mime: string;
	/** Throws Problem `export-failed` for a document beyond the limits; nothing else by design. */
	write: (document: ExportDocument) => Promise<Uint8Array<ArrayBuffer>>;
};

export const formats: readonly ExportFormat[] = [
	{
		id: 'docx',
		extension: 'docx',
		mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		write: async (document) => (await import('./docx.ts')).writeDocx(document)
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
