/** The day `YYYY-MM-DD` of a moment, where the person is. */
export function localDay(moment: Date): string {
	const pad = (value: number, length = 2): string => String(value).padStart(length, '0');
	return `${pad(moment.getFullYear(), 4)}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`;
}
