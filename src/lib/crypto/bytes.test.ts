import { describe, expect, test } from 'vitest';
import { concat, equal, fromBase64url, toBase64url, toHex, utf8 } from './bytes.ts';
import { randomBytes } from './random.ts';

test('base64url is RFC 4648, without padding', () => {
	const cases = ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'];
	for (const text of cases) {
		expect(toBase64url(utf8(text))).toBe(Buffer.from(text).toString('base64url'));
	}
	for (let length = 0; length < 70; length++) {
		const bytes = randomBytes(length);
		const text = toBase64url(bytes);
		expect(text).toBe(Buffer.from(bytes).toString('base64url'));
		expect(fromBase64url(text)).toEqual(bytes);
	}
});

test.each(['A', 'AA=', 'A A', 'A+/A', 'AB', 'AAB', '💥💥', 'ÄÄ', 'AAAAA'])(
	'%s is not the one way to write any bytes',
	(text) => expect(fromBase64url(text)).toBeNull()
);

test('bytes are joined and compared', () => {
	expect(concat(Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3))).toEqual(
		Uint8Array.of(1, 2, 3)
	);
	expect(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
	expect(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
	expect(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 0))).toBe(false);
	expect(toHex(Uint8Array.of(0, 15, 255))).toBe('000fff');
});

describe('randomness (K-1, S-13)', () => {
	test('more than the browser gives at once is all filled', () => {
		const bytes = randomBytes(200_000);
		// A kilobyte of zeros has a chance of 2^-8192.
		for (let at = 0; at < bytes.length - 1024; at += 1024) {
			expect(bytes.subarray(at, at + 1024).some((byte) => byte !== 0)).toBe(true);
		}
	});

	test('all byte values come equally often', () => {
		const counts = new Array<number>(256).fill(0);
		for (const byte of randomBytes(256_000)) counts[byte]!++;
		const chi = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
		// 255 degrees of freedom: 420 is beyond 1 in 10^9.
		expect(chi).toBeLessThan(420);
	});
});
