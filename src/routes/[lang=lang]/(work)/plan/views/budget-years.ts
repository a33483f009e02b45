/** Budget years in words: one that begins in July stands on two calendar years. */
import { number, type Words } from '#lib/ui/words.ts';

export function yearName(t: Words, year: number, yearStart: number): string {
	const plain = (value: number): string =>
		number(value, { useGrouping: false, minimumIntegerDigits: value < 100 ? 2 : 1 });
	return yearStart === 1
		? plain(year)
		: t('views.twoYears', { year: plain(year), next: plain((year + 1) % 100) });
}
