import { describe, expect, test } from 'vitest';
import { hostile } from '../../../tests/fixtures/hostile.ts';
import { excerptOf, highlight, type Segment } from './excerpt.ts';
import { tokenise } from './normalise.ts';

const whole = (segments: Segment[]) => segments.map((s) => s.text).join('');
const hits = (segments: Segment[]) => segments.filter((s) => s.hit).map((s) => s.text);

const filler = 'Nothing of interest stands in this sentence about other things. '.repeat(10);

test('an excerpt is the passage where most of the words stand', () => {
	const text = `${filler}A budget alone. ${filler}The cabinet votes a budget for three years. ${filler}`;
	const excerpt = excerptOf(text, ['budget', 'cabinet', 'years']);
	expect(hits(excerpt)).toEqual(['cabinet', 'budget', 'years']);
	expect(whole(excerpt)).toMatch(/^…\S.*\S…$/s);
	expect(whole(excerpt).length).toBeLessThanOrEqual(162);
	expect(text).toContain(whole(excerpt).replaceAll('…', ''));
});

test('it is cut between words', () => {
	const text = `${filler}budget ${filler}`;
	for (let length = 40; length < 200; length += 7) {
		const words = whole(excerptOf(text, ['budget'], length))
			.replaceAll('…', '')
			.split(' ');
		for (const word of words) expect(text.split(' ')).toContain(word);
		expect(words.join(' ')).toContain('budget');
	}
});

test('without a hit it is the beginning, and a short text stays whole', () => {
	expect(whole(excerptOf(filler, ['kiosk']))).toMatch(/^Nothing of interest .*\S…$/);
	expect(excerptOf('A short text.', ['short'])).toEqual([
		{ text: 'A ', hit: false },
		{ text: 'short', hit: true },
		{ text: ' text.', hit: false }
	]);
	expect(excerptOf('', ['short'])).toEqual([]);
});

describe('the original spelling is marked whole', () => {
	test.each([
		['La Stratégie de l’État', 'strategie etat', ['Stratégie', 'État']],
		['une strate\u0301gie', 'stratégie', ['strate\u0301gie']],
		['le cœur', 'coeur', ['cœur']],
		['في الاستراتيجيّة الوطنيّة', 'استراتيجيه', ['الاستراتيجيّة']],
		['أَمْن المعلومات', 'امن', ['أَمْن']],
		['عام ٢٠٣٠', '2030', ['٢٠٣٠']],
		['ﬁnance ministry', 'finance', ['ﬁnance']],
		['Two strategies, one strategy', 'strategy', ['strategy']]
	])('%s by %s', (text, query, expected) => {
		const segments = highlight(text, tokenise(query));
		expect(hits(segments)).toEqual(expected);
		expect(whole(segments)).toBe(text);
	});
});

test('a beginning of four letters marks its forms, a shorter one only itself', () => {
	expect(hits(highlight('incidents in an institution into: in', ['in', 'incident']))).toEqual([
		'incidents',
		'in',
		'in'
	]);
});

test('script stays text, character by character', () => {
	for (const text of hostile) {
		expect(whole(highlight(text, ['alert', 'script']))).toBe(text);
		expect(whole(excerptOf(text, ['alert'], 1000))).toBe(text);
	}
});

test('a text without a space, or of a megabyte, still gives a short excerpt', () => {
	const endless = 'x'.repeat(1_000_000);
	expect(whole(excerptOf(endless, ['x'])).length).toBeLessThan(200);
	const many = 'budget '.repeat(100_000);
	expect(whole(excerptOf(many, ['budget'])).length).toBeLessThan(200);
});
