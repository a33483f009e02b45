import { describe, expect, it } from 'vitest';
import type { Level } from '#lib/model/guide.ts';
import { tally, widestFirst } from './ballot.ts';

const votes = (...said: (Level | null)[]) => said.map((level) => ({ level }));

describe('the spread of a round', () => {
	it.each([
		[votes(2, 2, 2, 2, 2, 2, 2, 0, 4, 4), 'agree'],
		[votes(2, 2, 2, 2, 2, 2, 1, 1, 1, 4), 'lean'],
		[votes(2, 2, 2, 2, 2, 2, 1, 3, 3, 4), 'lean'],
		[votes(0, 0, 0, 2, 2, 4, 4, 4, 1, 3), 'split'],
		[votes(3), 'agree'],
		[votes(null, null), null]
	])('%j is %s', (said, spread) => expect(tally(said).spread).toBe(spread));

	it('"don\'t know" is counted, and is no level', () => {
		expect(tally(votes(0, null, 0))).toMatchObject({
			counts: [2, 0, 0, 0, 0],
			unknown: 1,
			levels: 2,
			spread: 'agree',
			median: 0
		});
	});

	it('the median of an even number is the lower one: no level is claimed by a tie', () => {
		expect(tally(votes(1, 3)).median).toBe(1);
		expect(tally(votes(1, 3, 3)).median).toBe(3);
	});
});

it('the questions with the widest spread come first, those without votes last in their order', () => {
	const said = new Map([
		['agreed', votes(2, 2, 2)],
		['split', votes(0, 2, 4)],
		['wider', votes(0, 0, 2, 4, 4)],
		['lean', votes(1, 2)]
	]);
	expect(widestFirst(['agreed', 'none', 'split', 'lean', 'nil', 'wider'], said)).toEqual([
		'wider',
		'split',
		'lean',
		'agreed',
		'none',
		'nil'
	]);
});
