/** The one form of a value by which two are the same: a date is not changed by how a program writes it. */
import { cellLine, cellText, sameName } from './text.ts';
import { partsOf, type Column, type Value } from './table.ts';

/** The action that a number of the plan table stands for. */
export type ActionOf = (number: number) => string | undefined;

/** Numbers in a list of prerequisites: "3; 7". Null where something in it is none. */
export function numbersIn(value: Value): number[] | null {
	const parts = typeof value === 'number' ? [String(value)] : partsOf(String(value ?? ''));
	const numbers = parts
		.flatMap((part) => part.split(/[,،\s]+/))
		.filter(Boolean)
		.map((part) =>
			Number(part.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (d) => String(d.charCodeAt(0) & 0xf)))
		);
	return numbers.every((number) => Number.isInteger(number)) ? numbers : null;
}

export function canonical(
	{ kind }: Pick<Column, 'kind'>,
	value: Value,
	actionOf: ActionOf
): string {
	if (value === null || value === '') return '';
	switch (kind) {
		case 'text':
			return cellLine(String(value)).trim();
		case 'lines':
			return cellText(String(value)).trim();
		case 'day':
		case 'choice':
			return String(value);
		case 'whole':
		case 'money':
		case 'share':
			return String(Math.round(Number(value) * 100) / 100);
		case 'party':
			return sameName(String(value));
		case 'parties':
			return partsOf(String(value)).map(sameName).sort().join('|');
		case 'tags':
			return partsOf(cellText(String(value))).join('|');
		case 'action':
		case 'actions':
			return (numbersIn(value) ?? [])
				.map((number) => actionOf(number) ?? `?${number}`)
				.sort()
				.join('|');
	}
}
