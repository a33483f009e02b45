import { describe, expect, test } from 'vitest';
import { markLimits } from '#lib/model/mark.ts';
import { findQuote, quoteOf } from './quote.ts';

const text =
	'A law names the lead.\nThe lead has a budget. A law names the lead authority as well.';
const quoted = (words: string, from = 0) => {
	const start = text.indexOf(words, from);
	return quoteOf(text, start, start + words.length)!;
};
const found = (now: string, quote = quoted('has a budget')) => {
	const place = findQuote(now, quote);
	return place && now.slice(place.start, place.end);
};

describe('a highlight is found again', () => {
	test('in the text that it was made in', () => {
		expect(found(text)).toBe('has a budget');
	});

	test('when the text around it was corrected', () => {
		expect(found('Another beginning. The leader has a budget, since 2026.')).toBe('has a budget');
	});

	test('when only the line breaks are others', () => {
		expect(found('The lead has\n\ta  budget.')).toBe('has\n\ta  budget');
	});

	test('at the right one of several places', () => {
		const second = quoted('A law names the lead', 5);
		const place = findQuote(`Once more: a preface. ${text}`, second)!;
		expect(place.start).toBe(22 + text.lastIndexOf('A law'));
	});

	test('across two blocks', () => {
		expect(found(text, quoted('lead.\nThe lead'))).toBe('lead.\nThe lead');
	});
});

test('a highlight whose words have gone is not put anywhere else', () => {
	expect(found('The lead has no budget of its own.')).toBeNull();
	expect(findQuote(text, { text: ' ', before: '', after: '' })).toBeNull();
});

test('nothing, white space and whole chapters cannot be highlighted', () => {
	expect(quoteOf('a  b', 1, 3)).toBeNull();
	expect(quoteOf('abc', 1, 1)).toBeNull();
	expect(quoteOf('x'.repeat(9000), 0, markLimits.quote + 1)).toBeNull();
});

test('a page of fifty thousand characters is searched at once', () => {
	const long = 'word and word '.repeat(3600);
	const start = performance.now();
	expect(findQuote(long, { text: 'word and', before: 'x', after: 'y' })).not.toBeNull();
	expect(performance.now() - start).toBeLessThan(500);
});
