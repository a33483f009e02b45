/**
 * The words of prefilled chapters, and the Voice that speaks them: everything that depends on a
 * language comes in from outside. The English texts are in `content/languages/en/draft.json`.
 */
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import type { Values } from '#lib/i18n/words.ts';
import type { Lang } from '#lib/model/guide.ts';

export const draftWords = [
	'draft.placeCountry',
	'draft.placeArea',
	'draft.whereWeStand',
	'draft.whatIsMissing',
	'draft.whatWillBeDone',
	'draft.areaScored',
	'draft.areaUnscored',
	'draft.groupInPlace',
	'draft.groupPartly',
	'draft.groupBegun',
	'draft.groupNothing',
	'draft.groupUnknown',
	'draft.groupNotApplicable',
	'draft.groupUnanswered',
	'draft.point',
	'draft.pointUnproven',
	'draft.gapsAll',
	'draft.gapsFirst',
	'draft.gapsNone',
	'draft.gapPoint',
	'draft.gapPointAlone',
	'draft.betweenMeasures',
	'draft.actionsAll',
	'draft.actionsFirst',
	'draft.actionsNone',
	'draft.actionFromTo',
	'draft.actionFrom',
	'draft.actionUntil',
	'draft.actionUndated',
	'draft.ownerNobody',
	'draft.briefBest',
	'draft.briefGaps',
	'draft.briefActions'
] as const satisfies readonly MessageKey[];
export type DraftWord = (typeof draftWords)[number];

export type Voice = {
	/** The language that it speaks. */
	lang: Lang;
	/** A message with its places filled; `translate` of `i18n` with its language given. */
	words: (key: DraftWord, values?: Values) => string;
	/** A whole number in the language's digits. */
	number: (value: number) => string;
	/** A score as the screens show it: one decimal. */
	score: (value: number) => string;
	/** A day `YYYY-MM-DD` as the language writes it. */
	day: (value: string) => string;
	/** "a, b and c" (`Intl.ListFormat`). */
	list: (items: string[]) => string;
};
