/**
 * The minister's summary: two pages at most, whatever the size of the work. Where we stand, what is strong
 * and weak, what we propose, what it costs and what of it is funded, and what the minister must decide.
 */
import { heading, paragraph, type ExportBlock } from '../document.ts';
import type { ExportInput, ExportSum, ExportWord } from '../input.ts';
import { inSentence } from '../text.ts';
import { cell, dash, end, score, start } from './tables.ts';
import { allMoney, amount, ownerOf, short } from './words.ts';

/** What fits on two pages with the longest titles that the limits below let through. */
const most = { topics: 12, items: 3, actions: 5, years: 6, currencies: 2, decisions: 6 } as const;

export const ministerPart = (input: ExportInput, isAlone: boolean): ExportBlock[] => [
	...(isAlone ? [] : [heading(1, input.words('export.titleMinister'), false)]),
	...standing(input),
	...proposal(input),
	...costs(input),
	...decisions(input),
	...(isAlone ? [] : [{ kind: 'page-break' as const }])
];

const title = (input: ExportInput, key: ExportWord): ExportBlock =>
	heading(2, input.words(key), false);

const bulleted = (items: [string, string][]): ExportBlock => ({
	kind: 'list',
	ordered: false,
	start: 1,
	items: items.map(([name, more]) => [
		{
			kind: 'paragraph',
			runs: [
				{ text: short(name, 90), bold: true },
				...(more === '' ? [] : [{ text: `. ${short(more, 150)}` }])
			]
		}
	])
});

function standing(input: ExportInput): ExportBlock[] {
	const { words, topics, strongest, gaps, questions } = input;
	const levelOf = (name: string): string => {
		const found = questions.find((question) => question.title === name);
		return found?.answer?.kind === 'level' ? found.answer.sentence : '';
	};
	return [
		title(input, 'export.resultsTitle'),
		...(input.summary === '' ? [] : [paragraph(short(input.summary, 400))]),
		...(topics.length === 0
			? []
			: [
					{
						kind: 'table' as const,
						columns: [start(52), end(16), end(16), end(16)],
						header: [
							cell(words('export.topic')),
							cell(words('export.score')),
							cell(words('export.target')),
							cell(words('export.proven'))
						],
						rows: topics
							.slice(0, most.topics)
							.map((topic) => [
								cell(short(topic.title, 70)),
								{ runs: [{ text: score(input, topic.score), bold: true }] },
								cell(topic.target === null ? dash : score(input, topic.target)),
								cell(words('export.countOf', { done: topic.proven, total: topic.applicable }))
							]),
						caption: ''
					}
				]),
		...(strongest.length === 0
			? []
			: [
					title(input, 'export.strongestTitle'),
					bulleted(strongest.slice(0, most.items).map((one) => [one.title, one.standing]))
				]),
		...(gaps.length === 0
			? []
			: [
					title(input, 'export.weakestTitle'),
					bulleted(gaps.slice(0, most.items).map((gap) => [gap.title, levelOf(gap.title)]))
				])
	];
}

function proposal(input: ExportInput): ExportBlock[] {
	const { words, actions, objectives } = input;
	const own = actions.filter((action) => !action.dropped);
	const named = objectives.filter((objective) => objective.title !== '');
	if (own.length === 0)
		return [title(input, 'export.proposalTitle'), paragraph(words('export.noActions'))];
	const rows: [string, string][] =
		named.length > 0
			? named
					.slice(0, most.actions)
					.map((one) => [one.title, words('export.actionsOf', { count: one.actions.length })])
			: own.slice(0, most.actions).map((one) => [one.title, ownerOf(one)]);
	const rest = (named.length || own.length) - rows.length;
	return [
		title(input, 'export.proposalTitle'),
		paragraph(
			words('export.proposalLead', { count: own.length }) +
				(named.length > 0 ? ` ${words('export.objectivesOf', { count: named.length })}` : '')
		),
		bulleted(rows),
		...(rest > 0 ? [paragraph(words('export.andMore', { count: rest }), 'small')] : [])
	];
}

function costs(input: ExportInput): ExportBlock[] {
	const { words, budget } = input;
	const { total } = budget;
	const isFunded = !input.hidden.includes('unfunded');
	if (total.all.length === 0)
		return [title(input, 'export.costsTitle'), paragraph(words('export.noCosts'))];
	const sumIn = (sums: readonly ExportSum[], currency: string) =>
		sums.find((sum) => sum.currency === currency);
	const shown = budget.years.slice(0, most.years);
	const row = (name: string, sums: readonly ExportSum[], currency: string, bold: boolean) => {
		const sum = sumIn(sums, currency);
		const value = (of: 'amount' | 'funded' | 'gap'): string =>
			sum ? amount(input, sum[of]) : dash;
		return [
			{ runs: [{ text: name, bold }] },
			...(isFunded ? (['amount', 'funded', 'gap'] as const) : (['amount'] as const)).map((of) => ({
				runs: [{ text: value(of), bold }]
			}))
		];
	};
	return [
		title(input, 'export.costsTitle'),
		...total.all.slice(0, most.currencies).map(({ currency }): ExportBlock => ({
			kind: 'table',
			columns: [start(28), end(24), ...(isFunded ? [end(24), end(24)] : [])],
			header: [
				cell(words('export.budgetYearTitle', { currency: inSentence(currency, input.direction) })),
				cell(words('export.amount')),
				...(isFunded ? [cell(words('export.funded')), cell(words('export.gapMoney'))] : [])
			],
			rows: [
				...shown.map((year, i) => row(year, total.years[i] ?? [], currency, false)),
				row(words('export.allYears'), total.all, currency, true)
			],
			caption: ''
		})),
		...(total.all.length > most.currencies
			? [
					paragraph(
						short(allMoney(input, total.all.slice(most.currencies), 'amount'), 200),
						'small'
					)
				]
			: [])
	];
}

/** From the data: what nobody below the minister can settle. */
function decisions(input: ExportInput): ExportBlock[] {
	const { words, actions, questions, approvals, budget } = input;
	const own = actions.filter((action) => !action.dropped);
	const count = (all: readonly unknown[]): number => all.length;
	const without = count(own.filter((action) => ownerOf(action) === ''));
	const open = count(questions.filter((question) => question.disagreement !== ''));
	const blocked = own.filter((action) => action.blocker !== '');
	const asked = approvals.filter((one) => one.state === words('export.approval-asked'));
	const gap = budget.total.all.filter((sum) => sum.gap > 0);
	const items = [
		...(own.length > 0 ? [words('export.decidePlan', { count: own.length })] : []),
		...(gap.length > 0 && !input.hidden.includes('unfunded')
			? [words('export.decideGap', { money: short(allMoney(input, gap, 'gap'), 160) })]
			: []),
		...(without > 0 ? [words('export.decideOwners', { count: without })] : []),
		...(blocked.length > 0 ? [words('export.decideBlocked', { count: blocked.length })] : []),
		...(open > 0 ? [words('export.decideOpen', { count: open })] : []),
		...(asked.length > 0 ? [words('export.decideApprovals', { count: asked.length })] : [])
	].slice(0, most.decisions);
	return [
		title(input, 'export.decideTitle'),
		items.length === 0
			? paragraph(words('export.decideNothing'))
			: {
					kind: 'list',
					ordered: true,
					start: 1,
					items: items.map((item) => [paragraph(item)])
				}
	];
}
