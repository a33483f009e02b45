/**
 * Columns: what each year costs, as a self-contained accessible SVG. What is secured is full, what is not
 * yet is an empty frame above it, so that the gap can be seen on a grey printer too.
 */
import type { Direction } from '#lib/model/guide.ts';
import { textWidth } from './labels.ts';
import { element, ink, label, picture } from './svg.ts';

export type ColumnsOptions = {
	/** `note`: the sum, as it stands above its column. `funded` null: nothing is said of it. */
	rows: readonly { label: string; amount: number; funded: number | null; note: string }[];
	title: string;
	description?: string;
	key?: { funded: string; gap: string };
	direction?: Direction;
	accent?: string;
	size?: number;
	fontSize?: number;
};

/** The SVG with its size in pixels. */
export function columns(options: ColumnsOptions): { svg: string; width: number; height: number } {
	const { rows, direction = 'ltr', accent = '#1d4e89', fontSize = 13, key } = options;
	const width = options.size ?? 620;
	const isRtl = direction === 'rtl';
	const most = Math.max(1e-9, ...rows.map(({ amount }) => amount));
	const [top, high] = [fontSize * 2, 190];
	const floor = top + high;
	const step = width / Math.max(rows.length, 1);
	const thick = Math.min(64, step * 0.62);
	const drawn = rows.flatMap(({ label: name, amount, funded, note }, i) => {
		const middle = (isRtl ? rows.length - 1 - i : i) * step + step / 2;
		const height = (high * amount) / most;
		const full = (high * Math.min(funded ?? amount, amount)) / most;
		const x = middle - thick / 2;
		const small = Math.min(
			fontSize,
			(fontSize * (step - 4)) / Math.max(1, textWidth(note, fontSize))
		);
		const words = (y: number, text: string, size: number, weight?: string): string =>
			element(
				'text',
				{
					x: middle,
					y,
					'text-anchor': 'middle',
					'font-size': size,
					'font-weight': weight,
					fill: ink.text
				},
				[label(text, direction)]
			);
		return [
			element('rect', {
				x,
				y: floor - height,
				width: thick,
				height,
				fill: ink.paper,
				stroke: accent,
				'stroke-width': 1.5,
				'stroke-dasharray': '4 3'
			}),
			element('rect', { x, y: floor - full, width: thick, height: full, fill: accent }),
			words(floor - height - 6, note, small, 'bold'),
			words(floor + fontSize * 1.4, name, fontSize)
		];
	});
	const below = floor + fontSize * 2;
	const keyed = key ? keyOf(key, { width, y: below + 14, isRtl, accent, fontSize, direction }) : [];
	const size = { width, height: Math.ceil(below + (key ? 30 : 4)) };
	const svg = picture(size, options.title, options.description ?? '', [
		element('rect', { ...size, fill: ink.paper }),
		...drawn,
		element('line', { x1: 0, y1: floor, x2: width, y2: floor, stroke: ink.quiet }),
		...keyed
	]);
	return { svg, ...size };
}

function keyOf(
	words: { funded: string; gap: string },
	place: {
		width: number;
		y: number;
		isRtl: boolean;
		accent: string;
		fontSize: number;
		direction: Direction;
	}
): string[] {
	const { width, y, isRtl, accent, fontSize, direction } = place;
	let from = 8;
	return (['funded', 'gap'] as const).flatMap((kind) => {
		const at = (distance: number): number => (isRtl ? width - distance : distance);
		const box = element('rect', {
			x: isRtl ? width - from - 14 : from,
			y: y - 11,
			width: 14,
			height: 14,
			fill: kind === 'funded' ? accent : ink.paper,
			stroke: accent,
			'stroke-dasharray': kind === 'funded' ? undefined : '4 3'
		});
		const text = element(
			'text',
			{
				x: at(from + 20),
				y: y + 1,
				'text-anchor': isRtl ? 'end' : 'start',
				'font-size': fontSize,
				fill: ink.text
			},
			[label(words[kind], direction)]
		);
		from += 20 + textWidth(words[kind], fontSize) + 28;
		return [box, text];
	});
}
