/**
 * The log: one JSON line per start, stop, error and change of the storage, on standard error. It names what happened in our
 * code and never what a person asked for, wrote or is called (S-19); JSON escapes what is odd (F-63).
 */
export type Fact = string | number | boolean | null;

type Event = 'start' | 'stop' | 'error' | 'storage' | 'upkeep';

/** Writes one line. */
export function log(event: Event, facts: Record<string, Fact> = {}): void {
	const line = JSON.stringify({ time: new Date().toISOString(), event, ...facts });
	process.stderr.write(`${line}\n`);
}

/** An error as facts. Its message may quote a request, so only its name, code and place are kept. */
export function logError(error: unknown): void {
	if (!(error instanceof Error)) return log('error', { name: typeof error });
	const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
	const place = /\(?(?:file:\/\/)?([^\s()]+:\d+:\d+)\)?$/m.exec(error.stack ?? '')?.[1] ?? null;
	log('error', { name: error.name, code, place });
}
