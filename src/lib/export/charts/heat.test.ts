import { describe, expect, it } from 'vitest';
import { compose } from '../compose.ts';
import { chartsOf } from '../compose/charts.ts';
import { heatFigures } from '../compose/heat.ts';
import { sampleArabic } from '../fixtures/sample-arabic.ts';
import { sample } from '../fixtures/sample.ts';
import { xss } from '../fixtures/xss.ts';
import { heat, type HeatCell } from './heat.ts';
import { isPlainSvg } from './plain-svg.ts';

const level = (n: 0 | 1 | 2 | 3 | 4, proven = false): HeatCell => ({
	kind: 'level',
	level: n,
	sign: String(n),
	proven
});
const key = {
	level: 'Level',
	proven: 'Proven',
	unknown: 'Not known',
	unanswered: 'Not answered',
	'not-applicable': 'Not applicable'
};
const rows = [
	{
		label: 'Interopérabilité et développement des compétences nationales',
		cells: [level(0), level(1), level(4, true), { kind: 'unknown' as const }]
	},
	{
		label: 'Lois',
		cells: Array.from({ length: 40 }, () => level(2))
	}
];
const boxes = (svg: string) =>
	[
		...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="24" height="([\d.]+)" fill="([^"]+)"/g)
	].map(([, x, y, height, fill]) => ({ x: Number(x), y: Number(y), height: Number(height), fill }));

describe.each(['ltr', 'rtl'] as const)('the heat map %s', (direction) => {
	const { svg, width, height } = heat({ rows, title: 'Map', key, direction });

	it('is as full as the level is high, with the number in it', () => {
		const filled = boxes(svg).filter(({ fill }) => fill !== 'none');
		expect(filled.slice(0, 2).map((box) => box.height)).toEqual([6, 24]);
		const shown = [...svg.matchAll(/>[\u2066\u2067](.)\u2069</g)].map(([, sign]) => sign);
		expect(shown.slice(0, 6)).toEqual(['0', '1', '4', '?', '2', '2']);
	});

	it('begins where reading begins, and no cell leaves the picture or lies on another', () => {
		const frames = boxes(svg).filter(({ fill }) => fill === 'none');
		const [first, second] = frames;
		expect(Math.sign(second!.x - first!.x)).toBe(direction === 'ltr' ? 1 : -1);
		for (const box of frames) {
			expect(box.x).toBeGreaterThanOrEqual(0);
			expect(box.x + 24).toBeLessThanOrEqual(width);
			expect(box.y + 24).toBeLessThanOrEqual(height);
		}
		expect(new Set(frames.map(({ x, y }) => `${x} ${y}`)).size).toBe(frames.length);
	});

	it('explains the signs that it has, and no others', () => {
		expect(svg).toContain('Proven');
		expect(svg).toContain('Not known');
		expect(svg).not.toContain('Not applicable');
	});

	it('is plain, whatever people wrote (F-30)', () => {
		for (const text of xss) {
			const hostile = heat({ rows: [{ label: text, cells: [level(1)] }], title: text, key });
			expect(isPlainSvg(hostile.svg)).toBe(true);
		}
	});
});

describe('in documents', () => {
	it('stands in the report of the assessment, and says in words all that it shows (P9)', () => {
		const { blocks } = compose(sample, { parts: [], purpose: 'assessment' });
		const map = blocks.find((b) => b.kind === 'figure' && b.alt.startsWith('Every answer'));
		if (map?.kind !== 'figure') throw new Error('no map');
		for (const topic of sample.topics) {
			const own = sample.questions.filter((question) => question.topic === topic.id);
			if (own.length === 0) continue;
			const row = map.alt.slice(map.alt.indexOf(`${topic.title}: `) + topic.title.length + 2);
			const signs = row.slice(0, row.indexOf('.')).split(' · ');
			expect(signs.map((sign) => sign.replace(' ✓', ''))).toEqual(
				own.map(({ answer }) =>
					answer === null
						? '–'
						: answer.kind === 'level'
							? String(answer.level)
							: answer.kind === 'unknown'
								? '?'
								: '×'
				)
			);
		}
	});

	it('is a picture of its own, in Arabic too', () => {
		expect(chartsOf(sampleArabic).map(({ title }) => title)).toContain(
			sampleArabic.words('export.heatTitle')
		);
	});

	it('has no ticks where the evidence is left out, and is not there before the first answer', () => {
		const bare = sample.questions.map((question) => ({ ...question, evidence: null }));
		expect(heatFigures({ ...sample, questions: bare })[0]?.alt).not.toContain('✓');
		const none = sample.questions.map((question) => ({ ...question, answer: null }));
		expect(heatFigures({ ...sample, questions: none })).toEqual([]);
	});
});
