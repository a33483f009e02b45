import Fuse from 'fuse.js/basic';
import { expect, test } from 'vitest';
import { smallSearch } from '../../../tests/fixtures/small-search.ts';
import { Problem } from '#lib/model/problem.ts';
import { parseThesaurus } from './search-thesaurus.ts';
import { createSearch } from './search.ts';

test('a thesaurus passes, and a damaged one is refused', () => {
	const file = { $note: ['for people'], 'lead authority': 'boss; in charge; ', budget: 'money' };
	expect([...parseThesaurus(file)]).toEqual([
		['lead authority', ['boss', 'in charge']],
		['budget', ['money']]
	]);
	for (const damaged of [null, 'x', [], { budget: ['money'] }, { budget: 7 }]) {
		expect(() => parseThesaurus(damaged)).toThrow(Problem);
	}
});

const { titles, pieces } = smallSearch();
const search = createSearch(Fuse);
search.addTitles(titles);
for (const piece of pieces) search.addPiece(piece);
search.addThesaurus({ 'lasting budget': 'money; put aside', risk: 'lasting' });
const found = (query: string) => search.search(query).results.map(({ id }) => id);

test('what people say leads to the page, under its own name', () => {
	expect(found('money')).toEqual(['budget']);
	expect(found('how is money put aside')).toEqual(['budget']);
	expect(search.search('money').results[0]?.title).toBe('A lasting budget');
	expect(search.search('money').corrected).toBe('');
	// Also with a mistake in it; half of a phrase says nothing.
	expect(found('monney ')).toEqual(['budget']);
	expect(found('put')).toEqual([]);
});

test('a word that stands on a page counts more than what is said instead of another', () => {
	expect(found('lasting')).toEqual(['budget', 'risk']);
});
