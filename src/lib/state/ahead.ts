/**
 * What the next step opens, opened before it is asked for: the workspace and the guide's assessment.
 * Only for who keeps the guide (it all comes from the disk then), and a part at a time, so that the page
 * goes on answering. The work pages find it open; they open it themselves where it is not.
 */
import { whenIdle } from '#lib/device/idle.ts';
import type { Lang } from '#lib/model/guide.ts';
import { guide } from './guide.svelte.ts';
import { live } from './workspace.svelte.ts';

/** Never rejects: what is wrong with the workspace, the work pages say. */
export async function openAhead(lang: Lang, id: string): Promise<void> {
	await whenIdle();
	await live.openCurrent();
	if (live.workspace) await readAhead(lang, id);
}

/** The guide alone: for whoever is about to join a workspace. Never rejects. */
export async function readAhead(lang: Lang, id: string): Promise<void> {
	await whenIdle();
	await guide.load(lang, id);
}
