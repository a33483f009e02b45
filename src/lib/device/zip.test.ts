import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { crc32, openZip } from './zip.ts';

const problem = (code: string) => expect.objectContaining({ name: 'Problem', code });
const text = strToU8('The lead authority is named by decree. '.repeat(40));
const fixed = { mtime: new Date(2000, 0, 1) };
/** Where a zip's end record, its directory and its first header are. */
const places = (zip: Uint8Array) => {
	const end = zip.length - 22;
	return { end, directory: new DataView(zip.buffer, zip.byteOffset).getUint32(end + 16, true) };
};
function changed(zip: Uint8Array, write: (view: DataView, bytes: Uint8Array) => void): Uint8Array {
	const copy = zip.slice();
	write(new DataView(copy.buffer), copy);
	return copy;
}
const refusal = (zip: Uint8Array, names = ['a.txt']) => {
	try {
		openZip(zip)(names);
	} catch (thrown) {
		return thrown;
	}
	return null;
};

test('gives the entries that were asked for', () => {
	const zip = zipSync(
		{ 'a.txt': text, 'b/c.txt': [text, { level: 0 }], empty: new Uint8Array() },
		fixed
	);
	const found = openZip(zip)(['a.txt', 'b/c.txt', 'empty', 'nothing']);
	expect([...found.keys()]).toEqual(['a.txt', 'b/c.txt', 'empty']);
	expect(found.get('a.txt')).toEqual(text);
	expect(found.get('b/c.txt')).toEqual(text);
});

test('crc32 is the one of the ZIP format', () => {
	expect(crc32(strToU8('123456789'))).toBe(0xcbf43926);
});

describe('what is no ZIP is refused by its name (F-35)', () => {
	const zip = zipSync({ 'a.txt': text }, fixed);
	test.each<[string, Uint8Array, string]>([
		['an empty file', new Uint8Array(), 'file-empty'],
		['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'file-not-project'],
		['a few bytes', new Uint8Array([1]), 'file-not-project'],
		['text', strToU8('{"format":1}'), 'file-not-project'],
		['a file cut at the end', zip.slice(0, -1), 'file-damaged'],
		['a file cut in the middle', zip.slice(0, zip.length >> 1), 'file-damaged'],
		['a file with something behind it', new Uint8Array([...zip, 0]), 'file-damaged']
	])('%s', (_, bytes, code) => {
		expect(refusal(bytes)).toEqual(problem(code));
	});
});

describe('bombs are refused before anything is unpacked (F-36)', () => {
	const zip = zipSync({ 'a.txt': text }, fixed);

	test('more than 20 MB packed', () => {
		expect(refusal(new Uint8Array(20_000_001))).toEqual(problem('file-too-large'));
	});

	test('more than 2,000 entries', () => {
		const entries = Object.fromEntries(
			Array.from({ length: 2001 }, (_, i) => [`${i}`, new Uint8Array()])
		);
		expect(refusal(zipSync(entries, fixed))).toEqual(problem('file-too-large'));
		delete entries['0'];
		expect(refusal(zipSync(entries, fixed))).toBeNull();
	});

	test('a ratio over 100, in an entry that nobody asked for', () => {
		const bomb = zipSync({ 'a.txt': text, 'zeros.bin': new Uint8Array(5_000_000) }, fixed);
		expect(refusal(bomb)).toEqual(problem('file-too-large'));
	});

	test('more than 100 MB unpacked, said by the directory', () => {
		const noise = Uint8Array.from({ length: 20_000 }, (_, i) => (i * i * 31 + (i >> 3)) & 255);
		const entries = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`${i}`, noise]));
		const large = changed(zipSync(entries, { ...fixed, level: 0 }), (view, bytes) => {
			let at = places(bytes).directory;
			for (let i = 0; i < 60; i++) {
				view.setUint16(at + 10, 8, true);
				view.setUint32(at + 24, 1_900_000, true);
				at += 46 + view.getUint16(at + 28, true);
			}
		});
		expect(refusal(large)).toEqual(problem('file-too-large'));
	});

	test('an entry that is larger than it says stops there', () => {
		const lying = changed(zipSync({ 'a.txt': new Uint8Array(9_000_000) }, fixed), (view, bytes) => {
			view.setUint32(places(bytes).directory + 24, 1000, true);
		});
		const began = performance.now();
		expect(refusal(lying)).toEqual(problem('file-damaged'));
		expect(performance.now() - began).toBeLessThan(2000);
	});

	test('entries that share their bytes', () => {
		const two = zipSync({ 'a.txt': [text, { level: 0 }], 'b.txt': [text, { level: 0 }] }, fixed);
		const shared = changed(two, (view, bytes) => {
			const { directory } = places(bytes);
			const second = directory + 46 + 5;
			// The second entry claims the first one's header and name.
			view.setUint32(second + 42, 0, true);
			bytes[second + 46] = 'a'.charCodeAt(0);
		});
		expect(refusal(shared)).toEqual(problem('file-damaged'));
	});

	test.each([
		'/etc/passwd',
		'../up',
		'a/../../b',
		'C:\\x',
		'a\\..\\b',
		'nul\u0000',
		'~/.profile',
		'x'.repeat(301)
	])('the name %j', (name) => {
		expect(refusal(zipSync({ [name]: text, 'a.txt': text }, fixed))).toEqual(
			problem('file-damaged')
		);
	});

	test('a symbolic link, an encrypted entry, an unknown method', () => {
		const at = places(zip).directory;
		const link = changed(zip, (view) => view.setUint16(at + 40, 0xa1ff, true));
		const encrypted = changed(zip, (view) => view.setUint16(at + 8, 1, true));
		const method = changed(zip, (view) => view.setUint16(at + 10, 99, true));
		for (const bytes of [link, encrypted, method])
			expect(refusal(bytes)).toEqual(problem('file-damaged'));
	});

	test('offsets and lengths that lead out of the file', () => {
		const { directory, end } = places(zip);
		for (const at of [
			directory + 20,
			directory + 28,
			directory + 30,
			directory + 42,
			end + 8,
			end + 10,
			end + 12,
			end + 16
		]) {
			const broken = changed(zip, (view) => view.setUint16(at, 0xfff0, true));
			expect(refusal(broken), `at ${at}`).not.toBeNull();
			const far = changed(zip, (view) => view.setUint32(at, 0xffffffff, true));
			expect(refusal(far), `at ${at}`).not.toBeNull();
		}
	});
});
