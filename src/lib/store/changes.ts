/**
 * The store of changes: who changed what in a workspace, as this device came to know it.
 *
 * A room of its own beside the workspaces, like the marks: it is in no copy, it is bounded, and that it
 * cannot be written never stands in the way of the work. Every promise rejects with a Problem.
 */
import type { Change } from '#lib/sync/changes.ts';
import { isConnectionLost, isDenied, storageProblem } from './problems.ts';
import { makeTables, openTables, type Platform, type Tables } from './tables.ts';

/** here: in this browser; file: by a project file; other: from another device, or a tab of this one. */
export type ChangeWay = 'here' | 'file' | 'other';

export type ChangeRow = Pick<Change, 'collection' | 'record' | 'fields' | 'added' | 'label'> & {
	/** The same change has the same id, whichever tab comes to know it. */
	id: string;
	workspace: string;
	/** When this device came to know it; ISO 8601 in UTC. */
	at: string;
	/** Contributor id; empty where nobody knows. */
	who: string;
	way: ChangeWay;
};

/** As many as are kept of a workspace, and as many letters; the oldest go first. */
export const changeLimits = { rows: 5000, letters: 20_000_000 } as const;

export interface ChangeStore {
	/** True: everything is gone when the window closes (F-13). */
	readonly forgets: boolean;
	/** Adds rows, or replaces those with their ids; `known` ones that are there already stay. */
	put(rows: readonly ChangeRow[], known?: 'stay'): Promise<void>;
	remove(ids: readonly string[]): Promise<void>;
	/** The newest first. */
	of(workspace: string): Promise<ChangeRow[]>;
	/** Forgets all that was known of a workspace. */
	forget(workspace: string): Promise<void>;
	close(): void;
}

/** The store of this browser; one that forgets where IndexedDB is denied. Rejects as `openStore` does. */
export async function openChanges(
	platform: () => { indexedDB?: IDBFactory; IDBKeyRange?: typeof IDBKeyRange } = () => globalThis
): Promise<ChangeStore> {
	try {
		const { indexedDB, IDBKeyRange } = platform();
		if (!indexedDB || !IDBKeyRange) return new MemoryChanges();
		const store = new DexieChanges({ indexedDB, IDBKeyRange });
		await store.ready();
		return store;
	} catch (thrown) {
		if (isDenied(thrown)) return new MemoryChanges();
		throw storageProblem(thrown);
	}
}

/** Ids of the rows that are too many or too long to keep, of rows with the newest first. */
export function tooOld(
	rows: readonly ChangeRow[],
	limits: { rows: number; letters: number } = changeLimits
): string[] {
	let letters = 0;
	const from = rows.findIndex((row, at) => {
		letters += JSON.stringify(row.fields).length;
		return at >= limits.rows || letters > limits.letters;
	});
	return from < 0 ? [] : rows.slice(from).map(({ id }) => id);
}

const newestFirst = (a: ChangeRow, b: ChangeRow): number =>
	a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1;

export class DexieChanges implements ChangeStore {
	readonly forgets = false;
	#tables: Tables;
	/** Counting all rows with each write would cost more than the write. */
	#sincePruned = 0;

	constructor(platform: Platform) {
		this.#tables = makeTables(platform);
	}

	ready(): Promise<void> {
		return this.#run(() => openTables(this.#tables));
	}

	put(rows: readonly ChangeRow[], known?: 'stay'): Promise<void> {
		return this.#run(async () => {
			const { db, changes } = this.#tables;
			await db.transaction('rw', changes, async () => {
				const there = known ? await changes.bulkGet(rows.map(({ id }) => id)) : [];
				await changes.bulkPut(rows.filter((_, at) => !there[at]));
			});
			this.#sincePruned += rows.length;
			if (this.#sincePruned < 250) return;
			this.#sincePruned = 0;
			for (const workspace of new Set(rows.map((row) => row.workspace))) {
				await changes.bulkDelete(tooOld(await this.#read(workspace)));
			}
		});
	}

	remove(ids: readonly string[]): Promise<void> {
		return this.#run(() => this.#tables.changes.bulkDelete([...ids]));
	}

	of(workspace: string): Promise<ChangeRow[]> {
		return this.#run(async () => (await this.#read(workspace)).slice(0, changeLimits.rows));
	}

	forget(workspace: string): Promise<void> {
		return this.#run(async () => {
			await this.#tables.changes.where('workspace').equals(workspace).delete();
		});
	}

	close(): void {
		this.#tables.db.close();
	}

	async #read(workspace: string): Promise<ChangeRow[]> {
		const rows = await this.#tables.changes.where('workspace').equals(workspace).toArray();
		return rows.sort(newestFirst);
	}

	/** Runs an operation; after a lost connection once more on a new one (F-06). */
	async #run<T>(operation: () => Promise<T>): Promise<T> {
		try {
			return await operation();
		} catch (thrown) {
			if (!isConnectionLost(thrown)) throw storageProblem(thrown);
		}
		try {
			this.#tables.db.close({ disableAutoOpen: false });
			await openTables(this.#tables);
			return await operation();
		} catch (thrown) {
			throw storageProblem(thrown);
		}
	}
}

export class MemoryChanges implements ChangeStore {
	readonly forgets = true;
	#rows = new Map<string, ChangeRow>();

	async put(rows: readonly ChangeRow[], known?: 'stay'): Promise<void> {
		for (const row of rows) {
			if (known && this.#rows.has(row.id)) continue;
			this.#rows.set(row.id, structuredClone(row));
		}
		for (const workspace of new Set(rows.map((row) => row.workspace))) {
			for (const id of tooOld(this.#read(workspace))) this.#rows.delete(id);
		}
	}
	async remove(ids: readonly string[]): Promise<void> {
		for (const id of ids) this.#rows.delete(id);
	}
	async of(workspace: string): Promise<ChangeRow[]> {
		return this.#read(workspace);
	}
	async forget(workspace: string): Promise<void> {
		for (const { id } of this.#read(workspace)) this.#rows.delete(id);
	}
	close(): void {}

	#read(workspace: string): ChangeRow[] {
		return [...this.#rows.values()].filter((row) => row.workspace === workspace).sort(newestFirst);
	}
}
