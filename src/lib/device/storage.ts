/** What the browser says of its storage: whether it will keep it, and the room that is left. */

/**
 * Asks the browser not to evict this origin's data. True if it agreed (Firefox asks the person; the
 * others decide by themselves); false if not, or if it cannot be asked (plain HTTP).
 */
export async function askPersistence(): Promise<boolean> {
	try {
		const storage = storageManager();
		return (await storage?.persisted?.()) || ((await storage?.persist?.()) ?? false);
	} catch {
		return false;
	}
}

export type Room = {
	/** Bytes: estimates, padded by some browsers. */
	used: number;
	quota: number;
	left: number;
	/** The browser has promised not to evict. */
	persistent: boolean;
};

/** Null where the browser does not tell. */
export async function roomLeft(): Promise<Room | null> {
	try {
		const storage = storageManager();
		const estimate = await storage?.estimate?.();
		if (!storage || estimate?.quota === undefined) return null;
		const { quota, usage = 0 } = estimate;
		const persistent = (await storage.persisted?.()) ?? false;
		return { used: usage, quota, left: Math.max(0, quota - usage), persistent };
	} catch {
		return null;
	}
}

/** It is missing on plain HTTP, and parts of it in old browsers, whatever the types say. */
function storageManager(): Partial<StorageManager> | undefined {
	return typeof navigator === 'undefined' ? undefined : navigator.storage;
}
