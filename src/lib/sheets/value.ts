/** A cell as a value of its column, or why it is none. */
import { budgetYears, money } from '#lib/model/plan.ts';
import { numberIn } from '#lib/plan/numbers.ts';
import { numbersIn } from './canonical.ts';
import type { Refusal } from './change.ts';
import { dayOf, typedDay } from './days.ts';
import type { RawCell } from './read/book.ts';
import { cellLine, cellText, sameName } from './text.ts';
import { partsOf, type Choice, type Column, type Value } from './table.ts';

export type Parsed =
	{ value: Value } | { wrong: Refusal; values?: Record<string, string | number> };

export type ValueReading = {
	from1904: boolean;
	/** The labels of a list: those of the file, then those of the app's language. */
	choices: (column: Column) => Choice[];
};

/** The words of a cell, as a person saw them. */
export function wordsOf(cell: RawCell | undefined, from1904: boolean): string {
	if (!cell) return '';
	if (cell.isDate && typeof cell.value === 'number') {
		return dayOf(cell.value, from1904) ?? String(cell.value);
	}
	return String(cell.value);
}

export function valueIn(column: Column, cell: RawCell | undefined, reading: ValueReading): Parsed {
	if (cell?.error) return { wrong: 'error' };
	if (cell?.computed && cell.value === '') return { wrong: 'noValue' };
	if (!cell) return { value: isNumeric(column) ? null : '' };
	const words = wordsOf(cell, reading.from1904);
	switch (column.kind) {
		case 'text':
		case 'lines': {
			const text = column.kind === 'text' ? cellLine(words) : cellText(words);
			const limit = column.limit ?? 1000;
			if (text.length > limit) return { wrong: 'long', values: { count: text.length, limit } };
			return { value: column.name === 'currency' ? text.trim().toUpperCase() : text };
		}
		case 'party':
		case 'parties':
		case 'tags':
			return { value: cellText(words).trim() };
		case 'choice':
			return choiceIn(column, cell, words, reading);
		case 'day':
			return dayIn(cell, words, reading.from1904);
		case 'whole':
		case 'money':
		case 'share':
		case 'action':
			return numberFor(column, cell, words);
		case 'actions':
			return numbersIn(words) ? { value: words.trim() } : { wrong: 'noAction' };
	}
}

const isNumeric = ({ kind }: Column): boolean =>
	kind === 'whole' || kind === 'money' || kind === 'share' || kind === 'action';

function choiceIn(column: Column, cell: RawCell, words: string, reading: ValueReading): Parsed {
	// LibreOffice and Excel turn "Yes" into no truth value, but people type TRUE.
	if (typeof cell.value === 'boolean' && column.list === 'yesno') {
		return { value: cell.value ? 'yes' : 'no' };
	}
	const wanted = sameName(
		words.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (d) => String(d.charCodeAt(0) & 0xf))
	);
	if (wanted === '') return { value: '' };
	const choices = reading.choices(column);
	const found =
		choices.find(({ label }) => sameName(label) === wanted) ??
		choices.find(({ code }) => code === wanted);
	if (found) return { value: found.code };
	const labels = [...new Set(choices.map(({ label }) => label))].slice(0, 12).join(', ');
	return { wrong: 'choice', values: { choices: labels } };
}

function dayIn(cell: RawCell, words: string, from1904: boolean): Parsed {
	if (typeof cell.value === 'number') {
		const day = dayOf(cell.value, from1904);
		return day ? { value: day } : { wrong: 'dayUnsure' };
	}
	const typed = typedDay(words);
	return typed ? { value: typed } : { wrong: 'day' };
}

function numberFor(column: Column, cell: RawCell, words: string): Parsed {
	// Digits of twenty places are a number, and too large a one.
	const bare = words.replace(/[\s,.]/g, '');
	const typed = /^-?\d{16,}$/.test(bare) ? Number(bare) : numberIn(words);
	const number = typeof cell.value === 'number' ? cell.value : typed;
	if (number === null || typeof cell.value === 'boolean') return { wrong: 'number' };
	if (column.kind === 'money') {
		if (number < money.min || number > money.max) {
			return { wrong: 'range', values: { min: money.min, max: money.max } };
		}
		return { value: Math.round(number * 100) / 100 };
	}
	if (!Number.isInteger(number)) return { wrong: 'whole' };
	const [min, max] =
		column.name === 'year' || column.name === 'until'
			? [budgetYears.min, budgetYears.max]
			: column.name === 'every'
				? [0, 600]
				: [1, 1_000_000];
	return number < min || number > max
		? { wrong: 'range', values: { min, max } }
		: { value: number };
}

/** The names in a cell of several. */
export const namesIn = (value: Value): string[] => partsOf(String(value ?? ''));
