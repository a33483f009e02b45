import Fuse from 'fuse.js/basic';
import { describe, expect, test } from 'vitest';
import { distance } from './distance.ts';
import { Spelling, TitleSpelling } from './spelling.ts';

test.each([
	['strategy', 'strategy', 0],
	['stategy', 'strategy', 1],
	['startegy', 'strategy', 1],
	['ransomwear', 'ransomware', 2],
	['', 'abc', 3],
	['abc', '', 3]
])('%s is to %s as far as %i edits', (a, b, edits) => {
	expect(distance(a, b)).toBe(edits);
	expect(distance(b, a)).toBe(edits);
});

test('a word that is still being typed is near to the beginning of a longer one', () => {
	expect(distance('cybersecr', 'cybersecurity', true)).toBe(1);
	expect(distance('cybersecr', 'cybersecurity')).toBe(4);
});

test('nothing is near until Fuse is hired, which comes after the first results', () => {
	const spelling = new Spelling();
	spelling.add('strategy', 'strategy');
	const titles = new TitleSpelling();
	titles.add(1, 'data breach');
	expect(spelling.closest('stategy', false).words).toEqual([]);
	expect(titles.closest('databreach', 5).docs).toEqual([]);
	spelling.hire(Fuse);
	titles.hire(Fuse);
	expect(spelling.closest('stategy', false).words).toMatchObject([{ word: 'strategy' }]);
	expect(titles.closest('databreach', 5).docs).toEqual([1]);
});

describe('suggestions', () => {
	const spelling = new Spelling(Fuse);
	for (const word of [
		'strategy',
		'strategic',
		'state',
		'ransomware',
		'cybersecurity',
		'law',
		'form',
		'rfc2350'
	]) {
		spelling.add(word, word);
	}
	spelling.add('strategie', 'stratégie');
	spelling.add('from', 'from');
	spelling.add('from', 'from');
	const nearest = (word: string, open = false) =>
		spelling.closest(word, open).words.map((found) => found.spelling);

	test.each([
		['stategy', 'strategy'],
		['startegy', 'strategy'],
		['ransomwear', 'ransomware'],
		['cybersecurty', 'cybersecurity'],
		['xtrategie', 'stratégie']
	])('%s was meant to be %s', (typed, meant) => {
		expect(nearest(typed)[0]).toBe(meant);
	});

	test('nothing is near to nonsense, to three letters or to a number', () => {
		expect(nearest('zzzz')).toEqual([]);
		expect(nearest('xqzwvk')).toEqual([]);
		expect(nearest('lae')).toEqual([]);
		expect(nearest('rfc2351')).toEqual([]);
	});

	test('of two near words the more frequent one comes first', () => {
		expect(nearest('frorm')[0]).toBe('from');
	});

	test('a known word is near to others, not to itself', () => {
		expect(nearest('form')).toEqual(['from']);
	});

	test('a half-typed mistake already finds its word', () => {
		expect(nearest('cybersecr', true)).toEqual(['cybersecurity']);
		expect(nearest('cybersecr', false)).toEqual([]);
	});

	test('a word that is added later is suggested from then on', () => {
		expect(nearest('kioks')).toEqual([]);
		spelling.add('kiosk', 'kiosk');
		expect(nearest('kioks')).toEqual(['kiosk']);
	});
});

describe('words that were written together', () => {
	const spelling = new Spelling(Fuse);
	for (const word of ['lock', 'in', 'data', 'data', 'breach', 'ran', 'some']) {
		spelling.add(word, word);
	}
	const apart = (word: string, couldBeMistake = false, title = '') =>
		spelling.apart(word, couldBeMistake, (phrase) => phrase === title).map(({ word }) => word);

	test('are parted where both are known', () => {
		expect(apart('databreach')).toEqual(['data', 'breach']);
		expect(apart('datastore')).toEqual([]);
		// Short ones fall into two by chance.
		expect(apart('inran')).toEqual([]);
	});

	test('a possible mistake is parted only into what stands together in a title', () => {
		expect(apart('ransome', true)).toEqual([]);
		expect(apart('lockin', true)).toEqual([]);
		expect(apart('lockin', true, 'lock in')).toEqual(['lock', 'in']);
	});
});

test('a query that nearly spells a title finds it', () => {
	const titles = new TitleSpelling(Fuse);
	titles.add(7, 'cyber diplomacy');
	titles.add(8, 'budget that lasts');
	expect(titles.closest('cyberdiplomacy', 5).docs).toEqual([7]);
	expect(titles.closest('xyzzyxyzzy', 5).docs).toEqual([]);
	expect(titles.closest('cybe', 5).docs).toEqual([]);
	expect(titles.has('that lasts')).toBe(true);
	expect(titles.has('that last')).toBe(false);
});
