/** What IndexedDB throws, as a Problem that a person can act on. */
import { Problem } from '#lib/model/problem.ts';

/** The error and everything that it wraps: Dexie hides the browser's error in `inner`. */
function chain(thrown: unknown): Error[] {
	const found: Error[] = [];
	const queue: unknown[] = [thrown];
	while (queue.length > 0 && found.length < 10) {
		const next = queue.shift();
		// In old browsers a DOMException is no Error.
		if (!(next instanceof Error) && !(next instanceof DOMException)) continue;
		if (found.includes(next)) continue;
		found.push(next);
		if ('inner' in next) queue.push(next.inner);
		queue.push(next.cause);
		if ('failures' in next && Array.isArray(next.failures)) queue.push(...next.failures);
	}
	return found;
}

const has = (thrown: unknown, ...names: string[]): boolean =>
	chain(thrown).some(({ name }) => names.includes(name));

/** Storage is refused to this window altogether (F-13): private mode, blocked cookies, no IndexedDB. */
export function isDenied(thrown: unknown): boolean {
	return has(thrown, 'SecurityError', 'NotAllowedError', 'MissingAPIError', 'InvalidAccessError');
}

/**
 * The connection went away under us, and may come back: iOS kills the database process of a sleeping
 * tab ("Connection to Indexed Database server lost", F-06), Chrome closes it on storage trouble.
 */
export function isConnectionLost(thrown: unknown): boolean {
	if (thrown instanceof Problem || has(thrown, 'QuotaExceededError', 'VersionError')) return false;
	return has(
		thrown,
		'UnknownError',
		'InvalidStateError',
		'DatabaseClosedError',
		'TransactionInactiveError',
		'AbortError',
		'TimeoutError'
	);
}

/** Beside its own error, Chrome on a disk without a free byte only says that it could not write. */
const isFull = (thrown: unknown): boolean =>
	has(thrown, 'QuotaExceededError') ||
	chain(thrown).some(({ message }) => /failed to write blobs/i.test(message));

/** Whether trying again later may help by itself: the words of `storage-lost` promise it. */
const isGone = (thrown: unknown): boolean =>
	has(thrown, 'DatabaseClosedError', 'InvalidStateError') ||
	chain(thrown).some(({ message }) => /connection.*(lost|clos)/i.test(message));

/** An error of the store as a Problem: storage-full, -blocked, -newer, -lost, -broken for the rest. */
export function storageProblem(thrown: unknown): Problem {
	if (thrown instanceof Problem) return thrown;
	const detail = chain(thrown)
		.map(({ name, message }) => `${name}: ${message}`)
		.join(' < ')
		.slice(0, 300);
	if (isFull(thrown)) return new Problem('storage-full', { detail }, thrown);
	if (has(thrown, 'VersionError')) return new Problem('storage-newer', { detail }, thrown);
	if (isDenied(thrown)) return new Problem('storage-blocked', { detail }, thrown);
	if (isGone(thrown)) return new Problem('storage-lost', { detail }, thrown);
	return new Problem('storage-broken', { detail: detail || String(thrown) }, thrown);
}
