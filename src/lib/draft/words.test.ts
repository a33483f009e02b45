import { expect, it } from 'vitest';
import draft from '#content/languages/en/draft.json';
import { draftWords } from './words.ts';

it('every word of a prefilled chapter has an English text', () => {
	const known = Object.keys(draft).map((key) => `draft.${key}`);
	expect(draftWords.filter((key) => !known.includes(key))).toEqual([]);
});
