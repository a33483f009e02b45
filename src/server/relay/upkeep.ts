/** Once an hour: prunes logs, drops what was left, deletes what nobody has touched for too long. */
import { log, logError } from '../log.ts';
import { StorageError, type RelayStorage } from '../storage/storage.ts';
import type { Limits } from './limits.ts';
import type { Metrics } from './metrics.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Returns how to end it. */
export function startUpkeep(
	storage: RelayStorage,
	{ graceDays, retentionDays }: Limits,
	metrics: Metrics
): () => Promise<void> {
	let running: Promise<void> = Promise.resolve();
	const run = async () => {
		try {
			const done = await storage.upkeep({
				now: Date.now(),
				grace: graceDays * day,
				retention: retentionDays
			});
			metrics.add('relay_pruned_envelopes_total', done.pruned);
			if (done.pruned || done.dropped || done.deleted) log('upkeep', done);
		} catch (error) {
			if (!(error instanceof StorageError)) logError(error);
		}
	};
	// Not at the very start, when everybody comes at once.
	const first = setTimeout(() => (running = run()), 60_000).unref();
	const every = setInterval(() => (running = run()), hour).unref();
	return async () => {
		clearTimeout(first);
		clearInterval(every);
		await running;
	};
}
