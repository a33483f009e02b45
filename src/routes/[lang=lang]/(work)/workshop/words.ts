/** Small words of the workshop's pages. */
import { formatNumber } from '#lib/i18n/words.ts';
import { currentLang } from '#lib/ui/words.ts';

/** "09:05" of minutes after midnight, in the language's digits. */
export function clock(minutes: number): string {
	const day = ((minutes % 1440) + 1440) % 1440;
	const two = (value: number): string =>
		formatNumber(currentLang(), value, { minimumIntegerDigits: 2, useGrouping: false });
	return `${two(Math.floor(day / 60))}:${two(day % 60)}`;
}

/** "7:05", and "−1:30" for what is over time. */
export function countdown(left: number): string {
	const seconds = left < 0 ? Math.floor(-left / 1000) : Math.ceil(left / 1000);
	const of = (value: number, digits: number): string =>
		formatNumber(currentLang(), value, { minimumIntegerDigits: digits, useGrouping: false });
	// A left-to-right mark keeps the sign before the number in right-to-left text.
	return `\u200e${left < 0 ? '−' : ''}${of(Math.floor(seconds / 60), 1)}:${of(seconds % 60, 2)}`;
}

/** "2 h 30 min" and so on come from `workshop.minutes`; this is the time of day of a moment. */
export const minuteOfDay = (text: string): number | null => {
	const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
	const value = Number(hours) * 60 + Number(minutes);
	return hours !== undefined && value < 1440 ? value : null;
};
