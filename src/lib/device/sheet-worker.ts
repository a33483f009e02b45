/** The worker's side of `sheet-work.ts`: one job, then it is ended. */
import { BadFile } from '#lib/sheets/bad-file.ts';
import { doSheetJob, type SheetJob, type SheetResult } from './sheet-jobs.ts';

export type FromWorker =
	| { is: 'progress'; done: number; of: number }
	| { is: 'done'; result: SheetResult }
	| { is: 'bad'; code: string; values: Record<string, string | number> }
	| { is: 'failed'; message: string };

const say = (message: FromWorker): void => self.postMessage(message);

self.onmessage = async ({ data }: MessageEvent<SheetJob>): Promise<void> => {
	try {
		const result = await doSheetJob(data, (done, of) => say({ is: 'progress', done, of }));
		say({ is: 'done', result });
	} catch (thrown) {
		if (thrown instanceof BadFile) say({ is: 'bad', code: thrown.code, values: thrown.values });
		else say({ is: 'failed', message: String((thrown as Error)?.message ?? thrown).slice(0, 300) });
	}
};
