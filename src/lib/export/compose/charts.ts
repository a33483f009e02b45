/** All charts of the work, each with a title of its own: what can be taken away as a picture. */
import { bars } from '../charts/bars.ts';
import type { FigureBlock } from '../document.ts';
import type { ExportInput } from '../input.ts';
import { budgetFigures } from './budget.ts';
import { chart } from './chart.ts';
import { heatFigures } from './heat.ts';
import { score } from './tables.ts';
import { timelineFigures } from './timeline.ts';

export type Chart = { title: string; figure: FigureBlock };

/** In this order: radar, bars, heat map, timeline, budget; those that have nothing to show are not there. */
export function chartsOf(input: ExportInput): Chart[] {
	const { words } = input;
	const isFigure = (block: { kind: string }): block is FigureBlock => block.kind === 'figure';
	const radar = chart(input).filter(isFigure);
	const times = timelineFigures(input);
	return [
		...radar.map((figure) => ({ title: words('export.radarTitle'), figure })),
		// With fewer than three topics the radar is bars already.
		...(input.topics.length < 3
			? []
			: [{ title: words('export.chartBars'), figure: barFigure(input) }]),
		...heatFigures(input).map((figure) => ({ title: words('export.heatTitle'), figure })),
		...times.map((figure, i) => ({
			title:
				times.length === 1
					? words('export.timelineTitle')
					: words('export.chartNumber', { title: words('export.timelineTitle'), part: i + 1 }),
			figure
		})),
		...budgetFigures(input).map((figure) => ({ title: figure.caption, figure }))
	];
}

function barFigure(input: ExportInput): FigureBlock {
	const { words, direction, accent, topics } = input;
	const title = words('export.chartBars');
	const drawn = bars({
		rows: topics.map((topic) => ({
			label: topic.title,
			value: topic.score,
			target: topic.target,
			note: score(input, topic.score)
		})),
		title,
		direction,
		accent,
		size: 640,
		fontSize: 15
	});
	return {
		kind: 'figure',
		svg: drawn.svg,
		png: null,
		width: drawn.width,
		height: drawn.height,
		alt: title,
		caption: title
	};
}
