/**
 * The budget: what the plan costs in each budget year, what of it is secured, and what is missing. A table
 * and a picture for each currency: currencies are never added up.
 */
import { formatNumber } from '#lib/i18n/words.ts';
import { columns } from '../charts/columns.ts';
import { heading, paragraph, type ExportBlock, type FigureBlock } from '../document.ts';
import type { ExportBudgetRow, ExportInput, ExportSum } from '../input.ts';
import { inSentence } from '../text.ts';
import { cell, dash, end, start } from './tables.ts';
import { amount, money } from './words.ts';

export const currenciesOf = (input: ExportInput): string[] =>
	input.budget.total.all.map(({ currency }) => currency);

const sumIn = (sums: readonly ExportSum[], currency: string): ExportSum =>
	sums.find((sum) => sum.currency === currency) ?? { currency, amount: 0, funded: 0, gap: 0 };

/** The part of a document: by objective with its pictures, then by owner. */
export function budgetPart(input: ExportInput): ExportBlock[] {
	const { words, budget } = input;
	const isEmpty = budget.total.all.length === 0;
	return [
		heading(1, words('export.budgetTitle')),
		...budgetBlock(input),
		...(isEmpty
			? []
			: [
					heading(2, words('export.byOwner')),
					...tables(input, budget.byOwner, words('export.owner'), words('export.nobodyYet'))
				])
	];
}

/** The live block: pictures and tables by objective. */
export function budgetBlock(input: ExportInput): ExportBlock[] {
	const { words, budget } = input;
	if (budget.total.all.length === 0) return [paragraph(words('export.noCosts'), 'small')];
	const rows = budget.byObjective.filter((row) => row.all.length > 0);
	return [
		...budgetFigures(input),
		...tables(input, rows, words('export.objective'), words('export.noObjective'))
	];
}

/** A picture for each currency. */
export function budgetFigures(input: ExportInput): FigureBlock[] {
	const { words, budget, direction, accent, lang } = input;
	const isFunded = !input.hidden.includes('unfunded');
	if (budget.years.length === 0) return [];
	return currenciesOf(input).map((currency) => {
		const title = words('export.budgetChart', { currency: inSentence(currency, direction) });
		const sums = budget.total.years.map((year) => sumIn(year, currency));
		const description = sums
			.map((sum, i) =>
				words(isFunded ? 'export.budgetYear' : 'export.budgetYearPlain', {
					year: budget.years[i]!,
					amount: money(input, sum.amount, currency),
					funded: money(input, sum.funded, currency)
				})
			)
			.join(' ');
		const drawn = columns({
			rows: sums.map((sum, i) => ({
				label: budget.years[i]!,
				amount: sum.amount,
				funded: isFunded ? sum.funded : null,
				note:
					sum.amount === 0
						? ''
						: formatNumber(lang, sum.amount, { notation: 'compact', maximumFractionDigits: 1 })
			})),
			title,
			description,
			direction,
			accent,
			...(isFunded
				? { key: { funded: words('export.funded'), gap: words('export.gapMoney') } }
				: {})
		});
		return {
			kind: 'figure',
			svg: drawn.svg,
			png: null,
			width: Math.round(drawn.width * 0.9),
			height: Math.round(drawn.height * 0.9),
			alt: `${title}. ${description}`,
			caption: title
		};
	});
}

/** Rows by `name`, years across; with sums, what is funded and what is missing below. */
function tables(
	input: ExportInput,
	rows: readonly ExportBudgetRow[],
	name: string,
	nothing: string
): ExportBlock[] {
	return currenciesOf(input).flatMap((currency) => {
		const own = rows.filter((row) => row.all.some((sum) => sum.currency === currency));
		return own.length === 0 ? [] : yearTables(input, own, name, nothing, currency);
	});
}

function yearTables(
	input: ExportInput,
	rows: readonly ExportBudgetRow[],
	name: string,
	nothing: string,
	currency: string
): ExportBlock[] {
	const { words, budget } = input;
	const { years, total } = budget;
	const shown = (sums: readonly ExportSum[], of: 'amount' | 'funded' | 'gap'): string => {
		const value = sumIn(sums, currency)[of];
		return value === 0 ? dash : amount(input, value);
	};
	const longest = Math.max(
		8,
		...[total.all, ...rows.map((row) => row.all)].map((sums) => shown(sums, 'amount').length)
	);
	// Whole amounts, however long: as many years beside each other as the page takes, then a new table.
	const beside = Math.max(1, Math.min(6, Math.floor(72 / (longest + 2)) - 1));
	const places = Array.from({ length: Math.max(1, Math.ceil(years.length / beside)) }, (_, i) =>
		years.map((_year, n) => n).slice(i * beside, (i + 1) * beside)
	);
	const foot: ['amount' | 'funded' | 'gap', string][] = [
		['amount', words('export.total')],
		...(input.hidden.includes('unfunded')
			? []
			: ([
					['funded', words('export.funded')],
					['gap', words('export.gapMoney')]
				] satisfies ['funded' | 'gap', string][]))
	];
	return places.map((own, page): ExportBlock => {
		const isLast = page === places.length - 1;
		const line = (
			title: string,
			row: Pick<ExportBudgetRow, 'years' | 'all'>,
			of: 'amount' | 'funded' | 'gap',
			bold: boolean
		) => [
			{ runs: [{ text: title, bold }] },
			...own.map((year) => ({ runs: [{ text: shown(row.years[year] ?? [], of), bold }] })),
			...(isLast ? [{ runs: [{ text: shown(row.all, of), bold: true }] }] : [])
		];
		return {
			kind: 'table',
			columns: [
				start(28),
				...own.map(() => end(72 / (own.length + 1))),
				...(isLast ? [end(72 / (own.length + 1))] : [])
			],
			header: [
				cell(name),
				...own.map((year) => cell(years[year]!)),
				...(isLast ? [cell(words('export.allYears'))] : [])
			],
			rows: [
				...rows.map((row) => line(row.title || nothing, row, 'amount', false)),
				...foot.map(([of, title]) => line(title, total, of, true))
			],
			caption: words('export.inCurrency', { currency: inSentence(currency, input.direction) })
		};
	});
}
