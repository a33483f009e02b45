import { browser } from '$app/environment';
import { loadWords } from '#lib/i18n/languages.ts';
import { guide } from '#lib/state/guide.svelte.ts';
import { live } from '#lib/state/workspace.svelte.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params }) => {
	// The frame waits for both; that they are on their way while the words still come saves a moment.
	if (browser) {
		void live.openCurrent();
		if (params.guide) void guide.load(params.lang, params.guide);
	}
	await loadWords(params.lang, 'model', 'workspaces');
	return {};
};
