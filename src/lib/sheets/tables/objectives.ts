/** The table of the objectives: what several actions are for, in their order. */
import type { Table } from '../table.ts';
import type { Making } from '../tables.ts';
import { row } from './answers.ts';
import { chosen, edited } from './columns.ts';

/** `order` is a place among all of them, from 1: another number moves the objective there. */
export function objectivesTable(making: Making): Table {
	const { t, workspace } = making;
	const columns = [
		edited('order', t('sheets.order'), 'whole', { width: 9 }),
		...(making.lists.guides.length > 1
			? [chosen('guide', t('sheets.guide'), 'guides', { width: 20 })]
			: []),
		edited('title', t('sheets.objective'), 'text', { width: 46 }),
		edited('note', t('sheets.description'), 'lines', { width: 60 })
	];
	const rows = inOrder(workspace.objectives).map((one, i) =>
		row(one.id, columns, { order: i + 1, guide: one.guide, title: one.title, note: one.note })
	);
	return { id: 'objectives', title: t('sheets.objectives'), columns, rows, grows: true };
}

export const inOrder = <T extends { order: number; id: string }>(parts: readonly T[]): T[] =>
	[...parts].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
