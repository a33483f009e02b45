import { expect, test } from 'vitest';
import {
	rank,
	textWorth,
	titleWorth,
	withoutEchoes,
	withSubjects,
	type Found,
	type Hit,
	type Ranked
} from './search-rank.ts';

const hit = (text: number, title = 0, word = 'w'): Hit => ({
	text,
	title,
	words: [word],
	sure: 1
});
const found = (...all: Map<number, Hit>[]): Found[] =>
	all.map((hits) => ({ hits, having: hits.size }));
const section = () => 'section' as const;
const order = (words: Map<number, Hit>[], documents = 100) =>
	rank(found(...words), documents, section).map((r) => r.doc);

test('a document with all words comes before one that has one of them in its title', () => {
	const first = new Map([
		[1, hit(0.5)],
		[2, hit(2, 4.5)]
	]);
	const second = new Map([[1, hit(0.5)]]);
	expect(order([first, second])).toEqual([1, 2]);
});

test('a word that everything has is not missed where it is missing', () => {
	const everywhere = new Map(Array.from({ length: 95 }, (_, doc) => [doc, hit(1)]));
	const rare = new Map([
		[1, hit(1)],
		[97, hit(2, 4)]
	]);
	const [best] = rank(found(everywhere, rare), 100, section);
	expect(best).toMatchObject({ doc: 97, hasAll: true });
});

test('a rare word is worth more than a frequent one, a title more than a text', () => {
	const frequent = new Map(Array.from({ length: 50 }, (_, doc) => [doc, hit(1)]));
	expect(order([frequent, new Map([[77, hit(1)]])])[0]).toBe(77);
	expect(titleWorth(4)).toBeGreaterThan(textWorth(2.5, 700, 700));
	expect(titleWorth(1)).toBeGreaterThan(titleWorth(6));
	expect(textWorth(10, 300, 700)).toBeGreaterThan(textWorth(1, 300, 700));
	expect(textWorth(1, 300, 700)).toBeGreaterThan(textWorth(1, 1500, 700));
});

test('an unknown word takes no highlight away from the known one', () => {
	const [best] = rank(found(new Map([[1, hit(1, 0, 'budget')]]), new Map()), 100, section);
	expect(best?.words).toEqual(['budget']);
});

test('a document without a kind is not shown; no words find nothing', () => {
	expect(rank(found(new Map([[1, hit(1)]])), 10, () => undefined)).toEqual([]);
	expect(rank([], 10, section)).toEqual([]);
});

const ranked = (doc: number, score: number, hasAll = true): Ranked => ({
	doc,
	score,
	words: [],
	hasAll
});
const docsOf = (list: Ranked[]) => list.map(({ doc }) => doc);

/** Page 1 is a section; from 10 on they are questions about it, from 20 on measures. */
const subjectOf = (doc: number) => (doc >= 10 || doc === 1 ? 1 : undefined);
const kindOf = (doc: number) => (doc >= 20 ? 'measure' : doc >= 10 ? 'question' : 'section');
const lifted = (...list: Ranked[]) => withSubjects(list, subjectOf, kindOf);

test('a section is lifted by what is about it, where it was found itself', () => {
	expect(docsOf(lifted(ranked(10, 9), ranked(2, 8), ranked(1, 6)))).toEqual([1, 10, 2]);
	// By the best question and the best measure, not by each.
	const [, , one] = lifted(ranked(10, 9), ranked(11, 9), ranked(1, 2));
	const [, , both] = lifted(ranked(10, 9), ranked(20, 9), ranked(1, 2));
	expect(one?.score).toBeCloseTo(2 + 0.4 * 9);
	expect(both?.score).toBeCloseTo(2 + 0.4 * 9 + 0.25 * 9);
	// Nobody found it: the question does not bring it in.
	expect(docsOf(lifted(ranked(10, 9), ranked(2, 8)))).toEqual([10, 2]);
	// What the section lacks of the query, the question about it has.
	expect(lifted(ranked(10, 5), ranked(1, 5, false))[0]).toMatchObject({ doc: 1, hasAll: true });
});

test('what several guides share stands at its place once', () => {
	const nameOf = (doc: number) => (doc < 3 ? 'the same' : '');
	const list = [ranked(1, 9), ranked(2, 8.9), ranked(3, 7), ranked(4, 6)];
	const none = () => undefined;
	expect(docsOf(withoutEchoes(list, nameOf, none))).toEqual([1, 3, 4, 2]);
	// Without a name nothing is the same.
	expect(docsOf(withoutEchoes(list, () => '', none))).toEqual([1, 2, 3, 4]);
});

test('one subject does not take the first places with all its pages', () => {
	const list = [ranked(1, 9), ranked(10, 8), ranked(20, 7.9), ranked(2, 7)];
	expect(docsOf(withoutEchoes(list, () => '', subjectOf))).toEqual([1, 2, 10, 20]);
});
