/**
 * Versions: the caches of the app on this device, the worker's own and those of before.
 *
 * The one before is kept for as long as its successor serves: a page that was open during the update
 * is still made of the old chunks and may ask for one more of them (F-24).
 */
import { appCache, isAppCache, wholeMark } from '#lib/courier/kept-list.ts';

/** The other versions' caches, newest first. */
export async function olderCaches(caches: CacheStorage, version: string): Promise<string[]> {
	// The keys come in the order of creation; a clock that jumps cannot mix them up.
	const names = (await caches.keys()).filter(isAppCache);
	return names.filter((name) => name !== appCache(version)).reverse();
}

/** The newest other version that is whole: the one that served before. Undefined if none. */
export async function previousCache(
	caches: CacheStorage,
	version: string
): Promise<string | undefined> {
	for (const name of await olderCaches(caches, version)) {
		if (await caches.match(wholeMark, { cacheName: name })) return name;
	}
	return undefined;
}

/** Deletes every version but `version` and the one before it; says which. */
export async function deleteOld(caches: CacheStorage, version: string): Promise<string[]> {
	const previous = await previousCache(caches, version);
	const old = (await olderCaches(caches, version)).filter((name) => name !== previous);
	await Promise.all(old.map((name) => caches.delete(name)));
	return old;
}

/** Whether the version that serves until now has been withdrawn by its operator (F-28). */
export async function isDisabledBefore(
	caches: CacheStorage,
	version: string,
	disabled: string[]
): Promise<boolean> {
	const previous = await previousCache(caches, version);
	return previous !== undefined && disabled.some((bad) => appCache(bad) === previous);
}
