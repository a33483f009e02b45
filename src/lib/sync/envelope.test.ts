import { deflateSync } from 'fflate';
import * as Y from 'yjs';
import { describe, expect, test, vi } from 'vitest';
import { contentKey, hashToken, newAddress, newEpochKey } from '#lib/crypto/keys.ts';
import { concat, toHex } from '#lib/crypto/bytes.ts';
import { randomBytes } from '#lib/crypto/random.ts';
import { seal } from '#lib/crypto/seal.ts';
import { asProblem } from '#lib/model/problem.ts';
import { seeded } from '../../../tests/fixtures/seeds.ts';
import { dictionary } from './dictionary.ts';
import * as d from './document.ts';
import {
	openEnvelope,
	openHere,
	openSnapshot,
	Pieces,
	readPlaintext,
	sealHere,
	sealSnapshot,
	sealUpdate
} from './envelope.ts';
import type { Opened } from './envelope.ts';
import { inflated, packed, unpacked } from './packing.ts';
import { pieceOf, piecesOf } from './pieces.ts';
import { headOf, limits } from './protocol.ts';
import { updateLimit } from './updates.ts';
import { Writer } from './wire.ts';

// On a busy machine these take their time; what must be fast says so itself.
vi.setConfig({ testTimeout: 30_000 });

const w = newAddress();
const keyring = [1, 2].map((epoch) => ({ epoch, key: newEpochKey() }));
const me = { keyring, w, role: 1, lane: 3 };
function counters(from = 0) {
	return { nextCounter: () => ++from };
}
const why = (read: () => unknown): unknown => {
	try {
		read();
		return 'read';
	} catch (thrown) {
		const { code, values } = asProblem(thrown);
		return code === 'unreadable' ? values.why : thrown;
	}
};
const updateIn = (opened: Opened): Uint8Array => {
	if (opened.kind !== 'update') throw new Error(`not an update: ${opened.kind}`);
	return opened.update;
};

function document(): { doc: Y.Doc; updates: Uint8Array[] } {
	const doc = d.createDocument({
		id: 'w',
		name: 'Kamar',
		country: 'Kamar',
		createdAt: '2026-11-01T00:00:00.000Z',
		demo: false
	});
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	return { doc, updates };
}
const by = (contributor: string) => ({
	contributor,
	now: '2026-11-23T05:06:07.123Z',
	origin: 'local'
});

/** An update that does not deflate: random bytes in a document. */
function noise(length: number): Uint8Array {
	const { doc, updates } = document();
	doc.getMap('later').set('noise', randomBytes(length));
	return updates[0]!;
}

describe('an envelope (E-1, E-2)', () => {
	test('gives back the update, small or large', () => {
		for (const update of [noise(10), noise(11_000)]) {
			const [envelope, ...rest] = sealUpdate(update, { ...me, ...counters() });
			expect(rest).toEqual([]);
			expect(updateIn(openEnvelope(envelope!, me))).toEqual(update);
		}
	});

	test('is sealed in the newest epoch, under the counter that was given', () => {
		const [envelope] = sealUpdate(noise(10), { ...me, ...counters(41) });
		expect(headOf(envelope!)).toMatchObject({ epoch: 2, counter: 42 });
	});

	test('what an answer costs: bytes of one edit sealed', () => {
		const { doc, updates } = document();
		d.setAnswer(doc, by('c-3'), 'cybersecurity/lead-authority', { kind: 'level', level: 2 });
		const [envelope] = sealUpdate(updates[0]!, { ...me, ...counters() });
		// 180 bytes of Yjs; 43 of them are what sealing adds.
		expect(envelope!.length).toBeLessThan(105);
	});

	test('moved to another workspace, lane, role, counter or epoch is unreadable (F-54, E-3, R-4)', () => {
		const [envelope] = sealUpdate(noise(10), { ...me, ...counters() });
		const moved = [
			{ ...me, w: newAddress() },
			{ ...me, lane: 4 },
			{ ...me, role: 2 },
			{ ...me, keyring: keyring.map((one) => ({ ...one, key: newEpochKey() })) }
		];
		for (const place of moved) expect(why(() => openEnvelope(envelope!, place))).toBe('sealed');
		const { sealed } = headOf(envelope!);
		const counted = new Writer().number(2).number(2).raw(sealed).done();
		expect(why(() => openEnvelope(counted, me))).toBe('sealed');
		const older = new Writer().number(1).number(1).raw(sealed).done();
		expect(why(() => openEnvelope(older, me))).toBe('sealed');
		const here = sealHere(randomBytes(50), { ...me, counter: 1 });
		expect(why(() => openEnvelope(here, me))).toBe('sealed');
		expect(why(() => openHere(envelope!, me))).toBe('sealed');
	});

	test('of an epoch that the device has no key of says which (O-6)', () => {
		const [envelope] = sealUpdate(noise(10), { ...me, ...counters() });
		expect(() => openEnvelope(envelope!, { ...me, keyring: [keyring[0]!] })).toThrow(
			expect.objectContaining({ values: { why: 'key', epoch: 2 } })
		);
	});

	test('of a form that is not known yet is kept, not applied (V-2)', () => {
		const key = contentKey(keyring[1]!.key, w);
		const place = { kind: 'log', w, epoch: 2, role: 1, lane: 3, counter: 1 } as const;
		const envelope = concat(Uint8Array.of(2, 1), seal(Uint8Array.of(9, 1, 2), key, place));
		expect(openEnvelope(envelope, me)).toEqual({ kind: 'unknown', form: 9 });
	});

	test('random bytes are unreadable, never fatal (F-56)', () => {
		for (let run = 0; run < 500; run++) {
			const { number } = seeded(run);
			const bytes = Uint8Array.from({ length: number(90) }, () => number(256));
			bytes[0] = 2;
			expect(why(() => openEnvelope(bytes, me))).toMatch(/sealed|malformed|key/);
		}
	});
});

describe('what a member sealed, and is not sound (E-5, F-42)', () => {
	const plain = (bytes: Uint8Array): Uint8Array => concat(Uint8Array.of(0), bytes);
	const cases: [string, Uint8Array][] = [
		['nothing', new Uint8Array()],
		['an empty update', plain(new Uint8Array())],
		['half an update', plain(noise(40).subarray(0, 20))],
		['a billion structs in no bytes', plain(Uint8Array.of(1, 0x80, 0x94, 0xeb, 0xdc, 0x03, 1, 0))],
		['deflate that ends too early', packed(new Uint8Array(500)).subarray(0, 4)],
		['deflate that is none', Uint8Array.of(1, 255, 255, 255)],
		['a piece cut short', Uint8Array.of(2, 1, 2, 3)],
		[
			'a piece beyond the last',
			concat(Uint8Array.of(2), new Uint8Array(8), Uint8Array.of(3, 3, 1))
		],
		[
			'a million pieces',
			concat(Uint8Array.of(2), new Uint8Array(8), Uint8Array.of(0, 192, 132, 61))
		]
	];
	test.each(cases)('%s is malformed', (_, plaintext) => {
		expect(why(() => readPlaintext(plaintext))).toBe('malformed');
	});

	test('random plaintexts of every form never hang and never throw anything else', () => {
		const random = seeded(9);
		const began = performance.now();
		for (let run = 0; run < 1500; run++) {
			const bytes = Uint8Array.from({ length: 1 + random.number(60) }, () => random.number(256));
			bytes[0] = random.number(4);
			expect(why(() => readPlaintext(bytes))).toMatch(/read|malformed/);
		}
		expect(performance.now() - began).toBeLessThan(10_000);
	});
});

describe('packing (E-2)', () => {
	test('what does not get shorter stays as it is', () => {
		expect(packed(randomBytes(500))).toHaveLength(501);
		expect(packed(randomBytes(500))[0]).toBe(0);
	});

	test('what does is deflated, whatever its length', () => {
		for (const length of [50, 5000, 9_999, 10_000, 200_000, 2_000_000]) {
			const text = new TextEncoder().encode('contributions/'.repeat(length / 14 + 1));
			const plaintext = packed(text);
			expect(plaintext[0]).toBe(1);
			expect(plaintext.length).toBeLessThan(text.length / 3);
			expect(toHex(hashToken(unpacked(plaintext)))).toBe(toHex(hashToken(text)));
		}
	});

	test('what packs too well to be believed goes as it is', () => {
		const plaintext = packed(new Uint8Array(5_000_000));
		expect(plaintext[0]).toBe(0);
		expect(unpacked(plaintext)).toHaveLength(5_000_000);
	});

	test('the dictionary is that of version 1: what was packed with another would not unpack', () => {
		expect(toHex(hashToken(dictionary))).toBe(
			'5e3f350e0286afb10a908e04ddf054b073978f745906fc080082a8cc614e0ef3'
		);
	});

	test('a bomb stops at the limit while it unpacks: what it claims to be is never there', () => {
		// 16 KB that would become 16 MB; an honest update packs to a twentieth, not to a thousandth.
		const bomb = deflateSync(new Uint8Array(16_000_000), { level: 6 });
		expect(bomb.length).toBeLessThan(20_000);
		const began = performance.now();
		expect(why(() => readPlaintext(concat(Uint8Array.of(1), bomb)))).toBe('malformed');
		expect(() => inflated(bomb, 100_000)).toThrow('unpacks to more than 100000');
		// 0.1 s; sixteen megabytes and a copy of them would take ten times that.
		expect(performance.now() - began).toBeLessThan(5000);
		expect(inflated(deflateSync(new Uint8Array(100_000)), 100_000)).toHaveLength(100_000);
	});

	test('a megabyte of the same letter is no bomb', () => {
		const { doc, updates } = document();
		doc.getText('body/x/y').insert(0, 'a'.repeat(1_000_000));
		expect(updateIn(readPlaintext(packed(updates[0]!)))).toHaveLength(updates[0]!.length);
	});
});

describe('pieces (E-2)', () => {
	const update = noise(50_000);
	const envelopes = sealUpdate(update, { ...me, ...counters() });
	const opened = envelopes.map((envelope) => {
		const one = openEnvelope(envelope, me);
		if (one.kind !== 'piece') throw new Error('not a piece');
		return one.piece;
	});

	test('a large update is cut so that each envelope fits on a bad line (X-10)', () => {
		expect(envelopes).toHaveLength(5);
		for (const envelope of envelopes) expect(envelope.length).toBeLessThan(limits.badLine - 1000);
		expect(envelopes.map((one) => headOf(one).counter)).toEqual([1, 2, 3, 4, 5]);
	});

	test('are joined in any order, with repeats, beside others of the same lane', () => {
		for (let run = 0; run < 8; run++) {
			const random = seeded(run);
			const other = piecesOf(packed(noise(30_000)), 12_000, randomBytes).map(pieceOf);
			const pieces = new Pieces();
			const found: Uint8Array[] = [];
			const settled = new Set<number>();
			const order = random.shuffle([...opened, ...opened.slice(0, 3), ...other.slice(1)]);
			for (const [seq, piece] of order.entries()) {
				const joined = pieces.add(3, seq, piece);
				if (!joined) continue;
				if (joined.update) found.push(joined.update);
				pieces.settled(joined.group, true);
				for (const one of joined.seqs) settled.add(one);
			}
			expect(found).toEqual([update]);
			// A repeat, before or after, waits for nothing; what nobody finished does.
			expect(settled.size).toBe(8);
			expect(pieces.waiting).toHaveLength(other.length - 1);
		}
	});

	test('of another lane are another group: nobody finishes what someone else began', () => {
		const pieces = new Pieces();
		for (const [seq, piece] of opened.entries()) pieces.add(seq % 2, seq, piece);
		expect(pieces.waiting).toEqual([0, 2, 4, 1, 3]);
	});

	test('that make no sound update are malformed together, and gone', () => {
		const bad = piecesOf(concat(Uint8Array.of(0), randomBytes(30_000)), 12_000, randomBytes);
		const pieces = new Pieces();
		const results = bad.map((one, seq) => why(() => pieces.add(3, seq, pieceOf(one))));
		expect(results).toEqual(['read', 'read', 'malformed']);
		expect(pieces.waiting).toEqual([]);
	});

	test('a piece of a piece is malformed', () => {
		const inner = piecesOf(packed(update), 12_000, randomBytes)[0]!;
		const nested = piecesOf(inner, 5_000, randomBytes);
		const pieces = new Pieces();
		const results = nested.map((one, seq) => why(() => pieces.add(3, seq, pieceOf(one))));
		expect(results.at(-1)).toBe('malformed');
	});

	test('a lane that never finishes loses its own oldest, nobody else’s', () => {
		const pieces = new Pieces();
		pieces.add(1, 0, opened[0]!);
		const bytes = new Uint8Array(60_000);
		for (let seq = 1; seq < 1500; seq++) {
			pieces.add(2, seq, { group: `g${seq}`, index: 0, of: 2, bytes });
		}
		expect(pieces.waiting).toContain(0);
		expect(pieces.waiting).toContain(1499);
		expect(pieces.waiting).not.toContain(1);
		expect(pieces.waiting.length * 60_000).toBeLessThanOrEqual(2 * updateLimit + 60_000);
		for (const [seq, piece] of opened.slice(1).entries()) {
			const joined = pieces.add(1, 2000 + seq, piece);
			if (!joined) continue;
			expect(joined.update).toEqual(update);
			pieces.settled(joined.group, true);
		}
		expect(pieces.waiting).not.toContain(0);
	});
});

describe('a snapshot (C-1)', () => {
	const { doc } = document();
	doc.getMap('later').set('noise', randomBytes(120_000));
	const state = d.stateOf(doc);
	const place = { keyring, w, covers: 500 };

	test('of one part or of several gives back the document', () => {
		const small = d.stateOf(document().doc);
		for (const one of [small, state]) {
			const { epoch, parts } = sealSnapshot(one, place);
			expect(parts.length).toBe(one === small ? 1 : 3);
			for (const part of parts) expect(part.length).toBeLessThanOrEqual(limits.sealedPart);
			expect(openSnapshot(parts, { ...place, epoch })).toEqual(one);
		}
	});

	test('with parts missing, swapped, of another snapshot, or for another cursor is unreadable', () => {
		const { epoch, parts } = sealSnapshot(state, place);
		const again = sealSnapshot(state, place).parts;
		const [a, b, c] = parts;
		const at = { ...place, epoch };
		expect(why(() => openSnapshot([a!, b!], at))).toBe('sealed');
		expect(why(() => openSnapshot([b!, a!, c!], at))).toBe('sealed');
		expect(why(() => openSnapshot([a!, b!, again[2]!], at))).toBe('malformed');
		expect(why(() => openSnapshot(parts, { ...at, covers: 501 }))).toBe('sealed');
		expect(why(() => openSnapshot(parts, { ...at, epoch: 1 }))).toBe('sealed');
		expect(why(() => openSnapshot(parts, { ...at, epoch: 3 }))).toBe('key');
		expect(why(() => openSnapshot([], at))).toBe('malformed');
	});
});

test('a note of who is here opens for its lane alone (L-3)', () => {
	const note = new TextEncoder().encode('{"where":"assess"}');
	const sealed = sealHere(note, { ...me, counter: 7 });
	expect(openHere(sealed, me)).toEqual(note);
	expect(why(() => openHere(sealed, { ...me, lane: 4 }))).toBe('sealed');
	expect(sealed.length).toBeLessThan(limits.here);
});
