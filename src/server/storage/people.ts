/** Creating, joining, inviting, revoking, rotating (SPEC.md, O): the same statements for both databases. */
import {
	dayOf,
	enter,
	enterToEdit,
	kindOf,
	none,
	num,
	refuse,
	bytes,
	roleNumber,
	roleOf,
	type Row,
	type Sql
} from './sql.ts';
import type {
	Access,
	HolderRow,
	Joined,
	NewDevice,
	NewHolder,
	NewInvite,
	Refusal,
	RelayStorage,
	Room
} from './storage.ts';

const insertHolder = `INSERT INTO holders
	(ws, id, token, kind, role, lane, card, sealed_grant, grant_epoch, made_by, revoked, seen, until, uses, used)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, 0)`;

export async function create(
	sql: Sql,
	w: Uint8Array,
	device: NewHolder,
	room: Room,
	now: number
): Promise<Joined | Refusal> {
	const [present] = await sql.all('SELECT ws, deleted, epoch FROM workspaces WHERE w = ?', w);
	if (present) {
		if (num(present, 'deleted')) return refuse('deleted');
		const [first] = await sql.all(
			'SELECT ws FROM holders WHERE ws = ? AND lane = 1 AND id = ? AND token = ? AND revoked = 0',
			num(present, 'ws'),
			device.id,
			device.token
		);
		if (!first) return refuse('conflict');
		return { lane: 1, role: 'edit', epoch: num(present, 'epoch') };
	}
	if (device.epoch !== 1) return { refused: 'epoch', epoch: 1 };
	const [all] = await sql.all('SELECT COUNT(*) AS n FROM workspaces');
	if (num(all, 'n') >= room.workspaces) return refuse('full');
	const day = dayOf(now);
	// Two processes may be asked for the same address at once: one of them makes it.
	const [made] = await sql.all(
		`INSERT INTO workspaces
			(w, epoch, head, floor, floor_mark, floor_epoch, bytes, lanes, touched, deleted)
			VALUES (?, 1, 0, 0, ?, 0, 0, 1, ?, 0) ON CONFLICT (w) DO NOTHING RETURNING ws`,
		w,
		new Uint8Array(8),
		day
	);
	if (!made) return refuse('conflict');
	const { id, token, card, grant } = device;
	const ws = num(made, 'ws');
	const role = roleNumber('edit');
	await sql.all(insertHolder, ws, id, token, 1, role, 1, card, grant, 1, none, day, 0, 0);
	return { lane: 1, role: 'edit', epoch: 1 };
}

export async function join(
	sql: Sql,
	by: Access,
	device: NewDevice,
	room: Room,
	now: number
): Promise<Joined | Refusal> {
	const entered = await enter(sql, by);
	if (entered.refused !== null) return entered;
	const { workspace, holder } = entered;
	if (kindOf(holder) !== 'invitation') return refuse('unknown');
	const epoch = num(workspace, 'epoch');
	const [present] = await sql.all(
		'SELECT id, token, lane, role, revoked, made_by FROM holders WHERE ws = ? AND id = ?',
		by.ws,
		device.id
	);
	if (present) {
		const same = equal(bytes(present, 'token'), device.token) && !num(present, 'revoked');
		if (!same || !equal(bytes(present, 'made_by'), by.id)) return refuse('conflict');
		return { lane: num(present, 'lane'), role: roleOf(present), epoch };
	}
	if (hasEnded(holder, now)) return refuse('ended');
	if (device.epoch !== epoch) return { refused: 'epoch', epoch };
	if (await isCrowded(sql, by.ws, room)) return refuse('full');
	const lanes = num(workspace, 'lanes');
	const lane = (await isFree(sql, by.ws, device.lane ?? 0, lanes)) ? device.lane! : lanes + 1;
	const role = roleOf(holder);
	const { id, token, card, grant } = device;
	const today = dayOf(now);
	await sql.all(
		insertHolder,
		...[by.ws, id, token, 1, roleNumber(role), lane, card, grant, epoch, by.id, today, 0, 0]
	);
	await sql.all(
		'UPDATE workspaces SET lanes = ?, touched = ? WHERE ws = ?',
		...[Math.max(lane, lanes), today, by.ws]
	);
	await sql.all(
		'UPDATE holders SET used = used + 1, seen = ? WHERE ws = ? AND id = ?',
		today,
		by.ws,
		by.id
	);
	return { lane, role, epoch };
}

/**
 * Whether a lane is below the next one and nobody's. Holders that are ended keep theirs, so it can only be one of those
 * that the restoring of a backup left out.
 */
async function isFree(sql: Sql, ws: number, lane: number, lanes: number): Promise<boolean> {
	if (lane < 1 || lane > lanes) return false;
	const [row] = await sql.all('SELECT lane FROM holders WHERE ws = ? AND lane = ?', ws, lane);
	return !row;
}

/** An invitation whose date has passed or that as many have used as may. */
export function hasEnded(row: Row, now: number): boolean {
	const until = num(row, 'until');
	const uses = num(row, 'uses');
	return (until > 0 && now > until) || (uses > 0 && num(row, 'used') >= uses);
}

async function isCrowded(sql: Sql, ws: number, room: Room): Promise<boolean> {
	const [all] = await sql.all('SELECT COUNT(*) AS n FROM holders WHERE ws = ?', ws);
	return num(all, 'n') >= room.holders;
}

export async function grantOf(sql: Sql, by: Access) {
	const [row] = await sql.all(
		'SELECT sealed_grant, grant_epoch FROM holders WHERE ws = ? AND id = ? AND revoked = 0',
		by.ws,
		by.id
	);
	return row ? { epoch: num(row, 'grant_epoch'), bytes: bytes(row, 'sealed_grant') } : null;
}

export async function holders(sql: Sql, ws: number): Promise<HolderRow[]> {
	const rows = await sql.all(
		`SELECT id, kind, role, lane, card, made_by, revoked, seen, until, uses, used, grant_epoch
			FROM holders WHERE ws = ? ORDER BY lane, id`,
		ws
	);
	return rows.map((row) => ({
		id: bytes(row, 'id'),
		kind: kindOf(row),
		role: roleOf(row),
		lane: num(row, 'lane'),
		card: bytes(row, 'card'),
		by: bytes(row, 'made_by'),
		revoked: num(row, 'revoked') === 1,
		seen: num(row, 'seen'),
		until: num(row, 'until'),
		uses: num(row, 'uses'),
		used: num(row, 'used'),
		grantEpoch: num(row, 'grant_epoch')
	}));
}

export async function invite(
	sql: Sql,
	by: Access,
	invite: NewInvite,
	room: Room
): Promise<Refusal | null> {
	const entered = await enterToEdit(sql, by);
	if (entered.refused !== null) return entered;
	const epoch = num(entered.workspace, 'epoch');
	const { id, token, role, card, grant, until, uses } = invite;
	const [present] = await sql.all(
		'SELECT token, kind FROM holders WHERE ws = ? AND id = ?',
		by.ws,
		id
	);
	// The first answer may have been lost.
	if (present) return equal(bytes(present, 'token'), token) ? null : refuse('conflict');
	if (invite.epoch !== epoch) return { refused: 'epoch', epoch };
	if (await isCrowded(sql, by.ws, room)) return refuse('full');
	await sql.all(
		insertHolder,
		...[by.ws, id, token, 0, roleNumber(role), 0, card, grant, epoch, by.id, 0, until, uses]
	);
	return null;
}

export async function setCard(sql: Sql, by: Access, card: Uint8Array): Promise<Refusal | null> {
	const entered = await enter(sql, by);
	if (entered.refused !== null) return entered;
	await sql.all('UPDATE holders SET card = ? WHERE ws = ? AND id = ?', card, by.ws, by.id);
	return null;
}

export async function revoke(
	sql: Sql,
	by: Access,
	id: Uint8Array,
	devices: boolean
): Promise<Refusal | null> {
	const own = equal(id, by.id) && !devices;
	const entered = await (own ? enter : enterToEdit)(sql, by);
	if (entered.refused !== null) return entered;
	const [present] = await sql.all('SELECT id FROM holders WHERE ws = ? AND id = ?', by.ws, id);
	if (!present) return refuse('conflict');
	await end(sql, by.ws, id, devices);
	return null;
}

async function end(sql: Sql, ws: number, id: Uint8Array, devices: boolean): Promise<void> {
	await sql.all('UPDATE holders SET revoked = 1 WHERE ws = ? AND id = ?', ws, id);
	if (!devices) return;
	await sql.all('UPDATE holders SET revoked = 1 WHERE ws = ? AND made_by = ? AND kind = 1', ws, id);
}

export async function rotate(
	sql: Sql,
	by: Access,
	rotation: Parameters<RelayStorage['rotate']>[1],
	now: number
): Promise<Refusal | null> {
	const entered = await enterToEdit(sql, by);
	if (entered.refused !== null) return entered;
	const epoch = num(entered.workspace, 'epoch');
	if (rotation.epoch !== epoch + 1) return { refused: 'epoch', epoch };
	const rows = await sql.all(
		'SELECT id, kind, made_by, until, uses, used FROM holders WHERE ws = ? AND revoked = 0',
		by.ws
	);
	// First what it would come to, then the doing: a refusal must leave everything as it was.
	const gone = (row: Row) =>
		rotation.revoke.some(
			(id) =>
				equal(id, bytes(row, 'id')) ||
				(rotation.devices && kindOf(row) === 'device' && equal(id, bytes(row, 'made_by')))
		);
	const staying = rows.filter((row) => !gone(row));
	if (!staying.some((row) => equal(bytes(row, 'id'), by.id))) return refuse('conflict');
	const grants = new Map(rotation.grants.map(({ id, bytes }) => [hex(id), bytes]));
	const missing = staying.filter(
		(row) =>
			!grants.has(hex(bytes(row, 'id'))) && !(kindOf(row) === 'invitation' && hasEnded(row, now))
	);
	if (missing.length)
		return { refused: 'missing', missing: missing.map((row) => bytes(row, 'id')) };
	for (const id of rotation.revoke) await end(sql, by.ws, id, rotation.devices);
	for (const row of staying) {
		const id = bytes(row, 'id');
		const grant = grants.get(hex(id));
		if (!grant) continue;
		await sql.all(
			'UPDATE holders SET sealed_grant = ?, grant_epoch = ? WHERE ws = ? AND id = ?',
			...[grant, rotation.epoch, by.ws, id]
		);
	}
	await sql.all('UPDATE workspaces SET epoch = ? WHERE ws = ?', rotation.epoch, by.ws);
	return null;
}

export async function remove(sql: Sql, by: Access, now: number): Promise<Refusal | null> {
	const entered = await enterToEdit(sql, by);
	if (entered.refused !== null) return entered;
	await bury(sql, by.ws, now);
	return null;
}

/** Deletes what a workspace has; its holders' tokens stay, so that they hear 410 and strangers 404. */
export async function bury(sql: Sql, ws: number, now: number): Promise<void> {
	await sql.all('DELETE FROM envelopes WHERE ws = ?', ws);
	await sql.all('DELETE FROM snapshot_parts WHERE ws = ?', ws);
	await sql.all('DELETE FROM snapshots WHERE ws = ?', ws);
	await sql.all('UPDATE holders SET card = ?, sealed_grant = ? WHERE ws = ?', none, none, ws);
	await sql.all('UPDATE workspaces SET deleted = ?, bytes = 0 WHERE ws = ?', now, ws);
}

export async function sawToday(sql: Sql, by: Access, day: number): Promise<void> {
	await sql.all('UPDATE workspaces SET touched = ? WHERE ws = ? AND touched < ?', day, by.ws, day);
	await sql.all('UPDATE holders SET seen = ? WHERE ws = ? AND id = ?', day, by.ws, by.id);
}

export const equal = (one: Uint8Array, other: Uint8Array): boolean =>
	one.length === other.length && one.every((byte, i) => byte === other[i]);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
