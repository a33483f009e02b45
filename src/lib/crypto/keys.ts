/**
 * Keys: drawn, or derived from a secret for one purpose (K-1 to K-7).
 *
 * Purposes never mix: a token that the relay sees says nothing about the key beside it.
 */
import { x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, toBase64url, utf8 } from './bytes.ts';
import { randomBytes } from './random.ts';

/** Of a shared workspace: 16 random bytes, `w` in SPEC.md. Not the id inside of the document. */
export type Address = Uint8Array;
export const addressLength = 16;

export type Agreement = { privateKey: Uint8Array; publicKey: Uint8Array };

export const newAddress = (): Address => randomBytes(addressLength);

/** HKDF-SHA-256 with salt `w` and info `e-strategy/1 <purpose>`, with more of it after (K-2). */
export const derive = (
	secret: Uint8Array,
	w: Address,
	purpose: string,
	length: number,
	...more: Uint8Array[]
): Uint8Array => hkdf(sha256, secret, w, concat(utf8(`e-strategy/1 ${purpose}`), ...more), length);

export const newEpochKey = (): Uint8Array => randomBytes(32);

/** What envelopes of an epoch are sealed with. */
export const contentKey = (epochKey: Uint8Array, w: Address): Uint8Array =>
	derive(epochKey, w, 'content', 32);

/** The X25519 key pair (RFC 7748) of 32 secret bytes. */
export const agreementFrom = (privateKey: Uint8Array): Agreement => ({
	privateKey,
	publicKey: x25519.getPublicKey(privateKey)
});

/** What a device draws when it joins; it stays on the device (K-5). */
export const newDeviceKeys = (): { token: Uint8Array } & Agreement => ({
	token: randomBytes(16),
	...agreementFrom(randomBytes(32))
});

/** All that the relay keeps of a token (K-6). */
export const hashToken = (token: Uint8Array): Uint8Array => sha256(token);

/** The id of a new holder: its maker draws it, because card and grant are sealed for it (K-10). */
export const newHolderId = (): string => toBase64url(randomBytes(16));

/** The mark of a cursor: what stands in the log there. Eight zeros where nothing does. */
export const markOf = (envelope: Uint8Array | null): Uint8Array =>
	envelope ? sha256(envelope).slice(0, 8) : new Uint8Array(8);
