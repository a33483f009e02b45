import { breath } from '#lib/device/breath.ts';
import { loadWords } from '#lib/i18n/languages.ts';
import { readHint } from '#lib/state/kept-hint.ts';
import { workCode } from './work-code.ts';
import type { LayoutLoad } from './$types';

/** `work`: null where this browser has no store. */
export const load: LayoutLoad = async ({ params, depends }) => {
	const opening = async () => {
		const work = await workCode(depends, () => import('./work.ts'));
		if (!work) return null;
		// The code of the work pages has just been run. Opening what is kept, and drawing, are tasks of their own:
		// in one with it they would hold up a slow phone's first tap.
		await breath();
		// The frame waits for both; that they are on their way while the words still come saves a moment.
		// Who keeps nothing may have no workspace either: then the guide would be in the way of the start.
		void work.live.openCurrent();
		if (params.guide && readHint().length > 0) void work.guide.load(params.lang, params.guide);
		return work;
	};
	const [work] = await Promise.all([
		opening(),
		loadWords(params.lang, 'model', 'workspaces', 'home')
	]);
	if (work) await breath();
	return { work };
};
