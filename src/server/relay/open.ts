/** Opens the relay that the configuration asks for. Only what is used is loaded. */
import type { Config } from '../config.ts';
import { securityHeaders } from '../headers.ts';
import { Relay } from './relay.ts';

/** The relay cannot be: one sentence for the operator. */
export class StartError extends Error {}

/** Throws `StartError`. */
export async function openRelay({
	sync,
	origin
}: Config): Promise<{ relay: Relay | null; notices: string[] }> {
	if (!sync) return { relay: null, notices: [] };
	const { storage, notices } = await openStorage(sync.database, sync.dataDir);
	const always = securityHeaders(origin);
	const relay = new Relay({ storage, limits: sync.limits, origin, always });
	await relay.start();
	return { relay, notices };
}

async function openStorage(database: string | null, folder: string) {
	if (database) {
		const { DatabaseError, openPostgres } = await import('../storage/postgres.ts');
		try {
			const storage = await openPostgres(database);
			return { storage, notices: storage.notices };
		} catch (error) {
			throw error instanceof DatabaseError ? new StartError(error.message) : error;
		}
	}
	const { FolderError, openSqlite } = await import('../storage/sqlite.ts');
	try {
		return { storage: openSqlite(folder), notices: [] };
	} catch (error) {
		if (!(error instanceof FolderError)) throw error;
		throw new StartError(`${error.message} Or set SYNC=off to serve the app without sync.`);
	}
}
