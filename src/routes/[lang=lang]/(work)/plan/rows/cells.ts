/** Cells of a row that can be edited in place, in the order in which Tab walks through them. */
export const cellFields = ['title', 'owner', 'dates', 'cost', 'state'] as const;
export type CellField = (typeof cellFields)[number];
export type CellAt = { id: string; field: CellField };
/** Where one goes from a cell: as in a spreadsheet, Enter goes down and Tab on. */
export type CellMove = 'stay' | 'down' | 'next' | 'previous' | 'none';

/** The cell that Tab leads to among the rows `ids`; null beyond the first and the last. */
export function beside(ids: readonly string[], { id, field }: CellAt, by: -1 | 1): CellAt | null {
	const row = ids.indexOf(id);
	const at = row * cellFields.length + cellFields.indexOf(field) + by;
	const next = ids[Math.floor(at / cellFields.length)];
	const column = cellFields[((at % cellFields.length) + cellFields.length) % cellFields.length];
	return row < 0 || at < 0 || next === undefined || column === undefined
		? null
		: { id: next, field: column };
}

/** The cell above or below; null beyond the first and the last row. */
export function below(ids: readonly string[], { id, field }: CellAt, by: -1 | 1): CellAt | null {
	const next = ids[ids.indexOf(id) + by];
	return ids.includes(id) && next !== undefined ? { id: next, field } : null;
}
