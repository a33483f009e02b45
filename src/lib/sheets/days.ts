/**
 * Days as spreadsheets number them: 1 is the first of January 1900, or with `from1904` 0 is that of 1904.
 *
 * Excel believes that 1900 had a 29th of February and LibreOffice does not, so the numbers up to 60 mean
 * another day in each. Days before March 1900 are written as text, and such numbers are not read.
 */
const day = 86_400_000;
const origin = Date.UTC(1899, 11, 30);
const firstSure = 61;
/** 31 December 9999. */
const last = 2_958_465;

/** The number of a day `YYYY-MM-DD`, or null where programs would disagree about it. */
export function serialOf(text: string): number | null {
	const serial = (Date.parse(`${text}T00:00:00Z`) - origin) / day;
	return Number.isInteger(serial) && serial >= firstSure && serial <= last ? serial : null;
}

/** The day of a number (its time of day is dropped), or null where there is no one day. */
export function dayOf(serial: number, from1904 = false): string | null {
	const whole = Math.floor(serial) + (from1904 ? 1462 : 0);
	if (!(whole >= firstSure && whole <= last)) return null;
	return new Date(origin + whole * day).toISOString().slice(0, 10);
}

const digits = (text: string): string =>
	text.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));

/**
 * A day that somebody typed as text: `2026-03-31`, or day, month and year in either order where only one
 * of the orders is a day. Null for everything else: "03/04/2026" is two days.
 */
export function typedDay(text: string): string | null {
	const bare = digits(text.replace(/[\u200E\u200F\u061C]/g, '').trim());
	const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:T.*)?$/.exec(bare);
	if (iso) return sound(iso[1]!, iso[2]!, iso[3]!);
	const other = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(bare);
	if (!other) return null;
	const [, a = '', b = '', year = ''] = other;
	const [dayFirst, monthFirst] = [sound(year, b, a), sound(year, a, b)];
	if (dayFirst && monthFirst) return dayFirst === monthFirst ? dayFirst : null;
	return dayFirst ?? monthFirst;
}

function sound(year: string, month: string, date: string): string | null {
	const text = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
	const at = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : null;
}
