// PostgreSQL for the tests of the relay's second storage: the folder of its programs, wherever they come
// from, else installed by the way that works here. No server is left running.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall } from './browser.mjs';

/** The folder that holds initdb and postgres, or null: the tests that need it say that they are skipped. */
export async function postgresFolder() {
	const found = findPostgres();
	if (found) return found;
	console.log('No PostgreSQL found: trying to install one for the tests …');
	// Debian would make and start a server of its own; the tests start theirs in a temporary folder.
	await aptInstall('postgresql-common');
	const config = '/etc/postgresql-common/createcluster.conf';
	if (existsSync(config) && process.getuid?.() === 0) {
		spawnSync('sed', ['-i', 's/^#*create_main_cluster.*/create_main_cluster = false/', config]);
	}
	await aptInstall('postgresql');
	return findPostgres();
}

/** Like `postgresFolder`, but nothing is installed. */
export function findPostgres() {
	const debian = '/usr/lib/postgresql';
	const versions = existsSync(debian)
		? readdirSync(debian).sort((a, b) => Number(b) - Number(a))
		: [];
	const folders = [
		process.env.POSTGRES_BIN,
		...versions.map((version) => join(debian, version, 'bin')),
		...(process.env.PATH ?? '').split(delimiter)
	];
	return folders.find((folder) => folder && runs(folder)) ?? null;
}

// Debian puts psql on the path, and the server elsewhere.
function runs(folder) {
	const programs = ['initdb', 'postgres'].map((name) => join(folder, name));
	return programs.every(existsSync) && spawnSync(programs[1], ['--version']).status === 0;
}
