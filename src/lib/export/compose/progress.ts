/**
 * The progress report: what a period brought, as a document. Takes words and figures that the follow
 * page shows too (`follow/report.ts`), so that screen and file cannot differ (P9).
 */
import { formatNumber, type Values } from '#lib/i18n/words.ts';
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import { bars } from '../charts/bars.ts';
import {
	heading,
	paragraph,
	text,
	type Cell,
	type Column,
	type ExportBlock,
	type ExportDocument
} from '../document.ts';
import type { ExportInput } from '../input.ts';
import { inSentence } from '../text.ts';
import { cell, end, orDash, start } from './tables.ts';

export type ProgressWord = Extract<MessageKey, `follow.${string}` | `export.${string}`>;

/** All texts are in the language of the document; days as it writes them. */
export type ProgressInput = Pick<
	ExportInput,
	'lang' | 'direction' | 'workspace' | 'guide' | 'version' | 'date' | 'created' | 'accent'
> & {
	words: (key: ProgressWord, values?: Values) => string;
	period: string;
	before: string;
	tally: { name: string; now: number; before: number }[];
	/** Dropped ones are not among them. */
	states: { name: string; count: number }[];
	done: ReportLine[];
	started: ReportLine[];
	dropped: ReportLine[];
	late: (ReportLine & { why: string })[];
	indicators: {
		title: string;
		unit: string;
		baseline: string;
		before: string;
		now: string;
		target: string;
		share: string;
		standing: string;
		isNew: boolean;
	}[];
	money: { currency: string; rows: { year: string; amounts: [string, string, string] }[] }[];
	risks: { risk: string; action: string; weight: number; response: string }[];
	decisions: string[];
	next: ReportLine[];
};
/** `day`: when it happened, was due, or is to end. */
export type ReportLine = { title: string; owner: string; day: string };

export function composeProgress(input: ProgressInput): ExportDocument {
	const { words, workspace, guide, direction } = input;
	const inside = (words: string): string => inSentence(words, direction);
	return {
		lang: input.lang,
		direction,
		title: words('follow.reportTitle'),
		subtitle: input.period,
		meta: {
			country: workspace.country,
			workspace: workspace.name,
			date: input.date,
			created: input.created,
			edition: words('export.edition', {
				guide: inside(guide.title),
				edition: inside(guide.edition)
			}),
			app: words('export.madeWith', { version: inside(input.version) })
		},
		accent: input.accent,
		fictional: workspace.demo
			? words('export.fictional', { country: inside(workspace.country || workspace.name) })
			: null,
		words: {
			contents: words('export.contents'),
			notes: words('export.notes'),
			back: words('export.backToText'),
			pageOf: words('export.pageOf', { page: '{page}', pages: '{pages}' })
		},
		blocks: [
			...glance(input),
			...decisions(input),
			...actions(input),
			...late(input),
			...indicators(input),
			...money(input),
			...risks(input),
			...next(input)
		]
	};
}

function glance(input: ProgressInput): ExportBlock[] {
	const { words, period, before, tally } = input;
	return [
		heading(1, words('follow.glance')),
		paragraph(words('follow.glanceText', { period, before }), 'lead'),
		...stateChart(input),
		table(
			[start(60), end(20), end(20)],
			[words('follow.what'), words('follow.thisPeriod'), words('follow.beforePeriod')],
			tally.map((row) => [
				cell(row.name),
				{ runs: [{ text: count(input, row.now), bold: true }] },
				cell(count(input, row.before))
			])
		),
		paragraph(words('follow.howMade'), 'small')
	];
}

function stateChart({ words, states, direction, accent }: ProgressInput): ExportBlock[] {
	const total = states.reduce((sum, one) => sum + one.count, 0);
	if (total === 0) return [];
	const title = words('follow.statesAtEnd');
	const rows = states.map(({ name, count }) => ({
		label: name,
		value: count,
		target: null,
		note: words('follow.countOf', { count, total })
	}));
	const description = rows.map(({ label, note }) => `${label}: ${note}.`).join(' ');
	// Four parts of the whole: the fine lines of the tracks are quarters.
	const scaled = rows.map((row) => ({ ...row, value: (row.value / total) * 4 }));
	const drawn = bars({
		rows: scaled,
		title,
		description,
		direction,
		accent,
		size: 520,
		fontSize: 15
	});
	const scale = 0.75;
	return [
		{
			kind: 'figure',
			svg: drawn.svg,
			png: null,
			width: Math.round(drawn.width * scale),
			height: Math.round(drawn.height * scale),
			alt: `${title}. ${description}`,
			caption: title
		}
	];
}

function decisions({ words, decisions }: ProgressInput): ExportBlock[] {
	return [
		heading(1, words('follow.decisionsTitle')),
		decisions.length === 0
			? paragraph(words('follow.decisionsNone'))
			: {
					kind: 'list',
					ordered: true,
					start: 1,
					items: decisions.map((decision) => [paragraph(decision)])
				}
	];
}

function actions(input: ProgressInput): ExportBlock[] {
	const { words, done, started, dropped } = input;
	const part = (title: ProgressWord, lines: ReportLine[]): ExportBlock[] => [
		heading(1, words(title)),
		...(lines.length === 0
			? [paragraph(words('follow.nothing'))]
			: [lineTable(input, lines, words('follow.dayColumn'))])
	];
	return [
		...part('follow.doneTitle', done),
		...part('follow.startedTitle', started),
		...(dropped.length > 0 ? part('follow.droppedTitle', dropped) : [])
	];
}

const lineTable = (input: ProgressInput, lines: ReportLine[], day: string): ExportBlock =>
	table(
		[start(52), start(28), start(20)],
		[input.words('follow.action'), input.words('follow.owner'), day],
		lines.map((line) => [strong(line.title), orDash(line.owner), orDash(line.day)])
	);

function late({ words, late }: ProgressInput): ExportBlock[] {
	return [
		heading(1, words('follow.lateWhyTitle')),
		late.length === 0
			? paragraph(words('follow.lateNone'))
			: table(
					[start(34), start(22), start(18), start(26)],
					[
						words('follow.action'),
						words('follow.owner'),
						words('follow.wasDue'),
						words('follow.why')
					],
					late.map((line) => [
						strong(line.title),
						orDash(line.owner),
						cell(line.day),
						cell(line.why || words('follow.noReason'))
					])
				)
	];
}

function indicators({ words, indicators }: ProgressInput): ExportBlock[] {
	return [
		heading(1, words('follow.indicatorsTitle')),
		indicators.length === 0
			? paragraph(words('follow.indicatorsNone'))
			: table(
					[start(32), end(12), end(11), end(11), end(11), end(10), start(13)],
					[
						words('follow.indicator'),
						words('follow.baseline'),
						words('follow.before'),
						words('follow.nowShort'),
						words('follow.target'),
						words('follow.wayColumn'),
						words('follow.standing')
					],
					indicators.map((one) => [
						{ runs: [...text(one.title), ...text(one.unit === '' ? '' : ` (${one.unit})`)] },
						orDash(one.baseline),
						orDash(one.before),
						{ runs: [{ text: one.now || '–', bold: one.isNew }] },
						orDash(one.target),
						orDash(one.share),
						cell(one.standing)
					])
				)
	];
}

function money({ words, money, date }: ProgressInput): ExportBlock[] {
	return [
		heading(1, words('follow.moneyTitle')),
		...(money.length === 0
			? [paragraph(words('follow.moneyNone'))]
			: money.map(({ currency, rows }) =>
					table(
						[start(28), end(24), end(24), end(24)],
						[
							words('follow.year'),
							words('follow.planned'),
							words('follow.funded'),
							words('follow.gap')
						],
						rows.map(({ year, amounts }, i) => [
							i === rows.length - 1 ? strong(year) : cell(year),
							...amounts.map((amount) => (i === rows.length - 1 ? strong(amount) : cell(amount)))
						]),
						words('follow.moneyCaption', { currency })
					)
				)),
		...(money.length > 0 ? [paragraph(words('follow.moneyNow', { date }), 'small')] : [])
	];
}

function risks(input: ProgressInput): ExportBlock[] {
	const { words, risks } = input;
	return [
		heading(1, words('follow.risksTitle')),
		risks.length === 0
			? paragraph(words('follow.risksNone'))
			: table(
					[start(32), start(28), start(12), start(28)],
					[
						words('follow.risk'),
						words('follow.action'),
						words('follow.weight'),
						words('follow.response')
					],
					risks.map((one) => [
						strong(one.risk),
						cell(one.action),
						cell(words('follow.weightOf', { weight: one.weight })),
						orDash(one.response)
					])
				)
	];
}

function next(input: ProgressInput): ExportBlock[] {
	const { words, next } = input;
	return [
		heading(1, words('follow.nextTitle')),
		next.length === 0
			? paragraph(words('follow.nextNone'))
			: lineTable(input, next, words('follow.endsOn'))
	];
}

const strong = (words: string): Cell => ({ runs: [{ text: words, bold: true }] });
const count = ({ lang }: ProgressInput, value: number): string => formatNumber(lang, value);

const table = (columns: Column[], header: string[], rows: Cell[][], caption = ''): ExportBlock => ({
	kind: 'table',
	columns,
	header: header.map(cell),
	rows,
	caption
});
