import * as Y from 'yjs';
import { describe, expect, test } from 'vitest';
import {
	applyUpdates,
	assemble,
	checkUpdate,
	missingFrom,
	stateOf,
	structLimit
} from './updates.ts';

/** Three updates of one client, each a key. */
function updates(): Uint8Array[] {
	const doc = new Y.Doc();
	const list: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => list.push(update));
	for (const key of ['a', 'b', 'c']) doc.getMap('m').set(key, key.repeat(20));
	return list;
}
const keys = (doc: Y.Doc) => [...doc.getMap('m').keys()].sort().join('');

const hostile: [string, Uint8Array][] = [
	['nothing at all', new Uint8Array()],
	['one byte', new Uint8Array([0])],
	['a number without an end', new Uint8Array(64).fill(0xff)],
	['a billion structs in no bytes', new Uint8Array([1, 0x80, 0x94, 0xeb, 0xdc, 0x03, 1, 0])],
	['a billion clients in no bytes', new Uint8Array([0x80, 0x94, 0xeb, 0xdc, 0x03])],
	['a struct of length 0', new Uint8Array([1, 1, 1, 0, 0, 0, 0])],
	[
		'a struct beyond all clocks',
		new Uint8Array([1, 1, 1, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0])
	],
	['an unknown type of content', new Uint8Array([1, 1, 1, 0, 31, 1, 1, 97, 1, 0])],
	['nesting 100,000 deep', nested(100_000)],
	['text', new TextEncoder().encode('{"json": true}')],
	['more than the limit', new Uint8Array(32_000_001)]
];

function nested(depth: number): Uint8Array {
	// client 1, one item of type "any" under root "m", key "k": an array in an array in …
	const head = [1, 1, 1, 0, 8 | 32, 1, 1, 109, 1, 107, 1];
	const body = new Uint8Array(head.length + depth * 2);
	body.set(head);
	for (let i = 0; i < depth; i++) body.set([117, 1], head.length + i * 2);
	return body;
}

describe('hostile and malformed updates (F-42)', () => {
	test.each(hostile)('%s is refused at once', (_, update) => {
		const began = performance.now();
		expect(() => checkUpdate(update)).toThrow();
		expect(performance.now() - began).toBeLessThan(2000);
	});

	test.each(hostile)('%s between good updates costs itself alone', (_, update) => {
		const [a, b, c] = updates();
		const { doc, bad } = assemble([a!, update, b!, c!]);
		expect(bad).toEqual([1]);
		expect(keys(doc)).toBe('abc');
	});

	test('every truncation and every flipped bit of an update is taken or refused, never fatal', () => {
		const [a, b, c] = updates();
		for (let i = 0; i < b!.length; i++) {
			for (const broken of [b!.slice(0, i), flipped(b!, i)]) {
				const { doc } = assemble([a!, broken, c!]);
				expect(doc.getMap('m').get('a')).toBeDefined();
				expect(() => stateOf(doc)).not.toThrow();
			}
		}
	});
});

describe('a million tiny operations (F-42)', () => {
	/** `count` clients that each set a key, or one that deletes every other letter. */
	function many(count: number): Uint8Array {
		const bytes = [...varint(count)];
		for (let client = count; client > 0; client--) {
			bytes.push(1, ...varint(client), 0, 4, 1, 1, 97, 1, 98);
		}
		return Uint8Array.from([...bytes, 0]);
	}
	function manyDeletions(count: number): Uint8Array {
		const bytes = [0, 1, 1, ...varint(count)];
		for (let at = 0; at < count; at++) bytes.push(...varint(at * 2), 1);
		return Uint8Array.from(bytes);
	}
	function varint(value: number): number[] {
		return value > 127 ? [(value % 128) | 128, ...varint(Math.floor(value / 128))] : [value];
	}

	test.each([
		['structs', many],
		['deletions', manyDeletions]
	])('%s: as many as the limit are looked at, a million are refused before they are', (_, make) => {
		expect(() => checkUpdate(make(1000), 1000)).not.toThrow();
		expect(() => checkUpdate(make(1001), 1000)).toThrow('more than 1000 structs');
		const million = make(1_000_000);
		const began = performance.now();
		expect(() => checkUpdate(million, structLimit)).toThrow(`more than ${structLimit} structs`);
		// About 0.3 s; the rest is for a busy machine.
		expect(performance.now() - began).toBeLessThan(2500);
	});

	test('the limit is far beyond what people write', () => {
		const doc = new Y.Doc();
		for (let i = 0; i < 20_000; i++) doc.getMap('contributions').set(`g/q${i % 200}/c/answer`, i);
		expect(() => checkUpdate(stateOf(doc), structLimit)).not.toThrow();
	});
});

function flipped(bytes: Uint8Array, at: number): Uint8Array {
	const copy = bytes.slice();
	copy[at]! ^= 1 << (at % 8);
	return copy;
}

test('updates in any order, twice, make the same document', () => {
	const [a, b, c] = updates();
	const one = assemble([a!, b!, c!]).doc;
	const two = assemble([c!, a!, c!, b!, a!]);
	expect(two.bad).toEqual([]);
	expect(two.doc.getMap('m').toJSON()).toEqual(one.getMap('m').toJSON());
});

test('many updates arrive as one transaction', () => {
	const doc = new Y.Doc();
	let count = 0;
	doc.on('afterTransaction', () => count++);
	applyUpdates(doc, updates(), 'elsewhere');
	expect(count).toBe(1);
	expect(keys(doc)).toBe('abc');
});

test('what is missing from a document is one update, or null', () => {
	const [a, b, c] = updates();
	const older = assemble([a!]).doc;
	const newer = assemble([a!, b!, c!]).doc;
	applyUpdates(older, [missingFrom(older, newer)!]);
	expect(keys(older)).toBe('abc');
	expect(missingFrom(older, newer)).toBeNull();
	newer.getMap('m').delete('a');
	expect(missingFrom(older, newer)).not.toBeNull();
});
