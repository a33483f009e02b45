/**
 * The worker that makes documents: the page stays free, and dies with nothing if there is no memory left
 * (F-22). It has no canvas for SVG, so it asks the page for each picture.
 */
import {
	TemplateRefused,
	type Template,
	type TemplateFault
} from '#lib/export/formats/docx/template.ts';
import { runJob, type Job, type JobResult, type JobStep } from '#lib/export/job.ts';
import { asProblem, type ProblemCode } from '#lib/model/problem.ts';

export type ToWorker =
	| { kind: 'job'; job: Job }
	| { kind: 'open-template'; bytes: Uint8Array<ArrayBuffer> }
	| { kind: 'drawn'; number: number; png: Uint8Array<ArrayBuffer> | null };
export type FromWorker =
	| { kind: 'step'; step: JobStep }
	| { kind: 'draw'; number: number; svg: string; width: number; height: number }
	| { kind: 'done'; result: JobResult }
	| { kind: 'template'; template: Template }
	| { kind: 'refused'; fault: TemplateFault; detail: string }
	| { kind: 'failed'; code: ProblemCode; values: Record<string, string | number> };

const waiting = new Map<number, (png: Uint8Array<ArrayBuffer> | null) => void>();
const say = (message: FromWorker, give: Transferable[] = []): void =>
	postMessage(message, { transfer: give });

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
	if (data.kind === 'drawn') {
		waiting.get(data.number)?.(data.png);
		waiting.delete(data.number);
	} else if (data.kind === 'open-template') void open(data.bytes);
	else void work(data.job);
});

async function open(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
	try {
		const { openTemplate } = await import('./template.ts');
		say({ kind: 'template', template: openTemplate(bytes) });
	} catch (thrown) {
		if (thrown instanceof TemplateRefused)
			say({ kind: 'refused', fault: thrown.fault, detail: thrown.message });
		else {
			const { code, values } = asProblem(thrown);
			say({ kind: 'failed', code, values });
		}
	}
}

async function work(job: Job): Promise<void> {
	let count = 0;
	try {
		const result = await runJob(job, {
			step: (step) => say({ kind: 'step', step }),
			draw: (svg, width, height) =>
				new Promise((resolve) => {
					const number = ++count;
					waiting.set(number, resolve);
					say({ kind: 'draw', number, svg, width, height });
				})
		});
		say({ kind: 'done', result }, result.bytes ? [result.bytes.buffer] : []);
	} catch (thrown) {
		const { code, values } = asProblem(thrown);
		say({ kind: 'failed', code, values });
	}
}
