/**
 * The formats: ways to write an ExportDocument out, or Tables. Each is loaded when it is asked for.
 */
import type { Tables } from '#lib/sheets/table.ts';
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
