/**
 * The store of marks: a reader's own bookmarks, highlights and notes on this device.
 *
 * A room of its own beside the workspaces: a reading page opens it without loading what a workspace
 * needs. Every promise rejects with a Problem and nothing else.
 */
import { parseMark, type Mark } from '#lib/model/mark.ts';
import { Problem } from '#lib/model/problem.ts';
import { isConnectionLost, isDenied, storageProblem } from './problems.ts';
import { makeTables, openTables, type Platform, type Tables } from './tables.ts';

export interface MarkStore {
	/** True: everything is gone when the window closes (F-13). */
	readonly forgets: boolean;
	all(): Promise<Mark[]>;
	/** Adds a mark, or replaces the one with its id. Resolves once it has been read back (P3). */
	put(mark: Mark): Promise<void>;
	/** No effect where there is none. */
	remove(id: string): Promise<void>;
	close(): void;
}

/** The store of this browser; one that forgets where IndexedDB is denied. Rejects as `openStore` does. */
export async function openMarks(
	platform: () => { indexedDB?: IDBFactory; IDBKeyRange?: typeof IDBKeyRange } = () => globalThis
): Promise<MarkStore> {
	try {
		const { indexedDB, IDBKeyRange } = platform();
		if (!indexedDB || !IDBKeyRange) return new MemoryMarks();
		const store = new DexieMarks({ indexedDB, IDBKeyRange });
		await store.ready();
		return store;
	} catch (thrown) {
		if (isDenied(thrown)) return new MemoryMarks();
		throw storageProblem(thrown);
	}
}

export class DexieMarks implements MarkStore {
	readonly forgets = false;
	#tables: Tables;

	constructor(platform: Platform) {
		this.#tables = makeTables(platform);
	}

	ready(): Promise<void> {
		return this.#run(() => openTables(this.#tables));
	}

	all(): Promise<Mark[]> {
		return this.#run(async () =>
			(await this.#tables.marks.toArray()).flatMap((row) => parseMark(row) ?? [])
		);
	}

	put(mark: Mark): Promise<void> {
		return this.#run(async () => {
			await this.#tables.marks.put(mark);
			const back = await this.#tables.marks.get(mark.id);
			if (JSON.stringify(back) !== JSON.stringify(mark)) {
				throw new Problem('storage-broken', { detail: `wrote mark ${mark.id}, read another` });
			}
		});
	}

	remove(id: string): Promise<void> {
		return this.#run(() => this.#tables.marks.delete(id));
	}

	close(): void {
		this.#tables.db.close();
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

export class MemoryMarks implements MarkStore {
	readonly forgets = true;
	#marks = new Map<string, Mark>();

	async all(): Promise<Mark[]> {
		return [...this.#marks.values()];
	}
	async put(mark: Mark): Promise<void> {
		this.#marks.set(mark.id, structuredClone(mark));
	}
	async remove(id: string): Promise<void> {
		this.#marks.delete(id);
	}
	close(): void {}
}
