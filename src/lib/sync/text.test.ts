import * as Y from 'yjs';
import { describe, expect, test } from 'vitest';
import { difference, readText, seedText, tidyLine, tidyText, writeText } from './text.ts';

const apply = (before: string, after: string) => {
	const { at, remove, insert } = difference(before, after);
	return before.slice(0, at) + insert + before.slice(at + remove);
};
const merge = (a: Y.Doc, b: Y.Doc) => {
	Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
	Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
};

describe('difference', () => {
	test.each([
		['', ''],
		['', 'abc'],
		['abc', ''],
		['abc', 'abc'],
		['abc', 'abXc'],
		['aaa', 'aaaa'],
		['aaaa', 'aa'],
		['the lead', 'the leading ministry'],
		['😀', '😁'],
		['x😀y', 'x😁y'],
		['😀😀', '😀'],
		['\u{1F600}', '\u{1FA00}']
	])('turns %j into %j', (before, after) => {
		expect(apply(before, after)).toBe(after);
	});

	test('keeps the common start and end', () => {
		expect(difference('one two three', 'one 2 three')).toEqual({ at: 4, remove: 3, insert: '2' });
	});

	test('never cuts a character of two halves in two', () => {
		// Both share the first half, D83D; the other pair shares the second half.
		expect(difference('a😀b', 'a😁b')).toEqual({ at: 1, remove: 2, insert: '😁' });
		expect(difference('\u{1F600}b', '\u{1FA00}b')).toEqual({
			at: 0,
			remove: 2,
			insert: '\u{1FA00}'
		});
	});
});

describe('tidyText', () => {
	test('stores one form of a letter, and drops what no file can carry (F-39)', () => {
		expect(tidyText('Cafe\u0301')).toBe('Caf\u00e9');
		expect(tidyText('a\ud83d b\udc00')).toBe('a\ufffd b\ufffd');
		expect(tidyText('x\u{1F600}')).toBe('x\u{1F600}');
		expect(tidyText('a\u0000b\u0007c\td\r\ne\rf')).toBe('abc\td\ne\nf');
		expect(tidyLine('a\tb\nc')).toBe('a b c');
	});
});

describe('writeText', () => {
	test('two devices that edit one text apart keep both edits', () => {
		const a = new Y.Doc();
		const b = new Y.Doc();
		writeText(a, 'note', 'The ministry leads.');
		merge(a, b);
		writeText(a, 'note', 'The digital ministry leads.');
		writeText(b, 'note', 'The ministry leads since 2024.');
		merge(a, b);
		expect(readText(a, 'note')).toBe('The digital ministry leads since 2024.');
		expect(readText(b, 'note')).toBe(readText(a, 'note'));
	});

	test('emoji survive an edit of their second half', () => {
		const doc = new Y.Doc();
		writeText(doc, 'note', 'Ready 😀!');
		writeText(doc, 'note', 'Ready 😁!');
		expect(readText(doc, 'note')).toBe('Ready 😁!');
	});

	test('the same text again leaves the document as it is', () => {
		const doc = new Y.Doc();
		writeText(doc, 'note', 'Same');
		const before = Y.encodeStateAsUpdate(doc);
		expect(writeText(doc, 'note', 'Same')).toBe(false);
		expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
	});

	test('reading a text that is not there creates nothing', () => {
		const doc = new Y.Doc();
		expect(readText(doc, 'note/none')).toBe('');
		expect(doc.share.has('note/none')).toBe(false);
	});
});

describe('seedText', () => {
	test('the same prefilled text made on two devices is one text after merging', () => {
		const a = new Y.Doc();
		const b = new Y.Doc();
		seedText(a, 'body/x', 'Numenia will …', 'a');
		seedText(b, 'body/x', 'Numenia will …', 'b');
		writeText(a, 'body/x', 'Numenia will act.');
		merge(a, b);
		expect(readText(a, 'body/x')).toBe('Numenia will act.');
		expect(readText(b, 'body/x')).toBe('Numenia will act.');
	});

	test("where the texts differ, nobody's words vanish", () => {
		const a = new Y.Doc();
		const b = new Y.Doc();
		seedText(a, 'body/x', 'Score 2.', 'a');
		seedText(b, 'body/x', 'Score 3.', 'b');
		merge(a, b);
		expect(readText(a, 'body/x')).toContain('Score 2.');
		expect(readText(a, 'body/x')).toContain('Score 3.');
		expect(readText(b, 'body/x')).toBe(readText(a, 'body/x'));
	});

	test('a seed that was planted and deleted can be written again', () => {
		const doc = new Y.Doc();
		seedText(doc, 'body/x', 'Text', 'a');
		writeText(doc, 'body/x', '');
		seedText(doc, 'body/x', 'Text', 'a');
		expect(readText(doc, 'body/x')).toBe('Text');
	});

	test('the device keeps its own client id, and undo takes the seed back', () => {
		const doc = new Y.Doc();
		const client = doc.clientID;
		const undo = new Y.UndoManager(doc, { trackedOrigins: new Set(['me']) });
		seedText(doc, 'body/x', 'Text', 'me');
		expect(doc.clientID).toBe(client);
		undo.undo();
		expect(readText(doc, 'body/x')).toBe('');
		undo.redo();
		expect(readText(doc, 'body/x')).toBe('Text');
	});
});

test('what is taken for tidy at a glance is tidy, alone and beside each other', () => {
	const glance = Array.from({ length: 0x2100 }, (_, code) => String.fromCharCode(code)).filter(
		(letter) => /\p{L}|\p{N}|\p{P}|\p{S}|[ \n\t]/u.test(letter) && !/\p{M}/u.test(letter)
	);
	for (const letter of glance) {
		// A mark in front is in no such set, so this goes the long way.
		const long = tidyText(`\u0301${letter}`).slice(1);
		expect(tidyText(letter)).toBe(long);
	}
	const plain = glance.filter((letter) => letter.normalize('NFC') === letter && letter < '\u0670');
	for (const letter of plain) {
		const pairs = plain.map((other) => letter + other).join('');
		expect(pairs.normalize('NFC') === pairs).toBe(true);
	}
});
