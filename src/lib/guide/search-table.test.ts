import { expect, test } from 'vitest';
import { closenessOf, matchWords, titleTable } from './search-table.ts';

test('a word means itself, what it begins while it is typed, and its forms', () => {
	expect(closenessOf('budget', 'budget', false)).toBe(1);
	expect(closenessOf('budg', 'budgetary', true)).toBeGreaterThan(0.5);
	expect(closenessOf('bud', 'budgetary', false)).toBe(0);
	for (const [one, other] of [
		['strategies', 'strategy'],
		['laws', 'law'],
		['law', 'laws'],
		['استراتيجيات', 'استراتيجيه'],
		['مزارعون', 'مزارعين']
	] as const) {
		expect(closenessOf(one, other, false), one).toBeGreaterThanOrEqual(0.5);
	}
	for (const [one, other] of [
		['contract', 'contrast'],
		['risk', 'rise'],
		['state', 'strategy']
	] as const) {
		expect(closenessOf(one, other, false), one).toBe(0);
	}
});

test('a table finds the documents of a word, and how each word was written', () => {
	const table = titleTable([
		{ doc: 4, name: 'Une Stratégie nationale' },
		{ doc: 9, name: 'Stratégies' }
	]);
	const found = matchWords(table, 'strategie', false);
	expect(found.map(({ word }) => word)).toEqual(['strategie', 'strategies']);
	expect(found.map(({ place }) => table.spellings[place])).toEqual(['stratégie', 'stratégies']);
	expect(found.flatMap(({ place }) => table.postings(place)).map((p) => table.docs[p.doc])).toEqual(
		[4, 9]
	);
	expect(table.lengths).toEqual([3, 1]);
});
