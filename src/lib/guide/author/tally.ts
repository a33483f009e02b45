/** The tally of content: per guide and language what is present, missing, stale, reviewed. */
import type { Lang } from '#lib/model/guide.ts';
import { languagesOf, type Content } from '../content.ts';
import type { MissedTerm } from './terms-used.ts';
import { marksIn } from './translation-marks.ts';
import { scopesOf, sourceNames, type Translation } from './translations.ts';

export type TallyRow = {
	/** A guide's id, `shared` or `interface`. */
	what: string;
	lang: Lang;
	isSource: boolean;
	/** Files that there are in the source language. */
	pages: number;
	present: number;
	missing: number;
	/** Older than their source, or without a mark. */
	stale: number;
	reviewed: number;
	/** Places where an established term seems not to be used. */
	terms: number;
};

export function tally(
	content: Content,
	translations: readonly Translation[],
	missed: readonly MissedTerm[]
): TallyRow[] {
	return scopesOf(content).flatMap((scope) => {
		const names = sourceNames(content, scope);
		return languagesOf(content).map((lang): TallyRow => {
			const own = translations.filter((one) => one.scope === scope.name && one.lang === lang);
			const count = (...states: string[]) =>
				own.filter(({ state }) => states.includes(state)).length;
			const isSource = lang === scope.source;
			return {
				what: scope.name,
				lang,
				isSource,
				pages: names.length,
				present: names.length - count('missing'),
				missing: count('missing'),
				stale: count('stale', 'unmarked'),
				reviewed: isSource
					? names.filter((name) => isReviewed(content, `${scope.folder}${lang}/${name}`)).length
					: own.filter((one) => one.isReviewed).length,
				terms: missed.filter((one) => one.scope === scope.name && one.lang === lang).length
			};
		});
	});
}

const isReviewed = (content: Content, path: string): boolean =>
	marksIn(path, content.read(path) ?? '').reviewed !== undefined;
