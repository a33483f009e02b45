/**
 * Installing a version of the app: the whole of it gets into the version's own cache, or the install
 * fails and the version before goes on. There is no half version (F-16, F-23, F-24, F-26).
 */
import { fill, isFull, type World } from '#lib/courier/fill.ts';
import {
	appCache,
	bundleFor,
	fetchKeptList,
	filesFor,
	markWhole,
	type KeptList
} from '#lib/courier/kept-list.ts';
import { languagesOf, readRecord } from '#lib/courier/record.ts';
import { Problem } from '#lib/model/problem.ts';
import { olderCaches } from './versions.ts';

/**
 * Brings `version` into its cache and gives its list. Throws a Problem where that cannot be done now;
 * what has arrived stays for the next try, except when the device is full.
 */
export async function install(
	world: World,
	version: string,
	onProgress: (done: number, total: number) => void = () => {}
): Promise<KeptList> {
	const list = await fetchKeptList(world);
	// A server that is being changed can hand out the worker of one version and the list of another.
	if (list.version !== version || list.disabled.includes(version)) {
		throw new Problem('pack-broken', { url: '/kept.json', expected: version, found: list.version });
	}
	const languages = languagesOf(await readRecord(world));
	// Without a shell page a version could answer nothing. The next visit's check repairs the record.
	if (languages.length === 0) throw new Problem('not-kept');

	const older = await olderCaches(world.caches, version);
	const from = await Promise.all(older.map((name) => world.caches.open(name)));
	const cache = await world.caches.open(appCache(version));
	try {
		// With an older version on the device, most files are there already: a bundle is for the first.
		const bundle = older.length === 0 ? bundleFor(list, languages) : undefined;
		await fill(world, cache, filesFor(list, languages), { onProgress, from, bundle });
		await markWhole(cache, list);
	} catch (thrown) {
		if (isFull(thrown)) await world.caches.delete(appCache(version));
		throw thrown;
	}
	return list;
}
