/**
 * The geometry of a radar: where everything is, as numbers, so that a screen can draw it with its
 * own elements and `radarSvg` can write it as a file.
 *
 * Axes begin at the top and follow the reading direction. A missing value is a gap in the line: the
 * outline is interrupted there, and its axis is marked. It is never drawn as 0.
 */
import type { Direction } from '#lib/model/guide.ts';
import { edge, placeLabels, radiusFor, space } from './radar-labels.ts';
import type { Point } from './svg.ts';

export type RadarAxis = {
	label: string;
	/** 0 to `max`; null for no value. */
	value: number | null;
	target: number | null;
	/** A line under the label, like the value in words; empty for none. */
	note?: string;
};
export type RadarInput = {
	axes: RadarAxis[];
	/** Width in pixels, 280 or more. The height follows. */
	size?: number;
	direction?: Direction;
	/** The outermost ring. */
	max?: number;
	fontSize?: number;
};

export type RadarLabel = {
	lines: string[];
	note: string;
	/** On which side of x the text is; the same for both directions. */
	anchor: 'start' | 'middle' | 'end';
	x: number;
	/** The baseline of the first line. */
	y: number;
	lineHeight: number;
	/** What it covers. */
	box: { x: number; y: number; width: number; height: number };
};
export type RadarSpoke = {
	end: Point;
	label: RadarLabel;
	value: Point | null;
	target: Point | null;
};
/** A line through values next to each other; `closed` when no value is missing. */
export type RadarLine = { points: Point[]; closed: boolean };
export type RadarGeometry = {
	width: number;
	height: number;
	fontSize: number;
	centre: Point;
	radius: number;
	/** From 1 to `max`. */
	rings: { level: number; points: Point[]; mark: Point }[];
	axes: RadarSpoke[];
	values: RadarLine[];
	targets: RadarLine[];
};

/** The geometry of `input`. Any number of axes; it looks like a radar from three on. */
export function radarGeometry(input: RadarInput): RadarGeometry {
	const { axes, direction = 'ltr', max = 4, fontSize = 14 } = input;
	const size = Math.max(280, input.size ?? 640);
	const turn = (direction === 'rtl' ? -1 : 1) * ((2 * Math.PI) / Math.max(1, axes.length));
	const angles = axes.map((_, i) => -Math.PI / 2 + i * turn);
	const radius = radiusFor(axes, size, fontSize);
	const labels = placeLabels(axes, angles, radius, size, fontSize);

	const top = Math.min(-radius - space, ...labels.map(({ box }) => box.y));
	const bottom = Math.max(radius + space, ...labels.map(({ box }) => box.y + box.height));
	const centre = { x: size / 2, y: edge - top };
	const at = (angle: number, r: number): Point => ({
		x: centre.x + r * Math.cos(angle),
		y: centre.y + r * Math.sin(angle)
	});
	const point = (value: number | null, i: number): Point | null =>
		value === null ? null : at(angles[i]!, (radius * Math.min(Math.max(value, 0), max)) / max);
	const spokes = axes.map((axis, i): RadarSpoke => {
		const label = labels[i]!;
		const box = { ...label.box, x: label.box.x + centre.x, y: label.box.y + centre.y };
		return {
			end: at(angles[i]!, radius),
			label: { ...label, x: label.x + centre.x, y: label.y + centre.y, box },
			value: point(axis.value, i),
			target: point(axis.target, i)
		};
	});
	return {
		width: size,
		height: bottom - top + 2 * edge,
		fontSize,
		centre,
		radius,
		rings: Array.from({ length: max }, (_, i) => ({
			level: i + 1,
			points: angles.map((angle) => at(angle, (radius * (i + 1)) / max)),
			mark: at(-Math.PI / 2, (radius * (i + 1)) / max)
		})),
		axes: spokes,
		values: linesThrough(spokes.map((spoke) => spoke.value)),
		targets: linesThrough(spokes.map((spoke) => spoke.target))
	};
}

/** The lines through what is there: one closed line, or an open one for each stretch. */
function linesThrough(all: (Point | null)[]): RadarLine[] {
	const gap = all.findIndex((point) => point === null);
	const known = all.filter((point): point is Point => point !== null);
	if (gap < 0) return known.length > 0 ? [{ points: known, closed: true }] : [];
	const lines: RadarLine[] = [];
	let line: Point[] = [];
	// Once around, from the gap on, so that a stretch across the top stays one.
	for (const point of [...all.slice(gap), ...all.slice(0, gap), null]) {
		if (point) line.push(point);
		else if (line.length > 0) {
			lines.push({ points: line, closed: false });
			line = [];
		}
	}
	return lines;
}
