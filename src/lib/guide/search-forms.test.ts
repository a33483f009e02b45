import { expect, test } from 'vitest';
import { beginningsOf, closenessOf } from './search-forms.ts';

test('a word means itself first, and what it begins while it is typed', () => {
	expect(closenessOf('budget', 'budget', false)).toBe(1);
	expect(closenessOf('budg', 'budgetary', true)).toBeGreaterThan(0.5);
	expect(closenessOf('bud', 'budgetary', false)).toBe(0);
});

const forms: [string, string][] = [
	['strategies', 'strategy'],
	['laws', 'law'],
	['law', 'laws'],
	['evaluate', 'evaluation'],
	['training', 'trainers'],
	['evaluer', 'evaluation'],
	['financer', 'financement'],
	['national', 'nationaux'],
	['signaler', 'signalement'],
	['agricole', 'agricoles'],
	['suivre', 'suivi'],
	['استراتيجيات', 'استراتيجيه'],
	['مزارعون', 'مزارعين'],
	['ميزانيه', 'وميزانيتها'],
	['بتمويل', 'تمويل'],
	['تمويل', 'لتمويل']
];

test.each(forms)('%s and %s are forms of one word, either way', (one, other) => {
	for (const [a, b] of [
		[one, other],
		[other, one]
	] as const) {
		const closeness = closenessOf(a, b, false);
		expect(closeness).toBeGreaterThan(0.3);
		expect(closeness).toBeLessThan(1);
		// Where the sorted words are looked at, the other one stands.
		expect(beginningsOf(a).some((start) => b.startsWith(start))).toBe(true);
	}
});

test.each([
	['contract', 'contrast'],
	['risk', 'rise'],
	['state', 'strategy'],
	['وزاره', 'زراعه'],
	['امن', 'ابن']
])('%s and %s are two words', (one, other) => {
	expect(closenessOf(one, other, false)).toBe(0);
});
