/**
 * F-45: twelve devices push as fast as they can while the server is killed (SIGKILL) twenty times, once over
 * SQLite and once over PostgreSQL. Afterwards every acknowledged envelope is there, once, where it was said.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from '../../src/server/relay/launched.ts';
import { killUnderLoad, type Trial } from '../../src/server/relay/trials.ts';
import { hasPostgres, startPostgres } from '../fixtures/postgres.ts';

const kills = 20;
const results: { [storage: string]: Trial } = {};

const DATA_DIR = mkdtempSync(join(tmpdir(), 'soak-'));
results.SQLite = await killUnderLoad(
	(port) => launch({ DATA_DIR, PORT: String(port) }),
	kills,
	1_500
);
rmSync(DATA_DIR, { recursive: true });

if (hasPostgres) {
	const database = await startPostgres();
	const DATABASE_URL = database.fresh();
	const start = (port: number) => launch({ DATABASE_URL, PORT: String(port) });
	results.PostgreSQL = await killUnderLoad(start, kills, 1_500);
	await database.remove();
}

console.table(results);
const isGood = ({ acknowledged, lost, doubled, misplaced }: Trial) =>
	acknowledged > 200 && lost + doubled + misplaced === 0;
process.exit(Object.values(results).every(isGood) ? 0 : 1);
