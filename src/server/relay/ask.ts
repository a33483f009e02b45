/** A request to the relay, as far as its first lines say: which address, who, with which numbers. */
import { hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Access } from '../storage/storage.ts';
import { Refused } from './refusal.ts';

export interface Ask {
	request: IncomingMessage;
	response: ServerResponse;
	/** Behind `/api/sync/<w>`, such as `snapshot/12/0`. */
	rest: string;
	query: string;
	/** The network address of who asks. */
	from: string;
	w: Uint8Array;
	token: Uint8Array;
	access: Access;
}

/** `/api/sync/<w>/<rest>`; w is 16 bytes in the one form that base64url has for them. */
export function placeOf(path: string): { w: Uint8Array; rest: string } | null {
	const found = /^\/api\/sync\/([A-Za-z0-9_-]{22})(?:\/([A-Za-z0-9_/-]{1,64}))?$/.exec(path);
	if (!found) return null;
	const w = Buffer.from(found[1]!, 'base64url');
	return w.toString('base64url') === found[1] ? { w, rest: found[2] ?? '' } : null;
}

const noToken = new Uint8Array(16);

/** Of those who came lately: hashing costs as much as the rest of a small request's head. */
const hashes = new Map<string, Uint8Array>();

/** SHA-256 of the token (K-6). One that is missing or malformed is looked for like any other (O-7). */
export function tokenOf({ headers }: IncomingMessage): Uint8Array {
	const said = headers.authorization ?? '';
	let hashed = hashes.get(said);
	if (!hashed) {
		const token = /^Bearer ([A-Za-z0-9_-]{22})$/.exec(said)?.[1];
		hashed = hash('sha256', token ? Buffer.from(token, 'base64url') : noToken, 'buffer');
		if (hashes.size >= 20_000) hashes.clear();
		if (token) hashes.set(said, hashed);
	}
	return hashed;
}

/** The bytes of a holder's id in an address. Throws `Refused`. */
export function idOf(text: string): Uint8Array {
	if (!/^[A-Za-z0-9_-]{22}$/.test(text)) throw new Refused('malformed');
	return Buffer.from(text, 'base64url');
}

/** A query whose names are known and come once each (F-63). Throws `Refused` malformed. */
export function parametersOf<Name extends string>(
	query: string,
	...names: Name[]
): { [name in Name]?: string } {
	const found: { [name in Name]?: string } = {};
	for (const [said, value] of new URLSearchParams(query)) {
		const name = names.find((one) => one === said);
		// A later version may say more (V-2).
		if (!name) continue;
		if (found[name] !== undefined) throw new Refused('malformed');
		found[name] = value;
	}
	return found;
}

/** A whole number of a query. Throws `Refused` malformed. */
export function wholeNumber(value: string | undefined, least: number, most: number): number {
	const number = Number(value);
	if (value !== undefined && /^\d{1,15}$/.test(value) && number >= least && number <= most) {
		return number;
	}
	throw new Refused('malformed');
}

/**
 * Who is at the other end: the connection's address, or what the last of `proxies` trusted proxies says. Of an
 * IPv6 address the network counts, because a household has as many addresses as it likes.
 */
export function addressOf({ socket, headers }: IncomingMessage, proxies: number): string {
	let address = socket.remoteAddress ?? '';
	if (proxies > 0) {
		const said = String(headers['x-forwarded-for'] ?? '').split(',');
		address = said.at(-proxies)?.trim().slice(0, 45) || address;
	}
	address = address.replace(/^::ffff:/, '');
	return address.includes(':') ? address.split(':').slice(0, 4).join(':') : address;
}
