/** Prerequisites that wait for each other: the change that would close the circle is named, not taken. */
import { numbersIn } from './canonical.ts';
import type { Change } from './change.ts';
import type { Comparing } from './compare.ts';
import { tableOf, valueOf } from './table.ts';

export function refuseCycles({ now, nowAction, preview }: Comparing): void {
	const table = tableOf(now, 'plan');
	if (!table) return;
	const place = (name: string): number => table.columns.findIndex((column) => column.name === name);
	const [requiresAt, titleAt] = [place('requires'), place('title')];
	const requires = new Map<string, string[]>();
	const titles = new Map<string, string>();
	for (const { id, cells } of table.rows) {
		const numbers = numbersIn(valueOf(cells[requiresAt])) ?? [];
		requires.set(
			id,
			numbers.flatMap((number) => nowAction(number) ?? [])
		);
		titles.set(id, String(valueOf(cells[titleAt]) ?? ''));
	}
	for (const change of preview.changes) {
		if (change.table === 'plan' && change.isNew) titles.set(change.id, change.title);
	}
	const kept: Change[] = [];
	for (const change of preview.changes) {
		const wanted = change.table === 'plan' ? change.set.requires : undefined;
		if (!Array.isArray(wanted)) {
			kept.push(change);
			continue;
		}
		const circle = circleOf(change.id, wanted, requires);
		if (!circle) {
			requires.set(change.id, wanted);
			kept.push(change);
			continue;
		}
		const field = change.fields.find(({ name }) => name === 'requires');
		preview.notTaken.push({
			table: 'plan',
			sheet: change.sheet,
			row: change.row,
			title: change.title,
			label: field?.label ?? '',
			value: field?.after ?? '',
			reason: 'cycle',
			values: { circle: circle.map((id) => titles.get(id) || id).join(' → ') }
		});
		if (!change.isNew) continue;
		const { requires: _, ...set } = change.set;
		kept.push({ ...change, set, fields: change.fields.filter((one) => one !== field) });
	}
	preview.changes = kept;
}

/** The way from `id` over what it would require back to itself, or null. */
function circleOf(
	id: string,
	wanted: readonly string[],
	requires: ReadonlyMap<string, readonly string[]>
): string[] | null {
	const seen = new Set<string>();
	const stack = wanted.map((next) => [id, next]);
	while (stack.length > 0) {
		const way = stack.pop()!;
		const last = way.at(-1)!;
		if (last === id) return way;
		if (seen.has(last)) continue;
		seen.add(last);
		for (const next of requires.get(last) ?? []) stack.push([...way, next]);
	}
	return null;
}
