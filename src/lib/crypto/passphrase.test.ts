import { argon2id } from '@noble/hashes/argon2.js';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { toHex, utf8 } from './bytes.ts';
import { isTooQuick, newLocalKey, parseWrappedKey, unwrapKey, wrapKey } from './passphrase.ts';
import type { Slowness, WrappedKey } from './passphrase.ts';

vi.setConfig({ testTimeout: 60_000 });
afterEach(() => vi.unstubAllGlobals());

/** As on plain HTTP in a room: random numbers, and nothing else. */
const withoutSubtle = (): void => {
	const { crypto } = globalThis;
	vi.stubGlobal('crypto', {
		getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes)
	});
};
const quick: Slowness = { kind: 'pbkdf2-sha256', iterations: 1000 };
const wrong = expect.objectContaining({ code: 'passphrase-wrong' });
const key = newLocalKey();

describe('known answers (S-12)', () => {
	test('Argon2id: RFC 9106, 5.3', () => {
		const tag = argon2id(new Uint8Array(32).fill(1), new Uint8Array(16).fill(2), {
			m: 32,
			t: 3,
			p: 4,
			key: new Uint8Array(8).fill(3),
			personalization: new Uint8Array(12).fill(4),
			dkLen: 32
		});
		expect(toHex(tag)).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659');
	});

	test('a key that version 1 wrapped opens, by the browser and without it', async () => {
		expect(await unwrapKey(frozen, 'Schlüssel 12')).toEqual(utf8('k'.repeat(32)));
		withoutSubtle();
		expect(await unwrapKey(frozen, 'Schlüssel 12')).toEqual(utf8('k'.repeat(32)));
	});
});

describe('a wrapped key', () => {
	test('opens with its passphrase alone, under the parameters that are asked of us', async () => {
		const began = performance.now();
		const stored = await wrapKey(key, 'a wide river at dawn');
		const took = performance.now() - began;
		expect(stored.slowness).toEqual({ kind: 'pbkdf2-sha256', iterations: 600_000 });
		expect(await unwrapKey(stored, 'a wide river at dawn')).toEqual(key);
		for (const other of ['A wide river at dawn', 'a wide river at dawn ', '', 'x']) {
			await expect(unwrapKey(stored, other)).rejects.toEqual(wrong);
		}
		// Three seconds on a device six times slower; here with a factor for a busy machine.
		expect(took).toBeLessThan(3000);
	});

	test('on plain HTTP is Argon2id with 19 MiB and two passes', async () => {
		withoutSubtle();
		const began = performance.now();
		const stored = await wrapKey(key, 'نهر واسع');
		const took = performance.now() - began;
		expect(stored.slowness).toEqual({ kind: 'argon2id', memory: 19_456, passes: 2, lanes: 1 });
		expect(await unwrapKey(stored, 'نهر واسع')).toEqual(key);
		await expect(unwrapKey(stored, 'نهر')).rejects.toEqual(wrong);
		expect(took).toBeLessThan(5000);
	});

	test('survives storage as JSON, and another way of typing the same letters', async () => {
		const stored = await wrapKey(key, 'caf\u00e9', quick);
		const again = parseWrappedKey(JSON.parse(JSON.stringify(stored)));
		expect(await unwrapKey(again!, 'cafe\u0301')).toEqual(key);
	});

	test('has another salt and other bytes each time', async () => {
		const [a, b] = [await wrapKey(key, 'same', quick), await wrapKey(key, 'same', quick)];
		expect(a.salt).not.toBe(b.salt);
		expect(a.wrapped).not.toBe(b.wrapped);
	});

	test('with any part changed does not open: weaker parameters too', async () => {
		const stored = await wrapKey(key, 'same', quick);
		const other = await wrapKey(key, 'same', quick);
		const changed: WrappedKey[] = [
			{ ...stored, salt: other.salt },
			{ ...stored, wrapped: other.wrapped },
			{ ...stored, wrapped: stored.wrapped.slice(0, -4) },
			{ ...stored, slowness: { kind: 'pbkdf2-sha256', iterations: 999 } },
			{ ...stored, salt: '!' }
		];
		for (const one of changed) await expect(unwrapKey(one, 'same')).rejects.toEqual(wrong);
	});

	test('an empty passphrase locks nothing, and is refused', async () => {
		await expect(wrapKey(key, '')).rejects.toThrow(RangeError);
	});

	test('whose parameters are no longer slow enough says so, and is wrapped anew', async () => {
		const stored = await wrapKey(key, 'same', quick);
		expect(isTooQuick(stored)).toBe(true);
		const again = await wrapKey(await unwrapKey(stored, 'same'), 'same');
		expect(isTooQuick(again)).toBe(false);
		const weak: Slowness = { kind: 'argon2id', memory: 8192, passes: 2, lanes: 1 };
		expect(isTooQuick({ ...stored, slowness: weak })).toBe(true);
	});
});

test('a stored record that is none, or would take minutes, is not tried', async () => {
	const stored = await wrapKey(key, 'same', quick);
	const argon = { kind: 'argon2id', memory: 64, passes: 1, lanes: 1 };
	const bad: unknown[] = [
		null,
		'text',
		{},
		{ ...stored, salt: 'AAAA' },
		{ ...stored, salt: 5 },
		{ ...stored, wrapped: 'AAAA' },
		{ ...stored, slowness: null },
		{ ...stored, slowness: { kind: 'md5', iterations: 1 } },
		{ ...stored, slowness: { ...quick, iterations: 1e12 } },
		{ ...stored, slowness: { ...quick, iterations: 0.5 } },
		{ ...stored, slowness: { ...argon, memory: 1e9 } },
		{ ...stored, slowness: { ...argon, memory: 7 } },
		{ ...stored, slowness: { ...argon, lanes: 0 } },
		{ ...stored, slowness: { ...argon, passes: undefined } }
	];
	for (const one of bad) expect(parseWrappedKey(one)).toBeNull();
	expect(parseWrappedKey({ ...stored, slowness: argon, later: 1 })).toEqual({
		...stored,
		slowness: argon
	});
});

const frozen: WrappedKey = {
	slowness: { kind: 'pbkdf2-sha256', iterations: 2000 },
	salt: 'iPiXfLWGUK54V39z4JY57Q',
	wrapped:
		'XmvpqKXsnDqWJ9Mlikv5a27kli_kDlNne347cST5AusazX0bbWLWs-9Nu9y1uwAoGpMWq6dTb0mM55hvBGz_b04w13D4gc-h'
};
