/** The language for somebody whose address names none. */
import { isLanguage, sourceLanguage } from '#lib/i18n/languages.ts';
import type { Lang } from '#lib/model/guide.ts';
import { readHint } from '#lib/state/kept-hint.ts';

/**
 * One that the browser prefers and this device keeps, else one that it keeps, else one that the browser prefers.
 * Many phones speak English to people who read in French: what they keep says what they read.
 */
export function firstLanguage(): Lang {
	const wanted = navigator.languages.map((tag) => tag.split('-')[0]!.toLowerCase());
	const kept = readHint().map((name) => name.split('/')[0]!);
	return (
		wanted.find((one) => kept.includes(one)) ??
		[...kept, ...wanted].find(isLanguage) ??
		sourceLanguage
	);
}
