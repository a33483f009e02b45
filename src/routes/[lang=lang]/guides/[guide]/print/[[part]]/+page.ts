import { error } from '@sveltejs/kit';
import { packReader, readSection } from '#lib/guide/packs.ts';
import { loadWords } from '#lib/i18n/languages.ts';
import type { PageLoad } from './$types';

/** A part comes whole in its page; the whole guide is laid out on the device, when it is asked for. */
export const load: PageLoad = async ({ params, parent, fetch }) => {
	const index = await (await parent()).whole();
	await loadWords(params.lang, 'reader');
	if (!params.part) return { index, part: undefined };
	const part = index.parts.find(({ id }) => id === params.part);
	if (!part) error(404, { message: 'no such part' });
	const read = packReader(fetch);
	const sections = await Promise.all(part.sections.map((s) => readSection(read, index, s.id)));
	return { index, part: { ...part, sections } };
};
