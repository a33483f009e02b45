/**
 * Runs an export in a worker of its own: told step by step, cancelled by ending the worker, and over with a
 * Problem if the worker dies. Whatever happens, there is one file or none.
 */
import type { Draw } from '#lib/export/document.ts';
import type { Job, JobResult, JobStep } from '#lib/export/job.ts';
import { Problem } from '#lib/model/problem.ts';
import { drawPng } from './draw.ts';
import workerUrl from './export-worker.ts?worker&url';
import type { FromWorker, ToWorker } from './export-worker.ts';
import { trustedScriptUrl } from './trusted.ts';

/** What of a Worker is used; a test has its own. */
export type Hand = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;
export const makeWorker = (): Hand => new Worker(trustedScriptUrl(workerUrl), { type: 'module' });

export type Run = {
	/** Null: it was cancelled. Rejects with a Problem; `export-failed` with `what: 'worker'` if it died. */
	done: Promise<JobResult | null>;
	/** Ends the worker at once. */
	cancel: () => void;
};

export function runExport(
	job: Job,
	onStep: (step: JobStep) => void,
	{ draw = drawPng, make = makeWorker }: { draw?: Draw; make?: () => Hand } = {}
): Run {
	let cancel = (): void => {};
	const done = new Promise<JobResult | null>((resolve, reject) => {
		let worker: Hand | undefined;
		let isOver = false;
		const end = (settle: () => void): void => {
			if (isOver) return;
			isOver = true;
			worker?.terminate();
			settle();
		};
		cancel = () => end(() => resolve(null));
		const died = (): void =>
			end(() => reject(new Problem('export-failed', { what: 'worker', found: 0, limit: 0 })));
		try {
			worker = make();
		} catch {
			return died();
		}
		const say = (message: ToWorker): void => worker?.postMessage(message);
		worker.addEventListener('error', died);
		worker.addEventListener('messageerror', died);
		worker.addEventListener('message', (event) => {
			const message = (event as MessageEvent<FromWorker>).data;
			if (isOver) return;
			if (message.kind === 'step') onStep(message.step);
			else if (message.kind === 'done') end(() => resolve(message.result));
			else if (message.kind === 'failed')
				end(() => reject(new Problem(message.code, message.values)));
			else if (message.kind === 'draw') {
				const { svg, width, height, number } = message;
				void draw(svg, width, height)
					.catch(() => null)
					.then((png) => {
						if (!isOver) say({ kind: 'drawn', number, png });
					});
			}
		});
		say({ kind: 'job', job });
	});
	return { done, cancel };
}
