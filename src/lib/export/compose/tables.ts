/**
 * The pieces that results, plan and chapters share: each turns data into blocks, for all topics or
 * for some. A live block of a chapter and the same table of the results come from one function.
 */
import { formatNumber } from '#lib/i18n/words.ts';
import {
	paragraph,
	text,
	type Cell,
	type Column,
	type ExportBlock,
	type TableBlock
} from '../document.ts';
import type { ExportAction, ExportAnswer, ExportInput } from '../input.ts';
import { inSentence } from '../text.ts';

/** Topic ids to limit a piece to; empty: all. */
export type Topics = readonly string[];
export const isIn = (topics: Topics, topic: string): boolean =>
	topics.length === 0 || topics.includes(topic);

export const cell = (words: string): Cell => ({ runs: text(words) });
/** Nothing there, said so. */
export const dash = '–';
export const orDash = (words: string): Cell => cell(words === '' ? dash : words);
export const start = (weight: number): Column => ({ align: 'start', weight });
export const end = (weight: number): Column => ({ align: 'end', weight });

export const number = (input: ExportInput, value: number): string =>
	formatNumber(input.lang, value);
/** A score with one decimal always: 2.0 beside 2.3. */
export const score = (input: ExportInput, value: number | null): string =>
	value === null
		? input.words('export.noScore')
		: formatNumber(input.lang, value, { minimumFractionDigits: 1 });

/** Figures of the country: value, year, source. */
export function figureTable({ words, figures }: ExportInput): ExportBlock[] {
	if (figures.length === 0) return [paragraph(words('export.noFigures'), 'small')];
	return [
		{
			kind: 'table',
			columns: [start(38), start(22), start(12), start(28)],
			header: [
				cell(words('export.figure')),
				cell(words('export.value')),
				cell(words('export.year')),
				cell(words('export.source'))
			],
			rows: figures.map(({ name, value, year, source }) => [
				cell(name),
				{ runs: [{ text: value, bold: true }] },
				orDash(year),
				orDash(source)
			]),
			caption: ''
		}
	];
}

/** Topic, score, answered, proven, target. */
export function scoreTable(input: ExportInput, topics: Topics = []): ExportBlock[] {
	const { words } = input;
	const shown = input.topics.filter((topic) => isIn(topics, topic.id));
	if (shown.length === 0) return [paragraph(words('export.noTopics'))];
	return [
		{
			kind: 'table',
			columns: [start(38), end(14), end(18), end(15), end(15)],
			header: [
				cell(words('export.topic')),
				cell(words('export.score')),
				cell(words('export.answered')),
				cell(words('export.proven')),
				cell(words('export.target'))
			],
			rows: shown.map((topic) => [
				cell(topic.title),
				{ runs: [{ text: score(input, topic.score), bold: topic.score !== null }] },
				cell(words('export.countOf', { done: topic.answered, total: topic.applicable })),
				cell(number(input, topic.proven)),
				cell(topic.target === null ? dash : score(input, topic.target))
			]),
			caption: words('export.scoreCaption')
		}
	];
}

/** The answer as words for a table: the level's number, and its sentence or what stands for it. */
export function answerCells(input: ExportInput, answer: ExportAnswer | null): [Cell, string] {
	const { words, direction } = input;
	if (answer === null) return [cell(dash), words('export.unanswered')];
	if (answer.kind === 'unknown') return [cell('?'), words('export.unknown')];
	if (answer.kind === 'not-applicable') {
		const reason = inSentence(answer.reason, direction);
		const said = reason === '' ? 'export.notApplicable' : 'export.notApplicableWhy';
		return [cell(dash), words(said, { reason })];
	}
	return [
		{ runs: [{ text: number(input, answer.level), bold: true }], tint: answer.level },
		answer.sentence
	];
}

/** Where the country stands, question by question, in short. */
export function levelSummary(input: ExportInput, topics: Topics = []): ExportBlock[] {
	const { words } = input;
	const shown = input.questions.filter((q) => isIn(topics, q.topic) && q.answer !== null);
	if (shown.length === 0) return [paragraph(words('export.noAnswers'), 'small')];
	return [
		{
			kind: 'table',
			columns: [start(30), { align: 'center', weight: 12 }, start(58)],
			header: [
				cell(words('export.question')),
				cell(words('export.level')),
				cell(words('export.standing'))
			],
			rows: shown.map((question) => {
				const [level, standing] = answerCells(input, question.answer);
				return [cell(question.title), level, cell(standing)];
			}),
			caption: ''
		}
	];
}

/** Rank, gap, from and to, why it ranks there, what closes it. */
export function gapTable(input: ExportInput, topics: Topics = []): ExportBlock[] {
	const { words, direction } = input;
	const shown = input.gaps.filter((gap) => isIn(topics, gap.topic));
	if (shown.length === 0) return [paragraph(words('export.noGaps'), 'small')];
	const titles = new Map(input.topics.map((topic) => [topic.id, topic.title]));
	return [
		{
			kind: 'table',
			columns: [end(8), start(26), start(16), start(20), start(30)],
			header: [
				cell(words('export.rank')),
				cell(words('export.gap')),
				cell(words('export.fromTo')),
				cell(words('export.why')),
				cell(words('export.closedBy'))
			],
			rows: shown.map((gap) => [
				cell(number(input, gap.rank)),
				{
					runs: [{ text: gap.title, bold: true }, { text: `\n${titles.get(gap.topic) ?? ''}` }]
				},
				cell(words('export.levelTo', { level: gap.level, target: gap.target })),
				cell(
					gap.parts
						.map(({ name, value }) =>
							words('export.part', { name: inSentence(name, direction), value })
						)
						.join('\n')
				),
				orDash(gap.measures.join('\n'))
			]),
			caption: words('export.gapCaption')
		}
	];
}

/** The actions of some topics with their numbers in the whole plan. */
export const numberedActions = (
	input: ExportInput,
	topics: Topics = []
): { action: ExportAction; number: number }[] =>
	input.actions
		.map((action, i) => ({ action, number: i + 1 }))
		.filter(
			({ action }) => topics.length === 0 || action.topics.some((topic) => topics.includes(topic))
		);

/** A table of facts: what, and what about it. Facts without words are left out. */
export function facts(pairs: [name: string, value: string][]): TableBlock {
	return {
		kind: 'table',
		columns: [start(28), start(72)],
		header: [],
		rows: pairs
			.filter(([, value]) => value !== '')
			.map(([name, value]) => [{ runs: [{ text: name, bold: true }] }, cell(value)]),
		caption: ''
	};
}

export const methodNote = (input: ExportInput): ExportBlock[] =>
	input.method.map((sentence) => paragraph(sentence));
