/**
 * The open work as tables, in a language. All guides that the workspace works on are in them; one that
 * cannot be had right now (offline, and not kept) is left out and named.
 */
import { guidesOfWorkspace } from '#lib/assessment/facts.ts';
import { breath } from '#lib/device/breath.ts';
import { directionOf, loadWords } from '#lib/i18n/languages.ts';
import { formatDate, translate } from '#lib/i18n/words.ts';
import type { Lang } from '#lib/model/guide.ts';
import type { Workspace } from '#lib/model/workspace.ts';
import { makeTables, type TableGuide } from '#lib/sheets/tables.ts';
import type { Tables } from '#lib/sheets/table.ts';
import { openGuide } from '#lib/state/guide.svelte.ts';
import { appVersion } from './app-version.ts';

export type TablesAbout = {
	workspace: Workspace;
	contributor: string;
	/** The guide on the screen. */
	current: string;
	lang: Lang;
	leaveOut?: readonly string[];
	now: string;
};

/** `missing`: ids of guides whose answers are not in the tables. Rejects where the words cannot be had. */
export async function tablesNow({
	workspace,
	contributor,
	current,
	lang,
	leaveOut = [],
	now
}: TablesAbout): Promise<{ tables: Tables; missing: string[] }> {
	await loadWords(lang, 'sheets', 'model', 'common', 'export');
	const ids = [...new Set([current, ...guidesOfWorkspace(workspace)])].filter(Boolean);
	const missing: string[] = [];
	const guides: TableGuide[] = [];
	for (const id of ids) {
		try {
			const { index, questions } = await openGuide(lang, id);
			const topics = index.topics.map((topic) => ({ id: topic.id, title: topic.title }));
			const { title, edition } = index;
			guides.push({ id, title, edition, topics, questions: [...questions.values()] });
		} catch {
			missing.push(id);
		}
	}
	const steps = makeTables({
		workspace,
		contributor,
		guides,
		guideTitles: Object.fromEntries(missing.map((id) => [id, id])),
		lang,
		direction: directionOf(lang),
		words: (key, values) => translate(lang, key, values),
		app: translate(lang, 'export.madeWith', { version: appVersion }),
		now,
		date: formatDate(lang, now.slice(0, 10)),
		leaveOut
	});
	for (;;) {
		await breath();
		const step = steps.next();
		if (step.done) return { tables: step.value, missing };
	}
}
