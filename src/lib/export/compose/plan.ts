/**
 * The plan: all actions in one table, then each with everything that is known of it.
 */
import { heading, paragraph, type ExportBlock } from '../document.ts';
import type { ExportAction, ExportInput } from '../input.ts';
import { inSentence } from '../text.ts';
import { cell, end, facts, number, numberedActions, orDash, start, type Topics } from './tables.ts';

export function planPart(input: ExportInput): ExportBlock[] {
	const { words } = input;
	return [
		heading(1, words('export.planTitle')),
		...(input.actions.length > 0
			? [paragraph(words('export.planIntro', { count: input.actions.length }), 'lead')]
			: []),
		...actionTable(input),
		...(input.actions.length > 0
			? [
					heading(2, words('export.actionsTitle')),
					...input.actions.flatMap((a) => detail(input, a))
				]
			: [])
	];
}

/** Number, action, who, when, cost, state. */
export function actionTable(input: ExportInput, topics: Topics = []): ExportBlock[] {
	const { words } = input;
	const shown = numberedActions(input, topics);
	if (shown.length === 0) return [paragraph(words('export.noActions'), 'small')];
	return [
		{
			kind: 'table',
			columns: [end(8), start(30), start(19), start(18), start(13), start(12)],
			header: [
				cell(words('export.number')),
				cell(words('export.action')),
				cell(words('export.owner')),
				cell(words('export.when')),
				cell(words('export.cost')),
				cell(words('export.state'))
			],
			rows: shown.map(({ action, number: n }) => [
				cell(number(input, n)),
				{ runs: [{ text: action.title, bold: true }] },
				cell(action.owner || words('export.nobodyYet')),
				orDash(period(input, action)),
				orDash(action.cost),
				orDash(action.state)
			]),
			caption: ''
		}
	];
}

/** Number, action, indicator with unit, target. */
export function indicatorTable(input: ExportInput, topics: Topics = []): ExportBlock[] {
	const { words } = input;
	const shown = numberedActions(input, topics).filter(({ action }) => action.indicator !== '');
	if (shown.length === 0) return [paragraph(words('export.noIndicators'), 'small')];
	return [
		{
			kind: 'table',
			columns: [end(8), start(34), start(34), start(12), start(12)],
			header: [
				cell(words('export.number')),
				cell(words('export.action')),
				cell(words('export.indicator')),
				cell(words('export.unit')),
				cell(words('export.target'))
			],
			rows: shown.map(({ action, number: n }) => [
				cell(number(input, n)),
				cell(action.title),
				cell(action.indicator),
				orDash(action.unit),
				orDash(action.target)
			]),
			caption: ''
		}
	];
}

function detail(input: ExportInput, action: ExportAction): ExportBlock[] {
	const { words } = input;
	return [
		heading(3, action.title || words('export.untitledAction')),
		facts([
			[words('export.owner'), action.owner || words('export.nobodyYet')],
			[words('export.when'), period(input, action)],
			[words('export.state'), action.state],
			[words('export.cost'), action.cost],
			[words('export.effort'), action.effort],
			[words('export.closes'), action.closes.join('\n')],
			[words('export.doneWhen'), action.done],
			[words('export.indicator'), action.indicator],
			[words('export.unit'), action.unit],
			[words('export.target'), action.target],
			[words('export.note'), action.note]
		])
	];
}

function period({ words, direction }: ExportInput, { start, end }: ExportAction): string {
	const values = { start: inSentence(start, direction), end: inSentence(end, direction) };
	if (start && end) return words('export.period', values);
	if (start) return words('export.periodFrom', values);
	return end ? words('export.periodUntil', values) : '';
}
