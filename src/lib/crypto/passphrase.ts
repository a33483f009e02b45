/**
 * A passphrase that opens what is stored on this device (S-12, S-21).
 *
 * What is stored is sealed with a random local key; the local key is wrapped by a key that follows from
 * the passphrase, slowly, so that nobody tries a million of them. So a new passphrase, or slower
 * parameters, cost one small record and not the whole store.
 *
 * Where the browser has `crypto.subtle` it is PBKDF2-SHA-256, which the browser does ten times faster
 * than a script could. On plain HTTP it is Argon2id in script, which costs an attacker more a second.
 */
import { Problem } from '#lib/model/problem.ts';
import { fromBase64url, toBase64url, utf8 } from './bytes.ts';
import { randomBytes } from './random.ts';
import { openWith, sealWith } from './seal.ts';

/** How slowly a key follows from a passphrase. `memory` in KiB. */
export type Slowness =
	| { kind: 'pbkdf2-sha256'; iterations: number }
	| { kind: 'argon2id'; memory: number; passes: number; lanes: number };

/** A wrapped key as it is stored: JSON, with what it takes to open it again. */
export type WrappedKey = {
	slowness: Slowness;
	/** base64url, 16 bytes. */
	salt: string;
	/** base64url, `nonce ‖ ciphertext`. */
	wrapped: string;
};

/** What is used for a new passphrase, and what older ones are raised to (OWASP's, of 2023). */
const present = {
	pbkdf2: { kind: 'pbkdf2-sha256', iterations: 600_000 },
	argon2: { kind: 'argon2id', memory: 19_456, passes: 2, lanes: 1 }
} as const satisfies Record<string, Slowness>;

/** Beyond these, opening would take minutes: a broken record, not a careful one. */
const most = { iterations: 20_000_000, memory: 262_144, passes: 20, lanes: 4 };

const hasSubtle = (): boolean => globalThis.crypto?.subtle !== undefined;

export const newLocalKey = (): Uint8Array => randomBytes(32);

/** `key` wrapped for `passphrase`. Takes a second or two. Throws RangeError for an empty passphrase. */
export async function wrapKey(
	key: Uint8Array,
	passphrase: string,
	slowness: Slowness = hasSubtle() ? present.pbkdf2 : present.argon2
): Promise<WrappedKey> {
	if (passphrase === '') throw new RangeError('an empty passphrase locks nothing');
	const salt = randomBytes(16);
	const slow = await slowKey(passphrase, salt, slowness);
	return {
		slowness,
		salt: toBase64url(salt),
		wrapped: toBase64url(sealWith(key, slow, whereOf(slowness)))
	};
}

/** The key. Throws Problem `passphrase-wrong`, also where the record was changed. */
export async function unwrapKey(stored: WrappedKey, passphrase: string): Promise<Uint8Array> {
	const salt = fromBase64url(stored.salt);
	const wrapped = fromBase64url(stored.wrapped);
	if (!salt || !wrapped || passphrase === '') throw new Problem('passphrase-wrong');
	const slow = await slowKey(passphrase, salt, stored.slowness);
	try {
		return openWith(wrapped, slow, whereOf(stored.slowness));
	} catch (thrown) {
		throw new Problem('passphrase-wrong', {}, thrown);
	}
}

/**
 * Whether the key should be wrapped anew, with the passphrase that has just opened it, because what
 * was slow enough then is not any more.
 */
export function isTooQuick({ slowness }: WrappedKey): boolean {
	if (slowness.kind === 'pbkdf2-sha256') return slowness.iterations < present.pbkdf2.iterations;
	const { memory, passes } = present.argon2;
	return slowness.memory * slowness.passes < memory * passes;
}

/** A stored record; null where it is none, or asks for more than anybody would wait for. */
export function parseWrappedKey(stored: unknown): WrappedKey | null {
	if (!isRecord(stored)) return null;
	const slowness = parseSlowness(stored.slowness);
	const { salt, wrapped } = stored;
	if (!slowness || typeof salt !== 'string' || typeof wrapped !== 'string') return null;
	const sound = fromBase64url(salt)?.length === 16 && fromBase64url(wrapped)?.length === 72;
	return sound ? { slowness, salt, wrapped } : null;
}

function parseSlowness(stored: unknown): Slowness | null {
	if (!isRecord(stored)) return null;
	const count = (name: keyof typeof most): number => {
		const value = stored[name];
		const sound = typeof value === 'number' && Number.isInteger(value) && value > 0;
		return sound && value <= most[name] ? value : 0;
	};
	if (stored.kind === 'pbkdf2-sha256') {
		const iterations = count('iterations');
		return iterations ? { kind: stored.kind, iterations } : null;
	}
	const [memory, passes, lanes] = [count('memory'), count('passes'), count('lanes')];
	if (stored.kind !== 'argon2id' || !passes || memory < 8 * lanes || !lanes) return null;
	return { kind: stored.kind, memory, passes, lanes };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

const whereOf = (slowness: Slowness): Uint8Array =>
	utf8(`e-strategy/1 local key ${Object.values(slowness).join(' ')}`);

/** The same passphrase on another keyboard may come in other code points: NFKC makes them one. */
const bytesOf = (passphrase: string): Uint8Array<ArrayBuffer> => utf8(passphrase.normalize('NFKC'));

async function slowKey(
	passphrase: string,
	salt: Uint8Array<ArrayBuffer>,
	slowness: Slowness
): Promise<Uint8Array> {
	const secret = bytesOf(passphrase);
	if (slowness.kind === 'argon2id') {
		const { argon2idAsync } = await import('@noble/hashes/argon2.js');
		const { memory: m, passes: t, lanes: p } = slowness;
		return argon2idAsync(secret, salt, { m, t, p, dkLen: 32, asyncTick: 50 });
	}
	const { iterations } = slowness;
	if (hasSubtle()) {
		const { subtle } = globalThis.crypto;
		const base = await subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveBits']);
		const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
		return new Uint8Array(await subtle.deriveBits(how, base, 256));
	}
	const [{ pbkdf2Async }, { sha256 }] = await Promise.all([
		import('@noble/hashes/pbkdf2.js'),
		import('@noble/hashes/sha2.js')
	]);
	return pbkdf2Async(sha256, secret, salt, { c: iterations, dkLen: 32, asyncTick: 50 });
}
