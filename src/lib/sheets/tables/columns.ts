/** Columns in few words: what most of them have in common. */
import type { Column, Kind, ListId } from '../table.ts';

type More = Partial<Pick<Column, 'list' | 'width' | 'limit' | 'helper' | 'spare'>>;

const widths: Record<Kind, number> = {
	text: 28,
	lines: 44,
	day: 12,
	whole: 9,
	money: 17,
	share: 10,
	choice: 16,
	party: 30,
	parties: 30,
	tags: 22,
	action: 8,
	actions: 14
};
const limits: Partial<Record<Kind, number>> = { text: 1000, lines: 10_000, party: 1000 };

/** A column that people may edit. */
export const edited = (name: string, label: string, kind: Kind, more: More = {}): Column => ({
	name,
	label,
	kind,
	edits: true,
	width: widths[kind],
	limit: limits[kind],
	...more
});
/** A column that is only shown. */
export const shown = (name: string, label: string, kind: Kind, more: More = {}): Column => ({
	...edited(name, label, kind, more),
	edits: false
});
/** A column of choices from a list. */
export const chosen = (name: string, label: string, list: ListId, more: More = {}): Column =>
	edited(name, label, 'choice', { list, ...more });
