/**
 * The heat map: every question as a cell in the row of its topic, as a self-contained accessible SVG. A
 * radar shows the mean of a topic; here one sees of what it is the mean, and what nobody has answered.
 *
 * A cell is as full as its level is high and has its number in it: a grey printer tells the same.
 */
import type { Direction, Level } from '#lib/model/guide.ts';
import { textWidth, wrap } from './labels.ts';
import { element, ink, label, picture } from './svg.ts';

export const heatSigns = { unanswered: '–', unknown: '?', 'not-applicable': '×' } as const;
export type HeatKind = keyof typeof heatSigns;
/** `sign`: the level as the language writes it. */
export type HeatCell =
	{ kind: 'level'; level: Level; sign: string; proven: boolean } | { kind: HeatKind };
export type HeatOptions = {
	rows: readonly { label: string; cells: readonly HeatCell[] }[];
	title: string;
	description?: string;
	/** What the signs mean; those that no cell has are left out. */
	key: Record<HeatKind | 'level' | 'proven', string>;
	direction?: Direction;
	accent?: string;
	/** Width in pixels. */
	size?: number;
	fontSize?: number;
};

const side = 24;
const gap = 4;

/** The SVG with its size in pixels. */
export function heat(options: HeatOptions): { svg: string; width: number; height: number } {
	const { rows, direction = 'ltr', accent = '#1d4e89', fontSize = 14, key } = options;
	const width = options.size ?? 640;
	const isRtl = direction === 'rtl';
	const names = Math.round(width * 0.42);
	const across = Math.max(1, Math.floor((width - names + gap) / (side + gap)));
	const lineHeight = Math.round(fontSize * 1.2);
	/** From the side where reading begins. */
	const at = (distance: number): number => (isRtl ? width - distance : distance);
	const draw = (cell: HeatCell, from: number, y: number): string[] =>
		cellOf(cell, { x: isRtl ? width - from - side : from, y }, { accent, direction });
	const words = (text: string, from: number, y: number, size = fontSize): string =>
		element(
			'text',
			{
				x: at(from),
				y,
				'text-anchor': isRtl ? 'end' : 'start',
				'font-size': size,
				fill: ink.text
			},
			[label(text, direction)]
		);

	let y = 6;
	const drawn: string[] = [];
	for (const row of rows) {
		const lines = wrap(row.label, names - 14, fontSize);
		const deep = Math.ceil(row.cells.length / across);
		const height = Math.max(lines.length * lineHeight, deep * (side + gap) - gap);
		const first = y + (height - lines.length * lineHeight) / 2 + fontSize;
		drawn.push(...lines.map((line, i) => words(line, 2, first + i * lineHeight)));
		const top = y + (height - (deep * (side + gap) - gap)) / 2;
		row.cells.forEach((cell, i) => {
			const from = names + (i % across) * (side + gap);
			drawn.push(...draw(cell, from, top + Math.floor(i / across) * (side + gap)));
		});
		y += height + 6;
		drawn.push(
			element('line', { x1: 0, y1: y, x2: width, y2: y, stroke: ink.line, 'stroke-width': 1 })
		);
		y += 6;
	}

	y += 6;
	let from = 2;
	for (const { cell, text } of keyOf(rows, key)) {
		const long = side + 6 + textWidth(text, fontSize * 0.9) + 18;
		if (from > 2 && from + long > width) {
			from = 2;
			y += side + 6;
		}
		drawn.push(...draw(cell, from, y));
		drawn.push(words(text, from + side + 6, y + side / 2 + fontSize * 0.32, fontSize * 0.9));
		from += long;
	}
	const size = { width, height: Math.ceil(y + side + 4) };
	const paper = element('rect', { ...size, fill: ink.paper });
	const svg = picture(size, options.title, options.description ?? '', [paper, ...drawn]);
	return { svg, ...size };
}

/** A sample of what is in the map. */
function keyOf(
	rows: HeatOptions['rows'],
	key: HeatOptions['key']
): { cell: HeatCell; text: string }[] {
	const all = rows.flatMap(({ cells }) => cells);
	const levels = all.flatMap((cell) => (cell.kind === 'level' ? [cell] : []));
	const [highest] = [...levels].sort((a, b) => b.level - a.level);
	const proven = levels.find((cell) => cell.proven);
	return [
		...(highest ? [{ cell: { ...highest, proven: false }, text: key.level }] : []),
		...(proven ? [{ cell: proven, text: key.proven }] : []),
		...(['unknown', 'unanswered', 'not-applicable'] as const)
			.filter((kind) => all.some((cell) => cell.kind === kind))
			.map((kind) => ({ cell: { kind }, text: key[kind] }))
	];
}

function cellOf(
	cell: HeatCell,
	{ x, y }: { x: number; y: number },
	{ accent, direction }: { accent: string; direction: Direction }
): string[] {
	const isLevel = cell.kind === 'level';
	const high = isLevel ? (side * cell.level) / 4 : 0;
	const frame = element('rect', {
		x,
		y,
		width: side,
		height: side,
		fill: 'none',
		stroke: ink.quiet,
		'stroke-width': 1,
		'stroke-dasharray': isLevel ? undefined : '3 3'
	});
	const filling = element('rect', {
		x,
		y: y + side - high,
		width: side,
		height: high,
		fill: accent,
		// Light enough for the number in it.
		'fill-opacity': '.3'
	});
	const sign = element(
		'text',
		{
			x: x + side / 2,
			y: y + side / 2 + 5,
			'text-anchor': 'middle',
			'font-size': 14,
			'font-weight': isLevel ? 'bold' : undefined,
			fill: isLevel ? ink.text : ink.quiet
		},
		[label(isLevel ? cell.sign : heatSigns[cell.kind], direction)]
	);
	const tick = element('path', {
		d: `M${x + side - 8} ${y + 4.5}l2 2l3.5 -4.5`,
		fill: 'none',
		stroke: ink.text,
		'stroke-width': 1.5
	});
	return [...(high > 0 ? [filling] : []), frame, sign, ...(isLevel && cell.proven ? [tick] : [])];
}
