/**
 * A line of time as a self-contained, accessible SVG: a bar for each action over the budget years.
 *
 * A running or planned action is a full bar, a finished one a hatched frame's opposite: dark with a sign;
 * one with a single day is a diamond. Time runs in the direction of reading.
 */
import type { Direction } from '#lib/model/guide.ts';
import { textWidth, wrap } from './labels.ts';
import { element, ink, label, picture } from './svg.ts';

/** Days as `YYYY-MM-DD`; an empty one is not known. */
export type TimelineRow = { label: string; from: string; until: string; done: boolean };
export type TimelineOptions = {
	rows: readonly TimelineRow[];
	/** Without gaps, the first one first. */
	years: readonly { name: string; from: string; to: string }[];
	title: string;
	description?: string;
	direction?: Direction;
	accent?: string;
	/** Width in pixels. */
	size?: number;
	fontSize?: number;
};

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

/** The SVG with its size in pixels. Days beyond the years stand at their edge. */
export function timeline(options: TimelineOptions): { svg: string; width: number; height: number } {
	const { rows, years, direction = 'ltr', accent = '#1d4e89', fontSize = 13 } = options;
	const width = options.size ?? 680;
	const isRtl = direction === 'rtl';
	const names = Math.round(width * 0.4);
	const room = width - names - 8;
	const [first, last] = [years[0], years.at(-1)];
	const begin = first ? day(first.from) : 0;
	const end = last ? day(last.to) + 1 : 1;
	/** From the side where reading begins. */
	const at = (distance: number): number => (isRtl ? width - distance : distance);
	const x = (time: number): number =>
		names + (room * Math.min(Math.max(time - begin, 0), end - begin)) / (end - begin);
	const box = (from: number, to: number, y: number, height: number) => ({
		x: isRtl ? width - to : from,
		y,
		width: Math.max(to - from, 0),
		height
	});
	const anchor = isRtl ? 'end' : 'start';
	const lineHeight = Math.round(fontSize * 1.2);
	const head = fontSize * 2;

	let y = head;
	const drawn: string[] = [];
	const stripes: string[] = [];
	rows.forEach((row, i) => {
		const found = wrap(row.label, names - 16, fontSize);
		const lines =
			found.length > 2 ? [found[0]!, `${found[1]!.replace(/[\s\p{P}]+$/u, '')}…`] : found;
		const height = Math.max(lines.length, 1) * lineHeight + 8;
		if (i % 2 === 0)
			stripes.push(element('rect', { x: 0, y, width, height, fill: '#f5f7f9', stroke: 'none' }));
		drawn.push(
			element(
				'text',
				{ 'text-anchor': anchor, 'font-size': fontSize, fill: ink.text },
				lines.map((line, n) =>
					element('tspan', { x: at(6), y: y + 4 + fontSize * 0.9 + n * lineHeight }, [
						label(line, direction)
					])
				)
			)
		);
		const middle = y + height / 2;
		const [from, until] = [row.from || row.until, row.until || row.from];
		if (from !== '') {
			const [a, b] = [x(day(from)), x(day(until) + 1)];
			const isMoment = row.from === '' || row.until === '' || b - a < 6;
			const fill = row.done ? ink.quiet : accent;
			drawn.push(
				isMoment
					? element('path', {
							d: `M${at((a + b) / 2).toFixed(2)} ${(middle - 6).toFixed(2)}l6 6l-6 6l-6 -6z`,
							fill,
							stroke: ink.paper,
							'stroke-width': 1
						})
					: element('rect', { ...box(a, b, middle - 6, 12), fill })
			);
			if (row.done && !isMoment)
				drawn.push(
					element('path', {
						d: `M${(at((a + b) / 2) - 5).toFixed(2)} ${middle.toFixed(2)}l3 3l6 -6`,
						fill: 'none',
						stroke: ink.paper,
						'stroke-width': 2
					})
				);
		}
		y += height;
	});
	const grid = years.flatMap(({ name, from, to }) => {
		const [a, b] = [x(day(from)), x(day(to) + 1)];
		const isWide = textWidth(name, fontSize * 0.9) + 4 <= b - a;
		const shown = isWide ? name : name.slice(-2);
		return [
			element('line', { x1: at(a), y1: 0, x2: at(a), y2: y, stroke: ink.line, 'stroke-width': 1 }),
			element(
				'text',
				{
					x: at((a + b) / 2),
					y: fontSize * 1.3,
					'text-anchor': 'middle',
					'font-size': fontSize * 0.9,
					'font-weight': 'bold',
					fill: ink.text
				},
				[label(shown, direction)]
			)
		];
	});
	const size = { width, height: Math.ceil(y) + 1 };
	const svg = picture(size, options.title, options.description ?? '', [
		element('rect', { ...size, fill: ink.paper }),
		...stripes,
		...grid,
		element('line', { x1: at(width), y1: y, x2: at(0), y2: y, stroke: ink.line }),
		element('line', { x1: 0, y1: head, x2: width, y2: head, stroke: ink.quiet }),
		...drawn
	]);
	return { svg, ...size };
}
