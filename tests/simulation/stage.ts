/**
 * The relay of a run: the real one, over HTTP, on SQLite in a folder of its own. It can be restarted,
 * backed up, set back to its backup, and made to forget what snapshots cover.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultLimits } from '../../src/server/relay/limits.ts';
import { Relay } from '../../src/server/relay/relay.ts';
import { openSqlite } from '../../src/server/storage/sqlite.ts';
import type { RelayStorage } from '../../src/server/storage/storage.ts';
import { parseTarget } from '../../src/server/target.ts';

/** A simulation is not a crowd: what protects from crowds is tested elsewhere. */
const limits = { ...defaultLimits, rate: 1e6, addressRate: 1e8, createRate: 1e6 };

const backupProgram = join(import.meta.dirname, '../../src/server/backup.ts');

export class Stage {
	#root = mkdtempSync(join(tmpdir(), 'simulation-'));
	#folder = join(this.#root, 'relay');
	#backup = join(this.#root, 'backup');
	#running: { server: Server; relay: Relay; storage: RelayStorage } | null = null;
	/** Where it answers; another one after each restart. */
	origin = '';

	async start(): Promise<void> {
		const storage = openSqlite(this.#folder);
		const relay = new Relay({ storage, limits, origin: null, always: {} });
		await relay.start();
		const server = createServer((request, response) => {
			const target = parseTarget(request.url ?? '');
			if (target) void relay.answer(request, response, target);
			else response.writeHead(400).end();
		});
		// A busy machine must not close a connection in the moment in which it is used again.
		server.keepAliveTimeout = 600_000;
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		const address = server.address();
		if (typeof address !== 'object' || !address) throw new Error('no address');
		this.origin = `http://127.0.0.1:${address.port}`;
		this.#running = { server, relay, storage };
	}

	async stop(): Promise<void> {
		if (!this.#running) return;
		const { server, relay } = this.#running;
		this.#running = null;
		await relay.stop();
		server.closeAllConnections();
		await new Promise((closed) => server.close(closed));
		await relay.close();
	}

	async restart(): Promise<void> {
		await this.stop();
		await this.start();
	}

	/** Keeps a copy of everything that is there now, in the place of an older one. */
	async backUp(): Promise<void> {
		await this.stop();
		rmSync(this.#backup, { recursive: true, force: true });
		cpSync(this.#folder, this.#backup, { recursive: true });
		await this.start();
	}

	get hasBackup(): boolean {
		return existsSync(this.#backup);
	}

	/** Everything since the backup is gone (F-55). */
	async setBack(): Promise<void> {
		await this.stop();
		rmSync(this.#folder, { recursive: true, force: true });
		cpSync(this.#backup, this.#folder, { recursive: true });
		await this.start();
	}

	/** The same by `npm run backup -- restore`, which leaves out lanes that were given since (H-2). */
	async restore(): Promise<void> {
		await this.stop();
		const { status, stderr } = spawnSync(
			process.execPath,
			[backupProgram, 'restore', join(this.#backup, 'relay.db')],
			{ env: { PATH: '', DATA_DIR: this.#folder }, encoding: 'utf8' }
		);
		if (status !== 0) throw new Error(stderr);
		await this.start();
	}

	/** The log that complete and confirmed snapshots cover goes now, not in two weeks (C-3). */
	async prune(): Promise<void> {
		await this.#running?.storage.upkeep({ now: Date.now() + 60_000, grace: 0, retention: 0 });
	}

	async close(): Promise<void> {
		await this.stop();
		rmSync(this.#root, { recursive: true, force: true });
	}
}
