/** Takes what this app keeps in this browser away: all of it, whoever put it there (S-21). */
import { databaseName } from '#lib/store/has-store.ts';

/** How long another window may hold the database, in milliseconds. Its rows are gone by then. */
const patience = 3000;

/** Never rejects: what is not there, or may not be looked at, needs no erasing. */
export async function eraseBrowser(): Promise<void> {
	await Promise.allSettled([deleteDatabase(), deleteCaches(), forgetWorkers()]);
	try {
		localStorage.clear();
		sessionStorage.clear();
	} catch {
		// Blocked: then nothing stands there (F-14).
	}
}

const deleteDatabase = (): Promise<void> =>
	new Promise((resolve) => {
		setTimeout(resolve, patience);
		const request = indexedDB.deleteDatabase(databaseName);
		request.onsuccess = () => resolve();
		request.onerror = () => resolve();
	});

async function deleteCaches(): Promise<void> {
	if (typeof caches === 'undefined') return;
	for (const name of await caches.keys()) await caches.delete(name);
}

async function forgetWorkers(): Promise<void> {
	for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) {
		await worker.unregister();
	}
}
