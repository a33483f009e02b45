/** The line of time: the actions over the budget years, as pictures and as the table that says the same. */
import { timeline } from '../charts/timeline.ts';
import { paragraph, type ExportBlock, type FigureBlock } from '../document.ts';
import type { ExportInput } from '../input.ts';
import { inSentence } from '../text.ts';
import { cell, end, number, numberedActions, orDash, start, type Topics } from './tables.ts';
import { lines, period } from './words.ts';

/** As many as stand on a page in letters that can be read. */
const rowsOnPage = 24;

const dated = (input: ExportInput, topics: Topics) =>
	numberedActions(input, topics).filter(
		({ action }) => !action.dropped && (action.from !== '' || action.until !== '')
	);

/** A picture for every 24 actions with a day; none where no action has one. */
export function timelineFigures(input: ExportInput, topics: Topics = []): FigureBlock[] {
	const { words, direction, accent, years } = input;
	const shown = dated(input, topics);
	if (shown.length === 0 || years.length === 0) return [];
	const pages = Array.from({ length: Math.ceil(shown.length / rowsOnPage) }, (_, i) =>
		shown.slice(i * rowsOnPage, (i + 1) * rowsOnPage)
	);
	return pages.map((page) => {
		const title = words('export.timelineTitle');
		const description = page
			.map(({ action }) =>
				words('export.timelineRow', {
					action: inSentence(action.title, direction),
					period: period(input, action)
				})
			)
			.join(' ');
		const drawn = timeline({
			rows: page.map(({ action, number: n }) => ({
				label: `${number(input, n)}. ${action.title}`,
				from: action.from,
				until: action.until,
				done: action.finished
			})),
			years,
			title,
			description,
			direction,
			accent
		});
		const scale = Math.min(1, 640 / drawn.width, 860 / drawn.height);
		return {
			kind: 'figure',
			svg: drawn.svg,
			png: null,
			width: Math.round(drawn.width * scale),
			height: Math.round(drawn.height * scale),
			alt: `${title}. ${description}`,
			caption: words('export.timelineCaption')
		};
	});
}

export function timelineBlock(input: ExportInput, topics: Topics = []): ExportBlock[] {
	const { words } = input;
	const shown = dated(input, topics);
	if (shown.length === 0) return [paragraph(words('export.noDates'), 'small')];
	return [
		...timelineFigures(input, topics),
		{
			kind: 'table',
			columns: [end(8), start(40), start(26), start(26)],
			header: [
				cell(words('export.number')),
				cell(words('export.action')),
				cell(words('export.when')),
				cell(words('export.requires'))
			],
			rows: shown.map(({ action, number: n }) => [
				cell(number(input, n)),
				cell(action.title),
				cell(period(input, action)),
				orDash(lines(action.requires))
			]),
			caption: ''
		}
	];
}
