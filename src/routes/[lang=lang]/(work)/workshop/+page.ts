import { languages } from '#lib/i18n/languages.ts';
import { workPage } from '../work-code.ts';
import type { EntryGenerator, PageLoad } from './$types';

// The links to it are drawn in the browser: the crawl does not find them.
export const entries: EntryGenerator = () => languages.map(({ code }) => ({ lang: code }));

export const load: PageLoad = async ({ depends }) => ({
	Page: await workPage(depends, () => import('./Page.svelte'))
});
