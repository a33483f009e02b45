import { error } from '@sveltejs/kit';
import { loadWords } from '#lib/i18n/languages.ts';
import { indexRef, packReader } from '#lib/guide/packs.ts';
import { asProblem } from '#lib/model/problem.ts';
import type { Contents, GuideIndex } from '#lib/model/guide.ts';
import { deliveredContents, namedIndex } from './delivered.ts';
import type { LayoutLoad } from './$types';

/**
 * `index`: what every page of the guide shows. `whole`: the index with the addresses of its files,
 * which the first page that somebody opens does not need; it comes with the first that does.
 */
export const load: LayoutLoad = async ({ params, fetch }) => {
	const read = packReader(fetch);
	const of = `${params.lang}/${params.guide}`;
	let indexUrl = namedIndex(of) ?? '';
	const whole = async () => (await read(indexUrl)) as GuideIndex;
	try {
		const [index] = await Promise.all([contents(), loadWords(params.lang, 'reading')]);
		return { index, whole, indexUrl };
	} catch (thrown) {
		const { code } = asProblem(thrown);
		error(code === 'pack-broken' ? 404 : 503, { message: code, code });
	}

	async function contents(): Promise<Contents> {
		const delivered = deliveredContents(of);
		if (delivered) return delivered;
		indexUrl ||= (await indexRef(read, params.lang, params.guide)).url;
		return whole();
	}
};
