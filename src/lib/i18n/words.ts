/**
 * Words: the interface's messages in one language, one namespace a room of the interface.
 *
 * A namespace is a file `content/languages/<lang>/<namespace>.json`. A page loads those that it uses
 * (`loadWords` in its `load`), so that it ships no others; `translate` then reads them at once. A
 * message is a text with `{places}`, or one text per plural category of `Intl.PluralRules`, chosen
 * by `count`.
 */
import type { Lang } from '#lib/model/guide.ts';
import type { MessageKey, Namespace } from './namespaces.ts';

export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Messages = Record<string, Message>;
export type Values = Record<string, string | number>;

const loaded = new Map<string, Messages>();

/** Makes a namespace's messages available to `translate`. */
export function register(lang: Lang, namespace: Namespace, messages: Messages): void {
	loaded.set(`${lang}/${namespace}`, messages);
}

export const isRegistered = (lang: Lang, namespace: Namespace): boolean =>
	loaded.has(`${lang}/${namespace}`);

/**
 * The text of `key` (`namespace.name`) in `lang`. Numbers among the values are written with the
 * language's digits. A missing message shows its key: visible, never absent.
 */
export function translate(lang: Lang, key: MessageKey, values: Values = {}): string {
	const dot = key.indexOf('.');
	const message = loaded.get(`${lang}/${key.slice(0, dot)}`)?.[key.slice(dot + 1)];
	if (message === undefined) return key;
	const text =
		typeof message === 'string'
			? message
			: (message[plural(lang, Number(values.count))] ?? message.other ?? key);
	return text.replace(/\{(\w+)\}/g, (place, name: string) => {
		const value = values[name];
		if (value === undefined) return place;
		return typeof value === 'number' ? formatNumber(lang, value) : value;
	});
}

/** Whether there is a text for `key` in `lang`. */
export function hasWords(lang: Lang, key: string): boolean {
	const dot = key.indexOf('.');
	return loaded.get(`${lang}/${key.slice(0, dot)}`)?.[key.slice(dot + 1)] !== undefined;
}

/** Which conventions a language's numbers and dates follow: plain `en` would mean those of one country. */
const localeOf = (lang: Lang): string => (lang === 'en' ? 'en-GB' : lang);

const rules = new Map<Lang, Intl.PluralRules>();
function plural(lang: Lang, count: number): Intl.LDMLPluralRule {
	if (!rules.has(lang)) rules.set(lang, new Intl.PluralRules(lang));
	return rules.get(lang)!.select(count);
}

/** Languages that write 7 as 7; `languages.ts` knows them. */
const plain = new Set<Lang>();
export const writesPlainDigits = (lang: Lang): unknown => plain.add(lang);

const numbers = new Map<string, Intl.NumberFormat>();
/** A number with the digits and separators of `lang`; at most one decimal unless asked. */
export function formatNumber(
	lang: Lang,
	value: number,
	options?: Intl.NumberFormatOptions
): string {
	// A browser's first NumberFormat takes a slow phone up to a tenth of a second, on the start page too.
	if (!options && plain.has(lang) && Number.isInteger(value) && value >= 0 && value < 1000)
		return `${value}`;
	const key = lang + JSON.stringify(options ?? {});
	if (!numbers.has(key)) {
		numbers.set(
			key,
			new Intl.NumberFormat(localeOf(lang), { maximumFractionDigits: 1, ...options })
		);
	}
	return numbers.get(key)!.format(value);
}

/** Making one takes milliseconds on an old phone. */
const dates = new Map<string, Intl.DateTimeFormat>();
/** A moment (ISO) or a day (`YYYY-MM-DD`) as the language writes it; empty for an empty string. */
export function formatDate(
	lang: Lang,
	value: string,
	style: 'day' | 'moment' | 'time' = 'day'
): string {
	if (!value) return '';
	const isDay = value.length === 10;
	const date = new Date(isDay ? `${value}T00:00:00Z` : value);
	if (Number.isNaN(date.getTime())) return value;
	const key = `${lang} ${style} ${isDay}`;
	if (!dates.has(key)) {
		dates.set(
			key,
			new Intl.DateTimeFormat(localeOf(lang), {
				...(style === 'time' ? {} : { dateStyle: 'medium' }),
				...(style === 'day' ? {} : { timeStyle: style === 'time' ? 'medium' : 'short' }),
				...(isDay ? { timeZone: 'UTC' } : {})
			})
		);
	}
	const text = dates.get(key)!.format(date);
	// Intl writes "1 mai", which no French official does.
	return lang === 'fr' ? text.replace(/^1(?= \p{L})/u, '1er') : text;
}

/** A size in bytes in the unit a person would use (kB, MB, GB). */
export function formatBytes(lang: Lang, bytes: number): string {
	const [value, unit] =
		bytes < 1e6
			? [Math.ceil(bytes / 1e3), 'kilobyte']
			: bytes < 1e9
				? [bytes / 1e6, 'megabyte']
				: [bytes / 1e9, 'gigabyte'];
	return formatNumber(lang, value, { style: 'unit', unit, unitDisplay: 'short' });
}

/** The name of the language `code` as it is called in `lang`. */
export const languageName = (lang: Lang, code: Lang): string =>
	new Intl.DisplayNames([lang], { type: 'language', fallback: 'code' }).of(code) ?? code;
