/**
 * The words of the page's language, for components: `const t = useWords()` and then
 * `t('common.next')`. The page's `load` has loaded the namespaces that it uses.
 */
import { page } from '$app/state';
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import {
	formatBytes,
	formatDate,
	formatNumber,
	languageName,
	translate,
	type Values
} from '#lib/i18n/words.ts';

export type Words = (key: MessageKey, values?: Values) => string;

/** The language of the address, `en` on the few pages outside a language. */
export const currentLang = (): string => page.params.lang ?? 'en';

export function useWords(): Words {
	// Read at each call, so that a change of language is a change of words.
	return (key, values) => translate(currentLang(), key, values);
}

export const number = (value: number, options?: Intl.NumberFormatOptions): string =>
	formatNumber(currentLang(), value, options);
export const date = (value: string, style?: 'day' | 'moment' | 'time'): string =>
	formatDate(currentLang(), value, style);
/** What the language `code` is called in the page's language. */
export const nameOfLanguage = (code: string): string => languageName(currentLang(), code);
export const bytes = (value: number): string => formatBytes(currentLang(), value);

/** The address of a page of the app in the page's language. */
export const href = (path: string): string => `/${currentLang()}/${path}`;
