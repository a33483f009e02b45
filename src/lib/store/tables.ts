/**
 * The database 'e-strategy': its tables, its version, and how it opens.
 *
 * A new version is a new `db.version(n)` line beside the old ones, with an upgrade that copies before it
 * switches and may be repeated (F-11). Old lines are never edited.
 */
import { Dexie } from 'dexie';
import type { Table } from 'dexie';
import type { Mark } from '#lib/model/mark.ts';
import { Problem } from '#lib/model/problem.ts';
import type { ChangeRow } from './changes.ts';
import { databaseName } from './has-store.ts';
import type { Aside, Flight, Shared } from './shared.ts';
import { lockKey, noteLock } from './lock-state.ts';
import type { RoomRow } from './rooms.ts';
import { sealedRows } from './sealed-rows.ts';
import type { Listed } from './store.ts';

/** Dexie multiplies by ten: the browser's own number of version 5 is 50. */
const version = 5;

export type SnapshotRow = {
	workspace: string;
	state: Uint8Array;
	/** The number of the last update in it. */
	seq: number;
};
export type UpdateRow = { seq?: number; workspace: string; update: Uint8Array };
export type SettingRow = { key: string; value: unknown };
export type QuarantineRow = { id?: number; workspace: string; update: Uint8Array };
/** Updates that wait to be sealed and sent. */
export type OutboxRow = { seq?: number; workspace: string; update: Uint8Array };
export type FlightRow = Flight & { workspace: string };
export type AsideRow = Aside & { workspace: string };

export type Tables = {
	db: Dexie;
	workspaces: Table<Listed, string>;
	snapshots: Table<SnapshotRow, string>;
	updates: Table<UpdateRow, number>;
	settings: Table<SettingRow, string>;
	quarantine: Table<QuarantineRow, number>;
	/** A reader's own bookmarks, highlights and notes: in no workspace, and in no copy of one. */
	marks: Table<Mark, string>;
	shared: Table<Shared, string>;
	outbox: Table<OutboxRow, number>;
	flight: Table<FlightRow, [string, number]>;
	aside: Table<AsideRow, [string, number]>;
	/** Who changed what, as this device came to know it: in no copy of a workspace. */
	changes: Table<ChangeRow, string>;
	/** Rooms that phones join, by workshop: in no copy of a workspace, because they hold keys. */
	rooms: Table<RoomRow, string>;
};

export type Platform = { indexedDB: IDBFactory; IDBKeyRange: typeof IDBKeyRange };

/** The tables, not opened yet. */
export function makeTables(platform: Platform): Tables {
	const db = new Dexie(databaseName, {
		indexedDB: guarded(platform.indexedDB),
		IDBKeyRange: platform.IDBKeyRange,
		// Chrome otherwise says "done" before the disk does (P3, F-04).
		chromeTransactionDurability: 'strict'
	});
	db.version(1).stores({
		workspaces: 'id',
		snapshots: 'workspace',
		updates: '++seq, workspace',
		settings: 'key',
		quarantine: '++id, workspace'
	});
	// A table more and nothing moved: there is nothing to copy, and it may be repeated.
	db.version(2).stores({ marks: 'id' });
	// The same once more: nothing was shared before, so there is nothing to copy.
	db.version(3).stores({
		shared: 'workspace',
		outbox: '++seq, workspace',
		flight: '[workspace+counter], workspace',
		aside: '[workspace+seq], workspace'
	});
	// A table more once again: what happened before it, no history knows.
	db.version(4).stores({ changes: 'id, workspace, [workspace+at]' });
	// And another: no phone has joined anything before.
	db.version(version).stores({ rooms: 'workshop, workspace' });
	db.use(sealedRows);
	return {
		db,
		workspaces: db.table('workspaces'),
		snapshots: db.table('snapshots'),
		updates: db.table('updates'),
		settings: db.table('settings'),
		quarantine: db.table('quarantine'),
		marks: db.table('marks'),
		shared: db.table('shared'),
		outbox: db.table('outbox'),
		flight: db.table('flight'),
		aside: db.table('aside'),
		changes: db.table('changes'),
		rooms: db.table('rooms')
	};
}

/**
 * The browser's IndexedDB, opening nothing but our version.
 *
 * Meeting a newer database, Dexie 4 opens it all the same, and adds what it misses under a higher
 * number. An older app must not touch what a newer one made (F-10), so that way is closed here.
 */
function guarded(
	factory: IDBFactory
): Pick<IDBFactory, 'open' | 'databases' | 'deleteDatabase' | 'cmp'> {
	return {
		open(name, asked) {
			if (asked !== version * 10) {
				throw new DOMException(`database is not version ${version * 10}`, 'VersionError');
			}
			return factory.open(name, asked);
		},
		cmp: (a, b) => factory.cmp(a, b),
		// Without this function Dexie would keep a database of database names.
		databases: async () => [],
		deleteDatabase() {
			throw new DOMException('the store deletes no database', 'NotAllowedError');
		}
	};
}

/** Opens the database; waits at most `patience` milliseconds for another tab that blocks an upgrade. */
export async function openTables({ db, settings }: Tables, patience = 5000): Promise<void> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let onBlocked = () => false;
	const blocked = new Promise<never>((_, reject) => {
		const problem = new Problem('storage-broken', { detail: 'another tab holds the database' });
		onBlocked = () => {
			timer ??= setTimeout(() => reject(problem), patience);
			return false;
		};
	});
	db.on('blocked', onBlocked);
	try {
		await Promise.race([db.open(), blocked]);
		noteLock((await settings.get(lockKey)) !== undefined);
	} finally {
		clearTimeout(timer);
		db.on('blocked').unsubscribe(onBlocked);
	}
}
