/** The link of an invitation, as somebody pastes it: whole, or only its last part. */

export type Pasted = { link: string } | { foreign: { host: string; link: string } } | null;

/** What stands behind the `#`: at least what a whole invitation cannot do without. */
const key = /^[\w-]{8,}$/;

/**
 * Reads what was pasted. `joinAddress` is this app's own join page, with its origin. An invitation of
 * another address is `foreign`; null where there is none. Whether the key is whole is not known here.
 */
export function readPasted(text: string, joinAddress: string): Pasted {
	// A mail program breaks long lines, and sets what it takes for a link in brackets.
	const whole = text.replace(/\s+/g, '').replace(/^[<«"'(]+|[>»"').,;]+$/g, '');
	if (key.test(whole)) return { link: `${joinAddress}#${whole}` };
	const address = parsed(whole);
	if (!address || !/^https?:$/.test(address.protocol)) return null;
	const fragment = address.hash.slice(1);
	if (!/\/join\/?$/.test(address.pathname) || fragment === '') return null;
	if (address.origin !== new URL(joinAddress).origin) {
		return { foreign: { host: address.host, link: address.href } };
	}
	return { link: `${joinAddress}#${fragment}` };
}

function parsed(text: string): URL | null {
	try {
		return new URL(text);
	} catch {
		return null;
	}
}
