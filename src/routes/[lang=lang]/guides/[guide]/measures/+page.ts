import { packReader, readAssessment } from '#lib/guide/packs.ts';
import { loadWords } from '#lib/i18n/languages.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, parent, fetch }) => {
	const { whole } = await parent();
	await loadWords(params.lang, 'model');
	return { assessment: await readAssessment(packReader(fetch), await whole()) };
};
