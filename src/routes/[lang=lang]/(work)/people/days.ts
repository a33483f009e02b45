/** Days where the person is: an invitation that is valid until Friday is valid on Friday. */

/** The day `YYYY-MM-DD` that is so many days from now. */
export function dayIn(days: number, now = new Date()): string {
	const then = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
	const pad = (value: number): string => String(value).padStart(2, '0');
	return `${then.getFullYear()}-${pad(then.getMonth() + 1)}-${pad(then.getDate())}`;
}

/** The last second of a day as a moment (ISO 8601); empty for what is none. */
export function endOfDay(day: string): string {
	const end = new Date(`${day}T23:59:59`);
	return Number.isNaN(end.getTime()) ? '' : end.toISOString();
}
