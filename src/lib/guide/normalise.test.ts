import { describe, expect, test } from 'vitest';
import { longestQuery, mostWords, normalise, queryWords, tokenise, wordsOf } from './normalise.ts';

describe('spellings of one word are one word', () => {
	test.each([
		['stratégie', 'STRATEGIE'],
		['œuvre', 'oeuvre'],
		['Straße', 'STRASSE'],
		['e\u0301tat', '\u00e9tat'],
		['İstanbul', 'istanbul'],
		['Łódź', 'lodz'],
		['ﬁnance', 'finance'],
		['co\u00adope\u00adration', 'cooperation'],
		['أمن', 'امن'],
		['إدارة', 'اداره'],
		['آلية', 'اليه'],
		['ٱسم', 'اسم'],
		['مستوى', 'مستوي'],
		['مسؤول', 'مسوول'],
		['هيئة', 'هيية'],
		['اســـتراتيجية', 'استراتيجيه'],
		['اِسْتِرَاتِيجِيَّة', 'استراتيجية'],
		['بناء', 'بنا'],
		['کشور', 'كشور'],
		['ملی', 'ملي'],
		['٢٠٢٦', '2026'],
		['۲۰۲۶', '2026']
	])('%s and %s', (one, other) => {
		expect(normalise(one)).toBe(normalise(other));
		expect(tokenise(one)).toEqual(tokenise(other));
		expect(tokenise(one)).toHaveLength(1);
	});
});

test('different words stay different', () => {
	expect(normalise('امن')).not.toBe(normalise('ابن'));
	expect(normalise('mesure')).not.toBe(normalise('masure'));
});

test('the Arabic article and what is written together with it are no part of the noun', () => {
	const [noun] = tokenise('استراتيجية');
	expect(tokenise('الاستراتيجية والاستراتيجية بالاستراتيجية للاستراتيجية')).toEqual(
		Array(4).fill(noun)
	);
	// A short word keeps its letters: nothing of it would be left.
	expect(tokenise('الله')).toEqual(['الله']);
});

test('a word has two letters or is a number; apostrophes part words', () => {
	expect(tokenise("L'État, aujourd’hui: the team's 24/7 line, a plan")).toEqual(
		'etat aujourd hui the team 24 7 line plan'.split(' ')
	);
});

test('Chinese is searched character by character', () => {
	expect(tokenise('国家战略2026')).toEqual(['国', '家', '战', '略', '2026']);
});

test('a found word knows where it stands in the original', () => {
	const text = '— Œuvre: أَمْن الدَّولة!';
	const places = Array.from(wordsOf(text), ({ start, end }) => text.slice(start, end));
	expect(places).toEqual(['Œuvre', 'أَمْن', 'الدَّولة']);
});

test('F-41: of a query at most 200 characters and 8 words are looked at', () => {
	expect(queryWords('word '.repeat(1000))).toHaveLength(mostWords);
	const [only] = queryWords('a'.repeat(1_000_000));
	expect(only?.end).toBe(longestQuery);
	expect(only?.word.length).toBeLessThanOrEqual(40);
	// A single character that decomposes into a sentence.
	expect(tokenise('\uFDFA'.repeat(200)).join('').length).toBeLessThanOrEqual(40);
});
