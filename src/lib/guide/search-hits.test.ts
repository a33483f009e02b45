import { expect, test } from 'vitest';
import { ofPhrase, withOthers } from './search-hits.ts';
import type { Hit, Hits } from './search-rank.ts';

const hit = (text: number, title = 0, word = 'w', sure = 1): Hit => ({
	text,
	title,
	words: [word],
	sure
});
const hits = (...of: [number, Hit][]): Hits => new Map(of);

test('a name of several words is found where all of them are, and is worth what they are on average', () => {
	const found = ofPhrase([
		hits([1, hit(1, 4, 'lead')], [2, hit(9)]),
		hits([1, hit(3, 0, 'authority', 0.6)], [3, hit(9)])
	]);
	expect([...found]).toEqual([[1, { text: 2, title: 2, words: ['lead', 'authority'], sure: 0.6 }]]);
	expect(ofPhrase([]).size).toBe(0);
});

test('of a document the best counts, of another name only a part', () => {
	const typed = hits([1, hit(1, 0, 'boss')]);
	const { hits: found, having } = withOthers(typed, [
		{ hits: hits([1, hit(9, 0, 'head')], [2, hit(4, 2, 'lead')]), less: 0.5 }
	]);
	expect(found.get(1)).toEqual({ text: 4.5, title: 0, words: ['boss'], sure: 1 });
	expect(found.get(2)).toEqual({ text: 2, title: 1, words: ['lead'], sure: 0.5 });
	// As rare as what was typed.
	expect(having).toBe(1);
	expect(typed.size).toBe(1);
});

test('a word that nothing has is as rare as the rarest thing that it may mean', () => {
	const frequent = hits([1, hit(1)], [2, hit(1)], [3, hit(1)]);
	const rare = hits([4, hit(1)]);
	const others = [frequent, rare].map((of) => ({ hits: of, less: 0.5 }));
	expect(withOthers(new Map(), others)).toMatchObject({ having: 1, hits: { size: 4 } });
	expect(withOthers(new Map(), [])).toMatchObject({ having: 0 });
});
