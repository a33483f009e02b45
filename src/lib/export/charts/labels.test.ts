import { describe, expect, it } from 'vitest';
import { spread, textWidth, wrap } from './labels.ts';

describe('a wrapped label', () => {
	const long = [
		'Capability, capacity and awareness',
		'Interopérabilité et développement des compétences',
		'البنية التحتية الحيوية والخدمات الأساسية',
		'Донаудампфшиффартсгезельшафт',
		'国家网络安全战略与能力建设'
	];
	it.each(long)('has no line wider than asked: %s', (label) => {
		for (const width of [60, 90, 140]) {
			for (const line of wrap(label, width, 14))
				expect(textWidth(line, 14)).toBeLessThanOrEqual(width);
		}
	});
	it.each(long)('has all its letters: %s', (label) => {
		const letters = (text: string): string => text.replace(/[\s-]/g, '');
		expect(letters(wrap(label, 70, 14).join(''))).toBe(letters(label));
	});
	it('breaks at spaces where it can, and marks a cut word', () => {
		expect(wrap('one two three', 60, 14)).toEqual(['one two', 'three']);
		expect(wrap('internationalisation', 80, 14)).toEqual(['internatio-', 'nalisation']);
	});
	it('does not tear marks from their letters', () => {
		for (const line of wrap('مُحسَّنَةٌمُحسَّنَةٌ', 30, 14)) expect(line).not.toMatch(/^\p{M}/u);
	});
	it('of nothing is nothing', () => expect(wrap('', 50, 14)).toEqual([]));
});

describe('labels in a column', () => {
	const spans = (centres: number[]) => centres.map((centre) => ({ centre, height: 20 }));
	it('stay where they do not touch', () => {
		expect(spread(spans([-50, 0, 50]), 4, -100, 100)).toEqual([-50, 0, 50]);
	});
	it('move apart where they do, and stay inside', () => {
		const places = spread(spans([80, 82, 84, 86]), 4, -100, 100);
		places.slice(1).forEach((place, i) => expect(place - places[i]!).toBeGreaterThanOrEqual(24));
		expect(places.at(-1)).toBeLessThanOrEqual(90);
	});
	it('run over both ends alike where there is no room', () => {
		const places = spread(spans([0, 0, 0]), 0, -20, 20);
		expect(places).toEqual([-20, 0, 20]);
	});
});
