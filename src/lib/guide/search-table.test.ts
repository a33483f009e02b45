import { expect, test } from 'vitest';
import { matchWords, titleTable } from './search-table.ts';

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
