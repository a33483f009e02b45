import { describe, expect, test } from 'vitest';
import { Reader, WireError, Writer } from './wire.ts';

const numbers = [0, 1, 127, 128, 300, 16_383, 16_384, 2 ** 31, 2 ** 32, 2 ** 52, 2 ** 53 - 1];

describe('numbers (unsigned LEB128)', () => {
	test.each(numbers)('%d is read as it was written', (number) => {
		const bytes = new Writer().number(number).done();
		expect(new Reader(bytes).number()).toBe(number);
		expect(bytes.length).toBeLessThanOrEqual(8);
	});

	test('known answers', () => {
		expect(new Writer().number(300).done()).toEqual(Uint8Array.of(0xac, 0x02));
		expect(new Writer().number(624_485).done()).toEqual(Uint8Array.of(0xe5, 0x8e, 0x26));
	});

	test.each([-1, 0.5, NaN, Infinity, 2 ** 53])('%d is no number', (number) =>
		expect(() => new Writer().number(number)).toThrow(WireError)
	);

	const bad: [string, number[]][] = [
		['nothing', []],
		['cut short', [0x80]],
		['without an end', new Array(20).fill(0x80)],
		['all ones', new Array(20).fill(0xff)],
		['2^53', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10]],
		// Two ways to write 1 would let one thing pass for two.
		['1 with a zero before it', [0x81, 0x00]],
		['0 in two bytes', [0x80, 0x00]]
	];
	test.each(bad)('%s is refused', (_, bytes) =>
		expect(() => new Reader(Uint8Array.from(bytes)).number()).toThrow(WireError)
	);

	test('one beyond its limit is refused, one at it is not', () => {
		const bytes = new Writer().number(1000).done();
		expect(new Reader(bytes).number(1000)).toBe(1000);
		expect(() => new Reader(bytes).number(999)).toThrow(WireError);
	});
});

describe('byte strings and texts', () => {
	test('are read as they were written', () => {
		const bytes = new Writer().byte(7).bytes(new Uint8Array(1000).fill(3)).text('سلام').done();
		const reader = new Reader(bytes);
		expect(reader.byte()).toBe(7);
		expect(reader.bytes(1000)).toEqual(new Uint8Array(1000).fill(3));
		expect(reader.text(100)).toBe('سلام');
		expect(reader.left).toBe(0);
		expect(() => reader.end()).not.toThrow();
	});

	test('a length beyond what is there, or beyond the limit, costs nothing and is refused', () => {
		const claims = new Writer().number(2 ** 50).done();
		expect(() => new Reader(claims).bytes(2 ** 53 - 1)).toThrow(WireError);
		expect(() => new Reader(new Writer().bytes(new Uint8Array(9)).done()).bytes(8)).toThrow(
			WireError
		);
	});

	test('a text that is not UTF-8 is refused, not mended', () => {
		for (const bytes of [[0xff], [0xc3], [0xed, 0xa0, 0x80]]) {
			const written = new Writer().bytes(Uint8Array.from(bytes)).done();
			expect(() => new Reader(written).text(100)).toThrow(WireError);
		}
	});

	test('what is left over is said', () => {
		expect(() => new Reader(Uint8Array.of(1)).end()).toThrow('1 bytes too many');
	});
});
