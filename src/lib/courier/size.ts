/** The size of keeping: what a guide and the app would cost on the line, before anything is fetched. */
import type { Lang } from '#lib/model/guide.ts';
import { costOf, type World } from './fill.ts';
import { appBytesMissing, bundleFor, fetchKeptList, filesFor, type KeptList } from './kept-list.ts';
import { isSame, manifestUrl, parseManifest } from './record.ts';
import { fetchJson } from './fetch.ts';

// One answer a visit: the list changes only with the app.
let list: Promise<KeptList> | undefined;

/**
 * Transferred bytes that keeping `guide` in `lang` takes: all of the guide, and what this device
 * lacks of the app in that language. Throws 'pack-unreachable' when the server does not answer.
 */
export async function sizeToKeep(
	world: Pick<World, 'fetch'> & { caches?: CacheStorage },
	guide: string,
	lang: Lang
): Promise<number> {
	list ??= fetchKeptList(world);
	list.catch(() => (list = undefined));
	const [manifest, files] = await Promise.all([
		fetchJson(world.fetch, manifestUrl).then(parseManifest),
		list
	]);
	const entry = manifest.guides.find((g) => isSame(g, { id: guide, lang }));
	const { caches } = world;
	const app = caches
		? await appBytesMissing({ caches }, files, [lang])
		: costOf(filesFor(files, [lang]), bundleFor(files, [lang]));
	return app + (entry?.bundle.bytes ?? 0);
}
