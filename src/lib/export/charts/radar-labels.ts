/**
 * The labels of a radar: beside the ends of their axes, off the rings and off each other.
 */
import { spread, textWidth, wrap } from './labels.ts';
import type { RadarAxis, RadarLabel } from './radar-geometry.ts';

/** Between the rim and a label, and between a label and the edge of the picture, in pixels. */
export const space = 14;
export const edge = 6;

/** As large as the longest word beside it allows, between a fifth and a third of the width. */
export function radiusFor(axes: RadarAxis[], size: number, fontSize: number): number {
	const longest = axes
		.flatMap((axis) => [...axis.label.split(/\s+/), ...(axis.note ?? '').split(/\s+/)])
		.reduce((width, word) => Math.max(width, textWidth(word, fontSize)), 0);
	// Half a pixel of air: a word that just fits would be broken by a rounding error.
	return Math.min(Math.max(size / 2 - longest - space - edge - 0.5, size * 0.2), size * 0.33);
}

/** Labels around the origin. Where the first try is too wide for its final place, all get narrow. */
export function placeLabels(
	axes: RadarAxis[],
	angles: number[],
	radius: number,
	size: number,
	fontSize: number
): RadarLabel[] {
	const narrow = size / 2 - radius - space - edge;
	const free = angles.map((a) => size / 2 - radius * Math.abs(Math.cos(a)) - space - edge);
	const first = arrange(axes, angles, radius, fontSize, free);
	const isInside = first.every(
		({ box }) => Math.max(-box.x, box.x + box.width) <= size / 2 - edge + 0.5
	);
	const widths = angles.map((a, i) => (sideOf(a) === 'middle' ? free[i]! : narrow));
	return isInside ? first : arrange(axes, angles, radius, fontSize, widths);
}

const sideOf = (angle: number): 'start' | 'middle' | 'end' =>
	Math.abs(Math.cos(angle)) < 0.1 ? 'middle' : Math.cos(angle) > 0 ? 'start' : 'end';

function arrange(
	axes: RadarAxis[],
	angles: number[],
	radius: number,
	fontSize: number,
	widths: number[]
): RadarLabel[] {
	const lineHeight = Math.round(fontSize * 1.25);
	const drafts = axes.map((axis, i) => {
		const note = axis.note ?? '';
		const lines = wrap(axis.label, widths[i]!, fontSize);
		const height = (lines.length + (note ? 1 : 0)) * lineHeight;
		const width = Math.max(0, ...[...lines, note].map((line) => textWidth(line, fontSize)));
		return {
			i,
			side: sideOf(angles[i]!),
			lines,
			note,
			width,
			height,
			y: radius * Math.sin(angles[i]!)
		};
	});
	const centres = new Map<number, number>();
	for (const side of ['start', 'end'] as const) {
		const column = drafts.filter((draft) => draft.side === side).sort((a, b) => a.y - b.y);
		const spans = column.map(({ y, height }) => ({ centre: y, height }));
		const places = spread(spans, lineHeight / 3, -radius - space / 2, radius + space / 2);
		column.forEach((draft, n) => centres.set(draft.i, places[n]!));
	}
	// The labels above and below stand clear of a column that runs over its end.
	const reach = drafts.reduce(
		(most, { i, height }) => {
			const centre = centres.get(i);
			return centre === undefined ? most : Math.max(most, Math.abs(centre) + height / 2);
		},
		radius + space / 2
	);
	return drafts.map(({ i, side, lines, note, width, height, y }) => {
		const middle = centres.get(i) ?? Math.sign(y) * (reach + space / 2 + height / 2);
		const nearest = Math.max(0, Math.abs(middle) - height / 2);
		const rim = Math.sqrt(Math.max(0, (radius + space) ** 2 - nearest ** 2));
		const out = Math.max(Math.abs(Math.cos(angles[i]!)) * radius + space / 2, rim);
		const x = side === 'middle' ? 0 : side === 'start' ? out : -out;
		const left = side === 'middle' ? -width / 2 : side === 'start' ? out : -out - width;
		const box = { x: left, y: middle - height / 2, width, height };
		return { lines, note, anchor: side, x, y: box.y + fontSize, lineHeight, box };
	});
}
