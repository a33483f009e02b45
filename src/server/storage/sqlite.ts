/**
 * The storage in one SQLite file: write-ahead log, synchronous FULL, so that a commit returns after its
 * flush. One process only: a second one on the same folder is refused at the start.
 *
 * SQLite works on our thread. A group of pushes is one transaction (`commit`); everything else that
 * writes waits its turn, and reads have a connection of their own that sees only what is committed.
 */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statfsSync } from 'node:fs';
import { join as pathJoin } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import * as people from './people.ts';
import { sqliteSteps } from './schema.ts';
import * as snapshots from './snapshots.ts';
import { markOf } from './snapshots.ts';
import {
	accessOf,
	bytes,
	bytesFor,
	dayOf,
	findAccess,
	num,
	refuse,
	roleNumber,
	roleOf
} from './sql.ts';
import type { Row, Sql, Value } from './sql.ts';
import { StorageError } from './storage.ts';
import type {
	Access,
	Outcome,
	Page,
	Push,
	Reading,
	RelayStorage,
	Room,
	Stored
} from './storage.ts';

/** The folder cannot be used: one sentence for the operator. */
export class FolderError extends Error {}

const fileName = 'relay.db';
const noMark = new Uint8Array(8);

/** Opens or makes the storage in `folder`. Throws `FolderError`. */
export function openSqlite(folder: string): RelayStorage {
	return new Sqlite(folder);
}

class Sqlite implements RelayStorage {
	readonly kind = 'sqlite';
	readonly #folder: string;
	readonly #lock: DatabaseSync;
	#writer: Connection;
	#reader: Connection;
	readonly #known = new Known();
	/** The write before this one, so that no two transactions mix. */
	#last: Promise<unknown> = Promise.resolve();

	constructor(folder: string) {
		this.#folder = folder;
		this.#lock = prepareFolder(folder);
		try {
			this.#writer = openFile(folder, false);
			migrate(this.#writer.db);
			this.#reader = openFile(folder, true);
		} catch (error) {
			this.#lock.close();
			if (error instanceof FolderError) throw error;
			throw new FolderError(
				`${pathJoin(folder, fileName)} cannot be opened as a database (${sqliteCode(error) ?? 'unknown'}).`
			);
		}
	}

	async find(w: Uint8Array, token: Uint8Array) {
		return this.#read((connection) => {
			const found = this.#known.find(connection, w, token);
			return found && accessFrom(found);
		});
	}

	create: RelayStorage['create'] = (...args) => this.#write((sql) => people.create(sql, ...args));
	join: RelayStorage['join'] = (...args) => this.#write((sql) => people.join(sql, ...args));
	invite: RelayStorage['invite'] = (...args) => this.#write((sql) => people.invite(sql, ...args));
	setCard: RelayStorage['setCard'] = (...args) =>
		this.#write((sql) => people.setCard(sql, ...args));
	revoke: RelayStorage['revoke'] = (...args) => this.#write((sql) => people.revoke(sql, ...args));
	rotate: RelayStorage['rotate'] = (...args) => this.#write((sql) => people.rotate(sql, ...args));
	remove: RelayStorage['remove'] = (...args) => this.#write((sql) => people.remove(sql, ...args));
	sawToday: RelayStorage['sawToday'] = (...args) =>
		this.#write((sql) => people.sawToday(sql, ...args));
	putPart: RelayStorage['putPart'] = (...args) =>
		this.#write((sql) => snapshots.putPart(sql, ...args));
	confirm: RelayStorage['confirm'] = (...args) =>
		this.#write((sql) => snapshots.confirm(sql, ...args));
	refuse: RelayStorage['refuse'] = (...args) =>
		this.#write((sql) => snapshots.refuseSnapshot(sql, ...args));
	upkeep: RelayStorage['upkeep'] = (upkeep) =>
		snapshots.upkeep((work) => this.#write(work), upkeep);

	grantOf: RelayStorage['grantOf'] = (by) => people.grantOf(this.#readSql, by);
	holders: RelayStorage['holders'] = (ws) => people.holders(this.#readSql, ws);
	snapshots: RelayStorage['snapshots'] = (ws) => snapshots.snapshots(this.#readSql, ws);
	part: RelayStorage['part'] = (...args) => snapshots.part(this.#readSql, ...args);

	commit(pushes: Push[], room: Room, now: number): Promise<Outcome[]> {
		// Without a pause from beginning to end: nobody can meet what is not on disk yet.
		return this.#alone(() => {
			const { db, run } = this.#writer;
			const known = this.#known;
			run('BEGIN IMMEDIATE');
			try {
				const changed = new Map<number, Place>();
				const outcomes = pushes.map((push) => commitOne(this.#writer, known, push, room, changed));
				for (const [ws, { head, bytes }] of changed) {
					run(
						'UPDATE workspaces SET head = ?, bytes = ?, touched = ? WHERE ws = ?',
						...[head, bytes, dayOf(now), ws]
					);
				}
				run('COMMIT');
				return outcomes;
			} catch (error) {
				known.clear();
				if (db.isTransaction) run('ROLLBACK');
				throw error;
			}
		});
	}

	async read(ws: number, { after, except, bytes: limit, newest }: Reading): Promise<Page> {
		return this.#read((connection) => {
			const { all } = connection;
			const [workspace] = all(
				'SELECT epoch, head, floor, floor_mark, floor_epoch FROM workspaces WHERE ws = ?',
				ws
			);
			const head = num(workspace, 'head');
			const floor = num(workspace, 'floor');
			const at = (seq: number) => {
				if (seq === 0) return { mark: noMark, epoch: 0 };
				if (seq === floor) {
					return { mark: bytes(workspace, 'floor_mark'), epoch: num(workspace, 'floor_epoch') };
				}
				const [row] = all('SELECT bytes FROM envelopes WHERE ws = ? AND seq = ?', ws, seq);
				if (!row) return { mark: null, epoch: 0 };
				const envelope = bytes(row, 'bytes');
				return { mark: markOf(envelope), epoch: snapshots.epochOf(envelope) };
			};
			const envelopes: Stored[] = [];
			let size = 0;
			let more = false;
			const rows = newest
				? all(
						`SELECT seq, lane, role, bytes FROM envelopes
							WHERE ws = ? AND seq > ? AND role = ? ORDER BY seq DESC LIMIT 1`,
						...[ws, after, roleNumber('edit')]
					)
				: connection
						.prepare(
							'SELECT seq, lane, role, bytes FROM envelopes WHERE ws = ? AND seq > ? AND lane <> ? ORDER BY seq'
						)
						.iterate(ws, after, except);
			for (const row of rows) {
				const one = storedOf(row);
				if (envelopes.length && size + one.bytes.length > limit) {
					more = true;
					break;
				}
				size += one.bytes.length;
				envelopes.push(one);
			}
			const upTo = more ? envelopes.at(-1)!.seq : Math.max(head, after);
			const { mark, epoch: markEpoch } = at(after);
			const upToMark = (upTo === after ? mark : at(upTo).mark) ?? noMark;
			const epoch = num(workspace, 'epoch');
			return { epoch, head, floor, mark, markEpoch, envelopes, upTo, upToMark, more };
		});
	}

	announce(): void {
		// There is no other process.
	}

	async listen(): Promise<void> {}

	async count() {
		const [row] = this.#reader.all(
			'SELECT COUNT(*) AS n, COALESCE(SUM(bytes), 0) AS bytes FROM workspaces WHERE deleted = 0'
		);
		return { workspaces: num(row, 'n'), bytes: num(row, 'bytes') };
	}

	async check(): Promise<void> {
		await this.#read(({ all }) => all('SELECT 1 AS one'));
	}

	async close(): Promise<void> {
		await this.#last.catch(() => {});
		this.#reader.db.close();
		this.#writer.db.close();
		this.#lock.close();
	}

	/** Statements for reading outside of a transaction: each sees what is committed. */
	readonly #readSql: Sql = {
		all: async (text, ...values) => this.#read(({ all }) => all(text, ...values))
	};

	/**
	 * No other process writes and nothing else runs while `work` does, so its statements see one state
	 * without a transaction.
	 */
	#read<T>(work: (connection: Connection) => T): T {
		try {
			return work(this.#reader);
		} catch (error) {
			throw this.#failure(error);
		}
	}

	/** A transaction. `work` must not wait for anything but its own statements. */
	#write<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
		return this.#alone(async () => {
			const { db, all, run } = this.#writer;
			run('BEGIN IMMEDIATE');
			try {
				const result = await work({ all: async (text, ...values) => all(text, ...values) });
				run('COMMIT');
				return result;
			} catch (error) {
				if (db.isTransaction) run('ROLLBACK');
				throw error;
			} finally {
				this.#known.clear();
			}
		});
	}

	/** Runs `work` when the write before it is done. */
	#alone<T>(work: () => T | Promise<T>): Promise<T> {
		const run = async () => {
			try {
				return await work();
			} catch (error) {
				throw this.#failure(error);
			}
		};
		const done = this.#last.then(run, run);
		this.#last = done.catch(() => {});
		return done;
	}

	/** What a driver's error means; what it cannot mean is handed on as it is. */
	#failure(error: unknown): unknown {
		if (error instanceof StorageError) return error;
		const code = sqliteCode(error);
		if (code === null) return error;
		const primary = code & 0xff;
		if (primary === full) return new StorageError('full', error);
		if (primary === ioError) {
			// After a flush that failed nobody knows what is on the disk: begin again from what is there.
			this.#reopen();
			return new StorageError(isFull(this.#folder) ? 'full' : 'unavailable', error);
		}
		return passing.has(primary) ? new StorageError('unavailable', error) : error;
	}

	#reopen(): void {
		try {
			this.#writer.db.close();
			this.#reader.db.close();
		} catch {
			// Closed already.
		}
		try {
			this.#writer = openFile(this.#folder, false);
			this.#reader = openFile(this.#folder, true);
		} catch {
			// The next use says so.
		}
	}
}

const full = 13;
const ioError = 10;
/** Busy, locked, read-only, damaged, cannot open, no database. */
const passing = new Set([5, 6, 8, 11, 14, 26]);

function sqliteCode(error: unknown): number | null {
	if (!(error instanceof Error)) return null;
	if ('errcode' in error && typeof error.errcode === 'number') return error.errcode;
	// A connection that could not be opened again.
	return 'code' in error && error.code === 'ERR_INVALID_STATE' ? 14 : null;
}

function isFull(folder: string): boolean {
	try {
		const { bavail, bsize } = statfsSync(folder);
		return bavail * bsize < 1_000_000;
	} catch {
		return false;
	}
}

interface Connection {
	db: DatabaseSync;
	all(text: string, ...values: Value[]): Row[];
	/** Where no rows are wanted. */
	run(text: string, ...values: Value[]): void;
	prepare(text: string): StatementSync;
}

function openFile(folder: string, readOnly: boolean): Connection {
	const db = new DatabaseSync(pathJoin(folder, fileName), { timeout: 5_000 });
	db.exec(`PRAGMA synchronous = FULL; PRAGMA cache_size = -4000; PRAGMA temp_store = MEMORY`);
	if (readOnly) db.exec('PRAGMA query_only = 1');
	const statements = new Map<string, StatementSync>();
	const prepare = (text: string) => {
		let statement = statements.get(text);
		if (!statement) statements.set(text, (statement = db.prepare(text)));
		return statement;
	};
	return {
		db,
		prepare,
		all: (text, ...values) => prepare(text).all(...values),
		run: (text, ...values) => void prepare(text).run(...values)
	};
}

/** Makes the folder, for its owner only, and locks it: the lock goes with the process, however it ends. */
function prepareFolder(folder: string): DatabaseSync {
	const file = pathJoin(folder, fileName);
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		// What SQLite puts beside it gets the same rights.
		if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
		chmodSync(file, 0o600);
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
		throw new FolderError(
			`DATA_DIR is set to ${JSON.stringify(folder)}, where this program may not write (${code}); ` +
				'expected is a folder that belongs to the user who runs it.'
		);
	}
	const lock = new DatabaseSync(pathJoin(folder, 'relay.lock'), { timeout: 0 });
	try {
		lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
	} catch {
		lock.close();
		throw new FolderError(
			`The folder ${JSON.stringify(folder)} is in use by another server. Stop that one, set DATA_DIR to ` +
				'another folder, or use PostgreSQL (DATABASE_URL), which several servers can share.'
		);
	}
	return lock;
}

function migrate(db: DatabaseSync): void {
	db.exec('PRAGMA journal_mode = WAL');
	const row: Row = db.prepare('PRAGMA user_version').get() ?? {};
	const version = num(row, 'user_version');
	if (version > sqliteSteps.length) {
		throw new FolderError(
			'The database was written by a newer version of this program: start that version, or restore a backup.'
		);
	}
	for (const [i, step] of sqliteSteps.entries()) {
		if (i < version) continue;
		db.exec('BEGIN IMMEDIATE');
		for (const text of step) db.exec(text);
		db.exec(`PRAGMA user_version = ${i + 1}; COMMIT`);
	}
}

/** A workspace as the last commit left it. */
interface Place {
	head: number;
	bytes: number;
}

interface Found {
	access: Access;
	place: Place;
}

/**
 * Who was found lately. This process alone writes, so it knows when that may have changed: a push changes the
 * place, which all holders share; anything else clears everything.
 */
class Known {
	readonly #found = new Map<string, Found>();
	readonly #places = new Map<number, Place>();
	readonly #counters = new Map<string, number>();

	find({ all }: Connection, w: Uint8Array, token: Uint8Array): Found | null {
		const key = Buffer.from(token.buffer, token.byteOffset, token.length).toString('latin1');
		const known = this.#found.get(key);
		if (known && people.equal(known.access.w, w)) return known;
		const [row] = all(findAccess, token, w);
		if (!row) return null;
		const access = accessOf(row);
		let place = this.#places.get(access.ws);
		if (!place) {
			place = { head: access.head, bytes: num(row, 'bytes') };
			this.#places.set(access.ws, place);
		}
		const found = { access, place };
		if (this.#found.size >= 20_000) this.clear();
		else this.#found.set(key, found);
		return found;
	}

	/** The highest counter of a lane; `now`: from now on. */
	highest({ all }: Connection, { ws, lane }: Access, now = 0): number {
		const key = `${ws} ${lane}`;
		let highest = this.#counters.get(key);
		if (highest === undefined) {
			const [row] = all(
				'SELECT COALESCE(MAX(counter), 0) AS highest FROM envelopes WHERE ws = ? AND lane = ?',
				...[ws, lane]
			);
			highest = num(row, 'highest');
		}
		highest = Math.max(highest, now);
		this.#counters.set(key, highest);
		return highest;
	}

	clear(): void {
		this.#found.clear();
		this.#places.clear();
		this.#counters.clear();
	}
}

const accessFrom = ({ access, place }: Found): Access => ({ ...access, head: place.head });

const storedOf = (row: Row): Stored => ({
	seq: num(row, 'seq'),
	lane: num(row, 'lane'),
	role: roleOf(row),
	bytes: bytes(row, 'bytes')
});

/** One push, within the transaction of its group: everything is checked before anything is written. */
function commitOne(
	connection: Connection,
	known: Known,
	push: Push,
	room: Room,
	changed: Map<number, Place>
): Outcome {
	const { all, run } = connection;
	const found = known.find(connection, push.w, push.token);
	if (!found) return refuse('unknown');
	const { access, place } = found;
	if (access.deleted) return refuse('deleted');
	const { ws, lane, role, epoch } = access;
	if (access.kind !== 'device') return refuse('unknown');
	if (role === 'view' && push.envelopes.length) return refuse('role');

	const highest = push.envelopes.length ? known.highest(connection, access) : 0;
	const seqs = new Map<number, number>();
	const fresh = new Map<number, Uint8Array>();
	for (const { counter, bytes: envelope } of push.envelopes) {
		const twin = fresh.get(counter);
		if (twin) {
			if (!people.equal(twin, envelope)) return refuse('conflict');
			continue;
		}
		// Beyond the highest there is nothing to look for.
		const [present] =
			counter > highest
				? []
				: all(
						'SELECT seq, bytes FROM envelopes WHERE ws = ? AND lane = ? AND counter = ?',
						...[ws, lane, counter]
					);
		if (!present) fresh.set(counter, envelope);
		else if (people.equal(bytes(present, 'bytes'), envelope))
			seqs.set(counter, num(present, 'seq'));
		else return refuse('conflict');
	}
	const isOld = ({ counter, epoch: its }: { counter: number; epoch: number }) =>
		fresh.has(counter) && its !== epoch;
	if (push.envelopes.some(isOld)) return { refused: 'epoch', epoch };
	let size = 0;
	for (const envelope of fresh.values()) size += envelope.length;
	if (size && place.bytes + size > bytesFor(role, room)) return refuse('full');

	let { head } = place;
	const stored: Stored[] = [];
	for (const [counter, envelope] of fresh) {
		seqs.set(counter, ++head);
		stored.push({ seq: head, lane, role, bytes: envelope });
		run(
			'INSERT INTO envelopes (ws, seq, lane, counter, role, bytes) VALUES (?, ?, ?, ?, ?, ?)',
			...[ws, head, lane, counter, roleNumber(role), envelope]
		);
	}
	if (stored.length) {
		place.head = head;
		place.bytes += size;
		known.highest(connection, access, Math.max(...fresh.keys()));
		changed.set(ws, place);
	}
	const acks = push.envelopes.map(({ counter }) => ({ counter, seq: seqs.get(counter)! }));
	return { refused: null, access: { ...access, head }, acks, stored };
}
