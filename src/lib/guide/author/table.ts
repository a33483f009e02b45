/** Rows as text in columns: numbers to the right, words to the left. */

export type Cell = string | number;

/** `head` names the columns; every row has as many cells. */
export function tableText(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
	const all = [head, ...rows];
	const widths = head.map((_, i) => Math.max(...all.map((row) => String(row[i]).length)));
	const isNumber = head.map((_, i) => rows.every((row) => typeof row[i] === 'number'));
	return all
		.map((row) =>
			row
				.map((cell, i) =>
					isNumber[i] ? String(cell).padStart(widths[i]!) : String(cell).padEnd(widths[i]!)
				)
				.join('  ')
				.trimEnd()
		)
		.join('\n');
}
