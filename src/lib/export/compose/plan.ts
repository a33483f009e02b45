/**
 * The plan: all actions in one table and on a line of time, then each, under its objective, with
 * everything that is known of it.
 */
import { heading, paragraph, type ExportBlock } from '../document.ts';
import type { ExportAction, ExportIndicator, ExportInput } from '../input.ts';
import { inSentence } from '../text.ts';
import { cell, end, facts, number, numberedActions, orDash, start, type Topics } from './tables.ts';
import { timelineFigures } from './timeline.ts';
import { lines, money, ownerOf, party, period } from './words.ts';

export function planPart(input: ExportInput): ExportBlock[] {
	const { words, actions } = input;
	if (actions.length === 0) return [heading(1, words('export.planTitle')), ...actionTable(input)];
	return [
		heading(1, words('export.planTitle')),
		paragraph(words('export.planIntro', { count: actions.length }), 'lead'),
		...actionTable(input),
		...timelineFigures(input),
		...details(input)
	];
}

/** Under their objectives where there are any; each action stands under one. */
function details(input: ExportInput): ExportBlock[] {
	const { words, actions, objectives } = input;
	if (!objectives.some(({ title }) => title !== '')) {
		return [
			heading(2, words('export.actionsTitle')),
			...actions.flatMap((action) => detail(input, action))
		];
	}
	const placed = new Set(objectives.flatMap((objective) => objective.actions));
	const left = actions.map((_, i) => i).filter((i) => !placed.has(i));
	return [
		...objectives.flatMap(({ title, note, indicators, actions: own }) => [
			heading(2, title || words('export.noObjective')),
			...(note === '' ? [] : [paragraph(note)]),
			...(indicators.length === 0
				? []
				: [
						facts([
							[
								words('export.indicators'),
								lines(indicators.map((one) => indicatorLine(input, one)))
							]
						])
					]),
			...own.flatMap((i) => (actions[i] ? detail(input, actions[i]) : []))
		]),
		// Dropped ones serve no objective any more, and are part of the plan's history.
		...(left.length === 0
			? []
			: [
					heading(2, words('export.droppedTitle')),
					...left.flatMap((i) => (actions[i] ? detail(input, actions[i]) : []))
				])
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
			// The longest state that a language has, "Abandonnée", stays on one line.
			columns: [end(6), start(27), start(23), start(20), start(10), start(14)],
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
				cell(ownerOf(action) || words('export.nobodyYet')),
				orDash(period(input, action)),
				orDash(action.cost),
				orDash(action.state)
			]),
			caption: ''
		}
	];
}

/** Number, action, indicator with unit, baseline, target. */
export function indicatorTable(input: ExportInput, topics: Topics = []): ExportBlock[] {
	const { words } = input;
	const shown = numberedActions(input, topics).flatMap(({ action, number: n }) =>
		namedOf(action).map((indicator) => ({ action, indicator, n }))
	);
	if (shown.length === 0) return [paragraph(words('export.noIndicators'), 'small')];
	return [
		{
			kind: 'table',
			columns: [end(8), start(28), start(30), start(11), start(11), start(12)],
			header: [
				cell(words('export.number')),
				cell(words('export.action')),
				cell(words('export.indicator')),
				cell(words('export.unit')),
				cell(words('export.baseline')),
				cell(words('export.target'))
			],
			rows: shown.map(({ action, indicator, n }) => [
				cell(number(input, n)),
				cell(action.title),
				cell(indicator.title),
				orDash(indicator.unit),
				orDash(withDay(indicator.baseline, indicator.baselineDay, inColumn)),
				orDash(withDay(indicator.target, indicator.targetDay, inColumn))
			]),
			caption: ''
		}
	];
}

/** Those with words. An action's own has its target even before anybody named what is measured. */
const namedOf = (action: ExportAction): ExportIndicator[] =>
	indicatorsOf(action).filter(({ title }) => title !== '');

/** All of an action; where there are only its own fields, those are one. */
export const indicatorsOf = (action: ExportAction): ExportIndicator[] =>
	action.indicators.length > 0 || (action.indicator === '' && action.target === '')
		? action.indicators
		: [
				{
					title: action.indicator,
					unit: action.unit,
					baseline: '',
					baselineDay: '',
					target: action.target,
					targetDay: '',
					source: '',
					collector: { name: '', person: '' },
					every: 0
				}
			];

const inLine = (day: string): string => ` (${day})`;
/** In a narrow column a date in brackets would be cut. */
const inColumn = (day: string): string => `\n${day}`;

const withDay = (value: string, day: string, place = inLine): string =>
	value === '' || day === '' ? value : value + place(day);

/** "Share of sites (%): 12 (2026) → 80 (2028)": an indicator in one line. */
export function indicatorLine(input: ExportInput, indicator: ExportIndicator): string {
	const { words, direction } = input;
	const { title, unit, source, every } = indicator;
	const say = (key: 'baseline' | 'target' | 'sourceOf' | 'collector', value: string): string =>
		value === ''
			? ''
			: words('export.part', { name: words(`export.${key}`), value: inSentence(value, direction) });
	return [
		title === '' ? '' : unit === '' ? title : `${title} (${unit})`,
		say('baseline', withDay(indicator.baseline, indicator.baselineDay)),
		say('target', withDay(indicator.target, indicator.targetDay)),
		say('sourceOf', source),
		say('collector', party(indicator.collector)),
		every > 0 ? words('export.every', { count: every }) : ''
	]
		.filter((part) => part !== '')
		.join(' · ');
}

function detail(input: ExportInput, action: ExportAction): ExportBlock[] {
	const { words, direction } = input;
	const isFunded = !input.hidden.includes('unfunded');
	const costs = action.costs.map((line) =>
		[
			line.title,
			line.kind,
			line.years,
			words('export.perYear', { money: money(input, line.amount, line.currency) }),
			isFunded ? words('export.fundedOf', { money: money(input, line.funded, line.currency) }) : '',
			isFunded ? line.source : ''
		]
			.filter((part) => part !== '')
			.join(' · ')
	);
	const risks = action.risks.map((risk) =>
		[
			risk.text,
			words('export.riskOf', {
				level: risk.level,
				likelihood: risk.likelihood,
				impact: risk.impact
			}),
			risk.response
		]
			.filter((part) => part !== '')
			.join(' · ')
	);
	const tasks = action.tasks.map((task) =>
		[
			`${task.done ? '☑' : '☐'} ${task.title}`,
			party(task.owner),
			task.end && words('export.periodUntil', { end: inSentence(task.end, direction) })
		]
			.filter((part) => part !== '')
			.join(' · ')
	);
	return [
		heading(3, action.title || words('export.untitledAction')),
		facts([
			[words('export.owner'), ownerOf(action) || words('export.nobodyYet')],
			[words('export.sponsor'), party(action.sponsor)],
			[words('export.partners'), lines(action.partners.map(party))],
			[words('export.when'), period(input, action)],
			[words('export.state'), action.state],
			[words('export.cost'), action.cost],
			[words('export.effort'), action.effort],
			[words('export.costLines'), lines(costs)],
			[words('export.closes'), lines(action.closes)],
			[words('export.requires'), lines(action.requires)],
			[words('export.doneWhen'), action.done],
			[words('export.indicators'), lines(indicatorsOf(action).map((i) => indicatorLine(input, i)))],
			[words('export.risks'), lines(risks)],
			[words('export.blocker'), action.blocker],
			[words('export.unblock'), action.unblock],
			[words('export.tasks'), lines(tasks)],
			[words('export.tags'), action.tags.join(' · ')],
			[words('export.note'), action.note]
		])
	];
}
