/** What a row of a file has to keep to, beyond that each of its cells can be read. */
import type { Comparing } from './compare.ts';
import type { Refusal, Wanted } from './change.ts';
import type { TableId, Value } from './table.ts';

/** What may be changed and not be taken away. */
const required: Partial<Record<TableId, readonly string[]>> = {
	plan: ['title', 'guide', 'state', 'effort', 'cost', 'unit'],
	objectives: ['title', 'guide', 'order'],
	costs: ['kind', 'year', 'until', 'amount'],
	stakeholders: ['name'],
	tasks: ['title'],
	risks: ['text', 'likelihood', 'impact'],
	indicators: ['unit']
};

export const requiredOf = (table: TableId, column: string, value: Value): Refusal | null =>
	(value === '' || value === null) && required[table]?.includes(column) ? 'empty' : null;

/** Whether a cost line adds up; `column`: the one that would be wrong. */
export function checkRow(
	table: TableId,
	values: ReadonlyMap<string, Value>,
	column: string
): Refusal | null {
	if (table !== 'costs') return null;
	const [year, until, amount, funded] = ['year', 'until', 'amount', 'funded'].map((name) => {
		const value = values.get(name);
		return typeof value === 'number' ? value : null;
	});
	switch (column) {
		case 'year':
		case 'until':
			return year !== null &&
				until !== null &&
				year !== undefined &&
				until !== undefined &&
				until < year
				? 'untilBefore'
				: null;
		case 'amount':
		case 'funded':
			return (funded ?? 0) > (amount ?? 0) ? 'fundedMore' : null;
		case 'currency':
			return /^(\p{L}{3,5})?$/u.test(String(values.get('currency') ?? '')) ? null : 'currency';
		default:
			return null;
	}
}

type Parent = { prefix: string; needs: string; set: Record<string, Wanted> };
type NoParent = { wrong: Refusal; values?: Record<string, string | number> };

/** The action that a number of the file means, if it is there or will be. */
export function actionOf(
	{ newActions, fileAction, now }: Comparing,
	number: number
): { id: string; key: string } | null {
	const made = newActions.get(number);
	if (made) return made;
	const id = fileAction(number);
	return id !== undefined && id in now.numbers ? { id, key: '' } : null;
}

/** What a new row belongs to. */
export function parentOf(
	comparing: Comparing,
	table: TableId,
	values: ReadonlyMap<string, Value>
): Parent | NoParent {
	if (table === 'plan' || table === 'objectives' || table === 'stakeholders')
		return { prefix: '', needs: '', set: {} };
	if (table === 'indicators' && values.get('of') === 'objective') {
		const objective = String(values.get('objective') ?? '');
		const made = [...comparing.newObjectives.values()].find(({ id }) => id === objective);
		if (!made && !comparing.now.lists.objectives.some(({ code }) => code === objective)) {
			return { wrong: 'noAction', values: { number: objective } };
		}
		return { prefix: '', needs: made?.key ?? '', set: { of: 'objective', parent: objective } };
	}
	const number = values.get('no');
	const action = typeof number === 'number' ? actionOf(comparing, number) : null;
	if (!action) return { wrong: 'noAction', values: { number: String(number ?? '') } };
	return table === 'indicators'
		? { prefix: '', needs: action.key, set: { of: 'action', parent: action.id } }
		: { prefix: `${action.id}/`, needs: action.key, set: {} };
}
