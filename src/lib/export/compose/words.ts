/** Small words that many parts write: money, parties, periods, shortened texts. */
import { formatNumber } from '#lib/i18n/words.ts';
import type { ExportAction, ExportInput, ExportParty, ExportSum } from '../input.ts';
import { inSentence } from '../text.ts';

/** Whole, with its cents where it has any. */
export const amount = (input: ExportInput, value: number): string =>
	formatNumber(input.lang, value, { maximumFractionDigits: 2 });

export const money = (input: ExportInput, value: number, currency: string): string =>
	input.words('export.money', {
		amount: amount(input, value),
		currency: inSentence(currency, input.direction)
	});

/** "1,000 XAF + 20 EUR": currencies side by side, never added. */
export const allMoney = (
	input: ExportInput,
	sums: readonly ExportSum[],
	of: 'amount' | 'funded' | 'gap'
): string => sums.map((sum) => money(input, sum[of], sum.currency)).join(' + ');

/** "Ministry of Health, Director of statistics" */
export const party = ({ name, person }: ExportParty): string =>
	[name, person].filter((part) => part !== '').join(', ');

export const ownerOf = ({ owner, ownerPerson }: ExportAction): string =>
	party({ name: owner, person: ownerPerson });

export function period(
	{ words, direction }: ExportInput,
	{ start, end }: { start: string; end: string }
): string {
	const values = { start: inSentence(start, direction), end: inSentence(end, direction) };
	if (start && end) return words('export.period', values);
	if (start) return words('export.periodFrom', values);
	return end ? words('export.periodUntil', values) : '';
}

export const lines = (all: readonly string[]): string => all.filter((one) => one !== '').join('\n');

/** At most `most` characters, cut at a word. */
export function short(text: string, most: number): string {
	const letters = Array.from(text.replace(/\s+/g, ' ').trim());
	if (letters.length <= most) return letters.join('');
	const cut = letters.slice(0, most - 1).join('');
	return `${cut.replace(/\s+\S*$/u, '').replace(/[\s\p{P}]+$/u, '')}…`;
}
