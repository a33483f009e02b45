/**
 * ReportMaking: a progress report on its way to a file or to the page. What composes and writes it is
 * loaded when the first report is asked for.
 */
import { saveFile } from '#lib/device/save.ts';
import { safeFileName } from '#lib/device/names.ts';
import type { ExportDocument } from '#lib/export/document.ts';
import type { Period } from '#lib/follow/calendar.ts';
import { loadWords } from '#lib/i18n/languages.ts';
import { translate } from '#lib/i18n/words.ts';
import { Problem, asProblem } from '#lib/model/problem.ts';
import { openGuide, type OpenGuide } from '#lib/state/guide.svelte.ts';
import { view } from '#lib/state/view.svelte.ts';
import { live } from '#lib/state/workspace.svelte.ts';
import { appVersion } from '#lib/ui/app-version.ts';
import type DocumentView from '#lib/ui/DocumentView.svelte';

export type ReportAbout = {
	/** The guide as the screen has it. */
	screen: OpenGuide;
	/** The language of the report. */
	lang: string;
	period: Period;
	today: string;
};
type Preview = {
	DocumentView: typeof DocumentView;
	document: ExportDocument;
};

export class ReportMaking {
	isBusy = $state(false);
	problem = $state.raw<Problem | null>(null);
	made = $state.raw<{ name: string; size: number } | null>(null);
	preview = $state.raw<Preview | null>(null);
	/** One that was cancelled goes on unseen, and its file is thrown away. */
	#turn = 0;

	async make(format: 'docx' | 'html' | 'markdown', about: ReportAbout): Promise<void> {
		const mine = ++this.#turn;
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
			if (mine !== this.#turn) return;
			const { country, name: workspace } = live.workspace!;
			const words = `${country || workspace} ${translate(about.lang, 'follow.reportTitle')} ${about.period.to}`;
			const name = safeFileName(words, writer.extension);
			saveFile(bytes, name, writer.mime);
			this.made = { name, size: bytes.length };
		} catch (thrown) {
			if (mine === this.#turn) this.problem = asProblem(thrown);
		} finally {
			if (mine === this.#turn) this.isBusy = false;
		}
	}

	cancel(): void {
		this.#turn++;
		this.isBusy = false;
	}

	/** Puts the report as it would be now on the page. */
	async show(about: ReportAbout): Promise<void> {
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

async function compose({ screen, lang, period, today }: ReportAbout): Promise<ExportDocument> {
	const [{ composeProgress }, { progressInput }, open] = await Promise.all([
		import('#lib/export/compose/progress.ts'),
		import('#lib/ui/progress-input.ts'),
		lang === screen.lang ? screen : openGuide(lang, screen.index.id),
		loadWords(lang, 'common', 'export', 'follow', 'model')
	]);
	return composeProgress(
		progressInput({
			open,
			screen,
			workspace: live.workspace!,
			actions: view.actions,
			period,
			today,
			now: new Date().toISOString(),
			version: appVersion
		})
	);
}
