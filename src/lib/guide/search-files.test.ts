import { expect, test } from 'vitest';
import { Problem } from '#lib/model/problem.ts';
import { parsePiece, parseTitles, readPostings, writePostings } from './search-files.ts';

test('postings come back with their documents, and how often about', () => {
	const counts = new Map([
		[103, 1],
		[0, 1],
		[7, 9],
		[1, 3],
		[2, 5]
	]);
	const postings = readPostings(writePostings(counts));
	expect(postings.map((p) => p.doc)).toEqual([0, 1, 2, 7, 103]);
	expect(postings.map((p) => p.tf)).toEqual([1, 2.5, 5, 10, 1]);
});

test('no posting is a space, which parts the words, nor half a character', () => {
	for (let doc = 0; doc < 1000; doc++) {
		const text = writePostings(new Map([[doc, 100]]));
		expect(text).toMatch(/^[^ "]$/u);
		expect(readPostings(text)).toEqual([{ doc, tf: 10 }]);
	}
	expect(() => writePostings(new Map([[1000, 1]]))).toThrow(RangeError);
});

const piece = {
	guide: 'g',
	docs: [['section', 's', 3]],
	words: 'one two',
	postings: '# #'
};

test('a piece passes, and a damaged one is refused with its place', () => {
	expect(parsePiece(piece)).toEqual(piece);
	for (const damaged of [
		null,
		'x',
		{ ...piece, guide: '../x' },
		{ ...piece, docs: [['chapter', 's', 3]] },
		{ ...piece, docs: [['section', 's', Number.NaN]] },
		{ ...piece, docs: {} },
		{ ...piece, words: 'one two three' },
		{ ...piece, postings: 7 }
	]) {
		expect(() => parsePiece(damaged)).toThrow(Problem);
	}
});

test('titles pass, and damaged ones are refused', () => {
	const group = {
		lang: 'en',
		sections: { p: [['s', 'S']] },
		questions: {},
		measures: {},
		terms: []
	};
	const file = { guide: 'g', groups: [group] };
	expect(parseTitles(file)).toEqual(file);
	for (const damaged of [
		undefined,
		{ guide: 'g' },
		{ guide: 'g', groups: [{ ...group, sections: { p: [['s']] } }] },
		{ guide: 'g', groups: [{ ...group, terms: [['<b>', 'B']] }] },
		{ guide: 'g', groups: [{ ...group, terms: [['t', 7]] }] }
	]) {
		expect(() => parseTitles(damaged)).toThrow(Problem);
	}
});
