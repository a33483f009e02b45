/** What a request wants to do, and whether another site made the browser send it (S-20). */
import type { IncomingMessage } from 'node:http';

/** True when it only reads. */
export function isReading({ method }: IncomingMessage): boolean {
	return method === 'GET' || method === 'HEAD';
}

/**
 * True when a page of another origin sent it. Browsers say so in `Sec-Fetch-Site`, older ones in
 * `Origin`; programs send neither.
 */
export function isForeign({ headers }: IncomingMessage, origin: string | null): boolean {
	const site = headers['sec-fetch-site'];
	if (site !== undefined) return site !== 'same-origin' && site !== 'none';
	if (headers.origin === undefined) return false;
	const ours = origin ? [origin] : [`http://${headers.host}`, `https://${headers.host}`];
	return !ours.includes(headers.origin);
}
