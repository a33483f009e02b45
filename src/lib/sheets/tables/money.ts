/**
 * The tables of money: the cost lines, and what they come to by year, objective and owner. The sums are
 * computed by `plan/budget.ts`; beside each stands the formula that a spreadsheet computes it with.
 */
import { budgetOf, total, type Budget, type Sum } from '#lib/plan/budget.ts';
import { ownerKey, ownerName } from '#lib/plan/parties.ts';
import type { CostLine } from '#lib/model/plan.ts';
import type { Action } from '#lib/model/workspace.ts';
import { cellLine } from '../text.ts';
import type { Cell, Column, Row, Table } from '../table.ts';
import type { Making } from '../tables.ts';
import { row } from './answers.ts';
import { chosen, edited, shown } from './columns.ts';
import { inOrder } from './objectives.ts';
import { actionCells, actionColumns } from './plan.ts';

const cents = (value: number): number => Math.round(value * 100) / 100;
/** Names that sums are looked up by; a spreadsheet compares no more than 255 characters. */
const shortName = (name: string): string => cellLine(name).slice(0, 200);

/** The names of no objective and no owner, which sums need too. */
const names = ({ t, label, register }: Making) => ({
	objective: (id: string): string => shortName(label('objectives', id) || t('sheets.noObjective')),
	owner: (action: Action): string => shortName(ownerName(action, register) || t('sheets.noOwner'))
});

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function formulas(making: Making) {
	const { t, label } = making;
	const of = (column: string, none: string): string =>
		`IF([@no]="","",IFERROR(IF(INDEX([plan.${column}],MATCH([@no],[plan.no],0))="",${quoted(none)},` +
		`LEFT(INDEX([plan.${column}],MATCH([@no],[plan.no],0)),200)),""))`;
	const times = '([@until]-[@year]+1)';
	const ifAmount = (formula: string): string => `IF(ISNUMBER([@amount]),ROUND(${formula},2),"")`;
	return {
		gap: ifAmount('[@amount]-N([@funded])'),
		share: 'IF(N([@amount])=0,"",N([@funded])/[@amount])',
		total: ifAmount(`[@amount]*${times}`),
		fundedTotal: ifAmount(`N([@funded])*${times}`),
		objective: of('objective', t('sheets.noObjective')),
		owner: of('owner', t('sheets.noOwner')),
		counts:
			`IF([@no]="","",IFERROR(IF(INDEX([plan.state],MATCH([@no],[plan.no],0))=` +
			`${quoted(label('states', 'dropped'))},0,1),0))`
	};
}

export function costsTable(making: Making): Table {
	const { t, actions } = making;
	const compute = formulas(making);
	const name = names(making);
	const columns: Column[] = [
		...actionColumns(making),
		edited('title', t('sheets.costLine'), 'text', { width: 36 }),
		chosen('kind', t('sheets.kind'), 'kinds', { width: 13 }),
		edited('year', t('sheets.year'), 'whole', { width: 9 }),
		edited('until', t('sheets.until'), 'whole', { width: 9 }),
		edited('amount', t('sheets.amount'), 'money'),
		edited('currency', t('sheets.currency'), 'text', { width: 9, limit: 5 }),
		edited('funded', t('sheets.funded'), 'money'),
		shown('gap', t('sheets.gap'), 'money', { spare: compute.gap }),
		shown('share', t('sheets.share'), 'share', { spare: compute.share }),
		shown('total', t('sheets.allYears'), 'money', { spare: compute.total }),
		edited('source', t('sheets.paidBy'), 'text'),
		shown('objective', t('sheets.objective'), 'text', { spare: compute.objective }),
		shown('owner', t('sheets.owner'), 'text', { spare: compute.owner }),
		shown('fundedTotal', t('sheets.fundedAllYears'), 'money', {
			spare: compute.fundedTotal,
			helper: true
		}),
		shown('counts', t('sheets.counts'), 'whole', { spare: compute.counts, helper: true })
	];
	const rows = actions.flatMap((action) =>
		inOrder(action.costLines).map((line) => {
			const sum = sumOf(total([line]), line.currency);
			return row(`${action.id}/${line.id}`, columns, {
				...actionCells(making, action),
				title: line.title,
				kind: line.kind,
				year: line.year,
				until: line.until,
				amount: line.amount,
				currency: line.currency,
				funded: line.funded,
				gap: { formula: compute.gap, value: cents(line.amount - line.funded) },
				share: { formula: compute.share, value: shareOf(line) },
				total: { formula: compute.total, value: sum.amount },
				source: line.source,
				objective: { formula: compute.objective, value: name.objective(action.objective) },
				owner: { formula: compute.owner, value: name.owner(action) },
				fundedTotal: { formula: compute.fundedTotal, value: sum.funded },
				counts: { formula: compute.counts, value: action.state === 'dropped' ? 0 : 1 }
			});
		})
	);
	return { id: 'costs', title: t('sheets.costLines'), columns, rows, grows: true };
}

const shareOf = ({ amount, funded }: CostLine): number | string =>
	amount === 0 ? '' : funded / amount;
const nothing: Sum = { amount: 0, funded: 0, gap: 0 };
const sumOf = (money: ReadonlyMap<string, Sum>, currency: string): Sum =>
	money.get(currency) ?? nothing;

const measures = ['amount', 'funded', 'gap'] as const;
type Measure = (typeof measures)[number];

/** Text that SUMIFS compares as it is: it would read signs at its start, and take * and ? for any letters. */
const criterion = (name: string): string => `=${name.replace(/[~*?]/g, '~$&')}`;

export function budgetTable(making: Making): Table {
	const { t, actions, workspace, register } = making;
	const { firstYear, years } = workspace.plan;
	const name = names(making);
	const known = new Set(workspace.objectives.map(({ id }) => id));
	const byObjective = budgetOf(
		actions,
		(action) => (known.has(action.objective) ? action.objective : ''),
		{ firstYear, years }
	);
	const byOwner = budgetOf(actions, (action) => ownerKey(action, register), { firstYear, years });
	const columns: Column[] = [
		shown('by', t('sheets.by'), 'text', { width: 14 }),
		shown('name', t('sheets.name'), 'text', { width: 40 }),
		shown('currency', t('sheets.currency'), 'text', { width: 9 }),
		shown('what', t('sheets.what'), 'text', { width: 12 }),
		...byObjective.years.map((year) => shown(`y${year}`, String(year), 'money', { width: 17 })),
		shown('all', t('sheets.allYears'), 'money', { width: 19 }),
		shown('key', t('sheets.name'), 'text', { helper: true }),
		shown('currencyKey', t('sheets.currency'), 'text', { helper: true })
	];
	const rows: Row[] = [];
	const add = (by: 'objective' | 'owner' | 'total', budget: Budget, label: string, at: number) => {
		const one = at < 0 ? budget.total : budget.rows[at]!;
		const currencies = [...one.all.keys()];
		for (const currency of currencies) {
			for (const what of measures) {
				const cells: Record<string, Cell> = {
					by: t(`sheets.by-${by}`),
					name: label,
					currency,
					what: t(`sheets.what-${what}`),
					key: criterion(label),
					currencyKey: criterion(currency),
					all: { formula: sumFormula(by, what, null), value: sumOf(one.all, currency)[what] }
				};
				budget.years.forEach((year, i) => {
					const value = sumOf(one.years[i]!, currency)[what];
					cells[`y${year}`] = { formula: sumFormula(by, what, year), value };
				});
				rows.push(row('', columns, cells));
			}
		}
	};
	add('total', byObjective, t('sheets.allActions'), -1);
	byObjective.rows.forEach(({ key }, i) => add('objective', byObjective, name.objective(key), i));
	byOwner.rows.forEach(({ actions: [first] }, i) =>
		add('owner', byOwner, first ? name.owner(first) : '', i)
	);
	return { id: 'budget', title: t('sheets.budget'), columns, rows, grows: false };
}

/** What a spreadsheet adds up: the cost lines of a name and currency that count, in a year or in all. */
function sumFormula(
	by: 'objective' | 'owner' | 'total',
	what: Measure,
	year: number | null
): string {
	const where =
		`[costs.counts],1,[costs.currency],[@currencyKey]` +
		(by === 'total' ? '' : `,[costs.${by}],[@key]`) +
		(year === null ? '' : `,[costs.year],"<=${year}",[costs.until],">=${year}"`);
	const sum = (column: string): string => `SUMIFS([costs.${column}],${where})`;
	const [amount, funded] = year === null ? ['total', 'fundedTotal'] : ['amount', 'funded'];
	const formula =
		what === 'gap' ? `${sum(amount)}-${sum(funded)}` : sum(what === 'amount' ? amount : funded);
	return `ROUND(${formula},2)`;
}
