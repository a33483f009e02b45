import { loadWords } from '#lib/i18n/languages.ts';
import { packReader, readIndex, readManifest, type ReadJson } from '#lib/guide/packs.ts';
import type { Lang } from '#lib/model/guide.ts';
import { asProblem, type Problem } from '#lib/model/problem.ts';
import { metaSelector, namedBy, type SearchedGuide } from './named.ts';
import type { PageLoad } from './$types';

type Searched = { guides: SearchedGuide[]; problem?: Problem };

export const load: PageLoad = async ({ params, fetch }) => {
	const [searched] = await Promise.all([
		find(packReader(fetch), params.lang),
		loadWords(params.lang, 'reading')
	]);
	return searched;
};

/** The guides of a language. Without the network and a kept guide the page says so, and stays. */
async function find(read: ReadJson, lang: Lang): Promise<Searched> {
	const named = import.meta.env.SSR
		? undefined
		: namedBy(document.querySelector<HTMLMetaElement>(metaSelector), lang);
	if (named) return { guides: named };
	try {
		const { guides } = await readManifest(read);
		const own = guides.filter((guide) => guide.lang === lang);
		// In the browser a guide that is not kept may take its time, or never come: the search asks for
		// each by itself. The page that the build makes names the titles of all.
		const titlesOf = async (id: string) =>
			import.meta.env.SSR ? { titles: (await readIndex(read, lang, id)).search.titles } : {};
		return {
			guides: await Promise.all(
				own.map(async ({ id, index }) => ({ id, index: index.url, ...(await titlesOf(id)) }))
			)
		};
	} catch (thrown) {
		// A build must not publish a search over nothing.
		if (import.meta.env.SSR) throw thrown;
		return { guides: [], problem: asProblem(thrown) };
	}
}
