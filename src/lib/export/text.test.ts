import { describe, expect, it } from 'vitest';
import { cleanText, escapeMarkup, inSentence, safeLink, stretches } from './text.ts';

const fsi = '\u2068';
const pdi = '\u2069';

describe('a clean text', () => {
	it('has nothing that XML cannot hold (F-39)', () => {
		expect(cleanText('a\u0000b\u0008c\u000Bd\u001Fe\u007Ff\u0086g\uFFFEh\uFFFFi')).toBe(
			'abcdefghi'
		);
		expect(cleanText('half \uD83D and \uDE00 emoji, whole 😀')).toBe('half  and  emoji, whole 😀');
	});

	it('knows one line end, and keeps tabs', () => {
		expect(cleanText('a\r\nb\rc\u2028d\u2029e\u0085f\tg')).toBe('a\nb\nc\nd\ne\nf\tg');
	});

	it('is in NFC, so that twins are equal (F-39)', () => {
		expect(cleanText('e\u0301te\u0301')).toBe('été');
	});

	it('leaves a sentence with isolated names as it is: they keep to themselves', () => {
		const sentence = `Best: ${fsi}التعاون الدولي${pdi}. Weakest: ${fsi}القانون${pdi}.`;
		expect(cleanText(sentence)).toBe(sentence);
		expect(cleanText(`open ${fsi}name`)).toBe(`open ${fsi}name${pdi}`);
	});

	it('closes an override in, so that what follows it keeps its order (F-39)', () => {
		expect(cleanText('\u202Egpj.exe')).toBe(`${fsi}\u202Egpj.exe\u202C${pdi}`);
		expect(cleanText('one\n\u2067two\nthree')).toBe(`one\n\u2067two${pdi}\nthree`);
	});

	it('loses controls that close nothing: they would open the way out of our own', () => {
		expect(cleanText(`a${pdi}\u202E b\u202C\u202C`)).toBe(`${fsi}a\u202E b\u202C${pdi}`);
	});

	it('stays as it is when it is cleaned again', () => {
		for (const text of ['\u202Ea', '\u2067a\u202Bb', 'plain', `${fsi}a${pdi}`, `\u202Aa\u202C b`]) {
			expect(cleanText(cleanText(text))).toBe(cleanText(text));
		}
	});
});

describe('stretches of one direction', () => {
	const shown = (text: string, base: 'ltr' | 'rtl'): string[] =>
		stretches(text, base).map((s) => `${s.rtl ? '<' : '>'}${s.text}`);

	it('keep a number with the Latin letters before it', () => {
		expect(shown('وفق معيار ISO 27001 اليوم', 'rtl')).toEqual([
			'<وفق معيار ',
			'>ISO 27001',
			'< اليوم'
		]);
	});

	it('give signs and spaces between two directions to the base', () => {
		expect(shown('abc (العربية)', 'ltr')).toEqual(['>abc (', '<العربية', '>)']);
	});

	it('keep marks with their letter', () => {
		expect(shown('مُحسَّن e\u0301', 'rtl')).toEqual(['<مُحسَّن ', '>e\u0301']);
	});

	it('joined are the text, whatever it is', () => {
		for (const text of ['', ' ', '2.3', 'a ب 1 c', '😀ا😀', '(1) ب']) {
			for (const base of ['ltr', 'rtl'] as const) {
				expect(
					stretches(text, base)
						.map((s) => s.text)
						.join('')
				).toBe(text);
			}
		}
	});
});

it('a name is isolated in a sentence only where it runs against it', () => {
	expect(inSentence('Numenia', 'ltr')).toBe('Numenia');
	expect(inSentence('نومينيا', 'ltr')).toBe(`${fsi}نومينيا${pdi}`);
	expect(inSentence('نومينيا', 'rtl')).toBe('نومينيا');
	expect(inSentence('Numenia', 'rtl')).toBe(`${fsi}Numenia${pdi}`);
	expect(inSentence('14', 'rtl')).toBe('14');
});

describe('an address', () => {
	it.each([
		['https://example.org/a?b=1&c=2#d', 'https://example.org/a?b=1&c=2#d'],
		[' http://example.org ', 'http://example.org/'],
		['mailto:a@example.org', 'mailto:a@example.org'],
		['https://مثال.example/ا', 'https://xn--mgbh0fb.example/%D8%A7'],
		['https://example.org/50%', 'https://example.org/50%25']
	])('%s may be followed', (address, link) => expect(safeLink(address)).toBe(link));

	it.each([
		'javascript:alert(1)',
		'JaVaScRiPt:alert(1)',
		'java\nscript:alert(1)',
		'data:text/html,x',
		'vbscript:x',
		'file:///etc/passwd',
		'ftp://example.org',
		'//example.org',
		'/path',
		'https://',
		'mailto:',
		'https://a b',
		''
	])('%s may not (F-30)', (address) => expect(safeLink(address)).toBeNull());
});

it('markup is letters', () => {
	expect(escapeMarkup(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;');
});
