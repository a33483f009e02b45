/**
 * The distance of two words: how many letters have to be changed, inserted, left out or swapped
 * with their neighbour to make one of the other.
 */

/** Edits from `a` to `b`; with `open`, to whatever beginning of `b` is nearest. */
export function distance(a: string, b: string, open = false): number {
	let before: number[] = [];
	let row = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const changed = at(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
			let least = Math.min(changed, at(row, j) + 1, at(next, j - 1) + 1);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
				least = Math.min(least, at(before, j - 2) + 1);
			}
			next.push(least);
		}
		before = row;
		row = next;
	}
	return open ? Math.min(...row) : at(row, b.length);
}

const at = (row: number[], i: number): number => row[i] ?? Infinity;
