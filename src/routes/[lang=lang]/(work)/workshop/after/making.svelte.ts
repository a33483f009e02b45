/** A workshop report on its way to a file or to the page; loaded when the first one is asked for. */
import { saveFile } from '#lib/device/save.ts';
import { safeFileName } from '#lib/device/names.ts';
import type { ExportDocument } from '#lib/export/document.ts';
import { loadWords } from '#lib/i18n/languages.ts';
import { Problem, asProblem } from '#lib/model/problem.ts';
import type { Workshop } from '#lib/model/workshop.ts';
import { openGuide, type OpenGuide } from '#lib/state/guide.svelte.ts';
import { live } from '#lib/state/workspace.svelte.ts';
import { appVersion } from '#lib/ui/app-version.ts';
import type DocumentView from '#lib/ui/DocumentView.svelte';

export type WorkshopReportAbout = {
	workshop: Workshop;
	/** The guide as the screen has it. */
	screen: OpenGuide;
	/** The language of the report. */
	lang: string;
};

export class WorkshopReportMaking {
	isBusy = $state(false);
	problem = $state.raw<Problem | null>(null);
	made = $state.raw<{ name: string; size: number } | null>(null);
	preview = $state.raw<{ DocumentView: typeof DocumentView; document: ExportDocument } | null>(
		null
	);

	async make(format: 'docx' | 'html' | 'markdown', about: WorkshopReportAbout): Promise<void> {
		this.isBusy = true;
		this.problem = this.made = null;
		try {
			await live.flush();
			const [{ formats }, { withPictures }, { drawPng }, document] = await Promise.all([
				import('#lib/export/formats/index.ts'),
				import('#lib/export/document.ts'),
				import('#lib/device/draw.ts'),
				compose(about)
			]);
			const writer = formats.find(({ id }) => id === format);
			if (!writer) throw new Problem('unexpected', { detail: `no format ${format}` });
			const bytes = await writer.write(await withPictures(document, drawPng));
			const name = safeFileName(`${document.title} ${about.workshop.title}`, writer.extension);
			saveFile(bytes, name, writer.mime);
			this.made = { name, size: bytes.length };
		} catch (thrown) {
			this.problem = asProblem(thrown);
		} finally {
			this.isBusy = false;
		}
	}

	/** Puts the report as it would be now on the page. */
	async show(about: WorkshopReportAbout): Promise<void> {
		try {
			const [{ default: shown }, document] = await Promise.all([
				import('#lib/ui/DocumentView.svelte'),
				compose(about)
			]);
			this.preview = { DocumentView: shown, document };
		} catch (thrown) {
			this.problem = asProblem(thrown);
		}
	}
}

async function compose({ workshop, screen, lang }: WorkshopReportAbout): Promise<ExportDocument> {
	const [{ composeWorkshop }, { workshopInput }, open] = await Promise.all([
		import('#lib/export/compose/workshop.ts'),
		import('#lib/ui/workshop-input.ts'),
		lang === screen.lang ? screen : openGuide(lang, screen.index.id),
		loadWords(lang, 'common', 'export', 'workshop', 'model')
	]);
	return composeWorkshop(
		workshopInput({
			open,
			workspace: live.workspace!,
			workshop,
			now: new Date().toISOString(),
			version: appVersion
		})
	);
}
