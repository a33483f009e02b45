/** The ministry's Word template on this device, as the export page uses it. */
import { openTemplateAside, openTemplateFile } from '#lib/device/template-run.ts';
import {
	TemplateRefused,
	type Template,
	type TemplateFault
} from '#lib/export/formats/docx/template.ts';
import { asProblem, type Problem } from '#lib/model/problem.ts';
import { keepTemplate, readKeptTemplate, removeTemplate } from '#lib/store/template.ts';

class LiveTemplate {
	name = $state('');
	parts = $state.raw<Template | undefined>();
	/** Why the last file is none. */
	fault = $state<TemplateFault | null>(null);
	problem = $state.raw<Problem | null>(null);
	wasRemoved = $state(false);
	isOpening = $state(false);
	#loading: Promise<void> | null = null;

	/** Once; a document that is made while it goes on waits for it. */
	load(): Promise<void> {
		this.#loading ??= this.#trying(async () => {
			const kept = await readKeptTemplate();
			if (!kept) return;
			this.parts = await openTemplateAside(kept.bytes);
			this.name = kept.name;
		});
		return this.#loading;
	}

	/** One that is refused leaves the one before as it was. */
	choose(file: File): Promise<void> {
		return this.#trying(async () => {
			const { template, bytes } = await openTemplateFile(file);
			await keepTemplate({ name: file.name, bytes });
			this.parts = template;
			this.name = file.name;
		});
	}

	remove(): Promise<void> {
		return this.#trying(async () => {
			await removeTemplate();
			this.parts = undefined;
			this.name = '';
			this.wasRemoved = true;
		});
	}

	async #trying(act: () => Promise<void>): Promise<void> {
		this.fault = null;
		this.problem = null;
		this.wasRemoved = false;
		this.isOpening = true;
		try {
			await act();
		} catch (thrown) {
			if (thrown instanceof TemplateRefused) this.fault = thrown.fault;
			else this.problem = asProblem(thrown);
		} finally {
			this.isOpening = false;
		}
	}
}

export const template = new LiveTemplate();
