/**
 * What both databases have in common: the few types that cross their drivers, the reading of rows, and the
 * statements that are not on the hot path, written once with `?` for parameters (S-18).
 */
import { roles, type Role } from '#lib/sync/control.ts';
import type { Access, Refusal, Room } from './storage.ts';

export type Value = number | Uint8Array;
export type Row = { [column: string]: unknown };

/** A connection, inside a transaction where something is written. */
export interface Sql {
	all(text: string, ...values: Value[]): Promise<Row[]>;
}

/** A number of a row; both drivers are told to give integers as numbers. */
export function num(row: Row | undefined, column: string): number {
	const value = row?.[column];
	if (typeof value === 'number') return value;
	throw new TypeError(`${column} is no number`);
}

export function bytes(row: Row | undefined, column: string): Uint8Array {
	const value = row?.[column];
	if (value instanceof Uint8Array) return value;
	throw new TypeError(`${column} is no bytes`);
}

/** Roles are kept as 1, 2, 3, 4. */
export const roleNumber = (role: Role): number => roles.indexOf(role) + 1;

export function roleOf(row: Row | undefined): Role {
	const role = roles[num(row, 'role') - 1];
	if (role) return role;
	throw new TypeError('a role that is none');
}

export const kindOf = (row: Row | undefined): 'invitation' | 'device' =>
	num(row, 'kind') === 1 ? 'device' : 'invitation';

/** How full a workspace may be for a push: phones that flood a room leave half of it to its scenes (M-3). */
export const bytesFor = (role: Role, { bytes }: Room): number =>
	role === 'participate' ? bytes / 2 : bytes;

export const none = new Uint8Array(0);
const dayMs = 86_400_000;
export const dayOf = (ms: number): number => Math.floor(ms / dayMs);

export const refuse = (
	refused: 'unknown' | 'role' | 'conflict' | 'deleted' | 'full' | 'ended'
) => ({
	refused
});

/**
 * A holder is looked for by its token first: an unknown workspace, a wrong token and a revoked holder all end at
 * the same look into the same index (F-53). SQLite would begin with the workspace, which has the shorter index, and
 * an unknown one would cost less; after CROSS JOIN it keeps to the order that is written. PostgreSQL orders joins
 * by itself, and may begin with either: there the difference is one look into an index of a page in memory.
 */
export const findAccess = `SELECT s.ws, s.w, s.deleted, s.epoch, s.head, s.floor, s.bytes,
	h.id, h.kind, h.role, h.lane, h.grant_epoch, h.seen
	FROM holders h CROSS JOIN workspaces s
	WHERE s.ws = h.ws AND h.token = ? AND h.revoked = 0 AND s.w = ?`;

export function accessOf(row: Row): Access {
	return {
		ws: num(row, 'ws'),
		w: bytes(row, 'w'),
		deleted: num(row, 'deleted') > 0,
		epoch: num(row, 'epoch'),
		head: num(row, 'head'),
		floor: num(row, 'floor'),
		id: bytes(row, 'id'),
		kind: kindOf(row),
		role: roleOf(row),
		lane: num(row, 'lane'),
		grantEpoch: num(row, 'grant_epoch'),
		seen: num(row, 'seen')
	};
}

export interface Entered {
	refused: null;
	workspace: Row;
	holder: Row;
}

/**
 * Locks the workspace for this transaction and looks again: whoever asks may have been revoked since.
 * An UPDATE that changes nothing is the lock that both databases have.
 */
export async function enter(sql: Sql, by: Access): Promise<Entered | Refusal> {
	const [workspace] = await sql.all(
		`UPDATE workspaces SET epoch = epoch WHERE ws = ?
			RETURNING ws, deleted, epoch, head, floor, bytes, lanes`,
		by.ws
	);
	if (!workspace) return refuse('unknown');
	const [holder] = await sql.all(
		`SELECT id, kind, role, lane, until, uses, used FROM holders
			WHERE ws = ? AND id = ? AND revoked = 0`,
		by.ws,
		by.id
	);
	if (!holder) return refuse('unknown');
	if (num(workspace, 'deleted')) return refuse('deleted');
	return { refused: null, workspace, holder };
}

/** Like `enter`, for devices with the role edit only. */
export async function enterToEdit(sql: Sql, by: Access): Promise<Entered | Refusal> {
	const entered = await enter(sql, by);
	if (entered.refused !== null) return entered;
	const edits = kindOf(entered.holder) === 'device' && roleOf(entered.holder) === 'edit';
	return edits ? entered : refuse('role');
}
