import { describe, expect, it } from 'vitest';
import { codeOf, mostPapers, numberOf, plainDigits } from './codes.ts';
import { readKeyed } from './keyed.ts';

const all = Array.from({ length: mostPapers }, (_, i) => i + 1);

describe('codes of paper ballots', () => {
	it('name their number, and no two are the same', () => {
		for (const number of all) expect(numberOf(codeOf(number))).toBe(number);
		expect(new Set(all.map(codeOf)).size).toBe(mostPapers);
	});

	it('a wrong digit is refused, whichever and wherever', () => {
		const taken: string[] = [];
		for (const number of all) {
			const code = codeOf(number);
			for (let place = 0; place < 4; place++) {
				for (let digit = 0; digit < 10; digit++) {
					const wrong = code.slice(0, place) + digit + code.slice(place + 1);
					if (wrong !== code && numberOf(wrong) !== null) taken.push(wrong);
				}
			}
		}
		expect(taken).toEqual([]);
	});

	it('two neighbours that changed places are refused', () => {
		for (const number of all) {
			const code = codeOf(number);
			for (let place = 0; place < 3; place++) {
				const [a, b] = [code[place]!, code[place + 1]!];
				const swapped = code.slice(0, place) + b + a + code.slice(place + 2);
				if (a !== b) expect(numberOf(swapped)).toBeNull();
			}
		}
	});

	it('are read from Arabic, Persian and full-width digits', () => {
		expect(plainDigits('٠٠٧۹१１')).toBe('007911');
	});
});

describe('keying in a paper ballot', () => {
	const code = codeOf(7);

	it('is complete with the fifth digit', () => {
		expect(readKeyed(code.slice(0, 3), 25)).toMatchObject({ kind: 'typing', number: null });
		expect(readKeyed(code, 25)).toMatchObject({ kind: 'typing', number: 7 });
		expect(readKeyed(`${code}3`, 25)).toEqual({
			kind: 'vote',
			number: 7,
			voter: 'paper-7',
			level: 3
		});
		expect(readKeyed(`${code}9`, 25)).toMatchObject({ kind: 'vote', level: null });
	});

	it('says what is wrong: the code, a ballot that nobody was given, no such level', () => {
		const wrong = `${code.slice(0, 3)}${(Number(code[3]) + 1) % 10}`;
		expect(readKeyed(wrong, 25)).toEqual({ kind: 'wrong-code', code: wrong });
		expect(readKeyed(codeOf(26), 25)).toEqual({ kind: 'not-handed-out', number: 26, papers: 25 });
		expect(readKeyed(`${code}7`, 25)).toEqual({ kind: 'wrong-level', number: 7, key: '7' });
	});
});
