import { describe, expect, it } from 'vitest';
import { isPlainSvg } from './plain-svg.ts';
import { radarGeometry, type RadarAxis, type RadarGeometry } from './radar-geometry.ts';
import { radar, radarSvg } from './radar.ts';
import { xss } from '../fixtures/xss.ts';

const french = [
	'Cycle de vie de la stratégie',
	'Gouvernance',
	'Gestion des risques à l’échelle nationale',
	'Préparation et résilience',
	'Infrastructures critiques et services essentiels',
	'Interopérabilité et développement des compétences',
	'Législation et réglementation',
	'Coopération internationale'
];
const arabic = [
	'دورة حياة الاستراتيجية',
	'الحوكمة',
	'إدارة المخاطر الوطنية',
	'الاستعداد والقدرة على الصمود',
	'البنية التحتية الحيوية',
	'القدرات والتوعية',
	'التشريعات واللوائح التنظيمية',
	'التعاون الدولي'
];
const axes = (labels: string[], count = labels.length): RadarAxis[] =>
	Array.from({ length: count }, (_, i) => ({
		label: labels[i % labels.length]!,
		value: i % 3 === 2 ? null : i % 5,
		target: i % 4 === 3 ? null : 4,
		note: '2.3'
	}));

const overlap = (a: RadarGeometry['axes'][number], b: RadarGeometry['axes'][number]): boolean => {
	const [p, q] = [a.label.box, b.label.box];
	return p.x < q.x + q.width && q.x < p.x + p.width && p.y < q.y + q.height && q.y < p.y + p.height;
};

describe.each([
	['French', french, 'ltr'],
	['Arabic', arabic, 'rtl']
] as const)('labels in %s', (_, labels, direction) => {
	const cases = [3, 4, 5, 6, 7, 8, 12, 16].flatMap((count) =>
		[320, 480, 640].map((size) => [count, size] as const)
	);
	it.each(cases)('%i axes at %i px: none is clipped, none covers another', (count, size) => {
		const geometry = radarGeometry({ axes: axes([...labels], count), size, direction });
		for (const axis of geometry.axes) {
			const { x, y, width, height } = axis.label.box;
			expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
			expect(x + width).toBeLessThanOrEqual(geometry.width);
			expect(y + height).toBeLessThanOrEqual(geometry.height);
		}
		geometry.axes.forEach((axis, i) => {
			for (const other of geometry.axes.slice(i + 1)) expect(overlap(axis, other)).toBe(false);
		});
	});
	it.each(cases)('%i axes at %i px: none lies on the rings', (count, size) => {
		const {
			axes: spokes,
			centre,
			radius
		} = radarGeometry({ axes: axes([...labels], count), size, direction });
		for (const { label } of spokes) {
			const { x, y, width, height } = label.box;
			const near = {
				x: Math.min(Math.max(centre.x, x), x + width),
				y: Math.min(Math.max(centre.y, y), y + height)
			};
			expect(Math.hypot(near.x - centre.x, near.y - centre.y)).toBeGreaterThanOrEqual(radius);
		}
	});
});

describe('values', () => {
	const geometry = (values: (number | null)[]): RadarGeometry =>
		radarGeometry({ axes: values.map((value) => ({ label: 'a', value, target: null })) });
	const distance = ({ centre, axes: [first] }: RadarGeometry): number =>
		Math.hypot(first!.value!.x - centre.x, first!.value!.y - centre.y);

	it('0 is in the middle, 4 on the rim, 2 between', () => {
		expect(distance(geometry([0, 1, 1]))).toBeCloseTo(0);
		expect(distance(geometry([4, 1, 1]))).toBeCloseTo(geometry([4, 1, 1]).radius);
		expect(distance(geometry([2, 1, 1]))).toBeCloseTo(geometry([2, 1, 1]).radius / 2);
	});
	it('a missing one is a gap in the line, not a 0', () => {
		const { values, axes: spokes } = geometry([1, null, 2, 3, null]);
		expect(spokes[1]!.value).toBeNull();
		expect(values.map((line) => [line.closed, line.points.length])).toEqual([
			[false, 2],
			[false, 1]
		]);
	});
	it('a stretch across the top is one line', () => {
		expect(geometry([1, 2, null, 3]).values).toHaveLength(1);
	});
	it('none missing close the line', () => expect(geometry([1, 2, 3]).values[0]!.closed).toBe(true));
	it('all missing draw no line', () => expect(geometry([null, null, null]).values).toEqual([]));
	it('beyond the scale stay on it', () => {
		expect(distance(geometry([9, 1, 1]))).toBeCloseTo(geometry([9, 1, 1]).radius);
	});
});

it('right to left, the axes go the other way round', () => {
	const at = (direction: 'ltr' | 'rtl'): number =>
		radarGeometry({ axes: axes(arabic, 4), direction, size: 640 }).axes[1]!.end.x;
	expect(at('ltr')).toBeGreaterThan(320);
	expect(at('rtl')).toBeLessThan(320);
});

describe('the SVG', () => {
	const key = { value: 'Now', target: 'Target', missing: 'None' };
	const svg = radarSvg({ axes: axes(french), title: 'Scores', description: 'All of them', key });

	it('says what it is to those who cannot see it', () => {
		expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="Scores"/);
		expect(svg).toContain('<title>Scores</title><desc>All of them</desc>');
	});
	it('has no style, script or reference: the policy forbids them', () => {
		expect(isPlainSvg(svg)).toBe(true);
		expect(svg).not.toMatch(/style|script|href|url\(| on\w+=/i);
	});
	it('keeps its own direction on a page of the other one', () => {
		expect(radarSvg({ axes: axes(arabic), title: 'a', direction: 'rtl' })).toContain(
			'direction="ltr"'
		);
	});
	it('tells its lines apart without colour: dashes, dots, diamonds, crosses', () => {
		expect(svg).toContain('stroke-dasharray="5 4"');
		expect(svg).toContain('<circle');
		expect(svg).toContain('l5 5l-5 5l-5 -5z');
		expect(svg).toContain('l8 8m0 -8l-8 8');
	});
	it('has the size it says', () => {
		const { width, height, svg: drawn } = radar({ axes: axes(french), title: 'a', key, size: 500 });
		expect(drawn).toContain(`width="${width}" height="${height}"`);
		expect(width).toBe(500);
	});
	it.each(xss)('shows %s as letters (F-30)', (text) => {
		const hostile = radarSvg({
			axes: axes([text], 3),
			title: text,
			description: text,
			key: { value: text, target: text, missing: text },
			digits: () => '1'
		});
		expect(isPlainSvg(hostile)).toBe(true);
	});
	it.each([0, 1, 2])('with %i axes is still a picture', (count) => {
		expect(isPlainSvg(radarSvg({ axes: axes(french, count), title: 'a' }))).toBe(true);
	});
});
