import { packReader, readIndicators, readManifest } from '#lib/guide/packs.ts';
import { loadWords } from '#lib/i18n/languages.ts';
import type { EntryGenerator, PageLoad } from './$types';

// A guide without indicators has no link to this page; its address says so all the same.
export const entries: EntryGenerator = async () => {
	const { guides } = await readManifest(packReader(fetch));
	return guides.map(({ id, lang }) => ({ guide: id, lang }));
};

export const load: PageLoad = async ({ params, parent, fetch }) => {
	const { whole } = await parent();
	await loadWords(params.lang, 'model', 'reader');
	const index = await whole();
	return { index, indicators: await readIndicators(packReader(fetch), index) };
};
