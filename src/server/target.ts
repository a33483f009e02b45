/** The request target: what stands between the method and the version in a request's first line. */
export interface Target {
	/** Decoded, in NFC, beginning with a slash. */
	path: string;
	/** As it was sent, with its question mark; empty when there is none. */
	query: string;
}

/** Null when it is malformed: not a path, a NUL, or a percent that encodes nothing (F-63). */
export function parseTarget(url: string): Target | null {
	if (!url.startsWith('/')) return null;
	const start = url.indexOf('?');
	const path = start < 0 ? url : url.slice(0, start);
	const query = start < 0 ? '' : url.slice(start);
	// Nothing in it that would have to be decoded.
	if (/^[\w/?=&.-]+$/.test(url)) return { path, query };
	try {
		const whole = decodeURI(path) + decodeURIComponent(query);
		return whole.includes('\0') ? null : { path: decodeURI(path).normalize(), query };
	} catch {
		return null;
	}
}
