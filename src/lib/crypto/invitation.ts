/**
 * An invitation: what a link carries after its `#` (K-3, K-4).
 *
 * `version(1) ‖ w(16) ‖ secret(16) ‖ check(2)` as base64url: 47 characters. Whoever has it can ask the
 * relay for what was left there for its holder, and open it.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { Problem } from '#lib/model/problem.ts';
import { concat, equal, fromBase64url, toBase64url } from './bytes.ts';
import { addressLength, agreementFrom, derive } from './keys.ts';
import type { Address, Agreement } from './keys.ts';
import { randomBytes } from './random.ts';

export type Invitation = { w: Address; secret: Uint8Array };

const version = 1;
const secretLength = 16;
const length = 1 + addressLength + secretLength + 2;

export const newInvitation = (w: Address): Invitation => ({ w, secret: randomBytes(secretLength) });

/** The invitation as the fragment of a link. */
export function writeInvitation({ w, secret }: Invitation): string {
	const head = concat(Uint8Array.of(version), w, secret);
	return toBase64url(concat(head, check(head)));
}

/**
 * The invitation in a link, or in its fragment alone; spaces that a mail program put in are passed
 * over. Throws Problem `invitation-damaged`, also for one of a later version.
 */
export function parseInvitation(text: string): Invitation {
	// A link has two hundred characters at most: no need to look at a whole book.
	const fragment = text.slice(0, 4096).replace(/\s+/g, '').split('#').pop() ?? '';
	const bytes = fromBase64url(fragment.replace(/=+$/, ''));
	if (!bytes || bytes.length !== length || bytes[0] !== version) {
		throw new Problem('invitation-damaged');
	}
	if (!equal(check(bytes.subarray(0, -2)), bytes.subarray(-2))) {
		throw new Problem('invitation-damaged');
	}
	return { w: bytes.slice(1, 17), secret: bytes.slice(17, 33) };
}

const check = (head: Uint8Array): Uint8Array => sha256(head).subarray(0, 2);

/** What the invitation's holder shows to the relay. */
export const tokenOf = ({ w, secret }: Invitation): Uint8Array => derive(secret, w, 'token', 16);

/** What grants for the invitation's holder are sealed for. */
export const agreementOf = ({ w, secret }: Invitation): Agreement =>
	agreementFrom(derive(secret, w, 'agreement', 32));
