/**
 * Days: `YYYY-MM-DD` as plain text, without a time zone, so that a due date does not move when the
 * clock does (F-19). Two days compare as texts.
 */

/** Months since the year 0: what plans reckon in. */
export type MonthIndex = number;

const lastMonth: MonthIndex = 9999 * 12 + 11;

/** Whether the text is a day that exists; empty and half-typed ones are not. */
export function isDay(text: string): boolean {
	const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
	if (!match) return false;
	const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
	return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year * 12 + month - 1);
}

/** The month of a day. Only for what `isDay` accepts. */
export const monthOf = (day: string): MonthIndex =>
	Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

/** First day of a month; empty beyond the year 9999, where days cannot be written any more. */
export const firstDay = (month: MonthIndex): string => write(month, 1);
/** Last day of a month; empty beyond the year 9999. */
export const lastDay = (month: MonthIndex): string => write(month, daysIn(month));

/** The half-year of a month, as a number that counts on: two of them a year. */
export const halfYearOf = (month: MonthIndex): number => Math.floor(month / 6);

function write(month: MonthIndex, day: number): string {
	if (month > lastMonth) return '';
	const year = Math.floor(month / 12);
	const pad = (value: number, length: number): string => String(value).padStart(length, '0');
	return `${pad(year, 4)}-${pad((month % 12) + 1, 2)}-${pad(day, 2)}`;
}

function daysIn(month: MonthIndex): number {
	const year = Math.floor(month / 12);
	const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
	return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month % 12] ?? 31;
}
