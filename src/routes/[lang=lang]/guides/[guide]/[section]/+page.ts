import { error, isRedirect, redirect } from '@sveltejs/kit';
import { browser } from '$app/environment';
import { packReader, readIndex, readManifest, readSection } from '#lib/guide/packs.ts';
import type { GuideIndex } from '#lib/model/guide.ts';
import { asProblem } from '#lib/model/problem.ts';
import { deliveredSection } from '../delivered.ts';
import type { EntryGenerator, PageLoad } from './$types';

// Nothing links to a page of an earlier edition, but people have its address.
export const entries: EntryGenerator = async () => {
	const read = packReader(fetch);
	const { guides } = await readManifest(read);
	const all = guides.map(async ({ id, lang }) => {
		const { migration = [] } = await readIndex(read, lang, id);
		const old = migration.flatMap(({ sections }) => Object.keys(sections));
		return old.map((section) => ({ lang, guide: id, section }));
	});
	return (await Promise.all(all)).flat();
};

export const load: PageLoad = async ({ params, parent, fetch }) => {
	const delivered = deliveredSection(params.section);
	if (delivered) return { section: delivered, moved: undefined };
	const { whole } = await parent();
	try {
		const index = await whole();
		const moved = await movedFrom(index, params.section);
		if (!moved) {
			const section = await readSection(packReader(fetch), index, params.section);
			return { section, moved };
		}
		if (browser && moved.to) redirect(307, `/${params.lang}/guides/${index.id}/${moved.to.id}/`);
		return { section: undefined, moved };
	} catch (thrown) {
		if (isRedirect(thrown)) throw thrown;
		const { code } = asProblem(thrown);
		error(code === 'pack-broken' ? 404 : 503, { message: code, code });
	}
};

/** The page that an earlier edition had at `section`; undefined for one that the guide has now. */
async function movedFrom({ parts, migration }: GuideIndex, section: string) {
	const sections = parts.flatMap((part) => part.sections);
	if (!migration || sections.some(({ id }) => id === section)) return undefined;
	const { placeNow } = await import('#lib/assessment/migration.ts');
	const place = placeNow(migration, 'sections', section);
	if (place === undefined) return undefined;
	const { default: Page } = await import('./Moved.svelte');
	return { to: sections.find(({ id }) => id === place) ?? null, Page };
}
