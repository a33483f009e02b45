/**
 * The workshop report: who was there and agreed to be named, the agenda as it ran, the results with
 * their spread and dissent, decisions, actions, promises, parked questions, the evaluation. Takes words and
 * figures that the workshop's own pages show (P9); votes that were not revealed are not in its input.
 */
import { formatNumber, type Values } from '#lib/i18n/words.ts';
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import type { Level } from '#lib/model/guide.ts';
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

export type WorkshopWord = Extract<MessageKey, `workshop.${string}` | `export.${string}`>;

/** All texts are in the language of the document; days and times as it writes them. */
export type WorkshopInput = Pick<
	ExportInput,
	'lang' | 'direction' | 'workspace' | 'guide' | 'version' | 'date' | 'created' | 'accent'
> & {
	words: (key: WorkshopWord, values?: Values) => string;
	title: string;
	place: string;
	days: string;
	facilitator: string;
	/** Only those who agreed to be named. */
	people: { name: string; organisation: string; role: string }[];
	/** How many others were there. */
	unnamed: number;
	/** Began and ended are times of the day; empty where the session did not take place. */
	sessions: {
		day: string;
		title: string;
		began: string;
		ended: string;
		planned: number;
		taken: number | null;
		state: string;
	}[];
	results: {
		question: string;
		group: string;
		/** As agreed; null: not agreed. */
		level: Level | null;
		sentence: string;
		counts: number[];
		unknown: number;
		spread: string;
		spreadBefore: string;
		dissenters: number;
		dissent: string;
		late: number;
	}[];
	cards: { title: string; columns: { name: string; cards: { text: string; dots: number }[] }[] }[];
	actions: { title: string; owner: string; end: string }[];
	decisions: ReportNote[];
	promises: (ReportNote & { question: string; standing: string })[];
	parked: ReportNote[];
	marks: { criterion: string; mean: number | null; count: number }[];
	comments: string[];
	forms: number;
};
export type ReportNote = { text: string; who: string; by: string };

export function composeWorkshop(input: WorkshopInput): ExportDocument {
	const { words, workspace, guide, direction } = input;
	const inside = (said: string): string => inSentence(said, direction);
	return {
		lang: input.lang,
		direction,
		title: words('workshop.report'),
		subtitle: input.title,
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
			...results(input),
			...notes(input, 'workshop.all-decision', 'workshop.noDecisions', input.decisions),
			...actions(input),
			...promises(input),
			...notes(input, 'workshop.all-parked', 'workshop.noParked', input.parked),
			...walls(input),
			...agenda(input),
			...people(input),
			...evaluation(input)
		]
	};
}

const count = (input: WorkshopInput, value: number): string => formatNumber(input.lang, value);

const table = (columns: Column[], header: string[], rows: Cell[][]): ExportBlock => ({
	kind: 'table',
	columns,
	header: header.map(cell),
	rows,
	caption: ''
});

function glance(input: WorkshopInput): ExportBlock[] {
	const { words, results: all } = input;
	const agreed = all.filter(({ level }) => level !== null);
	const facts: [string, string][] = [
		[words('workshop.when'), input.days],
		[words('workshop.place'), input.place],
		[words('workshop.facilitator'), input.facilitator],
		[
			words('workshop.people'),
			input.people.length + input.unnamed ? count(input, input.people.length + input.unnamed) : ''
		]
	];
	return [
		heading(1, words('workshop.reportGlance')),
		paragraph(
			words('workshop.reportSentence', {
				agreed: count(input, agreed.length),
				voted: count(input, all.length),
				decisions: count(input, input.decisions.length),
				actions: count(input, input.actions.length),
				promises: count(input, input.promises.length)
			}),
			'lead'
		),
		{
			kind: 'table',
			columns: [start(30), start(70)],
			header: [],
			rows: facts
				.filter(([, value]) => value !== '')
				.map(([name, value]) => [{ runs: [{ text: name, bold: true }] }, cell(value)]),
			caption: ''
		}
	];
}

function results(input: WorkshopInput): ExportBlock[] {
	const { words, results: all } = input;
	const title = heading(1, words('workshop.results'));
	if (all.length === 0) return [title, paragraph(words('workshop.noResults'), 'small')];
	const grouped = all.some(({ group }) => group !== '');
	return [
		title,
		table(
			[
				start(34),
				...(grouped ? [start(14)] : []),
				start(14),
				...[0, 1, 2, 3, 4].map(() => end(6)),
				end(8),
				start(16)
			],
			[
				words('workshop.question'),
				...(grouped ? [words('workshop.group')] : []),
				words('workshop.agreedShort'),
				...[0, 1, 2, 3, 4].map((level) => count(input, level)),
				'?',
				words('workshop.spread')
			],
			all.map((one) => [
				cell(one.question),
				...(grouped ? [orDash(one.group)] : []),
				one.level === null
					? cell(words('workshop.notAgreed'))
					: {
							runs: [
								{ text: words('workshop.level', { level: count(input, one.level) }), bold: true }
							],
							tint: one.level
						},
				...one.counts.map((votes) => cell(count(input, votes))),
				cell(count(input, one.unknown)),
				orDash(one.spread)
			])
		),
		paragraph(words('workshop.reportColumns'), 'small'),
		...all.flatMap((one) => detail(input, one))
	];
}

/** What a table cannot say: the sentence that was agreed, whose view it is not, how the room moved. */
function detail(input: WorkshopInput, one: WorkshopInput['results'][number]): ExportBlock[] {
	const { words } = input;
	const said = [
		one.spreadBefore
			? words('workshop.reportMoved', { before: one.spreadBefore, after: one.spread })
			: '',
		one.level !== null && one.dissenters
			? words('workshop.dissenters', { count: one.dissenters })
			: '',
		one.late ? words('workshop.lateVotes', { count: one.late }) : ''
	].filter(Boolean);
	if (one.level === null && said.length === 0) return [];
	return [
		heading(2, one.group ? `${one.question} (${one.group})` : one.question, false),
		...(one.level === null
			? []
			: [
					{
						kind: 'paragraph' as const,
						runs: [
							{
								text: `${words('workshop.level', { level: count(input, one.level) })}. `,
								bold: true
							},
							...text(one.sentence)
						]
					}
				]),
		...(said.length > 0 ? [paragraph(said.join(' '))] : []),
		...(one.dissent
			? [
					{
						kind: 'quote' as const,
						blocks: [paragraph(`${words('workshop.dissent')}: ${one.dissent}`)]
					}
				]
			: [])
	];
}

function notes(
	input: WorkshopInput,
	title: WorkshopWord,
	none: WorkshopWord,
	all: readonly ReportNote[]
): ExportBlock[] {
	const { words } = input;
	if (all.length === 0) return [heading(1, words(title)), paragraph(words(none), 'small')];
	const plain = all.every(({ who, by }) => who === '' && by === '');
	return [
		heading(1, words(title)),
		plain
			? {
					kind: 'list',
					ordered: true,
					start: 1,
					items: all.map((one) => [paragraph(one.text)])
				}
			: table(
					[start(56), start(24), start(20)],
					[words('workshop.what'), words('workshop.who'), words('workshop.byWhen')],
					all.map((one) => [cell(one.text), orDash(one.who), orDash(one.by)])
				)
	];
}

function actions(input: WorkshopInput): ExportBlock[] {
	const { words } = input;
	const title = heading(1, words('workshop.reportActions'));
	if (input.actions.length === 0) return [title, paragraph(words('workshop.noActions'), 'small')];
	return [
		title,
		table(
			[start(56), start(24), start(20)],
			[words('workshop.what'), words('workshop.who'), words('workshop.byWhen')],
			input.actions.map((one) => [cell(one.title), orDash(one.owner), orDash(one.end)])
		)
	];
}

function promises(input: WorkshopInput): ExportBlock[] {
	const { words } = input;
	const title = heading(1, words('workshop.promises'));
	if (input.promises.length === 0) return [title, paragraph(words('workshop.noPromises'), 'small')];
	return [
		title,
		table(
			[start(34), start(24), start(18), start(14), start(10)],
			[
				words('workshop.what'),
				words('workshop.question'),
				words('workshop.who'),
				words('workshop.byWhen'),
				words('workshop.standing')
			],
			input.promises.map((one) => [
				cell(one.text),
				orDash(one.question),
				orDash(one.who),
				orDash(one.by),
				cell(one.standing)
			])
		)
	];
}

function walls(input: WorkshopInput): ExportBlock[] {
	const { words } = input;
	return input.cards.flatMap((wall) => [
		heading(1, wall.title),
		...wall.columns.flatMap(({ name, cards }): ExportBlock[] => [
			...(name ? [heading(2, name, false)] : []),
			{
				kind: 'list',
				ordered: false,
				start: 1,
				items: cards.map(({ text: said, dots }) => [
					paragraph(dots ? `${said} (${words('workshop.dots', { count: dots })})` : said)
				])
			}
		])
	]);
}

function agenda(input: WorkshopInput): ExportBlock[] {
	const { words } = input;
	const several = new Set(input.sessions.map(({ day }) => day)).size > 1;
	return [
		heading(1, words('workshop.reportAgenda')),
		table(
			[...(several ? [start(12)] : []), start(40), start(24), end(12), end(12)],
			[
				...(several ? [words('workshop.onDay')] : []),
				words('workshop.session'),
				words('workshop.asItRan'),
				words('workshop.planned'),
				words('workshop.taken')
			],
			input.sessions.map((one) => [
				...(several ? [cell(one.day)] : []),
				cell(one.title),
				cell(one.began ? [one.began, one.ended].filter(Boolean).join('–') : one.state),
				cell(words('workshop.min', { count: one.planned })),
				one.taken === null ? cell('–') : cell(words('workshop.min', { count: one.taken }))
			])
		)
	];
}

function people(input: WorkshopInput): ExportBlock[] {
	const { words } = input;
	const rest = input.unnamed ? [paragraph(words('workshop.others', { count: input.unnamed }))] : [];
	const title = heading(1, words('workshop.people'));
	if (input.people.length === 0)
		return [title, ...(rest.length ? rest : [paragraph(words('workshop.noPeople'), 'small')])];
	return [
		title,
		table(
			[start(40), start(40), start(20)],
			[words('workshop.personName'), words('workshop.organisation'), words('workshop.role')],
			input.people.map((one) => [cell(one.name), orDash(one.organisation), orDash(one.role)])
		),
		...rest
	];
}

function evaluation(input: WorkshopInput): ExportBlock[] {
	const { words } = input;
	if (input.forms === 0) return [];
	return [
		heading(1, words('workshop.evaluation')),
		table(
			[start(60), end(20), end(20)],
			[words('workshop.criterion'), words('workshop.mean'), words('workshop.answers')],
			input.marks.map((one) => [
				cell(one.criterion),
				cell(
					one.mean === null
						? '–'
						: formatNumber(input.lang, one.mean, {
								minimumFractionDigits: 1,
								maximumFractionDigits: 1
							})
				),
				cell(count(input, one.count))
			])
		),
		paragraph(words('workshop.evaluationScale'), 'small'),
		...(input.comments.length === 0
			? []
			: [
					heading(2, words('workshop.comments'), false),
					{
						kind: 'list' as const,
						ordered: false,
						start: 1,
						items: input.comments.map((comment) => [paragraph(comment)])
					}
				])
	];
}
