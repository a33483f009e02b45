import { describe, expect, test, vi } from 'vitest';
import { asProblem } from '#lib/model/problem.ts';
import { concat, toHex, utf8 } from './bytes.ts';
import { openCard, sealCard } from './card.ts';
import type { Card } from './card.ts';
import { makeGrant, openGrant } from './grant.ts';
import { agreementFrom, contentKey, newAddress, newDeviceKeys, newEpochKey } from './keys.ts';
import {
	hasKey,
	isDouble,
	isSplit,
	joinKeyrings,
	newest,
	openByRing,
	parseKeyring,
	writeKeyring
} from './keyring.ts';
import type { Keyring } from './keyring.ts';
import { open, seal, sealedExtra } from './seal.ts';
import type { Place } from './seal.ts';

// On a busy machine these take their time.
vi.setConfig({ testTimeout: 30_000 });

const w = newAddress();
const key = contentKey(newEpochKey(), w);
const words = utf8('level 2, because');
const why = (read: () => unknown): unknown => {
	try {
		read();
		return 'read';
	} catch (thrown) {
		const { code, values } = asProblem(thrown);
		return code === 'unreadable' ? values.why : code;
	}
};

const log: Place = { kind: 'log', w, epoch: 1, role: 1, lane: 3, counter: 9 };
const snapshot: Place = { kind: 'snapshot', w, epoch: 1, covers: 500, part: 0, of: 2 };
const grant: Place = { kind: 'grant', w, holder: 'abc' };
const card: Place = { kind: 'card', w, epoch: 1, holder: 'abc' };
const here: Place = { ...log, kind: 'here' };
const places: Place[] = [
	log,
	{ ...log, w: newAddress() },
	{ ...log, epoch: 2 },
	{ ...log, role: 2 },
	{ ...log, lane: 4 },
	{ ...log, counter: 10 },
	// The same digits, cut elsewhere.
	{ ...log, lane: 39, counter: 0 },
	{ ...log, role: 13, lane: 9, counter: 0 },
	here,
	snapshot,
	{ ...snapshot, w: newAddress() },
	{ ...snapshot, epoch: 2 },
	{ ...snapshot, covers: 501 },
	{ ...snapshot, part: 1 },
	{ ...snapshot, of: 3 },
	grant,
	{ ...grant, w: newAddress() },
	{ ...grant, holder: 'abd' },
	{ ...grant, holder: 'ab' },
	card,
	{ ...card, w: newAddress() },
	{ ...card, epoch: 2 },
	{ ...card, holder: 'abd' }
];

describe('sealing (E-3, F-54, S-11, S-17)', () => {
	test('what is sealed for a place opens there and at no other', () => {
		for (const [i, place] of places.entries()) {
			const sealed = seal(words, key, place);
			for (const [j, other] of places.entries()) {
				const found = why(() => open(sealed, key, other));
				expect(found, `${i} at ${j}`).toBe(i === j ? 'read' : 'sealed');
			}
		}
	});

	test('with another key it does not open', () => {
		expect(why(() => open(seal(words, key, log), newEpochKey(), log))).toBe('sealed');
	});

	test('a flipped bit anywhere, a missing byte, one more: it does not open', () => {
		const sealed = seal(words, key, log);
		for (let bit = 0; bit < sealed.length * 8; bit++) {
			const wrong = sealed.slice();
			wrong[bit >> 3]! ^= 1 << (bit & 7);
			expect(why(() => open(wrong, key, log))).toBe('sealed');
		}
		for (let length = 0; length < sealed.length; length++) {
			expect(why(() => open(sealed.subarray(0, length), key, log))).toBe('sealed');
		}
		expect(why(() => open(concat(sealed, Uint8Array.of(0)), key, log))).toBe('sealed');
	});

	test('no two seals have a nonce in common, also of the same words at the same place', () => {
		const nonces = new Set<string>();
		for (let i = 0; i < 5000; i++) nonces.add(toHex(seal(words, key, log).subarray(0, 24)));
		expect(nonces.size).toBe(5000);
		// Every byte of them is drawn: none is the same in all.
		const all = [...nonces];
		for (let at = 0; at < 48; at += 2) {
			expect(new Set(all.map((nonce) => nonce.slice(at, at + 2))).size).toBe(256);
		}
	});

	test('it adds 40 bytes, and nothing of the words shows', () => {
		const sealed = seal(words, key, log);
		expect(sealed).toHaveLength(words.length + sealedExtra);
		expect(Buffer.from(sealed).includes(Buffer.from('level'))).toBe(false);
	});
});

describe('keyrings (K-8)', () => {
	const keyring: Keyring = [1, 2, 300].map((epoch) => ({ epoch, key: newEpochKey() }));

	test('are read as they were written; the newest epoch seals, each opens its own', () => {
		expect(parseKeyring(writeKeyring(keyring))).toEqual(keyring);
		expect(newest(keyring)).toBe(keyring[2]);
		expect(hasKey(keyring, 2)).toBe(true);
		expect(hasKey(keyring, 3)).toBe(false);
	});

	test('joined, they have every epoch once, in order', () => {
		const joined = joinKeyrings([keyring[0]!, keyring[2]!], [keyring[1]!, keyring[2]!]);
		expect(joined).toEqual(keyring);
	});

	test('of an epoch with two keys both open, and the granted one seals, whoever had which (H-1a)', () => {
		const [one, , mine] = keyring as [Keyring[0], Keyring[0], Keyring[0]];
		const theirs = { epoch: 300, key: newEpochKey() };
		const joined = joinKeyrings([one, mine], [one, theirs]);
		expect(joined).toEqual([one, mine, theirs]);
		expect(newest(joined)).toBe(theirs);
		expect(isDouble(joined)).toBe(true);
		expect(isSplit([one, mine], [one, theirs])).toBe(true);
		expect(isSplit(joined, [one, theirs])).toBe(false);
		expect(parseKeyring(writeKeyring(joined))).toEqual(joined);
		// A device that has just theirs, and is given both, goes on with the same.
		expect(newest(joinKeyrings([one, theirs], joined))).toBe(theirs);
		const at = { kind: 'card', w, epoch: 300, holder: 'her' } as const;
		for (const { key } of [mine, theirs]) {
			const sealed = seal(utf8('both'), contentKey(key, w), at);
			expect(openByRing(sealed, joined, at)).toEqual(utf8('both'));
		}
		let many = joined;
		for (let i = 0; i < 20; i++) {
			many = joinKeyrings(many, [one, { epoch: 300, key: newEpochKey() }]);
		}
		expect(parseKeyring(writeKeyring(many))).toHaveLength(9);
	});

	test('cut short, with an epoch twice, or without keys they are refused', () => {
		const bytes = writeKeyring(keyring);
		for (let i = 0; i < bytes.length; i++) {
			expect(() => parseKeyring(bytes.subarray(0, i))).toThrow();
		}
		expect(() => parseKeyring(concat(bytes, Uint8Array.of(0)))).toThrow();
		expect(() => parseKeyring(writeKeyring([keyring[1]!, keyring[0]!]))).toThrow('out of order');
		const nine = Array.from({ length: 9 }, () => keyring[0]!);
		expect(() => parseKeyring(writeKeyring(nine))).toThrow('too many');
		expect(() => parseKeyring(writeKeyring([]))).toThrow('without keys');
		// A billion keys in five bytes.
		expect(() => parseKeyring(Uint8Array.of(0x80, 0x94, 0xeb, 0xdc, 0x03))).toThrow('beyond');
	});
});

describe('grants (K-8)', () => {
	const keyring: Keyring = [{ epoch: 1, key: newEpochKey() }];
	const { privateKey, publicKey } = newDeviceKeys();
	const made = makeGrant(keyring, { w, holder: 'her', publicKey });

	test('open for their holder alone', () => {
		expect(openGrant(made, { w, holder: 'her', privateKey })).toEqual(keyring);
		const other = newDeviceKeys().privateKey;
		expect(why(() => openGrant(made, { w, holder: 'her', privateKey: other }))).toBe('sealed');
		expect(why(() => openGrant(made, { w, holder: 'him', privateKey }))).toBe('sealed');
		const elsewhere = { w: newAddress(), holder: 'her', privateKey };
		expect(why(() => openGrant(made, elsewhere))).toBe('sealed');
	});

	test('two grants of one keyring have nothing in common that tells', () => {
		const again = makeGrant(keyring, { w, holder: 'her', publicKey });
		expect(again.subarray(0, 32)).not.toEqual(made.subarray(0, 32));
		expect(again.subarray(32)).not.toEqual(made.subarray(32));
	});

	test('tampered with, cut, or of nothing they are unreadable, never fatal', () => {
		// Some of the point and some of what is sealed: each try costs two agreements.
		for (let at = 0; at < made.length; at += at < 34 ? 3 : 17) {
			const wrong = made.slice();
			wrong[at]! ^= 1;
			expect(why(() => openGrant(wrong, { w, holder: 'her', privateKey }))).not.toBe('read');
			expect(why(() => openGrant(made.subarray(0, at), { w, holder: 'her', privateKey }))).toMatch(
				/sealed|malformed/
			);
		}
	});

	test('a point of small order, with which anybody would know the key, is refused', () => {
		const zero = new Uint8Array(32);
		expect(why(() => makeGrant(keyring, { w, holder: 'her', publicKey: zero }))).toBe('malformed');
		const forged = concat(zero, made.subarray(32));
		expect(why(() => openGrant(forged, { w, holder: 'her', privateKey }))).toBe('malformed');
	});
});

describe('cards (K-9)', () => {
	const keyring: Keyring = [1, 2].map((epoch) => ({ epoch, key: newEpochKey() }));
	const hers: Card = {
		publicKey: agreementFrom(newEpochKey()).publicKey,
		kind: 'device',
		role: 'contribute',
		label: '',
		name: 'آمنة بنت وهب',
		organisation: 'Ministère de la Santé',
		contributor: 'c-3',
		madeBy: 'inv',
		at: '2026-11-23T05:00:00.000Z'
	};
	const sealed = sealCard(hers, { keyring, w, holder: 'her' });

	test('say who a holder is, to the team alone', () => {
		expect(openCard(sealed, { keyring, w, holder: 'her' })).toEqual(hers);
		expect(Buffer.from(sealed).includes(Buffer.from('Santé'))).toBe(false);
		expect(sealed.length).toBeLessThan(400);
	});

	test('the relay cannot hand out one card for another holder, or of another workspace', () => {
		expect(why(() => openCard(sealed, { keyring, w, holder: 'him' }))).toBe('sealed');
		expect(why(() => openCard(sealed, { keyring, w: newAddress(), holder: 'her' }))).toBe('sealed');
	});

	test('without the key of its epoch a card says which one is missing', () => {
		const older = [keyring[0]!];
		expect(() => openCard(sealed, { keyring: older, w, holder: 'her' })).toThrow(
			expect.objectContaining({ values: { why: 'key', epoch: 2 } })
		);
	});

	test('nonsense that a member sealed is malformed', () => {
		const nonsense = [
			'',
			'\u0001',
			`\u0001${'k'.repeat(32)}`,
			`\u0001${'k'.repeat(32)}{"role":"boss"}`
		];
		for (const text of [...nonsense, `\u0001${'k'.repeat(32)}null`, `\u0002${'k'.repeat(32)}{}`]) {
			const place: Place = { kind: 'card', w, epoch: 1, holder: 'her' };
			const bytes = seal(utf8(text), contentKey(keyring[0]!.key, w), place);
			const card = concat(Uint8Array.of(1), bytes);
			expect(
				why(() => openCard(card, { keyring, w, holder: 'her' })),
				text
			).toBe('malformed');
		}
		expect(why(() => openCard(new Uint8Array(), { keyring, w, holder: 'her' }))).toBe('malformed');
	});

	test('endless names are cut: a card has at most 2 KB', () => {
		const long = '部'.repeat(5000);
		const odd = '\u0000\ud800"\\'.repeat(5000);
		const endless = { ...hers, name: long, organisation: odd, label: odd };
		const bytes = sealCard(endless, { keyring, w, holder: 'her' });
		expect(bytes.length).toBeLessThan(2048);
		expect(openCard(bytes, { keyring, w, holder: 'her' }).name).toHaveLength(120);
	});
});
