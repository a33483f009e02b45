import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { newHolder, now, room } from '../../../tests/contract/relay-storage.ts';
import { create } from './people.ts';
import { sqliteSteps } from './schema.ts';
import { upkeep } from './snapshots.ts';
import type { Sql } from './sql.ts';

const day = 86_400_000;
const open: DatabaseSync[] = [];
afterEach(() => open.splice(0).forEach((db) => db.close()));

/** Statements in a database of its own, one after the other. */
function newSql(): Sql {
	const db = new DatabaseSync(':memory:');
	open.push(db);
	for (const text of sqliteSteps.flat()) db.exec(text);
	return { all: async (text, ...values) => db.prepare(text).all(...values) };
}

describe('retention', () => {
	/** `meanwhile` happens after the list of what is old was made, before anything is deleted. */
	const run = async (meanwhile: (sql: Sql) => Promise<unknown>) => {
		const sql = newSql();
		for (const n of [1, 2]) await create(sql, new Uint8Array(16).fill(n), newHolder(), room, now);
		let isListed = false;
		const done = await upkeep(
			async (work) => {
				if (isListed) await meanwhile(sql);
				const answer = await work({
					all: async (text, ...values) => {
						isListed ||= text.startsWith('SELECT ws FROM workspaces WHERE deleted = 0');
						return sql.all(text, ...values);
					}
				});
				return answer;
			},
			{ now: now + 400 * day, grace: day, retention: 365 }
		);
		const rows = await sql.all('SELECT ws FROM workspaces WHERE deleted = 0 ORDER BY ws');
		return { deleted: done.deleted, left: rows.map(({ ws }) => ws) };
	};

	it('deletes what nobody has touched', async () => {
		expect(await run(async () => {})).toEqual({ deleted: 2, left: [] });
	});

	it('spares whoever comes back while it is at work', async () => {
		const today = Math.floor(now / day) + 400;
		const touch = (sql: Sql) => sql.all('UPDATE workspaces SET touched = ? WHERE ws = 2', today);
		expect(await run(touch)).toEqual({ deleted: 1, left: [2] });
	});
});
