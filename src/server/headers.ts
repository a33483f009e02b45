/**
 * The security headers: what every response carries (S-03), and which content security policy each
 * kind of file gets (S-01, S-04).
 */
const off = ['accelerometer', 'autoplay', 'camera', 'geolocation', 'microphone', 'payment', 'usb'];

/** Frames cannot be forbidden in a `<meta>`, so the header says it for every file. */
const unframed = "frame-ancestors 'none'";

/** For what is no page: nothing may be loaded, should a browser ever show it as one. */
export const strictPolicy = `default-src 'none'; ${unframed}`;

/** A worker obeys its own script's policy, not the page's: it may fetch, and only from here. */
const workerPolicy = `default-src 'none'; script-src 'self'; connect-src 'self'; ${unframed}`;

/** The headers of every response. `origin` is where people find the app, if the operator said so. */
export function securityHeaders(origin: string | null): Record<string, string> {
	return {
		'content-security-policy': strictPolicy,
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		'permissions-policy': off.map((feature) => `${feature}=()`).join(', '),
		'referrer-policy': 'no-referrer',
		'x-content-type-options': 'nosniff',
		...(origin?.startsWith('https:') && {
			'strict-transport-security': 'max-age=31536000; includeSubDomains'
		})
	};
}

/**
 * The policy of a file of the build. `pages` holds, for each HTML file, what its own `<meta>` says; a
 * page that is not in it gets the strictest one, and stays blank rather than open.
 */
export function policyOf(file: string, pages: ReadonlyMap<string, string>): string {
	const own = pages.get(file);
	if (own !== undefined) return `${own}; ${unframed}`;
	return isWorker(file) ? workerPolicy : strictPolicy;
}

function isWorker(file: string): boolean {
	return file === 'service-worker.js' || /^_app\/immutable\/workers\/.*\.js$/.test(file);
}
