import { packReader, readAssessment } from '#lib/guide/packs.ts';
import { loadWords } from '#lib/i18n/languages.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, parent, fetch }) => {
	const { whole } = await parent();
	await loadWords(params.lang, 'model');
	const index = await whole();
	const assessment = await readAssessment(packReader(fetch), index);
	return { assessment, owners: index.owners };
};
