/** Snapshots, pruning and what time takes away (SPEC.md, C): the same statements for both databases. */
import { hash } from 'node:crypto';
import { bury } from './people.ts';
import { bytes, dayOf, enterToEdit, num, refuse, roleNumber, roleOf, type Sql } from './sql.ts';
import type { Access, Refusal, Room, Snapshot, SnapshotPart, Upkeep } from './storage.ts';

const day = 86_400_000;
const tombstoneDays = 90;

/** The first 8 bytes of the SHA-256 of an envelope. */
export const markOf = (envelope: Uint8Array): Uint8Array =>
	hash('sha256', envelope, 'buffer').subarray(0, 8);

export async function snapshots(sql: Sql, ws: number): Promise<Snapshot[]> {
	const rows = await sql.all(
		`SELECT covers, parts, epoch, lane, role, complete, confirmed FROM snapshots
			WHERE ws = ? ORDER BY covers DESC`,
		ws
	);
	const parts = await sql.all(
		'SELECT covers, part FROM snapshot_parts WHERE ws = ? ORDER BY part',
		ws
	);
	const have = Map.groupBy(parts, (row) => num(row, 'covers'));
	return rows.map((row) => ({
		covers: num(row, 'covers'),
		of: num(row, 'parts'),
		epoch: num(row, 'epoch'),
		lane: num(row, 'lane'),
		role: roleOf(row),
		have: (have.get(num(row, 'covers')) ?? []).map((part) => num(part, 'part')),
		complete: num(row, 'complete'),
		confirmed: num(row, 'confirmed') === 1
	}));
}

export async function putPart(
	sql: Sql,
	by: Access,
	{ covers, part, of, epoch, bytes: sealed }: SnapshotPart,
	room: Room,
	now: number
): Promise<Refusal | null> {
	const entered = await enterToEdit(sql, by);
	if (entered.refused !== null) return entered;
	const { workspace, holder } = entered;
	if (epoch !== num(workspace, 'epoch')) {
		return { refused: 'epoch', epoch: num(workspace, 'epoch') };
	}
	if (covers > num(workspace, 'head') || covers <= num(workspace, 'floor')) {
		return refuse('conflict');
	}
	// A full workspace is made smaller by a snapshot, so snapshots may go beyond what the log may.
	const used = num(workspace, 'bytes') + sealed.length;
	if (used > 2 * room.bytes) return refuse('full');
	const lane = num(holder, 'lane');
	const [present] = await sql.all(
		'SELECT parts, epoch, lane, touched, complete FROM snapshots WHERE ws = ? AND covers = ?',
		...[by.ws, covers]
	);
	if (present) {
		const same = num(present, 'lane') === lane && num(present, 'parts') === of;
		const isLeft = !num(present, 'complete') && now - num(present, 'touched') > day;
		if (same && num(present, 'epoch') === epoch) {
			const [have] = await sql.all(
				'SELECT part FROM snapshot_parts WHERE ws = ? AND covers = ? AND part = ?',
				...[by.ws, covers, part]
			);
			if (have) return null;
		} else if (isLeft || (same && !num(present, 'complete'))) {
			await drop(sql, by.ws, covers);
			await begin(sql, by.ws, { covers, of, epoch, lane, now });
		} else return refuse('conflict');
	} else await begin(sql, by.ws, { covers, of, epoch, lane, now });
	await sql.all(
		'INSERT INTO snapshot_parts (ws, covers, part, bytes) VALUES (?, ?, ?, ?)',
		...[by.ws, covers, part, sealed]
	);
	await sql.all('UPDATE workspaces SET bytes = bytes + ? WHERE ws = ?', sealed.length, by.ws);
	const [have] = await sql.all(
		'SELECT COUNT(*) AS n FROM snapshot_parts WHERE ws = ? AND covers = ?',
		...[by.ws, covers]
	);
	const complete = num(have, 'n') === of ? now : 0;
	await sql.all(
		'UPDATE snapshots SET touched = ?, complete = ? WHERE ws = ? AND covers = ?',
		...[now, complete, by.ws, covers]
	);
	if (complete) await thin(sql, by.ws, num(workspace, 'floor'));
	return null;
}

async function begin(
	sql: Sql,
	ws: number,
	{ covers, of, epoch, lane, now }: { [name: string]: number }
): Promise<void> {
	await sql.all(
		`INSERT INTO snapshots (ws, covers, parts, epoch, lane, role, touched, complete, confirmed)
			VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0)`,
		...[ws, covers!, of!, epoch!, lane!, roleNumber('edit'), now!]
	);
}

async function drop(sql: Sql, ws: number, covers: number): Promise<void> {
	await sql.all(
		`UPDATE workspaces SET bytes = bytes - (SELECT COALESCE(SUM(LENGTH(bytes)), 0)
			FROM snapshot_parts WHERE ws = ? AND covers = ?) WHERE ws = ?`,
		...[ws, covers, ws]
	);
	await sql.all('DELETE FROM snapshot_parts WHERE ws = ? AND covers = ?', ws, covers);
	await sql.all('DELETE FROM snapshots WHERE ws = ? AND covers = ?', ws, covers);
}

/**
 * Of the complete snapshots above the floor the oldest stays, because its grace ends first, and the newest,
 * because it brings newcomers farthest; the same of those that were confirmed.
 */
async function thin(sql: Sql, ws: number, floor: number): Promise<void> {
	const rows = await sql.all(
		`SELECT covers, confirmed FROM snapshots WHERE ws = ? AND complete > 0 AND covers > ?
			ORDER BY covers`,
		...[ws, floor]
	);
	const confirmed = rows.filter((row) => num(row, 'confirmed') === 1);
	const kept = [rows.at(0), rows.at(-1), confirmed.at(0), confirmed.at(-1)];
	for (const row of rows) if (!kept.includes(row)) await drop(sql, ws, num(row, 'covers'));
}

export async function part(
	sql: Sql,
	ws: number,
	covers: number,
	part: number
): Promise<Uint8Array | null> {
	const [row] = await sql.all(
		`SELECT p.bytes FROM snapshot_parts p JOIN snapshots s ON s.ws = p.ws AND s.covers = p.covers
			WHERE p.ws = ? AND p.covers = ? AND p.part = ? AND s.complete > 0`,
		...[ws, covers, part]
	);
	return row ? bytes(row, 'bytes') : null;
}

export async function confirm(sql: Sql, by: Access, covers: number): Promise<Refusal | null> {
	const entered = await enterToEdit(sql, by);
	if (entered.refused !== null) return entered;
	const [row] = await sql.all(
		'SELECT lane, complete FROM snapshots WHERE ws = ? AND covers = ?',
		...[by.ws, covers]
	);
	if (!row || !num(row, 'complete')) return refuse('conflict');
	// Its maker's own word is not a second one (C-3).
	if (num(row, 'lane') === num(entered.holder, 'lane')) return refuse('conflict');
	await sql.all('UPDATE snapshots SET confirmed = 1 WHERE ws = ? AND covers = ?', by.ws, covers);
	return null;
}

export async function refuseSnapshot(
	sql: Sql,
	by: Access,
	covers: number
): Promise<Refusal | null> {
	const entered = await enterToEdit(sql, by);
	if (entered.refused !== null) return entered;
	// Below the floor the snapshot is all there is.
	if (covers <= num(entered.workspace, 'floor')) return refuse('conflict');
	await drop(sql, by.ws, covers);
	return null;
}

/** A transaction: `upkeep` does many small ones, so that nobody waits for it. */
type Transaction = <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;

export async function upkeep(transaction: Transaction, { now, grace, retention }: Upkeep) {
	const done = { pruned: 0, dropped: 0, deleted: 0 };
	const today = dayOf(now);
	const worksOf = (text: string, ...values: number[]) =>
		transaction(async (sql) => (await sql.all(text, ...values)).map((row) => num(row, 'ws')));

	const ripe = 'SELECT DISTINCT ws FROM snapshots WHERE complete > 0 AND complete <= ?';
	for (const ws of await worksOf(ripe, now - grace)) {
		done.pruned += await transaction((sql) => prune(sql, ws, now - grace));
	}
	const left = 'SELECT DISTINCT ws FROM snapshots WHERE complete = 0 AND touched < ?';
	for (const ws of await worksOf(left, now - day)) {
		done.dropped += await transaction(async (sql) => {
			await sql.all('UPDATE workspaces SET epoch = epoch WHERE ws = ?', ws);
			const rows = await sql.all(
				'SELECT covers FROM snapshots WHERE ws = ? AND complete = 0 AND touched < ?',
				...[ws, now - day]
			);
			for (const row of rows) await drop(sql, ws, num(row, 'covers'));
			return rows.length;
		});
	}
	if (retention > 0) {
		const old = 'SELECT ws FROM workspaces WHERE deleted = 0 AND touched < ?';
		for (const ws of await worksOf(old, today - retention)) {
			done.deleted += await transaction(async (sql) => {
				// Somebody may have come back since the list was made; from here on nobody can.
				const [still] = await sql.all(
					`UPDATE workspaces SET epoch = epoch
						WHERE ws = ? AND deleted = 0 AND touched < ? RETURNING ws`,
					...[ws, today - retention]
				);
				if (still) await bury(sql, ws, now);
				return still ? 1 : 0;
			});
		}
	}
	const over = 'SELECT ws FROM workspaces WHERE deleted > 0 AND deleted < ?';
	for (const ws of await worksOf(over, now - tombstoneDays * day)) {
		await transaction(async (sql) => {
			await sql.all('DELETE FROM holders WHERE ws = ?', ws);
			await sql.all('DELETE FROM workspaces WHERE ws = ?', ws);
		});
	}
	return done;
}

/** Takes the log up to the newest snapshot that may stand for it (C-3). Returns how many envelopes. */
async function prune(sql: Sql, ws: number, before: number): Promise<number> {
	const [workspace] = await sql.all(
		'UPDATE workspaces SET epoch = epoch WHERE ws = ? RETURNING floor, deleted',
		ws
	);
	if (!workspace || num(workspace, 'deleted')) return 0;
	const [editors] = await sql.all(
		'SELECT COUNT(*) AS n FROM holders WHERE ws = ? AND kind = 1 AND role = ? AND revoked = 0',
		...[ws, roleNumber('edit')]
	);
	const alone = num(editors, 'n') <= 1 ? 1 : 0;
	const [row] = await sql.all(
		`SELECT covers FROM snapshots WHERE ws = ? AND complete > 0 AND complete <= ?
			AND covers > ? AND (confirmed = 1 OR ? = 1) ORDER BY covers DESC LIMIT 1`,
		...[ws, before, num(workspace, 'floor'), alone]
	);
	if (!row) return 0;
	const covers = num(row, 'covers');
	const [last] = await sql.all('SELECT bytes FROM envelopes WHERE ws = ? AND seq = ?', ws, covers);
	const envelope = bytes(last, 'bytes');
	const [log] = await sql.all(
		`SELECT COUNT(*) AS n, COALESCE(SUM(LENGTH(bytes)), 0) AS bytes FROM envelopes
			WHERE ws = ? AND seq <= ?`,
		...[ws, covers]
	);
	await sql.all('DELETE FROM envelopes WHERE ws = ? AND seq <= ?', ws, covers);
	await sql.all(
		`UPDATE workspaces SET floor = ?, floor_mark = ?, floor_epoch = ?, bytes = bytes - ?
			WHERE ws = ?`,
		...[covers, markOf(envelope), epochOf(envelope), num(log, 'bytes'), ws]
	);
	const older = await sql.all(
		'SELECT covers FROM snapshots WHERE ws = ? AND covers < ?',
		ws,
		covers
	);
	for (const one of older) await drop(sql, ws, num(one, 'covers'));
	return num(log, 'n');
}

/** The epoch of an envelope: the varint with which it begins (E-1). */
export function epochOf(envelope: Uint8Array): number {
	let epoch = 0;
	for (let i = 0, unit = 1; i < envelope.length && i < 7; i++, unit *= 128) {
		const byte = envelope[i]!;
		epoch += (byte & 127) * unit;
		if (byte < 128) break;
	}
	return epoch;
}
