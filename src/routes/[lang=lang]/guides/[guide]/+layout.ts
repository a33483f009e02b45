import { error } from '@sveltejs/kit';
import { loadWords } from '#lib/i18n/languages.ts';
import { indexRef, packReader } from '#lib/guide/packs.ts';
import { asProblem } from '#lib/model/problem.ts';
import type { GuideIndex } from '#lib/model/guide.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params, fetch }) => {
	const read = packReader(fetch);
	try {
		const [indexUrl] = await Promise.all([
			namedByPage(`${params.lang}/${params.guide}`) ??
				indexRef(read, params.lang, params.guide).then((ref) => ref.url),
			loadWords(params.lang, 'reading')
		]);
		return { index: (await read(indexUrl)) as GuideIndex, indexUrl };
	} catch (thrown) {
		const { code } = asProblem(thrown);
		error(code === 'pack-broken' ? 404 : 503, { message: code, code });
	}
};

/**
 * The page that came from the server names its guide's index (see +layout.svelte): one request less
 * than by way of the manifest, which on a slow line is half a second.
 */
function namedByPage(guide: string): string | undefined {
	if (import.meta.env.SSR) return undefined;
	const meta = document.querySelector<HTMLMetaElement>('meta[name="guide-index"]');
	return meta?.dataset.of === guide ? meta.content : undefined;
}
