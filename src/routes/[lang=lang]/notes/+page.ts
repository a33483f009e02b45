import { loadWords } from '#lib/i18n/languages.ts';
import { packReader, readManifest } from '#lib/guide/packs.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, fetch }) => {
	const [manifest] = await Promise.all([
		// The notes are the reader's own: they show also where no guide answers.
		readManifest(packReader(fetch)).catch(() => ({ guides: [] })),
		loadWords(params.lang, 'reader', 'reading')
	]);
	const guides = manifest.guides.filter((guide) => guide.lang === params.lang);
	return { titles: new Map(guides.map(({ id, title }) => [id, title])) };
};
