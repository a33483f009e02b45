/** What the writer's tools say: differences, counts, places, terms. */
import { describe, expect, it } from 'vitest';
import { forSeeds } from '../../../tests/fixtures/seeds.ts';
import { anchorOf, placeOf } from './anchor.ts';
import { countWords, segmenterOf } from './count.ts';
import { countChanges, differenceOf, isSameText } from './difference.ts';
import { findAll } from './find.ts';
import { findTerms } from './terminology.ts';

describe('a difference', () => {
	const texts = (kind: 'gone' | 'new', a: string, b: string) =>
		differenceOf(a, b)
			.filter((change) => change.kind === 'same' || change.kind === kind)
			.map(({ text }) => text)
			.join('');
	it('holds both texts whole, whatever they are', () => {
		forSeeds(200, (random) => {
			const make = () =>
				Array.from({ length: random.number(30) }, () =>
					random.pick(['a', 'b', 'word', ' ', '\n\n', 'و', '**x**'])
				).join(random.pick(['', ' ']));
			const [a, b] = [make(), make()];
			expect(texts('gone', a, b)).toBe(a);
			expect(texts('new', a, b)).toBe(b);
		});
	});
	it('names the words that changed, and no others', () => {
		expect(differenceOf('The law is at level 1 today.', 'The law is at level 3 today.')).toEqual([
			{ kind: 'same', text: 'The law is at level ' },
			{ kind: 'gone', text: '1' },
			{ kind: 'new', text: '3' },
			{ kind: 'same', text: ' today.' }
		]);
		expect(countChanges(differenceOf('a b c d', 'a x y d'))).toEqual({ gone: 2, added: 2 });
		expect(isSameText(differenceOf('a', 'a'))).toBe(true);
	});
	it('of two long texts takes a moment, not a minute', () => {
		const a = Array.from({ length: 20_000 }, (_, i) => `w${i % 977}${i % 20 ? '' : '\n'}`).join(
			' '
		);
		const begun = performance.now();
		const changes = differenceOf(a, a.replaceAll('w5 ', 'v5 '));
		expect(performance.now() - begun).toBeLessThan(5000);
		expect(countChanges(changes).added).toBeGreaterThan(0);
	});
});

describe('words are counted', () => {
	it('as Word counts them, without marks, addresses and live blocks', () => {
		const text =
			'## A title\n\n- **bold** word — [link words](https://x.y/z "t")[^1]\n\n{{score-table}}\n\n| a | b |\n|---|---|\n\n[^1]: Note.';
		expect(countWords(text)).toBe(9);
		expect(countWords('نص عربي من خمس كلمات')).toBe(5);
		expect(countWords('L’État s’engage : 30 % !')).toBe(3);
		expect(countWords('')).toBe(0);
	});
	it('where no space sets them apart, if the browser can', () => {
		expect(countWords('แผนยุทธศาสตร์ดิจิทัล', segmenterOf('th'))).toBeGreaterThan(1);
		expect(countWords('แผนยุทธศาสตร์ดิจิทัล')).toBe(1);
	});
});

describe('words are found', () => {
	const found = (text: string, wanted: string, options = {}) =>
		findAll(text, wanted, options).map(({ from, to }) => text.slice(from, to));
	it('without their accents, capitals, vowel signs', () => {
		expect(found('Évaluation, evaluation, ÉVALUATION', 'evaluation')).toHaveLength(3);
		expect(found('الأمن والامن', 'الامن')).toEqual(['الأمن', 'الامن']);
		expect(found('أَمْن', 'امن')).toEqual(['أَمْن']);
		expect(found('Évaluation', 'evaluation', { exact: true })).toEqual([]);
		expect(found('a\u00a0b', 'a b')).toEqual(['a\u00a0b']);
	});
	it('as whole words when asked', () => {
		expect(found('art, party, ART', 'art', { wholeWords: true })).toEqual(['art', 'ART']);
		expect(findAll('aaa', '')).toEqual([]);
		expect(findAll('aaaa', 'aa')).toEqual([
			{ from: 0, to: 2 },
			{ from: 2, to: 4 }
		]);
	});
});

describe('a remark finds its words again', () => {
	const text = 'The ministry leads. The ministry pays. The court decides.';
	const at = text.lastIndexOf('The ministry');
	const anchor = anchorOf(text, at, at + 12);
	it('after words were written before it, and tells the same words apart', () => {
		const now = `New first sentence.\n${text}`;
		expect(placeOf(now, anchor)).toEqual({ from: at + 20, to: at + 32, changed: false });
	});
	it('where they were changed between the same neighbours', () => {
		const longer = 'Ministries of the country adopt the law. The agency reports each year to all.';
		const words = anchorOf(longer, 41, 51);
		expect(words.quote).toBe('The agency');
		const now = longer.replace('The agency', 'An authority');
		expect(placeOf(now, words)).toEqual({ from: 41, to: 53, changed: true });
	});
	it('and says so when they are gone', () => {
		expect(placeOf('Nothing of it.', anchor)).toBeNull();
		expect(placeOf('', anchor)).toBeNull();
	});
});

it('the glossary marks its terms, the longest first, and offers the preferred form', () => {
	const term = (id: string, name: string, also: string[]) => ({
		id,
		term: name,
		definition: '',
		also,
		see: []
	});
	const found = findTerms('The IT incident response team fixes it; the CERT too.', [
		term('it', 'IT', []),
		term('incident', 'Incident', []),
		term('csirt', 'CSIRT', ['CERT', 'incident response team'])
	]);
	expect(found.map(({ from, to, term: { id }, preferred }) => [from, to, id, preferred])).toEqual([
		[4, 6, 'it', true],
		[7, 29, 'csirt', false],
		[44, 48, 'csirt', false]
	]);
});
