import { browser } from '$app/environment';
import { breath } from '#lib/device/breath.ts';
import { loadWords } from '#lib/i18n/languages.ts';
import { guide } from '#lib/state/guide.svelte.ts';
import { readHint } from '#lib/state/kept-hint.ts';
import { live } from '#lib/state/workspace.svelte.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params }) => {
	if (browser) {
		// The code of the work pages has just been run. Opening what is kept, and drawing, are tasks of their own:
		// in one with it they would hold up a slow phone's first tap.
		await breath();
		// The frame waits for both; that they are on their way while the words still come saves a moment.
		// Who keeps nothing may have no workspace either: then the guide would be in the way of the start.
		void live.openCurrent();
		if (params.guide && readHint().length > 0) void guide.load(params.lang, params.guide);
	}
	await loadWords(params.lang, 'model', 'workspaces', 'home');
	if (browser) await breath();
	return {};
};
