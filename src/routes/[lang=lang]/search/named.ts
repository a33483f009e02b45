/**
 * The searched guides as the page itself names them, in its head: on a first visit the titles are on
 * their way with the first script, without waiting for the manifest and then for an index.
 */
import type { FileRef, Lang } from '#lib/model/guide.ts';

/** A guide, its titles as far as the page names them, and the address of its index, which does. */
export type SearchedGuide = { id: string; titles?: FileRef; index: string };

const name = 'searched-guides';

/** What the head of the page in `lang` says: `<meta name data-of content>`. */
export const metaOf = (lang: Lang, guides: SearchedGuide[]) => ({
	name,
	'data-of': lang,
	content: JSON.stringify(guides)
});

export const metaSelector = `meta[name="${name}"]`;

/** What the page from the server says, or undefined: another page, the shell, another language. */
export function namedBy(
	meta: Pick<HTMLMetaElement, 'dataset' | 'content'> | null,
	lang: Lang
): SearchedGuide[] | undefined {
	if (meta?.dataset.of !== lang || !meta.content) return undefined;
	// Written by the build into the page that also names the scripts: no stranger's word.
	return JSON.parse(meta.content) as SearchedGuide[];
}
