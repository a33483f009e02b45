/**
 * The storage in PostgreSQL, which several processes can share. A workspace's row is the lock under
 * which its seqs are given, so that nobody sees n+1 before n; what a process commits it says to
 * the others with NOTIFY, in the same transaction, and they read it (F-61).
 *
 * Loaded only where DATABASE_URL is set.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { commitGroup } from './postgres-commit.ts';
import * as people from './people.ts';
import { postgresSteps } from './schema.ts';
import * as snapshots from './snapshots.ts';
import { markOf } from './snapshots.ts';
import { roles, type Role } from '#lib/sync/control.ts';
import { accessOf, bytes, findAccess, num, roleNumber, roleOf } from './sql.ts';
import type { Row, Sql } from './sql.ts';
import { StorageError } from './storage.ts';
import type {
	Access,
	Change,
	Joined,
	Note,
	Page,
	Push,
	Reading,
	Refusal,
	RelayStorage,
	Room,
	Stored
} from './storage.ts';

/** The database cannot be used: one sentence for the operator, without the address's password. */
export class DatabaseError extends Error {}

/** What one process says to the others. */
const channel = 'e_strategy_relay';
const connections = 10;
const noMark = new Uint8Array(8);

/** Opens the storage and makes its tables. Throws `DatabaseError`. */
export async function openPostgres(url: string): Promise<RelayStorage & { notices: string[] }> {
	const storage = new Postgres(url);
	try {
		await storage.begin();
		return storage;
	} catch (error) {
		await storage.close();
		throw error instanceof DatabaseError ? error : new DatabaseError(sentenceOf(error));
	}
}

/** Rows that are read at once at the most. */
const pageRows = 5_000;

/** Where the log stands, and what is at the cursor and at the head; `page` gives what follows the cursor. */
const readWith = (page: string): string => `
	SELECT place.epoch, place.head, place.floor, place.floor_mark, place.floor_epoch, place.after_mark,
		place.after_start, place.head_mark, place.head_start, page.seq, page.lane, page.role, page.bytes, page.total
	FROM (
		SELECT w.ws, w.epoch, w.head, w.floor, w.floor_mark, w.floor_epoch,
			SUBSTRING(SHA256(a.bytes) FROM 1 FOR 8) AS after_mark, SUBSTRING(a.bytes FROM 1 FOR 8) AS after_start,
			SUBSTRING(SHA256(h.bytes) FROM 1 FOR 8) AS head_mark, SUBSTRING(h.bytes FROM 1 FOR 8) AS head_start
		FROM workspaces w
			LEFT JOIN envelopes a ON a.ws = w.ws AND a.seq = ?
			LEFT JOIN envelopes h ON h.ws = w.ws AND h.seq = w.head
		WHERE w.ws = ?
		OFFSET 0
	) AS place
	LEFT JOIN LATERAL (${page}) AS page ON true
	ORDER BY page.seq`;

const readPage = readWith(`
	SELECT seq, lane, role, bytes, total FROM (
		SELECT seq, lane, role, bytes, SUM(LENGTH(bytes)) OVER (ORDER BY seq) AS total, ROW_NUMBER() OVER (ORDER BY seq) AS n
		FROM envelopes WHERE ws = place.ws AND seq > ? AND lane <> ?
		ORDER BY seq LIMIT ${pageRows}
	) AS run WHERE n <= 2 OR total - LENGTH(bytes) <= ?`);

const readNewest = readWith(`
	SELECT seq, lane, role, bytes, LENGTH(bytes) AS total
	FROM envelopes WHERE ws = place.ws AND seq > ? AND role = ? ORDER BY seq DESC LIMIT 1`);

class Postgres implements RelayStorage {
	readonly kind = 'postgres';
	/** What the operator should know. */
	readonly notices: string[] = [];
	/** So that a process does not hear itself. */
	readonly #name = randomBytes(6).toString('hex');
	readonly #url: string;
	readonly #pool: pg.Pool;
	#listener: pg.Client | null = null;
	#closed = false;

	constructor(url: string) {
		this.#url = url;
		this.#pool = new pg.Pool({ ...how(url), max: connections });
		// A connection that dies while it is idle; the next use says what there is to say.
		this.#pool.on('error', () => {});
	}

	async begin(): Promise<void> {
		await this.#transaction(async (sql) => {
			// Two processes may start at once.
			await sql.all('SELECT pg_advisory_xact_lock(7305810)');
			await sql.all('CREATE TABLE IF NOT EXISTS relay_version (version BIGINT NOT NULL)');
			const [row] = await sql.all('SELECT version FROM relay_version');
			const version = row ? num(row, 'version') : 0;
			if (version > postgresSteps.length) {
				throw new DatabaseError(
					'The database was written by a newer version of this program: start that version, or restore a backup.'
				);
			}
			for (const text of postgresSteps.slice(version).flat()) await sql.all(text);
			await sql.all('DELETE FROM relay_version');
			await sql.all('INSERT INTO relay_version VALUES (?)', postgresSteps.length);
		});
		const [row] = await this.#sql.all("SELECT current_setting('fsync') AS fsync");
		if (row?.fsync === 'off') {
			this.notices.push(
				'PostgreSQL runs with fsync = off: a power cut can take what was acknowledged. Set fsync = on.'
			);
		}
	}

	async find(w: Uint8Array, token: Uint8Array) {
		const [row] = await this.#sql.all(findAccess, token, w);
		return row ? accessOf(row) : null;
	}

	create: RelayStorage['create'] = (...args) =>
		this.#transaction((sql) => people.create(sql, ...args));
	join: RelayStorage['join'] = (...args) =>
		this.#tell('holders', args[0], (sql) => people.join(sql, ...args));
	invite: RelayStorage['invite'] = (...args) =>
		this.#tell('holders', args[0], (sql) => people.invite(sql, ...args));
	setCard: RelayStorage['setCard'] = (...args) =>
		this.#tell('holders', args[0], (sql) => people.setCard(sql, ...args));
	revoke: RelayStorage['revoke'] = (...args) =>
		this.#tell('holders', args[0], (sql) => people.revoke(sql, ...args));
	rotate: RelayStorage['rotate'] = (...args) =>
		this.#tell('holders', args[0], (sql) => people.rotate(sql, ...args));
	remove: RelayStorage['remove'] = (...args) =>
		this.#tell('gone', args[0], (sql) => people.remove(sql, ...args));
	sawToday: RelayStorage['sawToday'] = (...args) =>
		this.#transaction((sql) => people.sawToday(sql, ...args));
	putPart: RelayStorage['putPart'] = (...args) =>
		this.#transaction((sql) => snapshots.putPart(sql, ...args));
	confirm: RelayStorage['confirm'] = (...args) =>
		this.#transaction((sql) => snapshots.confirm(sql, ...args));
	refuse: RelayStorage['refuse'] = (...args) =>
		this.#transaction((sql) => snapshots.refuseSnapshot(sql, ...args));
	upkeep: RelayStorage['upkeep'] = (upkeep) =>
		snapshots.upkeep((work) => this.#transaction(work), upkeep);

	grantOf: RelayStorage['grantOf'] = (by) => people.grantOf(this.#sql, by);
	holders: RelayStorage['holders'] = (ws) => people.holders(this.#sql, ws);
	snapshots: RelayStorage['snapshots'] = (ws) => snapshots.snapshots(this.#sql, ws);
	part: RelayStorage['part'] = (...args) => snapshots.part(this.#sql, ...args);

	async commit(pushes: Push[], room: Room, now: number) {
		return this.#transaction(async (_sql, client) => {
			const outcomes = await commitGroup(client, pushes, room, now);
			const heads = new Map<string, number>();
			for (const outcome of outcomes) {
				if (outcome.refused !== null || !outcome.stored.length) continue;
				heads.set(text(outcome.access.w), outcome.access.head);
			}
			for (const payload of payloadsOf(this.#name, heads)) await notify(client, payload);
			return outcomes;
		});
	}

	/**
	 * One statement, which sees one state: between two the log could be pruned, and what went would look as if
	 * it had been given. The page is at least one envelope, and as many as begin before the limit; one more shows
	 * whether there is more.
	 */
	async read(ws: number, { after, except, bytes: limit, newest }: Reading): Promise<Page> {
		const rows = newest
			? await this.#sql.all(readNewest, after, ws, after, roleNumber('edit'))
			: await this.#sql.all(readPage, after, ws, after, except, limit);
		const [place] = rows;
		const head = num(place, 'head');
		const floor = num(place, 'floor');
		const envelopes: Stored[] = [];
		let more = rows.length === pageRows;
		for (const row of rows) {
			if (row.seq === null) break;
			if (envelopes.length && num(row, 'total') > limit) {
				more = true;
				break;
			}
			envelopes.push(storedOf(row));
		}
		const upTo = more ? envelopes.at(-1)!.seq : Math.max(head, after);
		/** Of what stands at `seq`, where the row says it under these names. */
		const placeOf = (seq: number, mark: string, start: string) => {
			if (seq === 0) return { mark: noMark, epoch: 0 };
			if (seq === floor) {
				return { mark: bytes(place, 'floor_mark'), epoch: num(place, 'floor_epoch') };
			}
			if (seq < floor || place?.[mark] === null) return { mark: null, epoch: 0 };
			return { mark: bytes(place, mark), epoch: snapshots.epochOf(bytes(place, start)) };
		};
		const { mark, epoch: markEpoch } = placeOf(after, 'after_mark', 'after_start');
		const last = envelopes.at(-1);
		const end = () => {
			if (upTo === after) return mark;
			return last?.seq === upTo
				? markOf(last.bytes)
				: placeOf(head, 'head_mark', 'head_start').mark;
		};
		const epoch = num(place, 'epoch');
		return {
			epoch,
			head,
			floor,
			mark,
			markEpoch,
			envelopes,
			upTo,
			upToMark: end() ?? noMark,
			more
		};
	}

	announce(note: Note): void {
		const payload = `${this.#name} ${wordsOf(note)}`;
		// Who misses it hears the next one.
		this.#pool.query('SELECT pg_notify($1, $2)', [channel, payload]).catch(() => {});
	}

	async listen(hear: (change: Change) => void): Promise<void> {
		let first = true;
		const connect = async (): Promise<void> => {
			const client = new pg.Client(how(this.#url));
			let lost = false;
			const again = async () => {
				if (lost || this.#closed) return;
				lost = true;
				this.#listener = null;
				client.end().catch(() => {});
				for (let delay = 100; !this.#closed; delay = Math.min(delay * 2, 5_000)) {
					await wait(delay, undefined, { ref: false });
					try {
						return await connect();
					} catch {
						// Not yet.
					}
				}
			};
			client.on('notification', ({ payload = '' }) => {
				const [name, ...words] = payload.split(' ');
				if (name !== this.#name) for (const change of changesOf(words)) hear(change);
			});
			try {
				await client.connect();
				await client.query(`LISTEN ${channel}`);
			} catch (error) {
				client.end().catch(() => {});
				throw error;
			}
			client.on('error', () => void again());
			client.on('end', () => void again());
			this.#listener = client;
			if (!first) hear({ kind: 'all' });
			first = false;
		};
		await this.#named(connect);
	}

	async count() {
		const [row] = await this.#sql.all(
			`SELECT COUNT(*) AS n, CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS bytes
				FROM workspaces WHERE deleted = 0`
		);
		return { workspaces: num(row, 'n'), bytes: num(row, 'bytes') };
	}

	async check(): Promise<void> {
		await this.#sql.all('SELECT 1 AS one');
	}

	async close(): Promise<void> {
		if (this.#closed) return;
		this.#closed = true;
		await this.#listener?.end().catch(() => {});
		await this.#pool.end();
	}

	/** Single statements. */
	readonly #sql: Sql = {
		all: (statement, ...values) =>
			this.#named(async () => rowsOf(await this.#pool.query(numbered(statement), values)))
	};

	/** A transaction that tells the other processes what it changed, unless it refused to. */
	#tell<T extends Joined | Refusal | null>(
		kind: 'holders' | 'gone',
		{ w }: Access,
		work: (sql: Sql) => Promise<T>
	): Promise<T> {
		return this.#transaction(async (sql, client) => {
			const answer = await work(sql);
			if (answer === null || !('refused' in answer)) {
				await notify(client, `${this.#name} ${wordsOf({ kind, w })}`);
			}
			return answer;
		});
	}

	async #transaction<T>(work: (sql: Sql, client: pg.PoolClient) => Promise<T>): Promise<T> {
		for (let tries = 1; ; tries++) {
			try {
				return await this.#named(() => this.#try(work));
			} catch (error) {
				// Two transactions in each other's way: one of them is asked to try again.
				if (!isEntangled(error) || tries >= 5) throw error;
			}
		}
	}

	async #try<T>(work: (sql: Sql, client: pg.PoolClient) => Promise<T>): Promise<T> {
		const client = await this.#pool.connect();
		let broken: Error | undefined;
		try {
			await client.query('BEGIN');
			// A server may be told not to wait for its disk; for us it has to.
			await client.query('SET LOCAL synchronous_commit = on');
			const all: Sql['all'] = async (statement, ...values) =>
				rowsOf(await client.query(numbered(statement), values));
			const result = await work({ all }, client);
			await client.query('COMMIT');
			return result;
		} catch (error) {
			await client.query('ROLLBACK').catch((lost: Error) => (broken = lost));
			throw error;
		} finally {
			client.release(broken);
		}
	}

	/** What a driver's error means; what it cannot mean is handed on as it is. */
	async #named<T>(work: () => Promise<T>): Promise<T> {
		try {
			return await work();
		} catch (error) {
			if (error instanceof StorageError) throw error;
			const code = codeOf(error);
			if (code === '53100') throw new StorageError('full', error);
			if (isAway(error, code)) throw new StorageError('unavailable', error);
			throw error;
		}
	}
}

const how = (url: string) => ({
	connectionString: url,
	connectionTimeoutMillis: 5_000,
	statement_timeout: 20_000,
	keepAlive: true,
	// Our counts and times are below 2^53.
	types: {
		getTypeParser: (oid: number, format?: 'text' | 'binary') =>
			oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)
	}
});

const texts = new Map<string, string>();
/** `?` become `$1`, `$2` … */
function numbered(statement: string): string {
	let text = texts.get(statement);
	if (text === undefined) {
		let n = 0;
		text = statement.replace(/\?/g, () => `$${++n}`);
		texts.set(statement, text);
	}
	return text;
}

const rowsOf = (result: pg.QueryResult): Row[] => result.rows;
const storedOf = (row: Row): Stored => ({
	seq: num(row, 'seq'),
	lane: num(row, 'lane'),
	role: roleOf(row),
	bytes: bytes(row, 'bytes')
});

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const unText = (words: string) => new Uint8Array(Buffer.from(words, 'base64url'));

const notify = (client: pg.PoolClient, payload: string) =>
	client.query('SELECT pg_notify($1, $2)', [channel, payload]);

/** A payload has at most 8,000 bytes: many workspaces share one. */
function* payloadsOf(name: string, heads: ReadonlyMap<string, number>): Generator<string> {
	let payload = name;
	for (const [w, head] of heads) {
		payload += ` log:${w}:${head}`;
		if (payload.length > 7_000) {
			yield payload;
			payload = name;
		}
	}
	if (payload !== name) yield payload;
}

function wordsOf(change: Change): string {
	if (change.kind === 'all') return 'all';
	const words = [change.kind, text(change.w)];
	if (change.kind === 'log') words.push(String(change.head));
	if (change.kind === 'here') words.push(String(change.lane), text(change.note), change.role);
	return words.join(':');
}

function* changesOf(words: string[]): Generator<Change> {
	for (const word of words) {
		const [kind, address = '', number = '', note = '', role] = word.split(':');
		const w = unText(address);
		if (kind === 'log') yield { kind, w, head: Number(number) };
		if (kind === 'holders' || kind === 'gone') yield { kind, w };
		if (kind === 'here' && isRole(role)) {
			yield { kind, w, lane: Number(number), role, note: unText(note) };
		}
	}
}

const isRole = (word: unknown): word is Role => roles.some((role) => role === word);

function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error ? String(error.code) : '';
}

const isEntangled = (error: unknown) => ['40001', '40P01'].includes(codeOf(error));

/** The database is away, going down, coming up, out of connections or read-only. */
function isAway(error: unknown, code: string): boolean {
	if (/^(08|57P|53|25006|57014|55P03|XX|58)/.test(code)) return true;
	if (/^(ECONN|ENOENT|ENOTFOUND|EAI_|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/.test(code))
		return true;
	// The driver's own errors have no code.
	return (
		error instanceof Error &&
		/Connection terminated|timeout exceeded when trying to connect|Client has encountered|Query read timeout|not queryable|Client was closed/.test(
			error.message
		)
	);
}

/** Why it does not open, for the operator. The driver's words may hold the user's name, never the password. */
function sentenceOf(error: unknown): string {
	const cause = error instanceof StorageError ? error.cause : error;
	const code = codeOf(cause);
	const why: { [code: string]: string } = {
		'28P01': 'the password is not accepted',
		'28000': 'the user is not accepted',
		'3D000': 'there is no database of that name',
		'42501': 'the user may not make tables there',
		ECONNREFUSED: 'nothing answers there',
		ENOTFOUND: 'there is no host of that name',
		EAI_AGAIN: 'there is no host of that name',
		ETIMEDOUT: 'nothing answers there'
	};
	const reason = why[code] ?? (code ? `the code is ${code}` : 'it does not answer');
	return `The database of DATABASE_URL cannot be used: ${reason}. Check host, port, user, password and name.`;
}
