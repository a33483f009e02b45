import { expect, it } from 'vitest';
import { firstDay, halfYearOf, isDay, lastDay, monthOf } from './days.ts';

it('a day exists or is none', () => {
	for (const day of ['2026-01-31', '2024-02-29', '2000-02-29', '9999-12-31']) {
		expect(isDay(day), day).toBe(true);
	}
	for (const text of ['', '2026-1-1', '2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10']) {
		expect(isDay(text), text).toBe(false);
	}
	expect(isDay('2026-04-31')).toBe(false);
	expect(isDay('2026-04-00')).toBe(false);
	expect(isDay('2026-04-01T00:00:00Z')).toBe(false);
});

it('months have their first and last days, over the end of a year and in leap years', () => {
	expect(firstDay(monthOf('2026-12-24') + 1)).toBe('2027-01-01');
	expect(lastDay(monthOf('2026-12-24') + 2)).toBe('2027-02-28');
	expect(lastDay(monthOf('2028-02-03'))).toBe('2028-02-29');
});

it('every month between 1990 and 2110 agrees with the calendar of the platform', () => {
	for (let month = 1990 * 12; month < 2110 * 12; month++) {
		const next = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 1));
		const last = new Date(next.getTime() - 86_400_000).toISOString().slice(0, 10);
		expect(lastDay(month)).toBe(last);
		expect(isDay(last)).toBe(true);
		expect(monthOf(last)).toBe(month);
	}
});

it('beyond the year 9999 there is no day to write', () => {
	expect(firstDay(monthOf('9999-12-01') + 1)).toBe('');
});

it('a year has two halves', () => {
	const half = (day: string): number => halfYearOf(monthOf(day));
	expect(half('2026-06-30')).toBe(half('2026-01-01'));
	expect(half('2026-07-01')).toBe(half('2026-01-01') + 1);
	expect(half('2027-01-01')).toBe(half('2026-01-01') + 2);
});
