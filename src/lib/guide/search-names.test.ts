import { expect, test } from 'vitest';
import { Names } from './search-names.ts';
import { everydayWords } from './search-words.ts';
import { queryWords } from './normalise.ts';

const everyday = everydayWords('en');
const names = new Names();
names.add([['electronic', 'health', 'record'], ['emr']], everyday);
names.add(
	[
		['lock', 'in'],
		['vendor', 'lock', 'in']
	],
	everyday
);
const known = (word: string) => word === 'smartphone';
const instead = (...words: string[]) =>
	names.alternatives(words, known).map(({ from, count, by }) => [from, count, by.join(' ')]);

test('a name in a query is replaced by the other names of the same thing', () => {
	expect(instead('new', 'emr', 'law')).toEqual([[1, 1, 'electronic health record']]);
	expect(instead('electronic', 'health', 'records')).toEqual([[0, 3, 'emr']]);
	expect(instead('health', 'record')).toEqual([]);
});

test('a part of a name is no name: a lock is no vendor lock-in', () => {
	expect(instead('lock')).toEqual([]);
	expect(instead('vendor', 'lock')).toEqual([[0, 2, 'lock']]);
});

test('two words that pages write together are looked for together', () => {
	expect(instead('no', 'smart', 'phone')).toEqual([[1, 2, 'smartphone']]);
});

test('the words of a question are left out, unless nothing else was asked', () => {
	const asked = (query: string) => queryWords(query, everyday).map(({ word }) => word);
	expect(asked('How do I train health workers?')).toEqual(['train', 'health', 'workers']);
	expect(asked('who')).toEqual(['who']);
	expect(everydayWords('xx').size).toBe(0);
});
