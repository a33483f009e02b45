/**
 * Bars: one value a row, with its target, as geometry and as a self-contained accessible SVG.
 *
 * For fewer than three topics, for a narrow screen, and for whoever reads bars more easily than a
 * radar. The label stands over its bar, so that no word is too long for it.
 */
import type { Direction } from '#lib/model/guide.ts';
import { textWidth, wrap } from './labels.ts';
import { element, ink, label, picture } from './svg.ts';

export type BarRow = {
	label: string;
	/** 0 to `max`; null for no value, which is an empty broken frame and not a bar of 0. */
	value: number | null;
	target: number | null;
	/** What stands at the bar's end: the value, or why there is none. */
	note?: string;
};
export type BarInput = {
	rows: BarRow[];
	/** Width in pixels, 200 or more. */
	size?: number;
	direction?: Direction;
	max?: number;
	fontSize?: number;
};

type Box = { x: number; y: number; width: number; height: number };
export type Bar = {
	lines: string[];
	anchor: 'start' | 'end';
	/** Where the label's first baseline is. */
	x: number;
	y: number;
	/** The whole track from 0 to `max`. */
	track: Box;
	/** What is reached of it; null for no value. */
	filled: Box | null;
	/** A line across the bar; null for no target. */
	target: number | null;
	note: { text: string; x: number; y: number; anchor: 'start' | 'end' };
};
export type BarGeometry = {
	width: number;
	height: number;
	fontSize: number;
	lineHeight: number;
	/** x of the levels 0 to `max`. */
	marks: { level: number; x: number }[];
	bars: Bar[];
};

const edge = 8;
const thick = 14;

/** The geometry of `input`: rows from the top; mirrored for right to left. */
export function barGeometry(input: BarInput): BarGeometry {
	const { rows, direction = 'ltr', max = 4, fontSize = 14 } = input;
	const width = Math.max(200, input.size ?? 640);
	const isRtl = direction === 'rtl';
	const lineHeight = Math.round(fontSize * 1.25);
	const notes = Math.max(0, ...rows.map((row) => textWidth(row.note ?? '', fontSize)));
	const room = Math.min(notes, width * 0.4);
	const length = width - 2 * edge - (room > 0 ? room + 10 : 0);
	/** From the side where reading begins. */
	const from = (distance: number): number => (isRtl ? width - edge - distance : edge + distance);
	const box = (y: number, reach: number): Box => ({
		x: isRtl ? from(reach) : edge,
		y,
		width: reach,
		height: thick
	});
	const reach = (value: number): number => (length * Math.min(Math.max(value, 0), max)) / max;

	let y = edge;
	const bars = rows.map((row): Bar => {
		const lines = wrap(row.label, width - 2 * edge, fontSize);
		const first = y + fontSize;
		const top = y + lines.length * lineHeight + 2;
		y = top + thick + fontSize * 0.9;
		return {
			lines,
			anchor: isRtl ? 'end' : 'start',
			x: from(0),
			y: first,
			track: box(top, length),
			filled: row.value === null ? null : box(top, reach(row.value)),
			target: row.target === null ? null : from(reach(row.target)),
			note: {
				text: row.note ?? '',
				x: from(length + 10),
				y: top + thick / 2 + fontSize * 0.35,
				anchor: isRtl ? 'end' : 'start'
			}
		};
	});
	const marks = Array.from({ length: max + 1 }, (_, level) => ({ level, x: from(reach(level)) }));
	return { width, height: y + edge, fontSize, lineHeight, marks, bars };
}

export type BarOptions = BarInput & { title: string; description?: string; accent?: string };

/** The SVG with its size in pixels. */
export function bars(options: BarOptions): { svg: string; width: number; height: number } {
	const geometry = barGeometry(options);
	const { accent = '#1d4e89', direction = 'ltr' } = options;
	const { fontSize } = geometry;
	const size = { width: geometry.width, height: Math.ceil(geometry.height) };
	const drawn = geometry.bars.flatMap((bar) => [
		element(
			'text',
			{ 'text-anchor': bar.anchor, 'font-size': fontSize, fill: ink.text },
			bar.lines.map((line, i) =>
				element('tspan', { x: bar.x, y: bar.y + i * geometry.lineHeight }, [label(line, direction)])
			)
		),
		element('rect', {
			...bar.track,
			fill: 'none',
			stroke: bar.filled ? ink.line : ink.quiet,
			'stroke-dasharray': bar.filled ? undefined : '3 3'
		}),
		...(bar.filled ? [element('rect', { ...bar.filled, fill: accent })] : []),
		...geometry.marks.slice(1, -1).map(({ x }) => stroke(x, bar.track.y, thick, ink.line, 1)),
		...(bar.target === null ? [] : [stroke(bar.target, bar.track.y - 4, thick + 8, ink.text, 3)]),
		...(bar.note.text
			? [
					element(
						'text',
						{
							x: bar.note.x,
							y: bar.note.y,
							'text-anchor': bar.note.anchor,
							'font-size': fontSize,
							'font-weight': 'bold',
							fill: ink.text
						},
						[label(bar.note.text, direction)]
					)
				]
			: [])
	]);
	const paper = element('rect', { width: size.width, height: size.height, fill: ink.paper });
	const svg = picture(size, options.title, options.description ?? '', [paper, ...drawn]);
	return { svg, ...size };
}

/** `bars` as its string alone. */
export const barsSvg = (options: BarOptions): string => bars(options).svg;

const stroke = (x: number, y: number, length: number, colour: string, width: number): string =>
	element('line', { x1: x, y1: y, x2: x, y2: y + length, stroke: colour, 'stroke-width': width });
