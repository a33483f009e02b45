/**
 * The code of a work page comes where this browser has a store. Who has begun nothing sees how one begins,
 * and does not wait for Yjs, Dexie and the page: they come when somebody begins.
 */
import { browser } from '$app/environment';
import { invalidate } from '$app/navigation';
import { Problem } from '#lib/model/problem.ts';
import { hasStore } from '#lib/store/has-store.ts';

type Depends = (name: `${string}:${string}`) => void;
const store = 'work:store';

/** For a `load`: what `code` gives, or null where there is no store. Throws Problem `pack-unreachable`. */
export async function workCode<T>(depends: Depends, code: () => Promise<T>): Promise<T | null> {
	depends(store);
	return browser && (await hasStore()) ? reached(code) : null;
}

/** The same for a file whose component is drawn. */
export const workPage = async <T>(depends: Depends, code: () => Promise<{ default: T }>) =>
	(await workCode(depends, code))?.default ?? null;

/** A file of the app. Throws Problem `pack-unreachable` where it cannot be had. */
export async function reached<T>(code: () => Promise<T>): Promise<T> {
	try {
		return await code();
	} catch (thrown) {
		// The browser's own words name an address and no way out.
		throw new Problem('pack-unreachable', {}, thrown);
	}
}

/** There is something in the store: pages that did without it ask again. */
export const begun = (): Promise<void> => invalidate(store);
