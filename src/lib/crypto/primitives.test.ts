/** The primitives that this room leans on give what their standards say: known answers. */
import { hkdfSync } from 'node:crypto';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, test } from 'vitest';
import { concat, toHex, utf8 } from './bytes.ts';
import { agreementFrom, contentKey, derive, hashToken, markOf } from './keys.ts';
import { associated, open } from './seal.ts';

const bytes = (hex: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(hex, 'hex'));
const counted = (from: number, count: number) =>
	Uint8Array.from({ length: count }, (_, i) => from + i);

describe('known answers (S-11)', () => {
	test('SHA-256: FIPS 180-4, "abc"', () => {
		expect(toHex(sha256(utf8('abc')))).toBe(
			'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
		);
	});

	test('HKDF-SHA-256: RFC 5869, test cases 1 and 3', () => {
		const ikm = new Uint8Array(22).fill(0x0b);
		expect(toHex(hkdf(sha256, ikm, counted(0, 13), counted(0xf0, 10), 42))).toBe(
			'3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865'
		);
		expect(toHex(hkdf(sha256, ikm, new Uint8Array(), new Uint8Array(), 42))).toBe(
			'8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8'
		);
	});

	test('XChaCha20-Poly1305: draft-irtf-cfrg-xchacha-03, A.3.1', () => {
		const plaintext = utf8(
			"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it."
		);
		const cipher = xchacha20poly1305(
			counted(0x80, 32),
			counted(0x40, 24),
			bytes('50515253c0c1c2c3c4c5c6c7')
		);
		expect(toHex(cipher.encrypt(plaintext))).toBe(
			'bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb' +
				'731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452' +
				'2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9' +
				'21f9664c97637da9768812f615c68b13b52e' +
				'c0875924c1c7987947deafd8780acf49'
		);
	});

	test('X25519: RFC 7748, 6.1', () => {
		const alice = bytes('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a');
		const bob = bytes('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb');
		expect(toHex(agreementFrom(alice).publicKey)).toBe(
			'8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a'
		);
		expect(toHex(agreementFrom(bob).publicKey)).toBe(
			'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f'
		);
		expect(toHex(x25519.getSharedSecret(alice, agreementFrom(bob).publicKey))).toBe(
			'4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742'
		);
	});
});

describe('what version 1 derives and seals stays as it is', () => {
	const w = counted(1, 16);

	test('K-2: a derived key is HKDF with salt w and info "e-strategy/1 <purpose>", by another library too', () => {
		const secret = counted(100, 16);
		const other = hkdfSync('sha256', secret, w, 'e-strategy/1 token', 16);
		expect(derive(secret, w, 'token', 16)).toEqual(new Uint8Array(other));
		const more = hkdfSync('sha256', secret, w, concat(utf8('e-strategy/1 grant'), w), 32);
		expect(derive(secret, w, 'grant', 32, w)).toEqual(new Uint8Array(more));
	});

	test('E-3: the associated data of each kind', () => {
		const sent = { w, epoch: 300, role: 2, lane: 7, counter: 5 };
		const head = '652d73747261746567792f31'; // "e-strategy/1"
		const at = toHex(w);
		expect(toHex(associated({ kind: 'log', ...sent }))).toBe(`${head}01${at}ac02020705`);
		expect(toHex(associated({ kind: 'here', ...sent }))).toBe(`${head}05${at}ac02020705`);
		expect(toHex(associated({ kind: 'snapshot', w, epoch: 3, covers: 200, part: 1, of: 4 }))).toBe(
			`${head}02${at}03000000c8010104`
		);
		expect(toHex(associated({ kind: 'grant', w, holder: 'ab' }))).toBe(
			`${head}03${at}00000000026162`
		);
		expect(toHex(associated({ kind: 'card', w, epoch: 3, holder: 'ab' }))).toBe(
			`${head}04${at}03000000026162`
		);
	});

	test('E-1: an envelope sealed by the first release opens', () => {
		const key = contentKey(counted(0, 32), w);
		const place = { kind: 'log', w, epoch: 1, role: 1, lane: 1, counter: 1 } as const;
		const sealed = concat(
			counted(0x40, 24),
			xchacha20poly1305(key, counted(0x40, 24), associated(place)).encrypt(utf8('kept'))
		);
		expect(toHex(sealed)).toBe(frozen);
		expect(open(bytes(frozen), key, place)).toEqual(utf8('kept'));
	});

	test('K-6, X-6: a token is kept as its SHA-256, a mark is eight bytes of one', () => {
		expect(hashToken(utf8('abc'))).toEqual(sha256(utf8('abc')));
		expect(toHex(markOf(utf8('abc')))).toBe('ba7816bf8f01cfea');
		expect(markOf(null)).toEqual(new Uint8Array(8));
	});
});

const frozen =
	'404142434445464748494a4b4c4d4e4f50515253545556578948a0b9153706107bec11358ac7107310b304ac';
