import { expect, it, vi } from 'vitest';
import type { Job, JobResult } from '#lib/export/job.ts';
import type { FromWorker, ToWorker } from './export-worker.ts';
import { runExport, type Hand } from './export-run.ts';

vi.mock('./export-worker.ts?worker&url', () => ({ default: '/worker.js' }));

const job = {} as Job;
const result = { title: 'T', bytes: null, document: null, noPicture: false } satisfies JobResult;

function hand() {
	const listeners = new Map<string, ((event: never) => void)[]>();
	const sent: ToWorker[] = [];
	const terminate = vi.fn();
	const worker = {
		postMessage: (message: ToWorker) => sent.push(message),
		terminate,
		addEventListener: (type: string, listener: (event: never) => void) =>
			listeners.set(type, [...(listeners.get(type) ?? []), listener])
	} as unknown as Hand;
	const emit = (type: string, event: unknown) =>
		listeners.get(type)?.forEach((listener) => listener(event as never));
	const say = (data: FromWorker) => emit('message', { data });
	return { make: () => worker, sent, terminate, emit, say };
}

it('gives the result, and ends the worker', async () => {
	const own = hand();
	const steps: string[] = [];
	const { done } = runExport(job, (step) => steps.push(step), own);
	own.say({ kind: 'step', step: 'compose' });
	own.say({ kind: 'done', result });
	expect(await done).toEqual(result);
	expect(steps).toEqual(['compose']);
	expect(own.terminate).toHaveBeenCalledOnce();
});

it('draws what the worker asks for, and says so where the device cannot', async () => {
	const own = hand();
	const png = new Uint8Array([1]);
	const draw = vi.fn().mockResolvedValueOnce(png).mockRejectedValueOnce(new Error('canvas'));
	runExport(job, () => {}, { ...own, draw });
	own.say({ kind: 'draw', number: 1, svg: '<svg/>', width: 2, height: 3 });
	own.say({ kind: 'draw', number: 2, svg: '<svg/>', width: 2, height: 3 });
	await vi.waitFor(() => expect(own.sent).toHaveLength(3));
	expect(own.sent[1]).toEqual({ kind: 'drawn', number: 1, png });
	expect(own.sent[2]).toEqual({ kind: 'drawn', number: 2, png: null });
});

it('cancelled, it really stops: no file comes, whatever the worker says after (F-65)', async () => {
	const own = hand();
	const { done, cancel } = runExport(job, () => {}, own);
	cancel();
	own.say({ kind: 'done', result });
	expect(await done).toBeNull();
	expect(own.terminate).toHaveBeenCalledOnce();
});

it('a worker that dies ends in a Problem, and so does one that cannot begin (F-22)', async () => {
	const own = hand();
	const { done } = runExport(job, () => {}, own);
	own.emit('error', {});
	await expect(done).rejects.toMatchObject({ code: 'export-failed', values: { what: 'worker' } });
	const none = runExport(job, () => {}, {
		make: () => {
			throw new Error('refused');
		}
	});
	await expect(none.done).rejects.toMatchObject({ values: { what: 'worker' } });
});

it('a Problem of the document comes out as it went in', async () => {
	const own = hand();
	const { done } = runExport(job, () => {}, own);
	own.say({ kind: 'failed', code: 'export-failed', values: { what: 'cells', found: 9, limit: 8 } });
	await expect(done).rejects.toMatchObject({ values: { what: 'cells', found: 9, limit: 8 } });
});
