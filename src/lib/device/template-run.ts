/**
 * Opens a ministry's template in the export worker: a file that a stranger made is unpacked and read while
 * the page stays free, and what it breaks is the worker.
 */
import { TemplateRefused, type Template } from '#lib/export/formats/docx/template.ts';
import { Problem } from '#lib/model/problem.ts';
import { makeWorker, type Hand } from './export-run.ts';
import type { FromWorker, ToWorker } from './export-worker.ts';
import { zipLimits } from './zip.ts';

/** Rejects with TemplateRefused, or with Problem `export-failed`, `what: 'worker'`, if the worker died. */
export function openTemplateAside(
	bytes: Uint8Array<ArrayBuffer>,
	make: () => Hand = makeWorker
): Promise<Template> {
	const died = (): Problem => new Problem('export-failed', { what: 'worker', found: 0, limit: 0 });
	let worker: Hand | undefined;
	return new Promise<Template>((resolve, reject) => {
		try {
			worker = make();
		} catch {
			return reject(died());
		}
		worker.addEventListener('error', () => reject(died()));
		worker.addEventListener('messageerror', () => reject(died()));
		worker.addEventListener('message', (event) => {
			const message = (event as MessageEvent<FromWorker>).data;
			if (message.kind === 'template') resolve(message.template);
			else if (message.kind === 'refused')
				reject(new TemplateRefused(message.fault, message.detail));
			else if (message.kind === 'failed') reject(new Problem(message.code, message.values));
		});
		worker.postMessage({ kind: 'open-template', bytes } satisfies ToWorker);
	}).finally(() => worker?.terminate());
}

/** The same of a file that somebody chose; a large one is refused before it is read. */
export async function openTemplateFile(
	file: File,
	make?: () => Hand
): Promise<{ template: Template; bytes: Uint8Array<ArrayBuffer> }> {
	if (file.size > zipLimits.packed) throw new TemplateRefused('too-large', `${file.size}`);
	const bytes = new Uint8Array(await file.arrayBuffer());
	return { template: await openTemplateAside(bytes, make), bytes };
}
