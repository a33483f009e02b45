/** Days moved by months. */
import { firstDay, isDay, lastDay, monthOf } from '#lib/draft/days.ts';

/**
 * The day `months` later (or earlier); the last day of a month stays one, and a 31st falls on the last
 * day of a shorter month. What is no day stays as it is; so does one that would leave the years 1000
 * to 9999.
 */
export function shiftDay(day: string, months: number): string {
	if (!isDay(day)) return day;
	const month = monthOf(day) + months;
	const last = month >= 12_000 ? lastDay(month) : '';
	if (last === '') return day;
	if (day === lastDay(monthOf(day)) || day.slice(8) > last.slice(8)) return last;
	return firstDay(month).slice(0, 8) + day.slice(8);
}
