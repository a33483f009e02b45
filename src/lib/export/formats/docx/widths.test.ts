import { describe, expect, it } from 'vitest';
import { textWidth } from '../../charts/labels.ts';
import type { TableBlock } from '../../document.ts';
import { widthsOf } from './widths.ts';

const width = 9412;
const table = (weights: number[], ...rows: string[][]): TableBlock => ({
	kind: 'table',
	columns: weights.map((weight) => ({ align: 'start', weight })),
	header: (rows[0] ?? []).map((text) => ({ runs: [{ text }] })),
	rows: rows.slice(1).map((cells) => cells.map((text) => ({ runs: [{ text }] }))),
	caption: ''
});
const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
const holds = (own: number, word: string) => own >= textWidth(word, 190) + 170;

describe('the widths of a table', () => {
	it('are as the weights say, while every word fits', () => {
		expect(widthsOf(table([1, 2, 1], ['No.', 'What', 'Who']), 8000)).toEqual([2000, 4000, 2000]);
	});

	it('hold the longest word, which comes from where there is room', () => {
		const found = widthsOf(
			table([4, 60, 8, 28], ['رقم', 'الإجراء', 'المسؤوليات', 'المؤشر'], ['1', 'a b', 'c', 'd']),
			width
		);
		expect(holds(found[2]!, 'المسؤوليات')).toBe(true);
		expect(holds(found[0]!, 'رقم')).toBe(true);
		expect(sum(found)).toBe(width);
		// What had more than it needs still has the most.
		expect(Math.max(...found)).toBe(found[1]);
	});

	it('keep words together that a space without a break joins', () => {
		const cost = '3\u00A0000\u00A0000\u202FUSD';
		const found = widthsOf(table([90, 5, 5], ['a', 'b', 'c'], ['', cost, '']), width);
		expect(holds(found[1]!, cost)).toBe(true);
	});

	it('keep a date together, and break after a hyphen', () => {
		const date = '2025/06/30';
		const found = widthsOf(table([90, 5, 5], ['a', 'b', 'c'], ['', date, 'co-operation']), width);
		expect(holds(found[1]!, date)).toBe(true);
		expect(holds(found[2]!, 'operation')).toBe(true);
		expect(holds(found[2]!, 'co-operation')).toBe(false);
	});

	it('leave the others their room beside a word without an end', () => {
		const found = widthsOf(table([1, 1, 1], ['x', 'x'.repeat(3000), 'responsible']), width);
		expect(found[1]).toBeLessThanOrEqual(Math.ceil(width * 0.4));
		expect(holds(found[2]!, 'responsible')).toBe(true);
		expect(sum(found)).toBe(width);
	});

	it('are never nothing and add up, where nobody’s words fit', () => {
		const found = widthsOf(table(Array(12).fill(1), Array(12).fill('responsibilities')), width);
		expect(sum(found)).toBe(width);
		expect(Math.min(...found)).toBeGreaterThan(500);
	});

	it('of a table without rows are its weights', () => {
		expect(sum(widthsOf(table([1, 0, 3]), width))).toBe(width);
	});
});
