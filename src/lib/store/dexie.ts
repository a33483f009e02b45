/**
 * The WorkspaceStore in IndexedDB: per workspace one state and the updates since, as rows.
 *
 * Everything that must be true together is one transaction, with strict durability. What the browser
 * throws leaves here as a Problem.
 */
import type * as Y from 'yjs';
import { Problem } from '#lib/model/problem.ts';
import { assemble, copyDocument, readMeta, stateOf } from '#lib/sync/document.ts';
import { Channel } from './channel.ts';
import { DexieSync } from './dexie-sync.ts';
import type { RoomStore } from './rooms.ts';
import { isConnectionLost, storageProblem } from './problems.ts';
import { byChange, compactAfter, factsOf } from './store.ts';
import type { Facts, Listed, News, Opened, WorkspaceStore } from './store.ts';
import { makeTables, openTables } from './tables.ts';
import { sameOrBroken } from './same.ts';
import type { Written } from './dexie-sync.ts';
import type { Platform, SnapshotRow, Tables, UpdateRow } from './tables.ts';

/** How long a retiring tab may flush (F-09: nobody waits beyond five seconds). */
const flushTime = 4000;

type Rows = { snapshot: SnapshotRow | undefined; updates: UpdateRow[] };

export class DexieStore implements WorkspaceStore {
	readonly forgets = false;
	readonly sync: DexieSync;
	readonly rooms: RoomStore = {
		get: (workshop) => this.#run(() => this.#tables.rooms.get(workshop)),
		put: (row) =>
			this.#run(() =>
				this.#write(async () => {
					const id = row.workspace;
					if (!(await this.#tables.workspaces.get(id)))
						throw new Problem('workspace-missing', { id });
					await this.#tables.rooms.put(row);
				})
			),
		remove: (workshop) => this.#run(() => this.#tables.rooms.delete(workshop))
	};
	#tables: Tables;
	#channel = new Channel();
	#listeners = new Set<(news: News, own: boolean) => void>();
	#retired: Problem | null = null;
	#onRetire: (problem: Error) => Promise<void> = async () => {};

	constructor(platform: Platform) {
		this.#tables = makeTables(platform);
		this.sync = new DexieSync(this.#tables, {
			run: (operation) => this.#run(operation),
			write: (work) => this.#write(work),
			stored: (id, written, own) => this.#stored(id, written, own)
		});
		this.#tables.db.on('versionchange', (event: IDBVersionChangeEvent) => {
			const deleted = event.newVersion === null;
			void this.#retire(
				deleted
					? new Problem('storage-broken', { detail: 'another tab deletes the database' })
					: new Problem('storage-newer')
			);
			// Dexie's own answer would close at once, before the flush, and open again unasked.
			return false;
		});
	}

	/** Opens the database. Rejects with the Problem of why not; it has changed nothing then. */
	async ready(): Promise<void> {
		await this.#run(() => openTables(this.#tables));
	}

	list(): Promise<Listed[]> {
		return this.#run(async () => (await this.#tables.workspaces.toArray()).sort(byChange));
	}

	create(doc: Y.Doc, now: string): Promise<Listed> {
		return this.#run(async () => {
			const { workspaces, snapshots } = this.#tables;
			const { id } = readMeta(doc);
			if (!id) throw new Problem('unexpected', { detail: 'a document without an id' });
			const listed = { id, ...factsOf(doc, now), deletedAt: '' };
			const state = stateOf(doc);
			await this.#write(async () => {
				if (await workspaces.get(id)) throw new Problem('unexpected', { detail: `create ${id}` });
				await workspaces.add(listed);
				await snapshots.put({ workspace: id, state, seq: 0 });
			});
			sameOrBroken(state, (await snapshots.get(id))?.state);
			return listed;
		});
	}

	open(id: string): Promise<Opened> {
		return this.#run(async () => {
			const rows = await this.#read(id);
			const { doc, bad } = assemble(partsOf(rows));
			// What cannot be applied is put aside, not deleted; if that fails, the next start tries again.
			if (bad.length > 0) await this.#quarantine(id, rows, bad).catch(() => {});
			return { doc, seq: lastOf(rows), quarantined: bad.length };
		});
	}

	duplicate(id: string, copy: { id: string; name: string; now: string }): Promise<Listed> {
		return this.open(id).then(({ doc }) =>
			this.create(copyDocument(doc, { ...copy, createdAt: copy.now }), copy.now)
		);
	}

	remove(id: string, now: string): Promise<void> {
		return this.#run(async () => {
			await this.#tables.workspaces.update(id, { deletedAt: now });
		});
	}

	restore(id: string): Promise<void> {
		return this.#run(async () => {
			const found = await this.#tables.workspaces.update(id, { deletedAt: '' });
			if (!found && !(await this.#tables.workspaces.get(id))) {
				throw new Problem('workspace-missing', { id });
			}
		});
	}

	purge(before: string): Promise<void> {
		return this.#run(() =>
			this.#write(async () => {
				const { workspaces, snapshots, updates, quarantine, changes, rooms } = this.#tables;
				for (const { id, deletedAt } of await workspaces.toArray()) {
					if (!deletedAt || deletedAt >= before) continue;
					await this.sync.forget(id);
					await updates.where('workspace').equals(id).delete();
					await quarantine.where('workspace').equals(id).delete();
					await changes.where('workspace').equals(id).delete();
					await rooms.where('workspace').equals(id).delete();
					await snapshots.delete(id);
					await workspaces.delete(id);
				}
			})
		);
	}

	async append(id: string, update: Uint8Array, facts: Facts): Promise<number> {
		const { workspaces, updates } = this.#tables;
		const written = await this.#run(async () => {
			const written = await this.#write(async () => {
				const listed = await workspaces.get(id);
				if (!listed) throw new Problem('workspace-missing', { id });
				await workspaces.put({ ...listed, ...facts });
				const seq = await updates.add({ workspace: id, update });
				await this.sync.wait(id, update);
				return { seq, count: await updates.where('workspace').equals(id).count() };
			});
			sameOrBroken(update, (await updates.get(written.seq))?.update);
			return written;
		});
		await this.#stored(id, written, true);
		return written.seq;
	}

	since(id: string, seq: number): Promise<{ updates: Uint8Array[]; seq: number }> {
		return this.#run(async () => {
			const { snapshot, updates } = await this.#read(id);
			const newer = updates.filter((row) => (row.seq ?? 0) > seq);
			const parts = newer.map((row) => row.update);
			if (snapshot && snapshot.seq > seq) parts.unshift(snapshot.state);
			return { updates: parts, seq: Math.max(seq, lastOf({ snapshot, updates: newer })) };
		});
	}

	compact(id: string): Promise<void> {
		return this.#run(() =>
			this.#write(async () => {
				const { snapshots, updates } = this.#tables;
				const rows = await this.#read(id);
				// Yjs works without waiting, so the transaction stays open around it.
				const { doc, bad } = assemble(partsOf(rows));
				const seq = lastOf(rows);
				if (bad.length > 0) await this.#quarantine(id, rows, bad);
				await snapshots.put({ workspace: id, state: stateOf(doc), seq });
				const merged = rows.updates.flatMap((row) => row.seq ?? []);
				await updates.bulkDelete(merged);
			})
		);
	}

	setting(key: string): Promise<unknown> {
		return this.#run(async () => (await this.#tables.settings.get(key))?.value);
	}

	saveSetting(key: string, value: unknown): Promise<void> {
		return this.#run(async () => {
			await this.#tables.settings.put({ key, value });
		});
	}

	ensureSetting(key: string, value: unknown): Promise<unknown> {
		const { settings } = this.#tables;
		return this.#run(async () => {
			// It mostly is there, and a transaction that may write waits for the disk.
			const found = await settings.get(key);
			if (found) return found.value;
			return this.#write(async () => {
				const row = await settings.get(key);
				if (!row) await settings.add({ key, value });
				return row ? row.value : value;
			});
		});
	}

	onElsewhere(listen: (news: News) => void): () => void {
		return this.#channel.listen(listen);
	}

	onHere(listen: (news: News, own: boolean) => void): () => void {
		this.#listeners.add(listen);
		return () => this.#listeners.delete(listen);
	}

	onRetire(listen: (problem: Error) => Promise<void>): void {
		this.#onRetire = listen;
	}

	close(): void {
		this.#channel.close();
		this.#tables.db.close();
	}

	/** Rows were written: the tabs hear of it, and too many rows become one. */
	async #stored(id: string, written: Written, own: boolean): Promise<void> {
		const news = { workspace: id, seq: written.seq };
		this.#channel.tell(news);
		for (const listen of this.#listeners) listen(news, own);
		// The update is safe: that a full disk has no room for a new state must not say otherwise.
		if (written.count > compactAfter) await this.compact(id).catch(() => {});
	}

	/** Runs an operation; after a lost connection once more on a new one (F-06). */
	async #run<T>(operation: () => Promise<T>): Promise<T> {
		if (this.#retired) throw this.#retired;
		try {
			return await operation();
		} catch (thrown) {
			if (!isConnectionLost(thrown) || this.#retired) throw storageProblem(thrown);
		}
		try {
			this.#tables.db.close({ disableAutoOpen: false });
			await openTables(this.#tables);
			return await operation();
		} catch (thrown) {
			throw storageProblem(thrown);
		}
	}

	/** One strict transaction over all tables: all of it happens, or none. */
	async #write<T>(work: () => Promise<T>): Promise<T> {
		const { db, marks: _, ...mine } = this.#tables;
		let transaction: IDBTransaction | undefined;
		try {
			const all = Object.values(mine);
			return await db.transaction('rw', all, (running) => {
				transaction = running.idbtrans;
				return work();
			});
		} catch (thrown) {
			// A full disk may abort between two requests: the next one only says "not active".
			throw transaction?.error?.name === 'QuotaExceededError' ? transaction.error : thrown;
		}
	}

	async #read(id: string): Promise<Rows> {
		const { db, workspaces, snapshots, updates } = this.#tables;
		return db.transaction('r', [workspaces, snapshots, updates], async () => {
			if (!(await workspaces.get(id))) throw new Problem('workspace-missing', { id });
			return {
				snapshot: await snapshots.get(id),
				updates: await updates.where('workspace').equals(id).sortBy('seq')
			};
		});
	}

	async #quarantine(id: string, { snapshot, updates }: Rows, bad: number[]): Promise<void> {
		const first = snapshot ? 1 : 0;
		await this.#write(async () => {
			for (const position of bad) {
				const row = position < first ? undefined : updates[position - first];
				const update = row ? row.update : snapshot?.state;
				if (update === undefined) continue;
				await this.#tables.quarantine.add({ workspace: id, update });
				if (row?.seq !== undefined) await this.#tables.updates.delete(row.seq);
				else await this.#tables.snapshots.delete(id);
			}
		});
	}

	/** Lets go of the database for another tab: flush, close, refuse. */
	async #retire(problem: Problem): Promise<void> {
		if (this.#retired) return;
		const time = new Promise<void>((resolve) => setTimeout(resolve, flushTime));
		await Promise.race([this.#onRetire(problem).catch(() => {}), time]);
		this.#retired = problem;
		this.close();
	}
}

function partsOf({ snapshot, updates }: Rows): Uint8Array[] {
	const parts = updates.map((row) => row.update);
	return snapshot ? [snapshot.state, ...parts] : parts;
}

const lastOf = ({ snapshot, updates }: Rows): number =>
	Math.max(snapshot?.seq ?? 0, updates.at(-1)?.seq ?? 0);
