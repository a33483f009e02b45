/**
 * Whether there is a store to open, asked without what opens it, and without IndexedDB's own `open`: that makes
 * a database where there is none.
 */
export const databaseName = 'e-strategy';

let isOpened = false;

/** This window has opened its store, and be it one that forgets. */
export const noteOpened = (): void => void (isOpened = true);

/** True also where a browser does not say: then opening it tells. */
export async function hasStore(
	platform: { indexedDB?: IDBFactory } = globalThis
): Promise<boolean> {
	if (isOpened) return true;
	try {
		const all = await platform.indexedDB!.databases();
		return all.some(({ name }) => name === databaseName);
	} catch {
		return true;
	}
}
