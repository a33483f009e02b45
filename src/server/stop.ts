/** The graceful stop: what was asked is still answered, what is new is refused, and it ends (F-62). */
import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** Resolves when every connection is closed; cuts those that are still open after `patience` ms. */
export async function stop(server: Server, patience = 4000): Promise<void> {
	const closed = new Promise((resolve) => server.close(resolve));
	// A connection that becomes idle later would otherwise be kept alive for the next request.
	const sweep = setInterval(() => server.closeIdleConnections(), 50);
	const end = new AbortController();
	const late = wait(patience, undefined, { signal: end.signal }).then(
		() => server.closeAllConnections(),
		() => {}
	);
	await closed;
	end.abort();
	await late;
	clearInterval(sweep);
}
