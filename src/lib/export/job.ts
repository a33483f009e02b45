/**
 * A Job: one document from data to bytes, as a worker does it. Pure: pictures are drawn by whoever has a
 * canvas, and steps are told as they begin.
 */
import { register, translate, type Messages } from '#lib/i18n/words.ts';
import { compose } from './compose.ts';
import { withPictures, type Draw, type ExportDocument } from './document.ts';
import { formats, type ExportFormat, type WriteOptions } from './formats/index.ts';
import type { ComposeOptions, ExportData } from './input.ts';

export type Job = {
	input: ExportData;
	/** The words of the documents (`export.json`) in the document's language. */
	messages: Messages;
	options: ComposeOptions;
	/** Null: the document itself, for a screen or a printer. */
	format: ExportFormat['id'] | null;
	template?: WriteOptions['template'];
};
export const jobSteps = ['compose', 'draw', 'write'] as const;
export type JobStep = (typeof jobSteps)[number];

export type JobResult = {
	title: string;
	/** Null where only the document was asked for. */
	bytes: Uint8Array<ArrayBuffer> | null;
	document: ExportDocument | null;
	/** A picture could not be drawn: its words stand in its place. */
	noPicture: boolean;
};

/** Throws Problem `export-failed` for a document beyond the limits. */
export async function runJob(
	job: Job,
	hooks: { step: (step: JobStep) => void; draw: Draw }
): Promise<JobResult> {
	const { lang } = job.input;
	register(lang, 'export', job.messages);
	hooks.step('compose');
	const input = { ...job.input, words: translate.bind(null, lang) };
	const document = compose(input, job.options);
	if (job.format === null) {
		return { title: document.title, bytes: null, document, noPicture: false };
	}
	const format = formats.find(({ id }) => id === job.format)!;
	const hasPictures = document.blocks.some((block) => block.kind === 'figure');
	// Only Word needs them as PNG: a web page has the SVG, a text the words.
	const drawn = hasPictures && format.needsPictures ? await draw(document, hooks) : document;
	hooks.step('write');
	const bytes = await format.write(drawn, { input, template: job.template });
	const noPicture =
		format.needsPictures === true &&
		drawn.blocks.some((block) => block.kind === 'figure' && block.png === null);
	return { title: document.title, bytes, document: null, noPicture };
}

function draw(
	document: ExportDocument,
	hooks: { step: (step: JobStep) => void; draw: Draw }
): Promise<ExportDocument> {
	hooks.step('draw');
	return withPictures(document, hooks.draw);
}
