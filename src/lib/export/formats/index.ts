/**
 * The formats: ways to write an ExportDocument out, or Tables. Each is loaded when it is asked for.
 */
import type { Tables } from '#lib/sheets/table.ts';
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

/** Ways to write the tables of a workspace out. */
export type TableFormat = {
	id: 'xlsx' | 'csv' | 'json';
	extension: string;
	mime: string;
	/** `progress` hears how much is done, and may wait a moment. */
	write: (
		tables: Tables,
		progress?: (done: number, of: number) => Promise<void> | void
	) => Promise<Uint8Array<ArrayBuffer>>;
};

export const tableFormats: readonly TableFormat[] = [
	{
		id: 'xlsx',
		extension: 'xlsx',
		mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		write: async (tables, progress) => (await import('./xlsx.ts')).writeXlsx(tables, progress)
	},
	{
		id: 'csv',
		extension: 'zip',
		mime: 'application/zip',
		write: async (tables, progress) => (await import('./csv.ts')).writeCsv(tables, progress)
	},
	{
		id: 'json',
		extension: 'json',
		mime: 'application/json',
		write: async (tables) => (await import('./json.ts')).writeJson(tables)
	}
];
