/** A group of pushes in one PostgreSQL transaction: a handful of statements, however many pushes there are. */
import type pg from 'pg';
import { equal } from './people.ts';
import { accessOf, bytes, bytesFor, dayOf, findAccess, num, refuse, roleNumber } from './sql.ts';
import type { Row } from './sql.ts';
import type { Access, Outcome, Push, Room, Stored } from './storage.ts';

interface Workspace {
	head: number;
	bytes: number;
	/** The bytes before this group. */
	before: number;
	/** Of this group. */
	stored: Map<
		string,
		{ seq: number; bytes: Uint8Array; lane: number; counter: number; role: number }
	>;
}

/** Within a transaction of `client`. Everything is checked before anything is written. */
export async function commitGroup(
	client: pg.PoolClient,
	pushes: Push[],
	room: Room,
	now: number
): Promise<Outcome[]> {
	const all = async (text: string, ...values: unknown[]): Promise<Row[]> =>
		(await client.query(text, values)).rows;

	// Always in the same order, so that two processes wait for each other and never both. Who may do what is
	// read after that: whatever revoked somebody held the same lock.
	await all(
		'SELECT ws FROM workspaces WHERE w = ANY($1) ORDER BY ws FOR UPDATE',
		pushes.map(({ w }) => buffer(w))
	);
	const found = await all(
		`SELECT t.n, found.* FROM unnest($1::bytea[], $2::bytea[]) WITH ORDINALITY AS t (token, w, n)
			JOIN LATERAL (${findAccess.replace('?', 't.token').replace('?', 't.w')}) AS found ON true`,
		pushes.map(({ token }) => buffer(token)),
		pushes.map(({ w }) => buffer(w))
	);
	const rows = new Map(found.map((row) => [num(row, 'n') - 1, row]));
	const asked = pushes.flatMap((push, i) => {
		const row = rows.get(i);
		if (!row) return [];
		return push.envelopes.map(
			({ counter }) => [num(row, 'ws'), num(row, 'lane'), counter] as const
		);
	});
	const present = new Map<string, Row>();
	if (asked.length) {
		const known = await all(
			`SELECT e.ws, e.lane, e.counter, e.seq, e.bytes
				FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS t (ws, lane, counter)
				JOIN envelopes e ON e.ws = t.ws AND e.lane = t.lane AND e.counter = t.counter`,
			asked.map(([ws]) => ws),
			asked.map(([, lane]) => lane),
			asked.map(([, , counter]) => counter)
		);
		for (const row of known) {
			present.set(`${num(row, 'ws')} ${num(row, 'lane')} ${num(row, 'counter')}`, row);
		}
	}

	const workspaces = new Map<number, Workspace>();
	const outcomes = pushes.map((push, i): Outcome => {
		const row = rows.get(i);
		if (!row) return refuse('unknown');
		const access = accessOf(row);
		let workspace = workspaces.get(access.ws);
		if (!workspace) {
			const size = num(row, 'bytes');
			workspace = { head: access.head, bytes: size, before: size, stored: new Map() };
			workspaces.set(access.ws, workspace);
		}
		return place(access, push, workspace, present, room);
	});

	const changed = [...workspaces].filter(([, { stored }]) => stored.size);
	if (changed.length) {
		const envelopes = changed.flatMap(([ws, { stored }]) =>
			Array.from(stored.values(), (one) => ({ ws, ...one }))
		);
		await all(
			`INSERT INTO envelopes (ws, seq, lane, counter, role, bytes)
				SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bytea[])`,
			...(['ws', 'seq', 'lane', 'counter', 'role'] as const).map((column) =>
				envelopes.map((one) => one[column])
			),
			envelopes.map((one) => buffer(one.bytes))
		);
		await all(
			`UPDATE workspaces SET head = t.head, bytes = workspaces.bytes + t.size, touched = $4
				FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS t (ws, head, size)
				WHERE workspaces.ws = t.ws`,
			changed.map(([ws]) => ws),
			changed.map(([, { head }]) => head),
			changed.map(([, workspace]) => workspace.bytes - workspace.before),
			dayOf(now)
		);
	}
	return outcomes;
}

/** Gives a push its seqs in `workspace`, or says why not and leaves that as it was. */
function place(
	access: Access,
	push: Push,
	workspace: Workspace,
	present: ReadonlyMap<string, Row>,
	room: Room
): Outcome {
	const { ws, lane, role, epoch } = access;
	if (access.deleted) return refuse('deleted');
	if (access.kind !== 'device') return refuse('unknown');
	if (role === 'view' && push.envelopes.length) return refuse('role');
	const seqs = new Map<number, number>();
	const fresh = new Map<number, Uint8Array>();
	for (const { counter, bytes: envelope } of push.envelopes) {
		const key = `${ws} ${lane} ${counter}`;
		const row = present.get(key);
		const other = row
			? { seq: num(row, 'seq'), bytes: bytes(row, 'bytes') }
			: workspace.stored.get(key);
		const twin = other?.bytes ?? fresh.get(counter);
		if (twin && !equal(twin, envelope)) return refuse('conflict');
		if (other) seqs.set(counter, other.seq);
		else fresh.set(counter, envelope);
	}
	const isOld = push.envelopes.some((one) => fresh.has(one.counter) && one.epoch !== epoch);
	if (isOld) return { refused: 'epoch', epoch };
	let size = 0;
	for (const envelope of fresh.values()) size += envelope.length;
	if (size && workspace.bytes + size > bytesFor(role, room)) return refuse('full');

	const stored: Stored[] = [];
	for (const [counter, envelope] of fresh) {
		const seq = ++workspace.head;
		seqs.set(counter, seq);
		stored.push({ seq, lane, role, bytes: envelope });
		const one = { seq, bytes: envelope, lane, counter, role: roleNumber(role) };
		workspace.stored.set(`${ws} ${lane} ${counter}`, one);
	}
	workspace.bytes += size;
	const acks = push.envelopes.map(({ counter }) => ({ counter, seq: seqs.get(counter)! }));
	return { refused: null, access: { ...access, head: workspace.head }, acks, stored };
}

/** The driver knows bytes only as a Buffer. */
const buffer = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
	Buffer.from(buffer, byteOffset, byteLength);
