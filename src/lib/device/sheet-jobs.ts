/** The jobs around tables, as the worker does them; and the window itself where there is no worker. */
import { tableFormats, type TableFormat } from '#lib/export/formats/index.ts';
import type { Preview } from '#lib/sheets/change.ts';
import { compare } from '#lib/sheets/compare.ts';
import type { Tables } from '#lib/sheets/table.ts';
import { readSpreadsheet } from './spreadsheet.ts';

export type SheetJob =
	| { kind: 'write'; format: TableFormat['id']; tables: Tables }
	| { kind: 'read'; bytes: Uint8Array; now: Tables };
export type SheetResult =
	{ kind: 'written'; bytes: Uint8Array<ArrayBuffer> } | { kind: 'read'; preview: Preview };
export type SheetProgress = (done: number, of: number) => Promise<void> | void;

/** Rejects with BadFile for a file that cannot be read. */
export async function doSheetJob(job: SheetJob, progress: SheetProgress): Promise<SheetResult> {
	if (job.kind === 'write') {
		const format = tableFormats.find(({ id }) => id === job.format)!;
		return { kind: 'written', bytes: await format.write(job.tables, progress) };
	}
	await progress(0, 2);
	const content = readSpreadsheet(job.bytes);
	await progress(1, 2);
	return { kind: 'read', preview: compare(content, job.now) };
}
