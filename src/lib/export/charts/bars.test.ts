import { describe, expect, it } from 'vitest';
import { xss } from '../fixtures/xss.ts';
import { barGeometry, barsSvg, type BarRow } from './bars.ts';
import { isPlainSvg } from './plain-svg.ts';

const rows: BarRow[] = [
	{
		label: 'Interopérabilité et développement des compétences nationales',
		value: 2,
		target: 3,
		note: '2.0'
	},
	{ label: 'Gouvernance', value: null, target: 2, note: '–' },
	{ label: 'Législation', value: 0, target: null, note: '0.0' }
];

describe.each(['ltr', 'rtl'] as const)('bars %s', (direction) => {
	const geometry = barGeometry({ rows, size: 320, direction });

	it('are as long as their values', () => {
		const [first, missing, zero] = geometry.bars;
		expect(first!.filled!.width).toBeCloseTo(first!.track.width / 2);
		expect(missing!.filled).toBeNull();
		expect(zero!.filled!.width).toBe(0);
	});
	it('begin where reading begins', () => {
		const { track, filled } = geometry.bars[0]!;
		if (direction === 'ltr') expect(filled!.x).toBe(track.x);
		else expect(filled!.x + filled!.width).toBeCloseTo(track.x + track.width);
	});
	it('have their target where its level is marked', () => {
		expect(geometry.bars[0]!.target).toBeCloseTo(geometry.marks[3]!.x);
		expect(geometry.bars[2]!.target).toBeNull();
	});
	it('stand below each other, all inside', () => {
		geometry.bars.forEach((bar, i) => {
			const next = geometry.bars[i + 1];
			if (next) expect(bar.track.y + bar.track.height).toBeLessThan(next.y);
			expect(bar.track.x).toBeGreaterThanOrEqual(0);
			expect(bar.track.x + bar.track.width).toBeLessThanOrEqual(geometry.width);
			expect(bar.track.y + bar.track.height).toBeLessThan(geometry.height);
		});
	});
	it('break a long label instead of cutting it', () => {
		expect(geometry.bars[0]!.lines.length).toBeGreaterThan(1);
		expect(geometry.bars[0]!.lines.join(' ')).toBe(rows[0]!.label);
	});
});

it('a missing value is a broken frame: it can be told from 0 in grey', () => {
	const one = (value: number | null): string =>
		barsSvg({ rows: [{ label: 'a', value, target: null }], title: 'b' });
	expect(one(null)).toContain('stroke-dasharray');
	expect(one(0)).not.toContain('stroke-dasharray');
});

it.each(xss)('shows %s as letters (F-30)', (text) => {
	expect(
		isPlainSvg(barsSvg({ rows: [{ ...rows[0]!, label: text, note: text }], title: text }))
	).toBe(true);
});
