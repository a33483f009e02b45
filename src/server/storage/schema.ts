/**
 * The tables, in the words of each database. Everything is keyed by the workspace, so that it can be
 * split by it. A change of the tables gets a step of its own in `steps`, and never edits an old one.
 */
const tables = (d: { id: string; bytes: string; int: string; clustered: string }): string[] => [
	`CREATE TABLE workspaces (
		ws ${d.id},
		w ${d.bytes} NOT NULL UNIQUE,
		epoch ${d.int} NOT NULL,
		head ${d.int} NOT NULL,
		floor ${d.int} NOT NULL,
		floor_mark ${d.bytes} NOT NULL,
		floor_epoch ${d.int} NOT NULL,
		bytes ${d.int} NOT NULL,
		lanes ${d.int} NOT NULL,
		touched ${d.int} NOT NULL,
		deleted ${d.int} NOT NULL
	)`,
	`CREATE TABLE holders (
		ws ${d.int} NOT NULL,
		id ${d.bytes} NOT NULL,
		token ${d.bytes} NOT NULL,
		kind ${d.int} NOT NULL,
		role ${d.int} NOT NULL,
		lane ${d.int} NOT NULL,
		card ${d.bytes} NOT NULL,
		sealed_grant ${d.bytes} NOT NULL,
		grant_epoch ${d.int} NOT NULL,
		made_by ${d.bytes} NOT NULL,
		revoked ${d.int} NOT NULL,
		seen ${d.int} NOT NULL,
		until ${d.int} NOT NULL,
		uses ${d.int} NOT NULL,
		used ${d.int} NOT NULL,
		PRIMARY KEY (ws, id)
	)${d.clustered}`,
	`CREATE INDEX holders_token ON holders (token) WHERE revoked = 0`,
	`CREATE TABLE envelopes (
		ws ${d.int} NOT NULL,
		seq ${d.int} NOT NULL,
		lane ${d.int} NOT NULL,
		counter ${d.int} NOT NULL,
		role ${d.int} NOT NULL,
		bytes ${d.bytes} NOT NULL,
		PRIMARY KEY (ws, seq)
	)${d.clustered}`,
	`CREATE UNIQUE INDEX envelopes_counter ON envelopes (ws, lane, counter)`,
	`CREATE TABLE snapshots (
		ws ${d.int} NOT NULL,
		covers ${d.int} NOT NULL,
		parts ${d.int} NOT NULL,
		epoch ${d.int} NOT NULL,
		lane ${d.int} NOT NULL,
		role ${d.int} NOT NULL,
		touched ${d.int} NOT NULL,
		complete ${d.int} NOT NULL,
		confirmed ${d.int} NOT NULL,
		PRIMARY KEY (ws, covers)
	)${d.clustered}`,
	`CREATE TABLE snapshot_parts (
		ws ${d.int} NOT NULL,
		covers ${d.int} NOT NULL,
		part ${d.int} NOT NULL,
		bytes ${d.bytes} NOT NULL,
		PRIMARY KEY (ws, covers, part)
	)`
];

export const sqliteSteps: string[][] = [
	tables({ id: 'INTEGER PRIMARY KEY', bytes: 'BLOB', int: 'INTEGER', clustered: ' WITHOUT ROWID' })
];

export const postgresSteps: string[][] = [
	[
		...tables({
			id: 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
			bytes: 'BYTEA',
			int: 'BIGINT',
			clustered: ''
		}),
		// What is sealed does not get smaller: no time is spent on trying.
		'ALTER TABLE envelopes ALTER COLUMN bytes SET STORAGE EXTERNAL',
		'ALTER TABLE snapshot_parts ALTER COLUMN bytes SET STORAGE EXTERNAL'
	]
];
