/**
 * The lock of this device: a passphrase without which nobody reads what is stored here (S-21).
 *
 * All rows are sealed with a random local key, in one transaction: a tab that is killed meanwhile
 * leaves all of them as they were. The key is wrapped by the passphrase (crypto/passphrase.ts) and stands
 * in the one setting that stays readable. Nothing opens it without the passphrase: there is no back door.
 */
import type { Table } from 'dexie';
import {
	isTooQuick,
	newLocalKey,
	parseWrappedKey,
	unwrapKey,
	wrapKey
} from '#lib/crypto/passphrase.ts';
import type { WrappedKey } from '#lib/crypto/passphrase.ts';
import { openWith as openSealed, sealWith } from '#lib/crypto/seal.ts';
import { utf8 } from '#lib/crypto/bytes.ts';
import { Problem } from '#lib/model/problem.ts';
import { closeLock, isOpen, lockKey, noLock, openWith, plainRowsSeen } from './lock-state.ts';
import type { Cipher } from './lock-state.ts';
import { storageProblem } from './problems.ts';
import { bytesOfRow } from './row-bytes.ts';
import { makeTables, openTables } from './tables.ts';
import type { Platform, Tables } from './tables.ts';

export type LockRecord = {
	key: WrappedKey;
	/** Minutes without a touch after which it closes by itself; 0: never. */
	minutes: number;
};
export type LockState = 'off' | 'open' | 'locked';

export class DeviceLock {
	#tables: Tables;
	/** The local key, while it is open in this window: other windows may ask for it. */
	#key: Uint8Array | null = null;

	constructor(platform: Platform) {
		this.#tables = makeTables(platform);
	}

	/** How it is now. Rejects with Problem `storage-broken` where the record of the lock is damaged. */
	state(): Promise<LockState> {
		return this.#run(async () => {
			if (!(await this.#record())) return 'off';
			return isOpen() ? 'open' : 'locked';
		});
	}

	/** Minutes without a touch after which it should close; 0 for never, or where there is no lock. */
	minutes(): Promise<number> {
		return this.#run(async () => (await this.#record())?.minutes ?? 0);
	}

	/** Seals everything on this device. Problem `unexpected` where there is a lock. */
	turnOn(passphrase: string, minutes: number): Promise<void> {
		return this.#run(async () => {
			if (await this.#record()) throw new Problem('unexpected', { detail: 'locked already' });
			const key = newLocalKey();
			const record: LockRecord = { key: await wrapKey(key, passphrase), minutes };
			await this.#rewrite(() => this.#openWith(key), record);
		});
	}

	/** Stores everything as it is read. Problem `passphrase-wrong`. */
	turnOff(passphrase: string): Promise<void> {
		return this.#run(async () => {
			await this.#unlock(passphrase);
			await this.#rewrite(() => noLock(), null);
			this.#key = null;
		});
	}

	/** Opens it in this window. Problem `passphrase-wrong`. */
	unlock(passphrase: string): Promise<void> {
		return this.#run(async () => {
			const record = await this.#unlock(passphrase);
			if (!record || !this.#key) return;
			if (isTooQuick(record.key)) {
				await this.#save({ ...record, key: await wrapKey(this.#key, passphrase) });
			}
		});
	}

	/** A new passphrase for the same key. Problem `passphrase-wrong` for the old one. */
	change(old: string, passphrase: string): Promise<void> {
		return this.#run(async () => {
			const record = await this.#unlock(old);
			if (record && this.#key) {
				await this.#save({ ...record, key: await wrapKey(this.#key, passphrase) });
			}
		});
	}

	closeAfter(minutes: number): Promise<void> {
		return this.#run(async () => {
			const record = await this.#record();
			if (record) await this.#save({ ...record, minutes });
		});
	}

	/** The key for another window of this browser; null while it is closed here. */
	get key(): Uint8Array | null {
		return this.#key;
	}

	/** Opens it with the key that another window has. False where it is not the one. */
	take(key: Uint8Array): Promise<boolean> {
		return this.#run(async () => {
			if (!(await this.#record())) return false;
			this.#openWith(key);
			try {
				await this.#tables.workspaces.toArray();
				return true;
			} catch {
				this.forget();
				return false;
			}
		});
	}

	/** This window has no key any more. What it holds in memory goes with a reload. */
	forget(): void {
		this.#key = null;
		closeLock();
	}

	/** Deletes every row of this device, and then the database. */
	erase(): Promise<void> {
		return this.#run(async () => {
			const all = this.#all();
			await this.#tables.db.transaction('rw', all, async () => {
				for (const table of all) await table.clear();
			});
			noLock();
			this.#key = null;
		});
	}

	close(): void {
		this.#tables.db.close();
	}

	#all(): Table[] {
		return this.#tables.db.tables;
	}

	async #record(): Promise<LockRecord | null> {
		const row = await this.#tables.settings.get(lockKey);
		if (!row) return null;
		const record = parseRecord(row.value);
		if (!record) throw new Problem('storage-broken', { detail: 'the record of the lock' });
		return record;
	}

	async #save(record: LockRecord): Promise<void> {
		await this.#tables.settings.put({ key: lockKey, value: record });
	}

	async #unlock(passphrase: string): Promise<LockRecord | null> {
		const record = await this.#record();
		if (!record) return null;
		this.#openWith(await unwrapKey(record.key, passphrase));
		await this.#sealLeftovers();
		return record;
	}

	#openWith(key: Uint8Array): void {
		this.#key = key;
		openWith(cipherOf(key));
	}

	/** Every row as it is read now, written as `turn` makes it to be written; all of them or none. */
	async #rewrite(turn: () => void, record: LockRecord | null): Promise<void> {
		const all = this.#all();
		const was = this.#key;
		try {
			await this.#tables.db.transaction('rw', all, async () => {
				const rows = new Map<Table, object[]>();
				for (const table of all) rows.set(table, await table.toArray());
				turn();
				for (const [table, found] of rows) {
					const kept = found.filter((row) => !isLockRow(table, row));
					await table.bulkPut(kept);
					await sameOrAbort(table, kept);
				}
				if (record) await this.#save(record);
				else await this.#tables.settings.delete(lockKey);
			});
		} catch (thrown) {
			// The rows are as they were: so must be the way to read them.
			if (was) this.#openWith(was);
			else noLock();
			throw thrown;
		}
	}

	/** What a window that did not know of the lock yet wrote meanwhile. */
	async #sealLeftovers(): Promise<void> {
		for (const table of this.#all()) {
			const seen = plainRowsSeen();
			const rows: object[] = await table.toArray();
			if (plainRowsSeen() === seen) continue;
			await table.bulkPut(rows.filter((row) => !isLockRow(table, row)));
		}
	}

	async #run<T>(operation: () => Promise<T>): Promise<T> {
		try {
			if (!this.#tables.db.isOpen()) await openTables(this.#tables);
			return await operation();
		} catch (thrown) {
			throw storageProblem(thrown);
		}
	}
}

const cipherOf = (key: Uint8Array): Cipher => ({
	seal: (bytes, where) => sealWith(bytes, key, placeOf(where)),
	open: (bytes, where) => openSealed(bytes, key, placeOf(where))
});

const placeOf = (where: string): Uint8Array => utf8(`e-strategy/1 row ${where}`);

const isLockRow = (table: Table, row: object): boolean =>
	table.name === 'settings' && 'key' in row && row.key === lockKey;

/** Nothing counts as rewritten that does not read back as it was (P3). */
async function sameOrAbort(table: Table, rows: object[]): Promise<void> {
	const back: object[] = (await table.toArray()).filter((row) => !isLockRow(table, row));
	const asText = (row: object) => bytesOfRow(Object.fromEntries(Object.entries(row).sort())).join();
	const isSame =
		back.length === rows.length && back.every((row, i) => asText(row) === asText(rows[i]!));
	if (!isSame) throw new Problem('storage-broken', { detail: `${table.name} read back another` });
}

function parseRecord(value: unknown): LockRecord | null {
	if (typeof value !== 'object' || value === null) return null;
	if (!('key' in value) || !('minutes' in value)) return null;
	const key = parseWrappedKey(value.key);
	const { minutes } = value;
	const isSound = typeof minutes === 'number' && minutes >= 0 && minutes <= 1440;
	return key && isSound ? { key, minutes } : null;
}
