/**
 * A radar as a self-contained, accessible SVG: levels on axes, targets beside them.
 *
 * Values are a full line with dots, targets a broken one with diamonds, a missing value a broken
 * axis with a sign of its own: all of it can be told apart in grey.
 */
import { radarGeometry, type RadarGeometry, type RadarInput } from './radar-geometry.ts';
import { element, ink, label, picture, points, type Point } from './svg.ts';

export type RadarOptions = RadarInput & {
	/** Its name. */
	title: string;
	/** All that it says, in words. */
	description?: string;
	/** Words for the two lines and the missing value; without them there is no key. */
	key?: { value: string; target: string; missing: string };
	accent?: string;
	/** How a ring's number is written. */
	digits?: (level: number) => string;
};

/** The SVG with its size in pixels: `size` wide, as high as the labels need. */
export function radar(options: RadarOptions): { svg: string; width: number; height: number } {
	const geometry = radarGeometry(options);
	const { accent = '#1d4e89', direction = 'ltr' } = options;
	const hasTargets = options.axes.some((axis) => axis.target !== null);
	const key = options.key ? keyOf(options, geometry, accent, hasTargets) : { height: 0, drawn: [] };
	const size = { width: geometry.width, height: Math.ceil(geometry.height + key.height) };
	const svg = picture(size, options.title, options.description ?? '', [
		element('rect', { width: size.width, height: size.height, fill: ink.paper }),
		...grid(geometry, options),
		...geometry.values.map((line) => areaOf(line.points, line.closed, geometry.centre, accent)),
		...geometry.targets.map((line) =>
			element(line.closed ? 'polygon' : 'polyline', {
				points: points(line.points),
				fill: 'none',
				stroke: ink.text,
				'stroke-width': 1.5,
				'stroke-dasharray': '5 4'
			})
		),
		...geometry.values.map((line) =>
			element(line.closed ? 'polygon' : 'polyline', {
				points: points(line.points),
				fill: 'none',
				stroke: accent,
				'stroke-width': 2.5,
				'stroke-linejoin': 'round'
			})
		),
		...geometry.axes.flatMap(({ target }) => (target ? [diamond(target)] : [])),
		...geometry.axes.flatMap(({ value }) => (value ? [dot(value, accent)] : [])),
		...geometry.axes.map((axis) => labelOf(axis.label, geometry.fontSize, direction)),
		...key.drawn
	]);
	return { svg, ...size };
}

/** `radar` as its string alone. */
export const radarSvg = (options: RadarOptions): string => radar(options).svg;

function grid(geometry: RadarGeometry, { digits = String }: RadarOptions): string[] {
	const { centre, rings, axes, fontSize } = geometry;
	return [
		...rings.map((ring, i) =>
			element('polygon', {
				points: points(ring.points),
				fill: 'none',
				stroke: ink.line,
				'stroke-width': i === rings.length - 1 ? 1.5 : 1
			})
		),
		...axes.map(({ end, value }) =>
			element('line', {
				x1: centre.x,
				y1: centre.y,
				x2: end.x,
				y2: end.y,
				stroke: value ? ink.line : ink.quiet,
				'stroke-width': 1,
				'stroke-dasharray': value ? undefined : '2 4'
			})
		),
		...axes.flatMap(({ end, value }) => (value ? [] : [cross(end)])),
		...[{ level: 0, mark: centre }, ...rings].map(({ level, mark }) =>
			element(
				'text',
				{ x: mark.x + 4, y: mark.y - 3, 'font-size': fontSize * 0.75, fill: ink.quiet },
				[digits(level)]
			)
		)
	];
}

/** A full outline is filled; a stretch is filled as far as it is known. */
const areaOf = (line: Point[], closed: boolean, centre: Point, accent: string): string =>
	element('polygon', {
		points: points(closed ? line : [centre, ...line]),
		fill: accent,
		'fill-opacity': 0.12,
		stroke: 'none'
	});

const dot = ({ x, y }: Point, accent: string): string =>
	element('circle', { cx: x, cy: y, r: 4, fill: accent, stroke: ink.paper, 'stroke-width': 1 });

const diamond = ({ x, y }: Point): string =>
	element('path', {
		d: `M${x.toFixed(2)} ${(y - 5).toFixed(2)}l5 5l-5 5l-5 -5z`,
		fill: ink.paper,
		stroke: ink.text,
		'stroke-width': 1.5
	});

const cross = ({ x, y }: Point): string =>
	element('path', {
		d: `M${(x - 4).toFixed(2)} ${(y - 4).toFixed(2)}l8 8m0 -8l-8 8`,
		fill: 'none',
		stroke: ink.quiet,
		'stroke-width': 1.5
	});

function labelOf(
	{ lines, note, anchor, x, y, lineHeight }: RadarGeometry['axes'][number]['label'],
	fontSize: number,
	direction: 'ltr' | 'rtl'
): string {
	const spans = lines.map((line, i) =>
		element('tspan', { x, y: y + i * lineHeight }, [label(line, direction)])
	);
	const last = element('tspan', { x, y: y + lines.length * lineHeight, 'font-weight': 'bold' }, [
		label(note, direction)
	]);
	return element('text', { 'text-anchor': anchor, 'font-size': fontSize, fill: ink.text }, [
		...spans,
		...(note ? [last] : [])
	]);
}

/** The key under the chart, one line an entry, at the side where reading begins. */
function keyOf(
	{ key, axes, direction = 'ltr' }: RadarOptions,
	{ width, height, fontSize }: RadarGeometry,
	accent: string,
	hasTargets: boolean
): { height: number; drawn: string[] } {
	if (!key) return { height: 0, drawn: [] };
	const isRtl = direction === 'rtl';
	const step = Math.round(fontSize * 1.5);
	const entries = [
		{ words: key.value, draw: (p: Point) => [stroke(p, accent, 2.5), dot(p, accent)] },
		...(hasTargets
			? [{ words: key.target, draw: (p: Point) => [stroke(p, ink.text, 1.5, '5 4'), diamond(p)] }]
			: []),
		...(axes.some((axis) => axis.value === null)
			? [{ words: key.missing, draw: (p: Point) => [stroke(p, ink.quiet, 1, '2 4'), cross(p)] }]
			: [])
	];
	const drawn = entries.flatMap(({ words, draw }, i) => {
		const y = height + step * (i + 0.5);
		const at = { x: isRtl ? width - 24 : 24, y };
		const place = { x: isRtl ? width - 50 : 50, y: y + fontSize * 0.32 };
		return [
			...draw(at),
			element(
				'text',
				{
					...place,
					'text-anchor': isRtl ? 'end' : 'start',
					'font-size': fontSize * 0.9,
					fill: ink.text
				},
				[label(words, direction)]
			)
		];
	});
	return { height: step * entries.length + 4, drawn };
}

const stroke = ({ x, y }: Point, colour: string, width: number, dashes?: string): string =>
	element('line', {
		x1: x - 16,
		y1: y,
		x2: x + 16,
		y2: y,
		stroke: colour,
		'stroke-width': width,
		'stroke-dasharray': dashes
	});
