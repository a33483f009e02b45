/**
 * Work on tables away from the window: a file of ten thousand rows is written and read while people go on
 * typing, and ended in the middle where they cancel.
 */
import { Problem } from '#lib/model/problem.ts';
import { BadFile, badFileCodes } from '#lib/sheets/bad-file.ts';
import { breath } from './breath.ts';
import type { SheetJob, SheetResult } from './sheet-jobs.ts';
import type { FromWorker } from './sheet-worker.ts';
import { trustedScriptUrl } from './trusted.ts';
import workerUrl from './sheet-worker.ts?worker&url';

/** How long a worker may take to say its first word before the window does the work itself. */
const patience = 10_000;

/**
 * Does a job. Rejects with BadFile for a file that cannot be read, with an AbortError after `signal`, and
 * with Problem `export-failed` or `unexpected` where the device gave up: the page and its work are untouched.
 */
export async function sheetWork(
	job: SheetJob,
	{ progress, signal }: { progress: (done: number, of: number) => void; signal: AbortSignal }
): Promise<SheetResult> {
	signal.throwIfAborted();
	const worker = startWorker();
	const result = worker && (await inWorker(worker, job, progress, signal));
	return result ?? here(job, progress, signal);
}

function startWorker(): Worker | null {
	try {
		return new Worker(trustedScriptUrl(workerUrl), { type: 'module' });
	} catch {
		return null;
	}
}

/** Null where the worker never came alive. */
function inWorker(
	worker: Worker,
	job: SheetJob,
	progress: (done: number, of: number) => void,
	signal: AbortSignal
): Promise<SheetResult | null> {
	let isAlive = false;
	return new Promise<SheetResult | null>((resolve, reject) => {
		const wait = setTimeout(() => {
			if (!isAlive) resolve(null);
		}, patience);
		signal.addEventListener('abort', () => reject(signal.reason), { once: true });
		worker.onerror = (event) => {
			event.preventDefault();
			if (isAlive) reject(new Problem('export-failed', { detail: event.message ?? '' }));
			else resolve(null);
		};
		worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
			isAlive = true;
			clearTimeout(wait);
			switch (data.is) {
				case 'progress':
					return progress(data.done, data.of);
				case 'done':
					return resolve(data.result);
				case 'bad':
					return reject(
						new BadFile(badFileCodes.find((code) => code === data.code) ?? 'damaged', data.values)
					);
				case 'failed':
					return reject(new Problem('unexpected', { detail: data.message }));
			}
		};
		worker.postMessage(job);
	}).finally(() => worker.terminate());
}

async function here(
	job: SheetJob,
	progress: (done: number, of: number) => void,
	signal: AbortSignal
): Promise<SheetResult> {
	const { doSheetJob } = await import('./sheet-jobs.ts');
	return doSheetJob(job, async (done, of) => {
		progress(done, of);
		await breath();
		signal.throwIfAborted();
	});
}
